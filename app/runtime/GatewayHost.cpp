// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/GatewayHost.h"

#include "async/OnResult.h"
#include "runtime/internal/GatewayHostImpl.h"
#include "secrets/SecretStore.h"
#include "storage/StorageService.h"

#include <QDir>

#include <algorithm>
#include <filesystem>
#include <tuple>

namespace sb::runtime {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kBacklogTime{10'000};
constexpr milliseconds kGrace{10'000};      ///< for running requests at stop()
constexpr milliseconds kGraceAtExit{2'000}; ///< in the destructor, which blocks
constexpr milliseconds kFlush{5'000};
constexpr int kLiveIntervalMs = 100;
constexpr int kRateTicks = 20; ///< the rate is that of the last 2 s
constexpr int kPollIntervalMs = 2000;

} // namespace

void GatewayHost::Impl::setState(State next)
{
    if (state == next)
        return;
    state = next;
    const bool isRunning = next == State::Running;
    startedAt = isRunning ? std::optional(clock.now()) : std::nullopt;
    if (isRunning) {
        requestCounts = {0};
        liveTimer.start();
        pollTimer.start();
    } else {
        pollTimer.stop();
        setFindings({});
    }
    Q_EMIT self.stateChanged();
}

void GatewayHost::Impl::start()
{
    if (state == State::Starting || state == State::Running || state == State::Stopping)
        return;
    stopRequested = false;
    startWhenStorageIsReady = false;
    error = {};
    setState(State::Starting);
    const std::filesystem::path directory(
        QDir(options.profileDirectory).filePath(QStringLiteral("journal")).toStdString());
    work([directory,
          parts = GatewayRun::Parts{storage, clock, random, log}] { return GatewayRun::open(directory, parts); },
         [this](Result<std::unique_ptr<GatewayRun>> result) { opened(std::move(result)); });
}

bool GatewayHost::Impl::abandoned()
{
    if (!stopRequested)
        return false;
    end(State::Stopped);
    return true;
}

void GatewayHost::Impl::opened(Result<std::unique_ptr<GatewayRun>> result)
{
    if (!result) {
        fail(result.error());
        return;
    }
    run = *std::move(result);
    if (abandoned())
        return;
    auto future = storage.read([now = clock.now()](storage::DbSession& db) {
        return loadConfiguration(db, now, nullptr, 0, ReloadWhen::Asked);
    });
    onResult(future, &self, [this](Result<Loaded> loaded) { read(std::move(loaded)); });
}

void GatewayHost::Impl::read(Result<Loaded> result)
{
    if (abandoned())
        return;
    if (!result) {
        startWhenStorageIsReady = true;
        fail(result.error());
        return;
    }
    snapshot = result->snapshot;
    auto rules = ZoneRules::load(snapshot->organization.timeZone);
    if (!rules) {
        fail(rules.error());
        return;
    }
    work([current = run, zone = *rules] { return current->deliverBacklog(zone, kBacklogTime); },
         [this](bool) { restore(); });
}

void GatewayHost::Impl::restore()
{
    if (abandoned())
        return;
    // Read again: the buckets are complete only now.
    auto future = storage.read([now = clock.now()](storage::DbSession& db) {
        return loadConfiguration(db, now, nullptr, 0, ReloadWhen::Asked);
    });
    onResult(future, &self, [this](Result<Loaded> loaded) {
        if (abandoned())
            return;
        if (!loaded) {
            startWhenStorageIsReady = true;
            fail(loaded.error());
            return;
        }
        snapshot = loaded->snapshot;
        auditHead = loaded->auditHead;
        booked = std::move(loaded->booked);
        beginning = std::move(loaded->beginning);
        beginCounters([this] {
            if (abandoned())
                return;
            startNeedsSecrets = true;
            resolver.resolve(*snapshot);
        });
    });
}

void GatewayHost::Impl::listen(Config config)
{
    work([current = run, gatewayOptions = options.gateway, config = std::move(config), buckets = booked,
          known = snapshot] { return current->listen(gatewayOptions, config, buckets, *known); },
         [this](Result<gateway::Endpoint> endpoint) { running(std::move(endpoint)); });
}

void GatewayHost::Impl::running(Result<gateway::Endpoint> result)
{
    if (!result) {
        fail(result.error());
        return;
    }
    if (abandoned())
        return;
    url = QString::fromStdString(result->url());
    setState(State::Running);
    if (reloading) // begun before the start, it may have read what was not published
        requestReload(ReloadWhen::Asked);
    else if (reloadAgain || !waitingNext.empty())
        beginReload();
}

void GatewayHost::Impl::stop()
{
    startWhenStorageIsReady = false;
    if (state == State::Running || startNeedsSecrets)
        end(State::Stopped);
    else if (state == State::Starting)
        stopRequested = true; // noticed at the next step
}

void GatewayHost::Impl::fail(const Error& failure)
{
    error = failure;
    log.write(LogLevel::Error, "runtime", "the gateway does not run: " + failure.what);
    end(State::Failed);
}

void GatewayHost::Impl::end(State next)
{
    startNeedsSecrets = false;
    beginning.clear();
    ++beginRound;
    const Error stopped{ErrorCode::Cancelled, "the gateway was stopped"};
    answer(std::exchange(answering, {}), stopped);
    failReload(stopped);
    if (!run) {
        url.clear();
        setState(next);
        return;
    }
    if (next == State::Stopped)
        setState(State::Stopping);
    draining = run;
    work(
        [ending = std::exchange(run, nullptr)]() mutable {
            ending->stop(kGrace, kFlush);
            const auto undelivered = ending->depth().undelivered;
            ending.reset(); // the journal's lock goes before anybody can start again
            return undelivered;
        },
        [this, next](std::uint64_t undelivered) {
            url.clear();
            liveTimer.stop();
            live = {};
            live.undelivered = undelivered;
            requestCounts.clear();
            setState(next);
            Q_EMIT self.liveChanged();
        });
}

void GatewayHost::Impl::updateLive()
{
    const auto current = run ? run : draining.lock();
    if (!current)
        return;
    Live next;
    next.counters = current->counters();
    const auto depth = current->depth();
    next.undelivered = depth.undelivered;
    next.diskFull = depth.isFull;
    next.undeliveredInMemory = depth.inMemory;
    if (depth.oldest)
        next.oldestUndeliveredMs = std::max<qint64>(0, (clock.now() - *depth.oldest) / milliseconds{1});
    requestCounts.push_back(next.counters.requests);
    if (requestCounts.size() > kRateTicks + 1)
        requestCounts.pop_front();
    const double seconds = static_cast<double>(requestCounts.size() - 1) * kLiveIntervalMs / 1000.0;
    if (seconds > 0)
        next.requestsPerSecond = static_cast<double>(requestCounts.back() - requestCounts.front()) / seconds;
    const auto key = [](const Live& l) {
        return std::tuple(l.requestsPerSecond, l.counters.requests, l.counters.activeRequests, l.counters.activeStreams,
                          l.counters.openConnections, l.undelivered, l.oldestUndeliveredMs, l.diskFull,
                          l.undeliveredInMemory);
    };
    const bool changed = key(next) != key(live);
    live = next;
    if (changed)
        Q_EMIT self.liveChanged();
}

GatewayHost::GatewayHost(Options options, storage::StorageService& storage, secrets::SecretStore& secrets,
                         const Clock& clock, LogSink& log, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(*this, std::move(options), storage, secrets, clock, log))
{
    Impl* impl = m_impl.get();
    impl->liveTimer.setInterval(kLiveIntervalMs);
    connect(&impl->liveTimer, &QTimer::timeout, this, [impl] { impl->updateLive(); });
    impl->pollTimer.setInterval(kPollIntervalMs); // another process may revoke a key
    connect(&impl->pollTimer, &QTimer::timeout, this, [impl] { impl->poll(); });
    connect(&secrets, &secrets::SecretStore::keychainStateChanged, this, [impl](secrets::KeychainState keychain) {
        if (keychain == secrets::KeychainState::Available && impl->state == State::Running)
            impl->requestReload(ReloadWhen::Asked);
    });
    connect(&impl->resolver, &SecretResolver::ended, this, [impl] { impl->secretsEnded(); });
    connect(&storage, &storage::StorageService::catalogueChanged, this, [impl] {
        if (impl->state == State::Running)
            impl->requestReload(ReloadWhen::Asked);
    });
    connect(&storage, &storage::StorageService::healthChanged, this, [impl] {
        if (impl->startWhenStorageIsReady && impl->state == State::Failed &&
            impl->storage.health().state == storage::StorageHealth::State::Ready)
            impl->start();
    });
}

GatewayHost::~GatewayHost()
{
    m_impl->pool.waitForDone();
    if (m_impl->run)
        m_impl->run->stop(kGraceAtExit, kFlush);
}

void GatewayHost::start()
{
    m_impl->start();
}
void GatewayHost::stop()
{
    m_impl->stop();
}
GatewayHost::State GatewayHost::state() const
{
    return m_impl->state;
}
Error GatewayHost::lastError() const
{
    return m_impl->error;
}
std::optional<Timestamp> GatewayHost::startedAt() const
{
    return m_impl->startedAt;
}
QString GatewayHost::url() const
{
    return m_impl->url;
}
GatewayHost::Live GatewayHost::live() const
{
    return m_impl->live;
}

void GatewayHost::setListen(const QString& host, quint16 port)
{
    m_impl->options.gateway.listenHost = host.toStdString();
    m_impl->options.gateway.port = port;
}

void GatewayHost::setLocalHosts(std::vector<std::string> hosts)
{
    m_impl->options.gateway.localHosts = std::move(hosts);
}

const std::vector<gateway::Finding>& GatewayHost::findings() const
{
    return m_impl->findings;
}

QFuture<Result<std::vector<gateway::Finding>>> GatewayHost::reload()
{
    auto promise = std::make_shared<QPromise<Result<Findings>>>();
    promise->start();
    m_impl->waitingNext.push_back(promise);
    m_impl->requestReload(ReloadWhen::Asked);
    return promise->future();
}

Secret GatewayHost::sessionKey(EnvironmentId environment)
{
    auto found = m_impl->sessionKeys.find(environment);
    if (found == m_impl->sessionKeys.end()) {
        found = m_impl->sessionKeys.emplace(environment, ServiceRegistrar::generateKey(m_impl->random)).first;
        if (m_impl->state == State::Running)
            m_impl->requestReload(ReloadWhen::Asked);
    }
    return found->second.text.clone();
}

} // namespace sb::runtime
