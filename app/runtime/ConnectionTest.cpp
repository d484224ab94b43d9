// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/ConnectionTest.h"

#include "base/Clock.h"
#include "http/Origin.h"
#include "runtime/internal/ProbeExchange.h"
#include "runtime/internal/ProbeRequest.h"
#include "runtime/internal/ProbeVerdict.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QHostInfo>
#include <QPointer>
#include <QTimer>

#include <algorithm>

namespace sb::runtime {

namespace {

using validation::HostAddress;
using validation::ServiceUrl;

} // namespace

/// One run; deleted when it ends or is cancelled, and with it every socket, timer and look-up.
struct ConnectionTest::Impl {
    explicit Impl(ConnectionTest* owner) : q(owner) {}

    void begin(Step step)
    {
        current = step;
        clock.start();
        say(step, Outcome::Running, {});
    }
    void say(Step step, Outcome outcome, const QString& detail)
    {
        Q_EMIT q->stepChanged(step, outcome, outcome == Outcome::Running ? 0 : static_cast<int>(clock.elapsed()),
                              detail);
    }
    /// The run falls silent at once and is deleted when no signal of its sockets is on the stack any more.
    void dismiss()
    {
        QObject* old = run;
        run = nullptr;
        if (old == nullptr)
            return;
        for (QObject* child : old->children())
            child->blockSignals(true);
        old->setParent(nullptr);
        old->deleteLater();
    }
    void end(bool passed)
    {
        dismiss();
        Q_EMIT q->finished(passed);
    }
    void fail(Step step, const QString& detail)
    {
        say(step, Outcome::Failed, detail);
        end(false);
    }

    void lookUp();
    void judge(const QList<QHostAddress>& found, const QString& fault);
    void probe();
    void onFirstFailure(ProbeExchange::Stage stage, const QString& reason);
    void onCredentialAnswer(const ProbeExchange::Answer& answer);
    void spendOneToken(bool sofar);
    ProbeExchange* exchange(std::string bytes);

