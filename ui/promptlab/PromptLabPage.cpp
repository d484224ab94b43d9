// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promptlab/PromptLabPage.h"

#include "kit/AsyncView.h"
#include "kit/EnvironmentScope.h"
#include "kit/Icons.h"
#include "kit/MessageBar.h"
#include "kit/Named.h"
#include "kit/PageHeader.h"
#include "kit/Prompts.h"
#include "kit/UiText.h"
#include "promptlab/LabHistory.h"
#include "promptlab/LabText.h"
#include "promptlab/LaneView.h"
#include "promptlab/PromptForm.h"
#include "runtime/GatewayHost.h"
#include "settings/AppSettings.h"
#include "settings/Settings.h"
#include "storage/StorageService.h"
#include "storage/repositories/RequestRepository.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace sb::ui {

namespace {

using promptlab::LabRequest;
using promptlab::LaneResult;
using runtime::GatewayHost;
using settings::Settings::labModel;
using settings::Settings::labTarget;

constexpr int kBookingTickMs = 400;
constexpr int kBookingAttempts = 20; ///< 8 s; the record normally is there within one

} // namespace

PromptLabPage::PromptLabPage(const PromptLabSlice& slice, QWidget* parent)
    : Page(parent), m_slice(slice), m_send(named(new QPushButton(this), "labSend", tr("Send"))),
      m_stop(named(new QPushButton(tr("Stop"), this), "labStop", tr("Stop"))),
      m_message(new MessageBar(tr("Prompt Lab message"), this)), m_form(new PromptForm(this)),
      m_lane(new LaneView(this)), m_history(new LabHistory(slice.storage, slice.clock, slice.undo, this))
{
    auto* header = new PageHeader(tr("Prompt Lab"), this);
    m_send->setDefault(true);
    m_send->setToolTip(tr("Ctrl+Enter"));
    m_stop->setToolTip(tr("Esc"));
    header->addWidget(m_stop);
    header->addWidget(m_send);

    auto* formScroll = new QScrollArea(this);
    formScroll->setWidget(m_form);
    formScroll->setWidgetResizable(true);
    formScroll->setFrameShape(QFrame::NoFrame);
    formScroll->setFocusPolicy(Qt::NoFocus);
    formScroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* left = new QSplitter(Qt::Vertical, this);
    left->setObjectName(QStringLiteral("labQuestionSplitter"));
    left->addWidget(formScroll);
    left->addWidget(m_history);
    left->setStretchFactor(0, 3);
    left->setStretchFactor(1, 2);
    left->setChildrenCollapsible(false);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setObjectName(QStringLiteral("labSplitter"));
    splitter->addWidget(left);
    splitter->addWidget(m_lane);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(fontMetrics().averageCharWidth() * 2);
    left->setHandleWidth(splitter->handleWidth());
    m_view = new AsyncView(splitter, this);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(header);
    column->addWidget(m_message);
    column->addWidget(m_view, 1);

    connect(m_send, &QPushButton::clicked, this, &PromptLabPage::sendPressed);
    connect(m_stop, &QPushButton::clicked, m_lane, &LaneView::stop);
    for (const int key : {int(Qt::Key_Return), int(Qt::Key_Enter)}) {
        auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key(key)), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, &PromptLabPage::sendPressed);
    }
    auto* escape = new QShortcut(QKeySequence(Qt::Key_Escape), this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, m_lane, &LaneView::stop);

    connect(m_lane, &LaneView::runningChanged, this, &PromptLabPage::showButtons);
    connect(m_lane, &LaneView::answered, this, &PromptLabPage::onAnswered);
    connect(m_history, &LabHistory::selected, this, [this](const storage::PromptRun& run) {
        if (!m_lane->isRunning())
            m_lane->showRun(run, m_catalogue.environmentName(run.environment));
    });
    connect(m_history, &LabHistory::reuseRequested, this, [this](const storage::PromptRun& run) {
        LabRequest request;
        request.target = UiText::qs(run.target);
        request.model = UiText::qs(run.model);
        request.environment = run.environment;
        request.system = UiText::qs(run.systemText);
        request.user = UiText::qs(run.userText);
        promptlab::applyParameters(request,
                                   QJsonDocument::fromJson(QByteArray::fromStdString(run.parameters)).object());
        m_form->setRequest(request);
        m_form->focusUserText();
    });
    connect(m_view, &AsyncView::retryRequested, this, &PromptLabPage::load);
    connect(m_view, &AsyncView::emptyActionTriggered, this,
            [this] { Q_EMIT navigate(QStringLiteral("GenAI Services"), QStringLiteral("register")); });
    connect(&m_slice.gateway, &GatewayHost::stateChanged, this, &PromptLabPage::onGatewayState);
    connect(&m_slice.storage, &storage::StorageService::catalogueChanged, this, [this] {
        if (isVisible())
            load();
    });
    connect(&m_slice.storage, &storage::StorageService::usageWritten, this, &PromptLabPage::askForBookings);
    m_bookingTick.setInterval(kBookingTickMs);
    connect(&m_bookingTick, &QTimer::timeout, this, &PromptLabPage::askForBookings);
    m_wantedTarget = m_slice.settings.value(labTarget);
    showButtons();
}

void PromptLabPage::activate()
{
    load();
    m_history->load();
}

void PromptLabPage::openAt(const QString& argument)
{
    m_wantedTarget = argument;
    m_form->choose(argument, {}, {});
}

void PromptLabPage::load()
{
    if (m_catalogue.targets.empty())
        m_view->showLoading();
    m_latest.start(m_slice.storage.read(
                       [now = m_slice.clock.now()](storage::DbSession& db) { return LabCatalogue::read(db, now); }),
                   this, [this](Result<LabCatalogue> catalogue) {
                       if (catalogue)
                           showCatalogue(std::move(*catalogue));
                       else if (catalogue.error().code != ErrorCode::Cancelled)
                           m_view->showFailed(catalogue.error());
                   });
}

