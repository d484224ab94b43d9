// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/GatewayPage.h"

#include "async/OnResult.h"
#include "gateway/FindingText.h"
#include "kit/AsyncView.h"
#include "kit/CopyField.h"
#include "kit/EntityTableModel.h"
#include "kit/ListColumns.h"
#include "kit/MessageBar.h"
#include "kit/PageHeader.h"
#include "kit/StatePill.h"
#include "kit/UiText.h"
#include "runtime/GatewayHost.h"

#include <QFormLayout>
#include <QGroupBox>
#include <QHeaderView>
#include <QHostAddress>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTableView>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include <utility>

namespace sb::ui {

namespace {

using gateway::Finding;
using runtime::GatewayHost;
using State = GatewayHost::State;

constexpr int kTickMs = 1000;

using FindingModel = EntityTableModel<Finding, std::string>;

bool isLoopback(const QString& url)
{
    const QString host = QUrl(url).host();
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

QString duration(std::chrono::seconds length)
{
    const auto total = static_cast<int>(length.count());
    if (total < 60)
        return GatewayPage::tr("%n second(s)", nullptr, total);
    if (total < 3600)
        return GatewayPage::tr("%n minute(s)", nullptr, total / 60);
    return GatewayPage::tr("%n hour(s)", nullptr, total / 3600);
}

} // namespace

struct GatewayPage::Impl {
    GatewayPage& self;
    GatewayHost& host;
    const Clock& clock;
    QTimer tick;
    Latest<std::vector<Finding>> latest;

    StatePill* pill = nullptr;
    QPushButton* startStop = nullptr;
    MessageBar* failure = nullptr;
    MessageBar* exposure = nullptr;
    MessageBar* disk = nullptr;
    bool diskWasFull = false;
    CopyField* address = nullptr;
    QLabel* uptime = nullptr;
    QLabel* rate = nullptr;
    QLabel* active = nullptr;
    QLabel* streams = nullptr;
    QLabel* connections = nullptr;
    QLabel* undelivered = nullptr;
    QPushButton* check = nullptr;
    AsyncView* findingsView = nullptr;
    FindingModel* findings = nullptr;

    Impl(GatewayPage& page, GatewayHost& gatewayHost, const Clock& pageClock)
        : self(page), host(gatewayHost), clock(pageClock)
    {
    }

