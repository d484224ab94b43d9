// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "async/OnResult.h"
#include "connections/ConnectionsSlice.h"
#include "kit/EntityTableModel.h"
#include "kit/Page.h"
#include "runtime/ServiceRegistrar.h"

#include <QTimer>

#include <optional>

class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;

namespace sb::ui {

class AsyncView;
class ConnectionDetails;
class ConnectionForm;
class IssuedKeysPanel;
class MessageBar;

/// Navigation entry "Connections": who may call what, with which keys. Deep links: "new", "new/<service id>".
class ConnectionsPage final : public Page {
    Q_OBJECT
public:
    explicit ConnectionsPage(const ConnectionsSlice& slice, QWidget* parent = nullptr);

    void activate() override;
    bool hasUnsavedInput() const override;
    void openAt(const QString& argument) override;

private:
    using Row = storage::ConnectionListRow;
    using Model = EntityTableModel<Row, std::int32_t>;
    using Keys = std::vector<runtime::ServiceRegistrar::IssuedKey>;

    void build();
    void load();
    void showContent(ConnectionsContent content);
    void showState();
    void showCurrent();
    std::optional<Row> current() const;
    void startNew(ServiceId service);
    void showKeys(const QString& name, ServiceId service, const std::string& routeName, const Keys& keys);
    void revoke(const QString& publicId, const QString& environment);
    void issue(EnvironmentId environment);
    void removeCurrent();
    void restore(ConnectionId id);
    void tryInLab(ServiceId service);
    QString environmentsOf(const Row& row) const;
    template <class F>
    void write(F change, std::function<void()> then);

    const ConnectionsSlice m_slice;
    Latest<ConnectionsContent> m_latest;
    ConnectionsContent m_content;
    std::optional<ServiceId> m_wantNew; ///< a deep link that waits for the content
    std::optional<ConnectionId> m_toSelect;
    ServiceId m_issuedFor;
    QTimer m_refreshSoon;

    QStackedWidget* m_stack;
    QPushButton* m_new;
    QPushButton* m_delete;
    QLineEdit* m_filter;
    MessageBar* m_message;
    Model* m_model;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_table;
    ConnectionDetails* m_details;
    AsyncView* m_view;
    ConnectionForm* m_form;
    IssuedKeysPanel* m_issued;
};

} // namespace sb::ui
