// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Organization.h"
#include "kit/EntityTableModel.h"
#include "services/ServingFaults.h"
#include "storage/repositories/ServiceRepository.h"

#include <QWidget>

#include <optional>

class QLineEdit;
class QSortFilterProxyModel;
class QTableView;

namespace sb::ui {

class ListColumns;

/// "$4.10", "unpriced", "$4.10 and 3 unpriced": what a service cost in the last 24 hours.
QString costText(const storage::ServiceListRow& row);

/// The table of services: name, provider, scope, context path, a pill per environment, requests and cost of the last 24
/// hours.
class ServiceList : public QWidget {
    Q_OBJECT
public:
    explicit ServiceList(QWidget* parent = nullptr);

    void setEnvironments(const std::vector<Environment>& environments);
    void setFaults(ServingFaults faults);
    void setRows(std::vector<storage::ServiceListRow> rows);
    std::optional<ServiceId> current() const;
    void select(ServiceId id);
    bool isEmpty() const;
    int visibleRows() const;
    QTableView* table() const { return m_table; }

    void setFilter(const QString& text);

Q_SIGNALS:
    void currentChanged();
    void openRequested();
    void deleteRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using Model = EntityTableModel<storage::ServiceListRow, ServiceId>;

    void showColumns();
    ServingState stateIn(const storage::ServiceListRow& row, EnvironmentId environment) const;
    std::vector<TableColumn<storage::ServiceListRow>> columns() const;

    Model* m_model = nullptr;
    QSortFilterProxyModel* m_proxy;
    QTableView* m_table;
    ListColumns* m_columns = nullptr;
    std::vector<Environment> m_environments;
    ServingFaults m_faults;
};

} // namespace sb::ui
