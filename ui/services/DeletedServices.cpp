// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/DeletedServices.h"

#include "async/OnResult.h"
#include "kit/AsyncView.h"
#include "kit/ListColumns.h"
#include "kit/MessageBar.h"
#include "kit/Named.h"
#include "kit/PageHeader.h"
#include "kit/UiText.h"
#include "storage/StorageService.h"

#include <QHeaderView>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace sb::ui {

using Row = storage::ServiceListRow;

DeletedServices::DeletedServices(const ServicesSlice& slice, QWidget* parent)
    : QWidget(parent), m_slice(slice), m_table(named(new QTableView(this), "deletedTable", tr("Deleted services"))),
      m_message(new MessageBar(tr("restore message"), this)),
      m_restore(named(new QPushButton(tr("Restore"), this), "restoreService", tr("Restore")))
{
    using Column = TableColumn<Row>;
    std::vector<Column> columns{
        {tr("Name"), [](const Row& row) { return UiText::qs(row.service.name); }},
        {tr("Provider"), [](const Row& row) { return UiText::provider(row.service.provider); }},
        {tr("Context path"), [](const Row& row) { return UiText::qs(row.service.contextPath); }},
        {tr("Deleted"),
         [](const Row& row) { return row.service.deleted ? UiText::dateTime(*row.service.deleted) : QString(); }},
    };
    m_model = new EntityTableModel<Row, ServiceId>(
        std::move(columns), [](const Row& row) { return row.service.id; }, this);
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    new ListColumns(m_table, QStringLiteral("name provider contextPath deleted").split(QLatin1Char(' ')));
    m_view = new AsyncView(m_table, this);

    auto* header = new PageHeader(tr("Recently deleted"), this);
    header->setSubtitle(tr("Kept for 30 days. Restoring checks that name and context path are still free."));
    auto* back = named(new QPushButton(tr("Back to services"), this), "backToServices", tr("Back to services"));
    header->addWidget(back);
    header->addWidget(m_restore);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(header);
    column->addWidget(m_message);
    column->addWidget(m_view, 1);
    connect(back, &QPushButton::clicked, this, &DeletedServices::closeRequested);
    connect(m_restore, &QPushButton::clicked, this, &DeletedServices::restoreCurrent);
    connect(m_view, &AsyncView::retryRequested, this, &DeletedServices::load);
    connect(&m_slice.storage, &storage::StorageService::catalogueChanged, this, [this] {
        if (isVisible()) // what was undone meanwhile is no longer here to be restored
            load();
    });
}

void DeletedServices::load()
{
    m_message->clear();
    m_view->showLoading();
    onResult(
        m_slice.storage.read([](storage::DbSession& db) { return storage::ServiceRepository(db).recentlyDeleted(); }),
        this, [this](Result<std::vector<Row>> rows) {
            if (!rows) {
                m_view->showFailed(rows.error());
                return;
            }
            m_restore->setEnabled(!rows->empty());
            m_model->setRows(*std::move(rows));
            if (m_model->rows().empty()) {
                m_view->showEmpty(tr("Nothing was deleted lately."));
                return;
            }
            m_view->showContent();
            if (!m_table->currentIndex().isValid())
                m_table->selectRow(0);
        });
}

void DeletedServices::restoreCurrent()
{
    if (!m_table->currentIndex().isValid())
        return;
    const ServiceId id = m_model->rowAt(m_table->currentIndex().row()).service.id;
    const Timestamp now = m_slice.clock.now();
    onResult(m_slice.storage.write([id, now, actor = m_slice.actor](storage::DbSession& db) {
        return storage::ServiceRepository(db).restore(id, actor, now);
    }),
             this, [this, id](Result<void> done) {
                 if (!done) {
                     m_message->showError(done.error());
                     return;
                 }
                 m_slice.storage.notifyCatalogueChanged();
                 Q_EMIT restored(id);
             });
}

} // namespace sb::ui