void PromptLabPage::showCatalogue(LabCatalogue catalogue)
{
    const bool first = m_catalogue.targets.empty();
    m_catalogue = std::move(catalogue);
    if (m_catalogue.targets.empty()) {
        m_view->showEmpty(tr("There is nothing to ask yet: register a service first."), tr("Register service"));
        showButtons();
        return;
    }
    m_form->setCatalogue(m_catalogue);
    if (first || !m_wantedTarget.isEmpty()) {
        const bool same = m_wantedTarget == m_slice.settings.value(labTarget);
        m_form->choose(m_wantedTarget, same ? m_slice.settings.value(labModel) : QString(), m_slice.scope.current());
        m_wantedTarget.clear();
    }
    m_view->showContent();
    showButtons();
}

void PromptLabPage::showButtons()
{
    const bool gatewayRuns = m_slice.gateway.state() == GatewayHost::State::Running;
    const QString label = gatewayRuns ? tr("Send") : tr("Start gateway and send");
    m_send->setText(label);
    m_send->setAccessibleName(label);
    m_send->setEnabled(!m_catalogue.targets.empty() && !m_afterStart);
    m_stop->setEnabled(m_lane->isRunning());
}

void PromptLabPage::sendPressed()
{
    if (!m_send->isEnabled())
        return;
    m_message->clear();
    const auto request = m_form->read();
    if (!request)
        return;
    if (!m_catalogue.isProduction(request->environment) || m_productionConfirmed) {
        ask(*request);
        return;
    }
    m_slice.prompts.ask(this,
                        {tr("Send to production?"),
                         tr("This question goes to %1 in production, with its key, its limits and real cost. Signalbox "
                            "asks this once per start.")
                             .arg(request->target),
                         tr("Send"),
                         tr("Cancel"),
                         {}},
                        [this, request = *request](bool accepted) {
                            if (!accepted)
                                return;
                            m_productionConfirmed = true;
                            ask(request);
                        });
}

void PromptLabPage::ask(const LabRequest& request)
{
    if (auto kept = m_slice.settings.set(labTarget, request.target); kept)
        kept = m_slice.settings.set(labModel,
                                    request.model); // both are comfort: nothing overrides them, nothing else can fail
    if (m_slice.gateway.state() == GatewayHost::State::Running) {
        send(request);
        return;
    }
    m_afterStart = request;
    showButtons();
    m_slice.gateway.start();
}

void PromptLabPage::onGatewayState()
{
    const auto state = m_slice.gateway.state();
    if (m_afterStart && state == GatewayHost::State::Running) {
        send(*std::exchange(m_afterStart, std::nullopt));
    } else if (m_afterStart && state == GatewayHost::State::Failed) {
        m_afterStart.reset();
        m_message->showError(m_slice.gateway.lastError(), tr("Open Gateway"),
                             [this] { Q_EMIT navigate(QStringLiteral("Gateway"), {}); });
    }
    showButtons();
}

void PromptLabPage::send(const LabRequest& request)
{
    const Secret key = m_slice.gateway.sessionKey(request.environment);
    m_lane->send(request, m_catalogue.environmentName(request.environment), QUrl(m_slice.gateway.url()), key);
}

void PromptLabPage::onAnswered(const LabRequest& request, const LaneResult& result)
{
    Unbooked run{request, result, m_slice.clock.now(), kBookingAttempts};
    if (result.requestId.isEmpty()) {
        keep(run, {});
        return;
    }
    m_unbooked.push_back(std::move(run));
    m_bookingTick.start();
}

void PromptLabPage::askForBookings()
{
    for (Unbooked& run : m_unbooked) {
        if (run.asking)
            continue;
        run.asking = true;
        --run.attemptsLeft;
        onResult(m_slice.storage.read([text = run.result.requestId.toStdString()](
                                          storage::DbSession& db) -> Result<storage::RequestDetail> {
            auto id = EventId::parse(text);
            if (!id)
                return std::move(id).error();
            return storage::RequestRepository(db).detail(*id);
        }),
                 this,
                 [this, id = run.result.requestId](const Result<storage::RequestDetail>& detail) { book(id, detail); });
    }
    if (m_unbooked.empty())
        m_bookingTick.stop();
}

void PromptLabPage::book(const QString& requestId, const Result<storage::RequestDetail>& detail)
{
    const auto found = std::find_if(m_unbooked.begin(), m_unbooked.end(),
                                    [&requestId](const Unbooked& run) { return run.result.requestId == requestId; });
    if (found == m_unbooked.end())
        return;
    found->asking = false;
    if (!detail && found->attemptsLeft > 0)
        return;
    std::optional<Money> cost;
    if (detail) {
        cost = detail->row.cost;
        if (detail->row.usageSource != UsageSource::None) { // absent is not zero: what was refused used nothing
            found->result.tokensIn = detail->row.tokensIn;
            found->result.tokensOut = detail->row.tokensOut;
        }
        if (!m_lane->isRunning() && m_lane->request() == found->request)
            m_lane->setBooked(cost, found->result.tokensIn, found->result.tokensOut,
                              detail->row.usageSource == UsageSource::Partial ||
                                  detail->row.usageSource == UsageSource::Estimated);
    }
    const Unbooked run = std::move(*found);
    m_unbooked.erase(found);
    keep(run, cost);
}

void PromptLabPage::keep(const Unbooked& run, const std::optional<Money>& cost)
{
    m_history->add(LabText::run(run.request, run.result, run.at, cost));
}

} // namespace sb::ui
