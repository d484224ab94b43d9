// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "requests/RequestsPage.h"

#include "async/OnResult.h"
#include "kit/AsyncView.h"
#include "kit/EnvironmentScope.h"
#include "kit/MessageBar.h"
#include "kit/PageHeader.h"
#include "kit/StatePill.h"
#include "kit/UiText.h"
#include "requests/RequestColumns.h"
#include "requests/RequestDetailView.h"
#include "requests/RequestFilterBar.h"
#include "storage/StorageService.h"
#include "storage/repositories/OrganizationRepository.h"
#include "storage/repositories/ServiceRepository.h"
#include "zones/ZoneRules.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QSplitter>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace sb::ui {

namespace {

using storage::RequestCursor;
using storage::RequestDetail;
using storage::RequestFilter;
using storage::RequestRow;

constexpr int kPageSize = 200;
constexpr std::int64_t kCountCap = 10'000;
constexpr int kTailDelayMs = 500; ///< at most two queries a second, whatever the traffic

/// What the page writes and offers besides the rows.
struct Surroundings {
    Organization organization;
    std::shared_ptr<const ZoneRules> zone;
    std::vector<Environment> environments;
    std::vector<Service> services;
};

Result<Surroundings> loadSurroundings(storage::DbSession& db, Timestamp now)
{
    storage::OrganizationRepository organizations(db);
    auto organization = organizations.current();
    if (!organization)
        return std::move(organization).error();
    auto environments = organizations.environments();
    if (!environments)
        return std::move(environments).error();
    auto services = storage::ServiceRepository(db).list(now);
    if (!services)
        return std::move(services).error();
    auto zone = ZoneRules::load(organization->timeZone);
    if (!zone)
        return std::move(zone).error();
    Surroundings result{*std::move(organization), *std::move(zone), *std::move(environments), {}};
    for (storage::ServiceListRow& row : *services)
        result.services.push_back(std::move(row.service));
    return result;
}

} // namespace

struct RequestsPage::Impl {
    RequestsPage& self;
    storage::StorageService& storage;
    const Clock& clock;
    std::function<QString()> gatewayUrl;

    std::optional<Surroundings> surroundings;
    bool stale = true;              ///< something changed while the page was hidden or the tail paused
    std::optional<EventId> shownId; ///< in the detail pane: stays chosen when the list is loaded again
    std::optional<EventId> beginAt; ///< of openAt: the list begins at this request instead of the newest
    Latest<Surroundings> latestSurroundings;
    Latest<RequestDetail> latestDetail;
    Latest<std::int64_t> latestCount;
    QTimer tail;

    RequestFilterBar* filterBar = nullptr;
    QCheckBox* live = nullptr;
    QLabel* tailState = nullptr;
    QLabel* count = nullptr;
    MessageBar* message = nullptr;
    AsyncView* async = nullptr;
    QTableView* table = nullptr;
    RequestListModel* model = nullptr;
    RequestDetailView* detail = nullptr;

    Impl(RequestsPage& page, storage::StorageService& storageService, const Clock& pageClock,
         std::function<QString()> url)
        : self(page), storage(storageService), clock(pageClock), gatewayUrl(std::move(url))
    {
    }

    QString zoneName() const { return surroundings ? UiText::qs(surroundings->organization.timeZone) : QString(); }
    bool isAtTop() const { return table->verticalScrollBar()->value() == 0; }

    void build();
    void connectAll();
    void loadAll();
    void loadRows();
    void rowsArrived(int rows);
    void loadCount(const RequestFilter& filter);
    void loadDetail(const EventId& id);
    void showRow(const QModelIndex& index);
    void somethingWritten();
    void updateTailState();
    void beginAtNewest();
};