    ConnectionTest* q;
    Limits limits;
    QPointer<QObject> run; ///< parent and context of everything asynchronous
    Request request;
    ServiceUrl url;
    std::vector<HostAddress> addresses;
    bool listsModels = false;
    Step current = Step::Address;
    QElapsedTimer clock;
};

ConnectionTest::ConnectionTest(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>(this)) {}

ConnectionTest::~ConnectionTest()
{
    m_impl->dismiss();
}

void ConnectionTest::setLimits(Limits limits)
{
    m_impl->limits = limits;
}

bool ConnectionTest::isRunning() const
{
    return m_impl->run;
}

void ConnectionTest::cancel()
{
    if (!m_impl->run)
        return;
    m_impl->dismiss();
    m_impl->say(m_impl->current, Outcome::Skipped, tr("Cancelled"));
    Q_EMIT finished(false);
}

void ConnectionTest::start(Request request)
{
    cancel();
    Impl& d = *m_impl;
    d.request = std::move(request);
    d.run = new QObject(this);
    auto* total = new QTimer(d.run);
    total->setSingleShot(true);
    connect(total, &QTimer::timeout, d.run, [&d] {
        d.fail(d.current,
               tr("No complete answer within %1 seconds. The server is reached, but it is busy or hangs: try "
                  "again later.")
                   .arg(d.limits.totalMs / 1000));
    });
    total->start(d.limits.totalMs);
    // Not from inside start(): the caller may still be wiring up.
    QMetaObject::invokeMethod(
        d.run,
        [&d, mine = d.run] {
            if (mine && d.run == mine)
                d.lookUp();
        },
        Qt::QueuedConnection);
}

void ConnectionTest::Impl::lookUp()
{
    const QPointer<QObject> alive = run;
    begin(Step::Address);
    if (!alive)
        return;
    auto parsedUrl = validation::parseServiceUrl(request.service.url);
    if (!parsedUrl)
        return fail(Step::Address, tr("The Service URL is not usable; see the message at its field."));
    url = std::move(*parsedUrl);
    const QString host = QString::fromStdString(url.host);
    if (const QHostAddress literal(host); !literal.isNull())
        return judge({literal}, {});

    auto* limit = new QTimer(run);
    limit->setSingleShot(true);
    auto* context = new QObject(run);
    const int id = QHostInfo::lookupHost(host, context, [this, limit, mine = alive](const QHostInfo& info) {
        if (!mine || run != mine)
            return;
        limit->stop();
        judge(info.addresses(), info.error() == QHostInfo::NoError ? QString() : info.errorString());
    });
    connect(limit, &QTimer::timeout, run, [this, id] {
        QHostInfo::abortHostLookup(id);
        fail(Step::Address, tr("The name was not found in time. Is this computer online?"));
    });
    limit->start(limits.lookUpMs);
}

void ConnectionTest::Impl::judge(const QList<QHostAddress>& found, const QString& fault)
{
    addresses.clear();
    QStringList refused;
    const http::Origin origin{url.tls, url.host, url.port};
    const bool listed = std::ranges::find(request.localHosts, url.host) != request.localHosts.end();
    for (const QHostAddress& address : found) {
        const auto binary = HostAddress::parse(address.toString().toStdString());
        if (binary && http::mayConnect(origin, listed, *binary))
            addresses.push_back(*binary);
        else
            refused.append(address.toString());
    }
    if (found.isEmpty())
        return fail(Step::Address,
                    tr("There is no host %1 (%2). Check the spelling, and whether this computer is online.")
                        .arg(QString::fromStdString(url.host), fault));
    if (addresses.empty()) {
        return fail(
            Step::Address,
            tr("%1 leads to %2, an address inside a private or reserved network. The gateway does not send keys there, "
               "unless the name is listed under Local hosts in the settings.")
                .arg(QString::fromStdString(url.host), refused.join(QStringLiteral(", "))));
    }
    const QPointer<QObject> alive = run;
    say(Step::Address, Outcome::Passed, tr("%n address(es)", nullptr, static_cast<int>(addresses.size())));
    if (alive)
        probe();
}

ProbeExchange* ConnectionTest::Impl::exchange(std::string bytes)
{
    return new ProbeExchange(url, addresses, std::move(bytes), limits.connectMs, run);
}

void ConnectionTest::Impl::probe()
{
    auto bytes = ProbeRequest::credential(request, url, SystemClock().now());
    if (!bytes)
        return fail(Step::Credential, QString::fromStdString(bytes.error().what));
    listsModels = bytes->listsModels;
    ProbeExchange* first = exchange(std::move(bytes->bytes));
    connect(first, &ProbeExchange::connected, run, [this](const QString& address) {
        const QPointer<QObject> alive = run;
        say(Step::Connect, Outcome::Passed, address);
        if (!alive)
            return;
        if (!url.tls) {
            say(Step::Certificate, Outcome::Skipped, tr("No TLS: traffic to this address can be read on the way."));
            if (alive)
                begin(Step::Credential);
        } else {
            begin(Step::Certificate);
        }
    });
    connect(first, &ProbeExchange::encrypted, run, [this](const QString& description) {
        const QPointer<QObject> alive = run;
        say(Step::Certificate, Outcome::Passed, description);
        if (alive)
            begin(Step::Credential);
    });
    connect(first, &ProbeExchange::answered, run,
            [this](const ProbeExchange::Answer& answer) { onCredentialAnswer(answer); });
    connect(first, &ProbeExchange::failed, run,
            [this](ProbeExchange::Stage stage, const QString& reason) { onFirstFailure(stage, reason); });
    const QPointer<QObject> alive = run;
    begin(Step::Connect);
    if (alive)
        first->start();
}

void ConnectionTest::Impl::onFirstFailure(ProbeExchange::Stage stage, const QString& reason)
{
    fail(stage == ProbeExchange::Stage::Connect ? Step::Connect
         : stage == ProbeExchange::Stage::Tls   ? Step::Certificate
                                                : Step::Credential,
         reason);
}

void ConnectionTest::Impl::onCredentialAnswer(const ProbeExchange::Answer& answer)
{
    const ProbeVerdict verdict = ProbeVerdict::ofCredentialProbe(request, answer, listsModels);
    const QPointer<QObject> alive = run;
    say(Step::Credential, verdict.credential, verdict.credentialText);
    if (!alive)
        return;
    if (verdict.credential == Outcome::Failed)
        return end(false);
    say(Step::Models, verdict.models, verdict.modelsText);
    if (alive)
        spendOneToken(verdict.credential == Outcome::Passed);
}

void ConnectionTest::Impl::spendOneToken(bool sofar)
{
    if (request.oneTokenModel.empty())
        return end(sofar);
    const QPointer<QObject> alive = run;
    begin(Step::OneToken);
    if (!alive)
        return;
    auto bytes = ProbeRequest::oneToken(request, url, SystemClock().now());
    if (!bytes)
        return fail(Step::OneToken, QString::fromStdString(bytes.error().what));
    ProbeExchange* second = exchange(std::move(bytes->bytes));
    connect(second, &ProbeExchange::answered, run, [this](const ProbeExchange::Answer& answer) {
        const ProbeVerdict verdict = ProbeVerdict::ofOneToken(request, answer);
        const QPointer<QObject> running = run;
        say(Step::OneToken, verdict.credential, verdict.credentialText);
        if (running)
            end(verdict.credential == Outcome::Passed);
    });
    connect(second, &ProbeExchange::failed, run,
            [this](ProbeExchange::Stage, const QString& reason) { fail(Step::OneToken, reason); });
    second->start();
}

} // namespace sb::runtime
