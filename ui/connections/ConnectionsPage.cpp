// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/ConnectionsPage.h"

#include "connections/ConnectionDetails.h"
#include "connections/ConnectionForm.h"
#include "connections/ConnectionText.h"
#include "connections/IssuedKeysPanel.h"
#include "kit/AsyncView.h"
#include "kit/Icons.h"
#include "kit/ListColumns.h"
#include "kit/MessageBar.h"
#include "kit/Named.h"
#include "kit/PageHeader.h"
#include "kit/Prompts.h"
#include "kit/StatePill.h"
#include "kit/UiText.h"
#include "kit/UndoBar.h"
#include "storage/StorageService.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <set>

namespace sb::ui {

namespace {
constexpr int kRefreshDelayMs = 300;
constexpr int kFurtherKeyDays = 90;
} // namespace

ConnectionsPage::ConnectionsPage(const ConnectionsSlice& slice, QWidget* parent)
    : Page(parent), m_slice(slice), m_stack(new QStackedWidget(this)),
      m_new(named(new QPushButton(tr("New connection"), this), "newConnection", tr("New connection"))),
      m_delete(named(new QPushButton(tr("Delete connection"), this), "deleteConnection", tr("Delete connection"))),
      m_filter(named(new QLineEdit(this), "connectionFilter", tr("Filter connections"))),
      m_message(new MessageBar(tr("connections message"), this)), m_sorted(new QSortFilterProxyModel(this)),
      m_table(named(new QTableView(this), "connections", tr("Connections table"))),
      m_details(new ConnectionDetails(slice, this)), m_form(new ConnectionForm(slice.registrar, this)),
      m_issued(new IssuedKeysPanel(this))
{
    build();
    m_refreshSoon.setSingleShot(true);
    m_refreshSoon.setInterval(kRefreshDelayMs);
    connect(&m_refreshSoon, &QTimer::timeout, this, [this] {
        if (isVisible())
            load();
    });
    connect(&m_slice.storage, &storage::StorageService::catalogueChanged, &m_refreshSoon, qOverload<>(&QTimer::start));
    connect(&m_slice.storage, &storage::StorageService::usageWritten, this, [this] {
        if (!m_refreshSoon.isActive())
            m_refreshSoon.start();
    });
    connect(m_new, &QPushButton::clicked, this, [this] { startNew({}); });
    connect(m_delete, &QPushButton::clicked, this, &ConnectionsPage::removeCurrent);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_sorted->setFilterFixedString(text.trimmed());
        showState();
    });
    connect(m_view, &AsyncView::retryRequested, this, &ConnectionsPage::load);
    connect(m_view, &AsyncView::clearFiltersRequested, m_filter, &QLineEdit::clear);
    connect(m_view, &AsyncView::emptyActionTriggered, this, [this] {
        if (m_content.services.empty())
            Q_EMIT navigate(QStringLiteral("GenAI Services"), QStringLiteral("register"));
        else
            startNew({});
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ConnectionsPage::showCurrent);
    connect(m_details, &ConnectionDetails::revokeRequested, this, &ConnectionsPage::revoke);
    connect(m_details, &ConnectionDetails::newKeyRequested, this, &ConnectionsPage::issue);
    connect(m_details, &ConnectionDetails::labRequested, this, [this] {
        if (const auto row = current())
            tryInLab(row->connection.service);
    });
    connect(m_form, &ConnectionForm::cancelled, this, [this] { m_stack->setCurrentIndex(0); });
    connect(m_form, &ConnectionForm::created, this,
            [this](const QString& name, ServiceId service, const std::shared_ptr<Keys>& keys) {
                if (!keys->empty())
                    m_toSelect = keys->front().connection;
                showKeys(name, service, {}, *keys);
            });
    connect(m_issued, &IssuedKeysPanel::closeRequested, this, [this] {
        m_stack->setCurrentIndex(0);
        load();
        m_table->setFocus();
    });
    connect(m_issued, &IssuedKeysPanel::labRequested, this, [this] { tryInLab(m_issuedFor); });
}