void RequestsPage::Impl::build()
{
    auto* header = new PageHeader(tr("Requests"));
    count = new QLabel;
    count->setObjectName(QStringLiteral("requestCount"));
    tailState = new QLabel;
    tailState->setObjectName(QStringLiteral("tailState"));
    live = new QCheckBox(tr("Live"));
    live->setObjectName(QStringLiteral("live"));
    live->setAccessibleName(live->text());
    live->setChecked(true);
    header->addWidget(count);
    header->addWidget(tailState);
    header->addWidget(live);

    filterBar = new RequestFilterBar;
    message = new MessageBar(tr("request list message"));
    model = new RequestListModel(
        requestColumns([this] { return zoneName(); }),
        [](const RequestRow& row) {
            return RequestCursor{row.time, row.id};
        },
        &self, kPageSize);
    table = new QTableView;
    table->setObjectName(QStringLiteral("requestTable"));
    table->setAccessibleName(tr("Request list"));
    table->setModel(model);
    table->setItemDelegate(new StateDelegate(table));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setAlternatingRowColors(true);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 8);
    arrangeRequestColumns(table);
    detail = new RequestDetailView;
    detail->hide();

    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setObjectName(QStringLiteral("requestSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(table);
    splitter->addWidget(detail);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    async = new AsyncView(splitter);
    async->setObjectName(QStringLiteral("requestsState"));

    auto* layout = new QVBoxLayout(&self);
    layout->setContentsMargins({});
    layout->addWidget(header);
    layout->addWidget(filterBar);
    layout->addWidget(message);
    layout->addWidget(async, 1);
}

void RequestsPage::Impl::connectAll()
{
    tail.setSingleShot(true);
    tail.setInterval(kTailDelayMs);
    connect(&tail, &QTimer::timeout, &self, [this] {
        if (model->isLoading())
            tail.start(); // its answer would be thrown away, and under steady traffic every one
        else
            loadRows();
    });
    connect(filterBar, &RequestFilterBar::filterChanged, &self, [this] {
        beginAt.reset();
        message->clear();
        loadRows();
    });
    connect(live, &QCheckBox::toggled, &self, [this](bool on) {
        updateTailState();
        if (on && stale)
            loadRows();
    });
    connect(table->verticalScrollBar(), &QScrollBar::valueChanged, &self, [this] {
        updateTailState();
        if (stale && isAtTop() && live->isChecked() && !tail.isActive())
            tail.start();
    });
    connect(table->selectionModel(), &QItemSelectionModel::currentRowChanged, &self,
            [this](const QModelIndex& current) { showRow(current); });
    connect(model, &KeysetModelBase::firstPageLoaded, &self, [this](int rows) { rowsArrived(rows); });
    connect(model, &KeysetModelBase::failed, &self, [this](const Error& error) { async->showFailed(error); });
    connect(async, &AsyncView::retryRequested, &self, [this] { loadAll(); });
    connect(async, &AsyncView::clearFiltersRequested, &self, [this] { filterBar->clear(); });
    connect(async, &AsyncView::emptyActionTriggered, &self,
            [this] { Q_EMIT self.navigate(QStringLiteral("Home"), QString()); });
    connect(&storage, &storage::StorageService::usageWritten, &self, [this] { somethingWritten(); });
    const auto reloadAll = [this] {
        surroundings.reset();
        stale = true;
        if (self.isVisible())
            loadAll();
    };
    connect(&storage, &storage::StorageService::catalogueChanged, &self, reloadAll);
    connect(&storage, &storage::StorageService::healthChanged, &self, [this, reloadAll] {
        if (storage.health().state == storage::StorageHealth::State::Ready)
            reloadAll(); // the database was away: what is shown may be a failure, or old
    });
}

void RequestsPage::Impl::loadAll()
{
    async->showLoading();
    auto future = storage.read([now = clock.now()](storage::DbSession& db) { return loadSurroundings(db, now); });
    latestSurroundings.start(future, &self, [this](Result<Surroundings> result) {
        if (!result) {
            async->showFailed(result.error());
            return;
        }
        surroundings = *std::move(result);
        filterBar->setChoices(surroundings->environments, surroundings->services);
        loadRows();
    });
}

void RequestsPage::Impl::loadRows()
{
    if (!surroundings) {
        loadAll();
        return;
    }
    stale = false;
    updateTailState();
    RequestFilter filter = filterBar->filter(clock.now(), *surroundings->zone);
    if (beginAt)
        filter.to = beginAt->millisecond() + std::chrono::milliseconds(1);
    async->showLoading();
    model->setFetch([this, filter](std::optional<RequestCursor> after, int limit) {
        return storage.read([filter, after, limit](storage::DbSession& db) {
            return storage::RequestRepository(db).page(filter, after, limit);
        });
    });
    loadCount(filter);
}

void RequestsPage::Impl::loadCount(const RequestFilter& filter)
{
    auto future = storage.read(
        [filter](storage::DbSession& db) { return storage::RequestRepository(db).count(filter, kCountCap); });
    latestCount.start(future, &self, [this](Result<std::int64_t> result) {
        if (!result) {
            count->clear();
            return;
        }
        const QString requests = *result >= kCountCap ? tr("%1 or more").arg(UiText::count(*result))
                                                      : tr("%Ln request(s)", nullptr, static_cast<int>(*result));
        count->setText(tr("%1 · times in %2", "a number of requests, a time zone").arg(requests, zoneName()));
    });
}

void RequestsPage::Impl::rowsArrived(int rows)
{
    if (rows == 0) {
        detail->hide();
        shownId.reset();
        if (filterBar->isEverything()) {
            async->showEmpty(
                tr("No request has come through the gateway yet. Register a service or try the product with sample "
                   "data."),
                tr("Go to Home"));
        } else {
            async->showFilteredOut(tr("No request matches: %1.").arg(filterBar->description()));
        }
        return;
    }
    async->showContent();
    int chosen = -1;
    for (int row = 0; shownId && row < std::min(rows, kPageSize) && chosen < 0; ++row) {
        const RequestRow* candidate = model->rowAt(row);
        if (candidate && candidate->id == *shownId)
            chosen = row;
    }
    if (chosen >= 0)
        table->setCurrentIndex(model->index(chosen, 0));
    if (!beginAt)
        table->scrollToTop();
}

void RequestsPage::Impl::showRow(const QModelIndex& index)
{
    const RequestRow* row = index.isValid() ? model->rowAt(index.row()) : nullptr;
    if (row && shownId != row->id)
        loadDetail(row->id);
}

void RequestsPage::Impl::loadDetail(const EventId& id)
{
    shownId = id;
    auto future = storage.read([id](storage::DbSession& db) { return storage::RequestRepository(db).detail(id); });
    latestDetail.start(future, &self, [this](Result<RequestDetail> result) {
        if (!result) {
            message->showError(result.error());
            return;
        }
        std::optional<Service> service;
        if (surroundings) {
            const auto& services = surroundings->services;
            const auto found = std::find_if(services.begin(), services.end(),
                                            [&](const Service& item) { return item.id == result->record.service; });
            if (found != services.end())
                service = *found;
        }
        detail->setDetail(*result, zoneName(), service, gatewayUrl());
        detail->show();
    });
}

void RequestsPage::Impl::somethingWritten()
{
    stale = true;
    updateTailState();
    const bool follow = self.isVisible() && live->isChecked() && isAtTop() && !beginAt;
    if (follow && !tail.isActive())
        tail.start();
}

void RequestsPage::Impl::updateTailState()
{
    if (!live->isChecked() || beginAt)
        tailState->setText(stale ? tr("newer requests exist") : QString());
    else if (!isAtTop())
        tailState->setText(tr("paused: scroll to the top to follow"));
    else
        tailState->clear();
}

void RequestsPage::Impl::beginAtNewest()
{
    beginAt.reset();
    message->clear();
    loadRows();
}

RequestsPage::RequestsPage(storage::StorageService& storage, const Clock& clock, EnvironmentScope& scope,
                           std::function<QString()> gatewayUrl, QWidget* parent)
    : Page(parent), m_impl(std::make_unique<Impl>(*this, storage, clock, std::move(gatewayUrl)))
{
    setObjectName(QStringLiteral("requestsPage"));
    m_impl->build();
    m_impl->connectAll();
    m_impl->filterBar->setEnvironment(scope.current());
    connect(&scope, &EnvironmentScope::currentChanged, m_impl->filterBar, &RequestFilterBar::setEnvironment);
}

RequestsPage::~RequestsPage() = default;

void RequestsPage::activate()
{
    if (m_impl->stale)
        m_impl->loadRows();
}

void RequestsPage::refresh()
{
    m_impl->loadAll();
}

void RequestsPage::openAt(const QString& argument)
{
    const auto id = EventId::parse(argument.trimmed().toStdString());
    if (!id) {
        m_impl->message->showError(id.error());
        return;
    }
    m_impl->filterBar->clear(); // whatever is filtered now must not hide it
    m_impl->beginAt = *id;
    m_impl->message->showMessage(
        {Tone::Info, tr("The list begins at the request that was opened."), tr("Show the newest")},
        [this] { m_impl->beginAtNewest(); });
    m_impl->loadDetail(*id);
    m_impl->loadRows();
}

} // namespace sb::ui
