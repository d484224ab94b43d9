// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboards/OverviewPage.h"

#include "async/OnResult.h"
#include "charts/ChartView.h"
#include "dashboards/FigureCards.h"
#include "dashboards/OverviewText.h"
#include "dashboards/SampleMark.h"
#include "dashboards/ViewBar.h"
#include "kit/AsyncView.h"
#include "kit/EnvironmentScope.h"
#include "kit/MessageBar.h"
#include "kit/UiText.h"
#include "storage/StorageService.h"
#include "storage/repositories/OrganizationRepository.h"
#include "storage/repositories/OverviewRepository.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

#include <array>

namespace sb::ui {

namespace {

using analytics::OverviewData;
using analytics::ViewState;

constexpr int kLiveDelayMs =
    400; ///< collects a burst of commits; well within the second that a request may take to show
constexpr int kAgeIntervalMs = 1000;

struct Loaded {
    Organization organization;
    std::vector<Environment> environments;
    OverviewData data;
};

Result<Loaded> load(storage::DbSession& db, const ViewState& view, Timestamp now)
{
    storage::OrganizationRepository organizations(db);
    auto organization = organizations.current();
    if (!organization)
        return std::move(organization).error();
    auto environments = organizations.environments();
    if (!environments)
        return std::move(environments).error();
    auto zone = ZoneRules::load(view.zone.empty() ? organization->timeZone : view.zone);
    if (!zone)
        return std::move(zone).error();
    auto data = storage::OverviewRepository(db).load(view, *zone, now);
    if (!data)
        return std::move(data).error();
    return Loaded{*std::move(organization), *std::move(environments), *std::move(data)};
}

} // namespace

struct OverviewPage::Impl {
    OverviewPage& self;
    storage::StorageService& storage;
    const Clock& clock;
    Latest<Loaded> latest;
    QTimer liveTimer;
    QTimer ageTimer;
    bool stale = true; ///< something changed while the page was hidden
    std::optional<Loaded> shown;

    ViewBar* bar = nullptr;
    AsyncView* async = nullptr;
    MessageBar* message = nullptr;
    SampleMark* sample = nullptr;
    FigureCards* cards = nullptr;
    QLabel* sentence = nullptr;
    QLabel* status = nullptr;
    ChartView* cost = nullptr;
    ChartView* tokens = nullptr;
    ChartView* latency = nullptr;

    Impl(OverviewPage& page, storage::StorageService& storageService, const Clock& pageClock)
        : self(page), storage(storageService), clock(pageClock)
    {
    }

