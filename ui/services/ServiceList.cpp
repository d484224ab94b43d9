// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ServiceList.h"

#include "kit/ListColumns.h"
#include "kit/Named.h"
#include "kit/StatePill.h"
#include "kit/UiText.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

namespace sb::ui {

namespace {

using Row = storage::ServiceListRow;

QString scopeText(const Row& row)
{
    return row.service.scope == Scope::Organization ? ServiceList::tr("organization")
                                                    : ServiceList::tr("project %1").arg(UiText::qs(row.projectName));
}

/// One for each of columns(); an environment keeps its name, whatever database it is in.
QStringList columnKeys(const std::vector<Environment>& environments)
{
    QStringList keys = QStringLiteral("name provider scope contextPath").split(QLatin1Char(' '));
    for (const Environment& environment : environments)
        keys << QStringLiteral("environment/") + UiText::qs(environment.name);
    return keys << QStringLiteral("requests") << QStringLiteral("cost");
}

} // namespace

QString costText(const Row& row)
{
    if (row.requests24h > 0 && row.unpriced24h == row.requests24h)
        return ServiceList::tr("unpriced");
    const QString amount = UiText::usd(row.cost24h);
    return row.unpriced24h > 0 ? ServiceList::tr("%1 and %2 unpriced").arg(amount, UiText::count(row.unpriced24h))
                               : amount;
}

ServiceList::ServiceList(QWidget* parent)
    : QWidget(parent), m_proxy(new QSortFilterProxyModel(this)),
      m_table(named(new QTableView(this), "serviceTable", tr("Services")))
{
    m_proxy->setSortRole(Roles::Sort);
    m_proxy->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setFilterKeyColumn(-1);
    m_table->setModel(m_proxy);
    m_table->setItemDelegate(new StateDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setSortingEnabled(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 2);
    m_table->installEventFilter(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_table);
    connect(m_table, &QTableView::activated, this, &ServiceList::openRequested);
    showColumns();
    m_table->sortByColumn(0, Qt::AscendingOrder);
    // The stretched name gets what the others leave, but never nothing.
    m_table->horizontalHeader()->setMinimumSectionSize(fontMetrics().averageCharWidth() * 10);
    m_columns = new ListColumns(m_table, columnKeys(m_environments), QStringLiteral("name"));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ServiceList::currentChanged);
}

void ServiceList::setEnvironments(const std::vector<Environment>& environments)
{
    if (environments == m_environments)
        return;
    m_environments = environments;
    m_columns->replace(columnKeys(m_environments), [this] { showColumns(); });
}

ServingState ServiceList::stateIn(const Row& row, EnvironmentId environment) const
{
    const auto found = row.states.find(environment);
    return servingState(found == row.states.end() ? DeploymentState::NotConfigured : found->second, m_faults,
                        row.service.id, environment);
}

std::vector<TableColumn<Row>> ServiceList::columns() const
{
    using Column = TableColumn<Row>;
    std::vector<Column> list;
    list.push_back(Column{tr("Name"), [](const Row& row) { return UiText::qs(row.service.name); }}.withToolTip(
        [](const Row& row) { return UiText::qs(row.service.summary); }));
    list.push_back({tr("Provider"), [](const Row& row) { return UiText::provider(row.service.provider); }});
    list.push_back({tr("Scope"), scopeText});
    list.push_back({tr("Context path"), [](const Row& row) { return UiText::qs(row.service.contextPath); }});
    for (const Environment& environment : m_environments) {
        const EnvironmentId id = environment.id;
        list.push_back(Column{
            UiText::qs(environment.name), [this, id](const Row& row) {
                return stateIn(row, id).word;
            }}.withTone([this, id](const Row& row) {
                  return stateIn(row, id).tone;
              }).withToolTip([this, id](const Row& row) { return stateIn(row, id).why; }));
    }
    list.push_back(
        Column{tr("Requests 24 h"), [](const Row& row) { return UiText::compactCount(row.requests24h); }}.number(
            [](const Row& row) { return QVariant(static_cast<qlonglong>(row.requests24h)); }));
    list.push_back(Column{tr("Cost 24 h"), costText}.number(
        [](const Row& row) { return QVariant(static_cast<qlonglong>(row.cost24h.nano)); }));
    return list;
}

void ServiceList::showColumns()
{
    std::vector<Row> rows;
    if (m_model)
        rows = m_model->rows();
    auto* old = m_model;
    m_model = new Model(
        columns(), [](const Row& row) { return row.service.id; }, this);
    m_proxy->setSourceModel(m_model);
    delete old;
    m_model->setRows(std::move(rows));
}

void ServiceList::setFaults(ServingFaults faults)
{
    if (faults == m_faults)
        return;
    m_faults = std::move(faults);
    if (const int rows = m_model->rowCount(); rows > 0)
        Q_EMIT m_model->dataChanged(m_model->index(0, 0), m_model->index(rows - 1, m_model->columnCount() - 1));
    m_columns->growToContents();
}

void ServiceList::setRows(std::vector<storage::ServiceListRow> rows)
{
    const bool first = m_model->rows().empty() && !rows.empty();
    m_model->setRows(std::move(rows));
    m_columns->growToContents();
    if (first && !m_table->currentIndex().isValid())
        m_table->selectRow(0);
}

std::optional<ServiceId> ServiceList::current() const
{
    const QModelIndex index = m_proxy->mapToSource(m_table->currentIndex());
    if (!index.isValid())
        return std::nullopt;
    return m_model->rowAt(index.row()).service.id;
}

void ServiceList::select(ServiceId id)
{
    const int row = m_model->rowOfKey(id);
    if (row >= 0)
        m_table->selectRow(m_proxy->mapFromSource(m_model->index(row, 0)).row());
}

bool ServiceList::isEmpty() const
{
    return m_model->rows().empty();
}

int ServiceList::visibleRows() const
{
    return m_proxy->rowCount();
}

void ServiceList::setFilter(const QString& text)
{
    m_proxy->setFilterFixedString(text.trimmed());
}

bool ServiceList::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
        Q_EMIT deleteRequested();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace sb::ui
