// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "home/HomePage.h"

#include "analytics/ViewState.h"
#include "home/SampleDataBox.h"
#include "home/SimulatorHost.h"
#include "kit/AsyncView.h"
#include "kit/Icons.h"
#include "kit/MessageBar.h"
#include "kit/Named.h"
#include "kit/PageHeader.h"
#include "kit/StatePill.h"
#include "kit/UiText.h"
#include "services/ServiceList.h"
#include "storage/StorageService.h"
#include "storage/repositories/RequestRepository.h"
#include "storage/repositories/SnapshotRepository.h"

#include <QFrame>
#include <QGridLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <utility>

namespace sb::ui {

namespace {

constexpr int kRefreshDelayMs = 500;
constexpr int kMostCardsPerRow = 3;
const QString kServices = QStringLiteral("GenAI Services");

Result<HomeOverview> readOverview(storage::DbSession& db, Timestamp now)
{
    HomeOverview overview;
    auto services = storage::ServiceRepository(db).list(now);
    if (!services)
        return std::move(services).error();
    overview.services = *std::move(services);
    auto snapshot = storage::SnapshotRepository(db).load(now);
    if (!snapshot)
        return std::move(snapshot).error();
    storage::RequestFilter answered;
    answered.to = now + std::chrono::hours(1);
    answered.status = RequestStatus::Ok;
    answered.includeSample = false;
    const auto calls = storage::RequestRepository(db).count(answered, 1);
    if (!calls)
        return calls.error();
    overview.steps = {!overview.services.empty(), !snapshot->keys.empty(), *calls > 0, !snapshot->limits.empty()};
    return overview;
}

} // namespace

HomePage::HomePage(const HomeSlice& slice, QWidget* parent)
    : Page(parent), m_slice(slice), m_message(new MessageBar(tr("home message"), this)),
      m_steps(new QGroupBox(tr("First steps"), this)), m_tryOut(new QGroupBox(tr("No key at hand?"), this)),
      m_tryOutButton(named(new QPushButton(tr("Try it without a key"), this), "tryOut", tr("Try it without a key"))),
      m_sample(new SampleDataBox(slice.storage, slice.clock, this)), m_cards(new QGroupBox(tr("Services"), this)),
      m_cardGrid(new QGridLayout), m_scroll(new QScrollArea(this))
{
    auto* header = new PageHeader(tr("Home"), this);
    auto* reg = named(new QPushButton(tr("Register service"), this), "homeRegister", tr("Register service"));
    reg->setIcon(Icons::get(QStringLiteral("plus")));
    header->addWidget(reg);
    connect(reg, &QPushButton::clicked, this, [this] { Q_EMIT navigate(kServices, QStringLiteral("register")); });

    auto* steps = new QVBoxLayout(m_steps);
    m_service = addStep(steps, "stepService", tr("Register a GenAI service"), tr("Register my first service"),
                        [this] { Q_EMIT navigate(kServices, QStringLiteral("register")); });
    m_key = addStep(steps, "stepKey", tr("Make a connection key"), tr("Make a key"), [this] {
        const bool none = m_shown.empty();
        Q_EMIT navigate(none ? kServices : QStringLiteral("Connections"),
                        none ? QStringLiteral("register") : QString());
    });
    m_call = addStep(steps, "stepCall", tr("Get a first answer through the gateway"), tr("Open Prompt Lab"),
                     [this] { Q_EMIT navigate(QStringLiteral("Prompt Lab"), {}); });
    m_limit = addStep(steps, "stepLimit", tr("Set a limit"), tr("Set a limit for a service"), [this] {
        Q_EMIT navigate(kServices, m_shown.empty()
                                       ? QString()
                                       : QStringLiteral("service/%1/limits").arg(m_shown.front().service.id.value));
    });

    auto* tryOut = new QHBoxLayout(m_tryOut);
    auto* why = new QLabel(tr("The built-in simulator answers like a provider does, on this computer and at no cost."),
                           m_tryOut);
    why->setWordWrap(true);
    tryOut->addWidget(why, 1);
    tryOut->addWidget(m_tryOutButton);
    connect(m_tryOutButton, &QPushButton::clicked, this, [this] {
        m_tryOutButton->setEnabled(false);
        m_slice.simulator.tryOut();
    });
    connect(&m_slice.simulator, &SimulatorHost::ready, this, [this] {
        m_tryOutButton->setEnabled(true);
        Q_EMIT navigate(QStringLiteral("Prompt Lab"), QLatin1String(SimulatorHost::kContextPath));
    });
    connect(&m_slice.simulator, &SimulatorHost::failed, this, [this](const Error& error) {
        m_tryOutButton->setEnabled(true);
        m_message->showError(error);
    });

    connect(m_sample, &SampleDataBox::exploreRequested, this, [this] {
        analytics::ViewState view;
        view.includeSample = true;
        Q_EMIT navigate(QStringLiteral("Dashboards"), UiText::qs(view.serialise()));
    });
    connect(m_sample, &SampleDataBox::failed, this, [this](const Error& error) { m_message->showError(error); });

    m_cards->setLayout(m_cardGrid);
    auto* content = new QWidget(this);
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins({});
    inner->addWidget(m_steps);
    inner->addWidget(m_tryOut);
    inner->addWidget(m_cards);
    inner->addWidget(m_sample);
    inner->addStretch(1);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(content);
    m_view = new AsyncView(m_scroll, this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(header);
    column->addWidget(m_message);
    column->addWidget(m_view, 1);

    m_refreshSoon.setSingleShot(true);
    m_refreshSoon.setInterval(kRefreshDelayMs);
    connect(&m_refreshSoon, &QTimer::timeout, this, [this] {
        if (isVisible())
            load();
    });
    const auto soon = [this] {
        if (!m_refreshSoon.isActive())
            m_refreshSoon.start();
    };
    connect(&m_slice.storage, &storage::StorageService::catalogueChanged, this, soon);
    connect(&m_slice.storage, &storage::StorageService::usageWritten, this, soon);
    connect(&m_slice.storage, &storage::StorageService::healthChanged, this, soon);
    connect(m_view, &AsyncView::retryRequested, this, &HomePage::load);
}

HomePage::StepRow HomePage::addStep(QVBoxLayout* column, const char* name, const QString& text, const QString& action,
                                    std::function<void()> run)
{
    StepRow row{new QLabel(m_steps), new QLabel(text, m_steps), named(new QPushButton(action, m_steps), name, action)};
    auto* line = new QHBoxLayout;
    line->addWidget(row.icon);
    line->addWidget(row.text, 1);
    line->addWidget(row.action);
    column->addLayout(line);
    row.text->setProperty("step", text);
    row.text->setObjectName(QLatin1String(name) + QStringLiteral("Text"));
    connect(row.action, &QPushButton::clicked, this, [run = std::move(run)] { run(); });
    return row;
}

void HomePage::activate()
{
    load();
    m_sample->load();
    gatewayChanged();
}

void HomePage::gatewayChanged()
{
    m_message->clear();    // a state told again is not an event that happened again
    m_refreshSoon.start(); // the cards show its address
    if (!m_slice.gatewayIsStopped())
        return;
    const std::optional<Error> failure = m_slice.gatewayFailure();
    const QString address = m_slice.gatewayAddress();
    m_message->showMessage(
        failure
            ? MessageBar::Message{Tone::Bad,
                                  tr("The gateway could not start at %1. %2").arg(address, UiText::sentence(*failure)),
                                  tr("Start gateway"), UiText::qs(failure->what)}
            : MessageBar::Message{Tone::Warning, tr("The gateway is stopped: nothing is served at %1.").arg(address),
                                  tr("Start gateway")},
        [this] { m_slice.startGateway(); });
}

void HomePage::servingChanged()
{
    if (isVisible())
        load();
}

void HomePage::load()
{
    m_view->showLoading();
    const Timestamp now = m_slice.clock.now();
    m_latest.start(m_slice.storage.read([now](storage::DbSession& db) { return readOverview(db, now); }), this,
                   [this](Result<HomeOverview> overview) {
                       if (overview)
                           showOverview(*overview);
                       else
                           m_view->showFailed(overview.error());
                   });
}

void HomePage::showStep(const StepRow& row, bool done)
{
    const int size = fontMetrics().height() * 3 / 2;
    const Tone tone = done ? Tone::Good : Tone::Neutral;
    row.icon->setPixmap(Icons::get(Tones::iconName(tone), tone).pixmap(size, size));
    const QString step = row.text->property("step").toString();
    row.text->setText(done ? tr("%1: done").arg(step) : step);
    row.action->setVisible(!done);
}

void HomePage::showOverview(const HomeOverview& overview)
{
    showStep(m_service, overview.steps.service);
    showStep(m_key, overview.steps.key);
    showStep(m_call, overview.steps.call);
    showStep(m_limit, overview.steps.limit);
    m_steps->setVisible(!overview.steps.allDone());
    const auto isSimulator = [](const storage::ServiceListRow& row) {
        return row.service.contextPath == SimulatorHost::kContextPath;
    };
    m_tryOut->setVisible(std::none_of(overview.services.begin(), overview.services.end(), isSimulator));
    m_cards->setVisible(!overview.services.empty());
    m_view->showContent();
    const QString address = m_slice.gatewayAddress();
    const std::vector<Environment> environments = m_slice.environments();
    ServingFaults faults = m_slice.servingFaults();
    if (overview.services == m_shown && address == m_shownAddress && environments == m_shownEnvironments &&
        faults == m_shownFaults)
        return;
    m_shownFaults = std::move(faults);
    m_shown = overview.services;
    m_shownAddress = address;
    m_shownEnvironments = environments;
    for (QWidget* card : std::exchange(m_cardWidgets, {}))
        delete card;
    for (const storage::ServiceListRow& service : m_shown)
        m_cardWidgets.push_back(makeCard(service));
    m_cardsPerRow = 0;
    arrangeCards();
}

void HomePage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    arrangeCards();
}

void HomePage::arrangeCards()
{
    if (m_cardWidgets.empty())
        return;
    int widest = 0;
    for (const QWidget* card : m_cardWidgets)
        widest = std::max(widest, card->minimumSizeHint().width());
    const QMargins margins = m_cardGrid->contentsMargins() + m_cards->contentsMargins();
    const int room = m_scroll->viewport()->width() - margins.left() - margins.right();
    const int spacing = m_cardGrid->horizontalSpacing();
    const int perRow = std::clamp((room + spacing) / (widest + spacing), 1, kMostCardsPerRow);
    if (perRow == m_cardsPerRow)
        return;
    m_cardsPerRow = perRow;
    for (QWidget* card : m_cardWidgets)
        m_cardGrid->removeWidget(card);
    for (int column = 0; column < kMostCardsPerRow; ++column)
        m_cardGrid->setColumnStretch(column, column < perRow ? 1 : 0);
    int position = 0;
    for (QWidget* card : m_cardWidgets) {
        m_cardGrid->addWidget(card, position / perRow, position % perRow);
        ++position;
    }
}

QWidget* HomePage::makeCard(const storage::ServiceListRow& row)
{
    auto* card = new QFrame(m_cards);
    card->setFrameShape(QFrame::StyledPanel);
    card->setAutoFillBackground(true);
    card->setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(card);
    const QString name = UiText::qs(row.service.name);
    auto* title = new QLabel(name, card);
    QFont font = title->font();
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    title->setTextFormat(Qt::PlainText);
    auto* address = new QLabel(m_shownAddress + UiText::qs(row.service.contextPath), card);
    address->setForegroundRole(QPalette::PlaceholderText);
    address->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(title);
    column->addWidget(address);
    auto* states = new QGridLayout;
    int line = 0;
    for (const Environment& environment : m_shownEnvironments) {
        const auto found = row.states.find(environment.id);
        const ServingState state =
            servingState(found == row.states.end() ? DeploymentState::NotConfigured : found->second, m_shownFaults,
                         row.service.id, environment.id);
        auto* pill = new StatePill(card);
        pill->setState(state.tone, state.word);
        pill->setToolTip(state.why);
        states->addWidget(new QLabel(UiText::qs(environment.name), card), line, 0);
        states->addWidget(pill, line++, 1, Qt::AlignLeading);
    }
    states->setColumnStretch(1, 1);
    column->addLayout(states);
    column->addWidget(new QLabel(
        tr("%1 in 24 h, %n request(s)", nullptr, static_cast<int>(row.requests24h)).arg(costText(row)), card));
    auto* open = named(new QPushButton(tr("Open %1").arg(name), card), "openService", tr("Open %1").arg(name));
    connect(open, &QPushButton::clicked, this,
            [this, id = row.service.id] { Q_EMIT navigate(kServices, QStringLiteral("service/%1").arg(id.value)); });
    column->addStretch(1);
    column->addWidget(open, 0, Qt::AlignLeading);
    return card;
}

} // namespace sb::ui