    void build(Prompts& prompts);
    void load();
    void receive(Result<Loaded> result);
    void show(const Loaded& loaded);
    void updateStatus();
    void somethingChanged();
    std::array<ChartView*, 3> charts() const { return {cost, tokens, latency}; }
};

void OverviewPage::Impl::build(Prompts& prompts)
{
    bar = new ViewBar;
    message = new MessageBar(tr("dashboard message"));
    sample = new SampleMark(storage);
    cards = new FigureCards;
    sentence = new QLabel;
    sentence->setObjectName(QStringLiteral("overviewSentence"));
    sentence->setWordWrap(true);
    status = new QLabel;
    status->setObjectName(QStringLiteral("overviewStatus"));
    status->setWordWrap(true);
    cost = new ChartView(tr("Cost"), QStringLiteral("costChart"), prompts);
    tokens = new ChartView(tr("Tokens"), QStringLiteral("tokenChart"), prompts);
    latency = new ChartView(tr("Latency"), QStringLiteral("latencyChart"), prompts);

    auto* lower = new QHBoxLayout;
    lower->addWidget(tokens, 1);
    lower->addWidget(latency, 1);
    auto* content = new QWidget;
    auto* contentLayout = new QVBoxLayout(content);
    contentLayout->setContentsMargins(0, 0, 0, 0);
    contentLayout->addWidget(cards);
    contentLayout->addWidget(sentence);
    contentLayout->addWidget(cost, 5);
    contentLayout->addLayout(lower, 4);
    auto* scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("overviewScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    async = new AsyncView(scroll);
    async->setObjectName(QStringLiteral("overviewState"));

    auto* layout = new QVBoxLayout(&self);
    layout->setContentsMargins(0, layout->spacing(), 0, 0);
    layout->addWidget(bar);
    layout->addWidget(message);
    layout->addWidget(sample);
    layout->addWidget(async, 1);
    layout->addWidget(status);

    connect(bar, &ViewBar::viewChanged, &self, [this] {
        stale = true;
        if (self.isVisible())
            load();
    });
    connect(async, &AsyncView::retryRequested, &self, [this] { load(); });
    connect(async, &AsyncView::emptyActionTriggered, &self,
            [this] { Q_EMIT self.navigate(QStringLiteral("Home"), QString()); });
    connect(async, &AsyncView::clearFiltersRequested, &self, [this] {
        bar->setView(ViewState{});
        load();
    });
    connect(sample, &SampleMark::ownDataWanted, &self, [this] {
        ViewState view = bar->view();
        view.includeSample = false;
        bar->setView(view);
    });
    connect(sample, &SampleMark::failed, &self, [this](const Error& error) { message->showError(error); });
    for (ChartView* chart : charts()) {
        connect(chart, &ChartView::crosshairMoved, &self, [this, chart](int bucket) {
            for (ChartView* other : charts()) {
                if (other != chart && other->spec().buckets.size() == chart->spec().buckets.size())
                    other->setCrosshair(bucket < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(bucket)));
            }
        });
        connect(chart, &ChartView::exported, &self, [this](const QString& path) {
            message->showMessage({Tone::Good, tr("Saved as %1.").arg(QDir::toNativeSeparators(path))});
        });
        connect(chart, &ChartView::exportFailed, &self, [this](const QString& reason) {
            message->showMessage({Tone::Bad, tr("The file was not written. Choose another folder."), {}, reason});
        });
    }
}

void OverviewPage::Impl::load()
{
    stale = false;
    if (bar->isEverythingExcluded()) {
        latest.cancel();
        async->showFilteredOut(tr("No environment is ticked, so there is nothing to show."));
        return;
    }
    async->showLoading();
    auto future = storage.read(
        [view = bar->view(), now = clock.now()](storage::DbSession& db) { return sb::ui::load(db, view, now); });
    latest.start(future, &self, [this](Result<Loaded> result) { receive(std::move(result)); });
}

void OverviewPage::Impl::receive(Result<Loaded> result)
{
    if (!result) {
        async->showFailed(result.error());
        return;
    }
    shown = *std::move(result);
    bar->setChoices(shown->organization, shown->environments);
    updateStatus();
    const OverviewData& data = shown->data;
    const bool isNothing = data.current.requests == 0 && data.previous.requests == 0;
    sample->setShare(isNothing ? analytics::SampleShare::None : data.sample);
    if (isNothing) {
        if (data.newestRecord) {
            async->showFilteredOut(tr("There is traffic, but none of it is in the chosen period and environments."));
        } else {
            async->showEmpty(
                tr("No request has come through the gateway yet. Register a service or try the product with sample "
                   "data."),
                tr("Go to Home"));
        }
        return;
    }
    show(*shown);
    async->showContent();
}

void OverviewPage::Impl::show(const Loaded& loaded)
{
    const ViewState& view = bar->view();
    cards->setFigures(OverviewText::figures(loaded.data, view));
    sentence->setText(OverviewText::changeSentence(loaded.data, view));
    cost->setSpec(OverviewText::costChart(loaded.data, view));
    tokens->setSpec(OverviewText::tokenChart(loaded.data, view));
    latency->setSpec(OverviewText::latencyChart(loaded.data, view));
}

void OverviewPage::Impl::updateStatus()
{
    if (shown)
        status->setText(OverviewText::statusLine(shown->data, UiText::qs(shown->organization.currency), clock.now()));
}

void OverviewPage::Impl::somethingChanged()
{
    stale = true;
    if (self.isVisible() && !liveTimer.isActive())
        liveTimer.start();
}

OverviewPage::OverviewPage(storage::StorageService& storage, const Clock& clock, EnvironmentScope& scope,
                           Prompts& prompts, QWidget* parent)
    : QWidget(parent), m_impl(std::make_unique<Impl>(*this, storage, clock))
{
    setObjectName(QStringLiteral("overviewPage"));
    m_impl->build(prompts);
    const auto follow = [this](EnvironmentId chosen) {
        ViewState view = m_impl->bar->view();
        view.environments = chosen.isNone() ? std::vector<EnvironmentId>{} : std::vector{chosen};
        m_impl->bar->setView(view);
    };
    follow(scope.current());
    connect(&scope, &EnvironmentScope::currentChanged, this, follow);
    m_impl->liveTimer.setSingleShot(true);
    m_impl->liveTimer.setInterval(kLiveDelayMs);
    connect(&m_impl->liveTimer, &QTimer::timeout, this, [this] {
        if (m_impl->latest.isRunning())
            m_impl->liveTimer.start(); // the answer on its way would be thrown away, and under steady traffic every one
        else
            m_impl->load();
    });
    m_impl->ageTimer.setInterval(kAgeIntervalMs);
    connect(&m_impl->ageTimer, &QTimer::timeout, this, [this] { m_impl->updateStatus(); });
    connect(&storage, &storage::StorageService::usageWritten, this, [this] { m_impl->somethingChanged(); });
    connect(&storage, &storage::StorageService::catalogueChanged, this, [this] { m_impl->somethingChanged(); });
    connect(&storage, &storage::StorageService::healthChanged, this, [this] {
        if (m_impl->storage.health().state == storage::StorageHealth::State::Ready)
            m_impl->somethingChanged();
    });
}

OverviewPage::~OverviewPage() = default;

void OverviewPage::refresh()
{
    m_impl->load();
}

const ViewState& OverviewPage::view() const
{
    return m_impl->bar->view();
}

void OverviewPage::setView(const ViewState& view)
{
    m_impl->bar->setView(view);
}

void OverviewPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_impl->ageTimer.start();
    if (m_impl->stale)
        m_impl->load();
}

void OverviewPage::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_impl->ageTimer.stop();
    m_impl->liveTimer.stop();
}

} // namespace sb::ui
