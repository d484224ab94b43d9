// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "async/OnResult.h"
#include "kit/Page.h"
#include "services/ServicesSlice.h"
#include "storage/repositories/ServiceRepository.h"

#include <QTimer>

class QLineEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace sb::ui {

class AsyncView;
class DeletedServices;
class MessageBar;
class PageHeader;
class RegistrationWizard;
class ServiceDetailsPanel;
class ServiceList;

/// "GenAI Services": the list with details beside it, the registration in its place while it runs, recently deleted
/// ones. Deep links: "register", "register/<provider code>", "service/<id>",
/// "service/<id>/limits".
class ServicesPage : public Page {
    Q_OBJECT
public:
    explicit ServicesPage(const ServicesSlice& slice, QWidget* parent = nullptr);

    void activate() override;
    void refresh() override;
    bool hasUnsavedInput() const override;
    void openAt(const QString& argument) override;

public Q_SLOTS:
    void servingChanged(); ///< what the gateway can serve

private:
    void load();
    void showRows(std::vector<storage::ServiceListRow> rows);
    void showListState();
    void openWizard(std::optional<ProviderKind> provider);
    void resumeWizard();
    void closeWizard();
    void showCurrent();
    void holdBack(ServiceId wanted);
    void deleteCurrent();
    void restore(ServiceId id);

    const ServicesSlice m_slice;
    Latest<std::vector<storage::ServiceListRow>> m_latest;
    QTimer m_refreshSoon;
    std::optional<ServiceId> m_toSelect;

    QStackedWidget* m_stack;
    PageHeader* m_header;
    QPushButton* m_resume;
    QPushButton* m_delete;
    QLineEdit* m_filter;
    MessageBar* m_message;
    ServiceList* m_list;
    ServiceDetailsPanel* m_details;
    QSplitter* m_splitter;
    AsyncView* m_view;
    RegistrationWizard* m_wizard;
    DeletedServices* m_deleted;
};

} // namespace sb::ui