    void build();
    QWidget* buildFacts();
    QWidget* buildFindings();
    void showState();
    void showFailure();
    void showLive();
    void showDisk(bool isFull);
    void checkConfiguration();
};

QWidget* GatewayPage::Impl::buildFacts()
{
    auto* box = new QGroupBox(tr("Traffic"));
    auto* form = new QFormLayout(box);
    const auto value = [form](const QString& title, const char* name) {
        auto* label = new QLabel;
        label->setObjectName(QLatin1String(name));
        form->addRow(new QLabel(title), label);
        return label;
    };
    address = new CopyField(tr("Gateway address"));
    auto* addressLabel = new QLabel(tr("Gateway address"));
    addressLabel->setBuddy(address->edit());
    form->addRow(addressLabel, address);
    uptime = value(tr("Running for"), "gatewayUptime");
    rate = value(tr("Requests per second"), "gatewayRate");
    active = value(tr("Requests in flight"), "gatewayActive");
    streams = value(tr("Open streams"), "gatewayStreams");
    connections = value(tr("Open connections"), "gatewayConnections");
    undelivered = value(tr("Records on their way to the database"), "gatewayUndelivered");
    return box;
}

QWidget* GatewayPage::Impl::buildFindings()
{
    auto* box = new QGroupBox(tr("Configuration"));
    check = new QPushButton(tr("Check configuration"));
    check->setObjectName(QStringLiteral("checkConfiguration"));
    check->setAccessibleName(check->text());
    using Column = FindingModel::Column;
    const auto severity = [](const Finding& row) {
        return row.severity == Finding::Severity::Error ? tr("not served") : tr("warning");
    };
    findings = new FindingModel(
        {Column(tr("Severity"), severity).withTone([](const Finding& row) {
             return row.severity == Finding::Severity::Error ? Tone::Bad : Tone::Warning;
         }),
         Column(tr("Where"), FindingText::object), Column(tr("What"), FindingText::what)},
        [](const Finding& row) { return row.object() + '\n' + row.what(); }, &self);
    auto* table = new QTableView;
    table->setObjectName(QStringLiteral("findings"));
    table->setAccessibleName(tr("Configuration findings"));
    table->setModel(findings);
    table->setItemDelegate(new StateDelegate(table));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    new ListColumns(table, QStringLiteral("severity where what").split(QLatin1Char(' ')));
    findingsView = new AsyncView(table);
    findingsView->setObjectName(QStringLiteral("findingsState"));

    auto* layout = new QVBoxLayout(box);
    layout->addWidget(check, 0, Qt::AlignLeft);
    layout->addWidget(findingsView, 1);
    return box;
}

void GatewayPage::Impl::build()
{
    auto* header = new PageHeader(tr("Gateway"));
    pill = new StatePill;
    pill->setObjectName(QStringLiteral("gatewayState"));
    startStop = new QPushButton;
    startStop->setObjectName(QStringLiteral("gatewayStartStop"));
    header->addWidget(pill);
    header->addWidget(startStop);
    failure = new MessageBar(tr("gateway failure"));
    failure->setObjectName(QStringLiteral("gatewayFailure"));
    exposure = new MessageBar(tr("gateway exposure"));
    exposure->setObjectName(QStringLiteral("gatewayExposure"));
    disk = new MessageBar(tr("gateway disk"));
    disk->setObjectName(QStringLiteral("gatewayDisk"));

    auto* layout = new QVBoxLayout(&self);
    layout->setContentsMargins({});
    layout->addWidget(header);
    layout->addWidget(failure);
    layout->addWidget(exposure);
    layout->addWidget(disk);
    layout->addWidget(buildFacts());
    layout->addWidget(buildFindings(), 1);

    connect(startStop, &QPushButton::clicked, &self, [this] {
        if (host.state() == State::Running)
            host.stop();
        else
            host.start();
    });
    connect(check, &QPushButton::clicked, &self, [this] { checkConfiguration(); });
    connect(findingsView, &AsyncView::retryRequested, &self, [this] { checkConfiguration(); });
    connect(&host, &GatewayHost::stateChanged, &self, [this] {
        showState();
        if (self.isVisible() && host.state() == State::Running)
            checkConfiguration();
    });
    connect(&host, &GatewayHost::liveChanged, &self, [this] {
        if (self.isVisible())
            showLive();
    });
}

void GatewayPage::Impl::showState()
{
    const State state = host.state();
    switch (state) {
    case State::Stopped:
        pill->setState(Tone::Neutral, tr("stopped"));
        break;
    case State::Starting:
        pill->setState(Tone::Info, tr("starting"));
        break;
    case State::Running:
        pill->setState(Tone::Good, tr("running"));
        break;
    case State::Stopping:
        pill->setState(Tone::Info, tr("finishing open requests"));
        break;
    case State::Failed:
        pill->setState(Tone::Bad, tr("failed"));
        break;
    }
    startStop->setText(state == State::Running || state == State::Stopping ? tr("Stop gateway") : tr("Start gateway"));
    startStop->setAccessibleName(startStop->text());
    const bool busy = state == State::Starting || state == State::Stopping;
    startStop->setEnabled(!busy);
    startStop->setToolTip(busy ? tr("Wait until the gateway has started or stopped.") : QString());
    check->setEnabled(state == State::Running);
    check->setToolTip(state == State::Running ? QString() : tr("Start the gateway to check what it serves."));
    if (state != State::Running) {
        latest.cancel();
        findingsView->showEmpty(tr("The configuration is checked while the gateway runs."));
    }
    address->setValue(host.url());
    showFailure();
    if (state == State::Running && !isLoopback(host.url())) {
        exposure->showMessage(
            {Tone::Warning, tr("The gateway listens beyond this computer: whoever reaches %1 and has a key can use it. "
                               "Put TLS in front of it.")
                                .arg(host.url())});
    } else {
        exposure->clear();
    }
    showLive();
}

void GatewayPage::Impl::showFailure()
{
    if (host.state() != State::Failed) {
        failure->clear();
        return;
    }
    const Error error = host.lastError();
    failure->clear(); // a state told again is not a failure that happened again
    if (error.field == "port") {
        failure->showMessage({Tone::Bad, UiText::sentence(error), tr("Use a free port"), UiText::qs(error.what)},
                             [this] {
                                 host.setListen(QStringLiteral("127.0.0.1"), 0);
                                 host.start();
                             });
    } else {
        failure->showError(error);
    }
}

void GatewayPage::Impl::showLive()
{
    const GatewayHost::Live live = host.live();
    const auto started = host.startedAt();
    uptime->setText(started ? duration(std::chrono::duration_cast<std::chrono::seconds>(clock.now() - *started))
                            : tr("not running"));
    rate->setText(QLocale().toString(live.requestsPerSecond, 'f', live.requestsPerSecond < 10 ? 1 : 0));
    active->setText(UiText::count(static_cast<std::int64_t>(live.counters.activeRequests)));
    streams->setText(UiText::count(static_cast<std::int64_t>(live.counters.activeStreams)));
    connections->setText(UiText::count(static_cast<std::int64_t>(live.counters.openConnections)));
    undelivered->setText(live.undelivered == 0
                             ? tr("none")
                             : tr("%1, the oldest for %2")
                                   .arg(UiText::count(static_cast<std::int64_t>(live.undelivered)),
                                        UiText::milliseconds(static_cast<double>(live.oldestUndeliveredMs))));
    if (live.undeliveredInMemory > 0)
        undelivered->setText(
            undelivered->text() +
            tr(", %1 of them in memory only").arg(UiText::count(static_cast<std::int64_t>(live.undeliveredInMemory))));
    showDisk(live.diskFull);
}

/// Said once for as long as it lasts, so that it stays dismissed.
void GatewayPage::Impl::showDisk(bool isFull)
{
    if (isFull == std::exchange(diskWasFull, isFull))
        return;
    if (isFull)
        disk->showMessage({Tone::Bad, tr("The disk is full. Requests that a limit counts are refused; the others go on "
                                         "as long as memory can hold their records, which would be lost if the "
                                         "program ended now. Free some space: everything goes on by itself.")});
    else
        disk->clear();
}

void GatewayPage::Impl::checkConfiguration()
{
    if (host.state() != State::Running)
        return;
    findingsView->showLoading();
    latest.start(host.reload(), &self, [this](Result<std::vector<Finding>> result) {
        if (!result) {
            findingsView->showFailed(result.error());
            return;
        }
        findings->setRows(*std::move(result));
        if (findings->rowCount() == 0)
            findingsView->showEmpty(tr("No problem found: everything that is registered is served."));
        else
            findingsView->showContent();
    });
}

GatewayPage::GatewayPage(GatewayHost& host, const Clock& clock, QWidget* parent)
    : Page(parent), m_impl(std::make_unique<Impl>(*this, host, clock))
{
    setObjectName(QStringLiteral("gatewayPage"));
    m_impl->build();
    m_impl->tick.setInterval(kTickMs);
    connect(&m_impl->tick, &QTimer::timeout, this, [this] { m_impl->showLive(); });
    m_impl->showState();
}

GatewayPage::~GatewayPage() = default;

void GatewayPage::activate()
{
    m_impl->showState();
    m_impl->checkConfiguration();
}

void GatewayPage::refresh()
{
    activate();
}

void GatewayPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_impl->tick.start();
}

void GatewayPage::hideEvent(QHideEvent* event)
{
    Page::hideEvent(event);
    m_impl->tick.stop();
}

} // namespace sb::ui