void ConnectionsPage::build()
{
    using Column = TableColumn<Row>;
    std::vector<Column> columns;
    columns.push_back(Column(tr("Name"), [](const Row& row) { return UiText::qs(row.connection.name); }));
    columns.push_back(Column(tr("Project"), [](const Row& row) { return UiText::qs(row.projectName); }));
    columns.push_back(Column(tr("Target"), [](const Row& row) {
        return row.connection.route.isNone()
                   ? tr("%1 (%2)").arg(UiText::qs(row.serviceName), UiText::qs(row.contextPath))
                   : tr("%1 (route)").arg(UiText::qs(row.routeName));
    }));
    columns.push_back(Column(tr("Environments"), [this](const Row& row) { return environmentsOf(row); }));
    columns.push_back(
        Column(tr("Keys"), [this](const Row& row) {
            return ConnectionText::stateOf(row.keys, m_slice.clock.now()).word;
        }).withTone([this](const Row& row) { return ConnectionText::stateOf(row.keys, m_slice.clock.now()).tone; }));
    columns.push_back(
        Column(tr("Last used"), [this](const Row& row) {
            return row.lastUsed ? UiText::ago(*row.lastUsed, m_slice.clock.now()) : tr("never");
        }).sortedBy([](const Row& row) {
              return QVariant(qlonglong(row.lastUsed ? toMicros(*row.lastUsed) : 0));
          }).withToolTip([](const Row& row) { return row.lastUsed ? UiText::dateTime(*row.lastUsed) : QString(); }));
    m_model = new Model(
        std::move(columns), [](const Row& row) { return row.connection.id.value; }, this);
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(Roles::Sort);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setFilterKeyColumn(-1);
    m_table->setModel(m_sorted);
    m_table->setItemDelegate(new StateDelegate(m_table));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(0, Qt::AscendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    new ListColumns(m_table, QStringLiteral("name project target environments keys lastUsed").split(QLatin1Char(' ')));
    auto* removes = new QShortcut(QKeySequence::Delete, m_table);
    removes->setContext(Qt::WidgetShortcut);
    connect(removes, &QShortcut::activated, this, &ConnectionsPage::removeCurrent);

    m_new->setEnabled(false); // until it is known what there is to connect to
    m_new->setIcon(Icons::get(QStringLiteral("plus")));
    m_delete->setIcon(Icons::get(QStringLiteral("trash")));
    m_filter->setPlaceholderText(tr("Filter connections"));
    m_filter->setClearButtonEnabled(true);
    auto* header = new PageHeader(tr("Connections"), this);
    header->addWidget(m_new);
    auto* tools = new QHBoxLayout;
    tools->addWidget(m_filter, 1);
    tools->addWidget(m_delete);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(QStringLiteral("connectionsSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    m_view = new AsyncView(splitter, this);

    auto* overview = new QWidget(this);
    auto* column = new QVBoxLayout(overview);
    column->setContentsMargins({});
    column->addWidget(header);
    column->addLayout(tools);
    column->addWidget(m_message);
    column->addWidget(m_view, 1);
    m_stack->addWidget(overview);
    m_stack->addWidget(m_form);
    m_stack->addWidget(m_issued);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(m_stack);
    showCurrent();
}

void ConnectionsPage::activate()
{
    load();
}

bool ConnectionsPage::hasUnsavedInput() const
{
    return m_form->isTouched() || m_issued->holdsKeys();
}

void ConnectionsPage::openAt(const QString& argument)
{
    if (!argument.startsWith(QLatin1String("new")))
        return;
    m_wantNew = ServiceId(argument.section(QLatin1Char('/'), 1).toInt());
    load();
}

void ConnectionsPage::load()
{
    m_view->showLoading();
    m_latest.start(m_slice.storage.read([now = m_slice.clock.now()](storage::DbSession& db) {
        return ConnectionsContent::read(db, now);
    }),
                   this, [this](Result<ConnectionsContent> content) {
                       if (content)
                           showContent(std::move(*content));
                       else if (content.error().code != ErrorCode::Cancelled)
                           m_view->showFailed(content.error());
                   });
}

void ConnectionsPage::showContent(ConnectionsContent content)
{
    m_content = std::move(content);
    m_model->setRows(m_content.connections);
    m_new->setEnabled(!m_content.services.empty());
    m_new->setToolTip(m_content.services.empty() ? tr("Register a service first.") : QString());
    if (m_toSelect) {
        const int row = m_model->rowOfKey(m_toSelect->value);
        if (row >= 0)
            m_table->selectRow(m_sorted->mapFromSource(m_model->index(row, 0)).row());
        m_toSelect.reset();
    }
    if (!m_table->currentIndex().isValid() && m_sorted->rowCount() > 0)
        m_table->selectRow(0);
    showState();
    if (const auto service = std::exchange(m_wantNew, std::nullopt))
        startNew(*service);
}

void ConnectionsPage::showState()
{
    if (m_model->rowCount() == 0 && m_content.services.empty())
        m_view->showEmpty(tr("A connection gives a team a key for a service. Register a service first."),
                          tr("Register service"));
    else if (m_model->rowCount() == 0)
        m_view->showEmpty(tr("A connection gives a team its own key and address for a service."),
                          tr("Create the first connection"));
    else if (m_sorted->rowCount() == 0)
        m_view->showFilteredOut(tr("No connection matches “%1”.").arg(m_filter->text().trimmed()));
    else
        m_view->showContent();
    showCurrent();
}

std::optional<ConnectionsPage::Row> ConnectionsPage::current() const
{
    const QModelIndex index = m_sorted->mapToSource(m_table->currentIndex());
    return index.isValid() ? std::optional(m_model->rowAt(index.row())) : std::nullopt;
}

void ConnectionsPage::showCurrent()
{
    const auto row = current();
    m_delete->setEnabled(row.has_value());
    m_details->setVisible(row.has_value());
    if (row)
        m_details->show(*row, m_content);
}

QString ConnectionsPage::environmentsOf(const Row& row) const
{
    QStringList names;
    for (const Environment& environment : m_content.environments) {
        const bool has = std::any_of(row.keys.begin(), row.keys.end(), [&](const GatewayKey& key) {
            return key.environment == environment.id && !key.revoked;
        });
        if (has)
            names.append(UiText::qs(environment.name));
    }
    return names.isEmpty() ? QStringLiteral("–") : names.join(QStringLiteral(", "));
}

void ConnectionsPage::startNew(ServiceId service)
{
    if (m_content.services.empty())
        return;
    m_stack->setCurrentWidget(m_form);
    m_form->start(m_content, service);
}

void ConnectionsPage::showKeys(const QString& name, ServiceId service, const std::string& routeName, const Keys& keys)
{
    const storage::ServiceListRow* row = m_content.service(service);
    const QString url = m_slice.gatewayAddress() + (row ? UiText::qs(row->service.contextPath) : QString());
    m_issuedFor = service;
    m_stack->setCurrentWidget(m_issued);
    m_issued->show(name, m_content.callee(service, routeName), url, keys, m_content);
}

template <class F>
void ConnectionsPage::write(F change, std::function<void()> then)
{
    m_message->clear();
    onResult(m_slice.storage.write(std::move(change)), this, [this, then = std::move(then)](Result<void> done) {
        if (!done) {
            m_message->showError(done.error());
            return;
        }
        m_slice.storage.notifyCatalogueChanged();
        then();
        load();
    });
}

void ConnectionsPage::revoke(const QString& publicId, const QString& environment)
{
    m_slice.prompts.ask(
        this,
        {tr("Revoke this key?"),
         tr("Programs that use the key sbx_%1 for %2 are refused at once, everywhere. This cannot be undone.")
             .arg(publicId, environment),
         tr("Revoke key now"),
         tr("Keep it"),
         {}},
        [this, publicId](bool accepted) {
            if (!accepted)
                return;
            write([id = publicId.toStdString(), actor = m_slice.actor, now = m_slice.clock.now()](
                      storage::DbSession& db) { return storage::ConnectionRepository(db).revokeKey(id, actor, now); },
                  [this] { m_slice.undo.note(tr("Key revoked.")); });
        });
}

void ConnectionsPage::issue(EnvironmentId environment)
{
    const auto row = current();
    if (!row)
        return;
    m_message->clear();
    onResult(m_slice.registrar.issueKey(row->connection.id, environment, kFurtherKeyDays), this,
             [this, connection = row->connection, routeName = row->routeName](Result<Keys> keys) {
                 if (keys)
                     showKeys(UiText::qs(connection.name), connection.service, routeName, *keys);
                 else
                     m_message->showError(keys.error());
             });
}

void ConnectionsPage::removeCurrent()
{
    const auto row = current();
    if (!row)
        return;
    const ConnectionId id = row->connection.id;
    const auto remove = [this, id, name = UiText::qs(row->connection.name)] {
        write([id, actor = m_slice.actor, now = m_slice.clock.now()](
                  storage::DbSession& db) { return storage::ConnectionRepository(db).softDelete(id, actor, now); },
              [this, id, name] {
                  m_slice.undo.offer(tr("Connection “%1” deleted; its keys no longer work.").arg(name),
                                     [guard = QPointer(this), id] {
                                         if (guard)
                                             guard->restore(id);
                                     });
              });
    };
    const bool production = std::any_of(row->keys.begin(), row->keys.end(), [this](const GatewayKey& key) {
        const Environment* environment = m_content.environment(key.environment);
        return environment && environment->isProduction && key.isUsableAt(m_slice.clock.now());
    });
    if (!production) {
        remove();
        return;
    }
    const QString name = UiText::qs(row->connection.name);
    m_slice.prompts.ask(this,
                        {tr("Delete a connection of production?"),
                         tr("Programs that use %1 in production are refused at once.").arg(name), tr("Delete"),
                         tr("Keep it"), name},
                        [remove](bool accepted) {
                            if (accepted)
                                remove();
                        });
}

void ConnectionsPage::restore(ConnectionId id)
{
    m_toSelect = id;
    write([id, actor = m_slice.actor, now = m_slice.clock.now()](
              storage::DbSession& db) { return storage::ConnectionRepository(db).restore(id, actor, now); },
          [] {});
}

void ConnectionsPage::tryInLab(ServiceId service)
{
    if (const storage::ServiceListRow* row = m_content.service(service))
        Q_EMIT navigate(QStringLiteral("Prompt Lab"), UiText::qs(row->service.contextPath));
}

} // namespace sb::ui
