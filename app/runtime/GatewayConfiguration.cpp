// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/internal/GatewayHostImpl.h"

#include "async/OnResult.h"
#include "storage/AuditLog.h"
#include "storage/StorageService.h"
#include "storage/repositories/CounterRepository.h"
#include "storage/repositories/SnapshotRepository.h"

#include <algorithm>
#include <iterator>

namespace sb::runtime {

namespace {

using limits::CounterKey;

constexpr std::chrono::milliseconds kDeliverTime{1000}; ///< of what ended before a limit begins to count
constexpr int kPollsPerComparison = 15;                 ///< 30 s: for what is changed by hand and not audited
constexpr int kPollsPerSecretRetry = 5;

std::vector<CounterKey> countersOf(const DomainSnapshot& snapshot)
{
    std::vector<CounterKey> counters;
    for (const LimitRule& rule : snapshot.limits) {
        for (const LimitDimension dimension : kLimitDimensions) {
            if (rule.maximum(dimension))
                counters.push_back({rule.scope, rule.scopeId, dimension, rule.per});
        }
    }
    return counters;
}

/// Those of `snapshot` that the database does not know or that were not in `before`.
Result<std::vector<CounterKey>> beginningIn(storage::DbSession& db, const DomainSnapshot& snapshot,
                                            const DomainSnapshot* before)
{
    const std::vector<CounterKey> counters = countersOf(snapshot);
    auto unknown = storage::CounterRepository(db).unknown(counters);
    if (!unknown || before == nullptr)
        return unknown;
    std::set<CounterKey> beginning(unknown->begin(), unknown->end());
    const std::vector<CounterKey> old = countersOf(*before);
    const std::set<CounterKey> served(old.begin(), old.end());
    std::copy_if(counters.begin(), counters.end(), std::inserter(beginning, beginning.end()),
                 [&served](const CounterKey& counter) { return !served.contains(counter); });
    return std::vector<CounterKey>(beginning.begin(), beginning.end());
}

/// Takes the counters out of the rules.
void leaveOut(const std::vector<CounterKey>& counters, std::vector<LimitRule>& rules)
{
    for (LimitRule& rule : rules) {
        for (const CounterKey& counter : counters) {
            if (rule.scope == counter.scope && rule.scopeId == counter.scopeId && rule.per == counter.per)
                rule.clear(counter.dimension);
        }
    }
    std::erase_if(rules, [](const LimitRule& rule) { return rule.isEmpty(); });
}

} // namespace

Result<Loaded> loadConfiguration(storage::DbSession& db, Timestamp now, const DomainSnapshot* before,
                                 std::int64_t knownHead, ReloadWhen when)
{
    return storage::inSameTransaction(db, [&]() -> Result<Loaded> {
        const auto head = storage::auditHead(db);
        if (!head)
            return head.error();
        Loaded loaded;
        loaded.auditHead = *head;
        if (when == ReloadWhen::Audited && before != nullptr && *head == knownHead)
            return loaded;
        auto snapshot = storage::SnapshotRepository(db).load(now);
        if (!snapshot)
            return std::move(snapshot).error();
        if (when != ReloadWhen::Asked && before != nullptr && *before == *snapshot)
            return loaded;
        auto booked = storage::CounterRepository(db).booked(now);
        if (!booked)
            return std::move(booked).error();
        auto beginning = beginningIn(db, *snapshot, before);
        if (!beginning)
            return std::move(beginning).error();
        loaded.snapshot = std::make_shared<const DomainSnapshot>(*std::move(snapshot));
        loaded.booked = *std::move(booked);
        loaded.beginning = *std::move(beginning);
        return loaded;
    });
}

void GatewayHost::Impl::ensureSessionKeys()
{
    for (const Environment& environment : snapshot->environments)
        if (!sessionKeys.contains(environment.id))
            sessionKeys.emplace(environment.id, ServiceRegistrar::generateKey(random));
}

/// With the secrets known now; off this thread, since a large catalogue takes its time.
void GatewayHost::Impl::compile(std::function<void(Result<Compiled>)> done)
{
    ensureSessionKeys();
    DomainSnapshot input = *snapshot;
    leaveOut(beginning, input.limits);
    for (const auto& [environment, key] : sessionKeys) {
        GatewayKey row;
        row.environment = environment;
        row.publicId = key.publicId;
        row.hash = key.hash;
        row.created = clock.now();
        input.keys.push_back(row);
    }
    auto secrets = std::make_shared<const gateway::ResolvedSecrets>(resolver.secrets());
    work(
        [input = std::move(input), secrets]() -> Result<Compiled> {
            auto rules = ZoneRules::load(input.organization.timeZone);
            if (!rules)
                return std::move(rules).error();
            auto config = gateway::compile(input, *secrets, *rules);
            if (!config)
                return std::move(config).error();
            return Compiled{*std::move(config), *std::move(rules)};
        },
        std::move(done));
}

Findings GatewayHost::Impl::findingsOf(const Config& config) const
{
    Findings all = config->findings();
    if (run && !run->recovery().damage.empty()) {
        gateway::Finding damage;
        damage.subject = gateway::Finding::Subject::Journal;
        damage.problem = gateway::Finding::Problem::JournalDamaged;
        damage.detail = run->recovery().damage;
        all.push_back(std::move(damage));
    }
    return all;
}

void GatewayHost::Impl::setFindings(Findings found)
{
    if (findings == found)
        return;
    findings = std::move(found);
    Q_EMIT self.findingsChanged();
}

void GatewayHost::Impl::logFindings(const Config& config)
{
    std::set<std::string> current;
    for (const gateway::Finding& finding : findingsOf(config)) {
        const std::string line = finding.object() + ": " + finding.what();
        if (current.insert(line).second && !loggedFindings.contains(line))
            log.write(LogLevel::Warning, "runtime", line);
    }
    loggedFindings = std::move(current);
}

/// Another process may change the catalogue, and a key that it revokes has to stop working within seconds.
void GatewayHost::Impl::poll()
{
    ++polls;
    if (resolver.hasFailures() && polls % kPollsPerSecretRetry == 0)
        resolver.resolve(*snapshot);
    if (!reloading)
        requestReload(polls % kPollsPerComparison == 0 ? ReloadWhen::Changed : ReloadWhen::Audited);
}

void GatewayHost::Impl::requestReload(ReloadWhen when)
{
    reloadWhen = std::min(reloadWhen, when);
    if (reloading || state == State::Starting) // a start loads everything anyway; whoever asked is answered after it
        reloadAgain = true;
    else
        beginReload();
}

void GatewayHost::Impl::beginReload()
{
    reloading = true;
    reloadAgain = false;
    const ReloadWhen when = waitingNext.empty() ? reloadWhen : ReloadWhen::Asked;
    reloadWhen = ReloadWhen::Audited;
    waiting.insert(waiting.end(), waitingNext.begin(), waitingNext.end());
    waitingNext.clear();
    // What is not served begins anew when it is.
    auto before = state == State::Running ? snapshot : nullptr;
    auto future = storage.read([before, when, head = auditHead, now = clock.now()](storage::DbSession& db) {
        return loadConfiguration(db, now, before.get(), head, when);
    });
    onResult(future, &self, [this](Result<Loaded> loaded) {
        if (reloading)
            reloaded(std::move(loaded));
    });
}

void GatewayHost::Impl::reloaded(Result<Loaded> result)
{
    if (!result) {
        failReload(result.error());
        return;
    }
    auditHead = result->auditHead;
    if (!result->snapshot) {
        endReload();
        return;
    }
    snapshot = result->snapshot;
    booked = std::move(result->booked);
    if (state == State::Running) {
        // What an earlier reload is still reading for begins with this one.
        for (const CounterKey& counter : countersOf(*snapshot)) {
            if (std::ranges::find(beginning, counter) != beginning.end() &&
                std::ranges::find(result->beginning, counter) == result->beginning.end())
                result->beginning.push_back(counter);
        }
        beginning = std::move(result->beginning);
    }
    // At once with the secrets known already, so that a revoked key is refused while a slow keychain is still asked;
    // and without the limits that begin, which have to know first what was used before.
    compile([this](Result<Compiled> compiled) {
        if (!reloading)
            return;
        if (!compiled) {
            failReload(compiled.error());
            return;
        }
        publish(*compiled);
        serveWhole();
        endReload();
    });
}

void GatewayHost::Impl::failReload(const Error& why)
{
    answer(std::exchange(waiting, {}), why);
    endReload();
}

void GatewayHost::Impl::endReload()
{
    reloading = false;
    if (std::exchange(reloadAgain, false) || !waitingNext.empty())
        beginReload();
}

/// What takes longer: limits that begin, then secrets. Another reload may come between.
void GatewayHost::Impl::serveWhole()
{
    if (beginning.empty()) {
        resolveForReload();
        return;
    }
    beginCounters([this] {
        compile([this](Result<Compiled> compiled) {
            if (compiled)
                publish(*compiled);
            resolveForReload();
        });
    });
}

/// Reads what the windows of `beginning` saw before; afterwards these counters are served like the others.
void GatewayHost::Impl::beginCounters(std::function<void()> done)
{
    if (beginning.empty()) {
        done();
        return;
    }
    const quint64 round = ++beginRound;
    work([runs = run] { return runs->deliver(kDeliverTime); },
         [this, round, done = std::move(done)](bool) {
             if (round != beginRound)
                 return;
             auto future = storage.write([counters = beginning, now = clock.now()](
                                             storage::DbSession& db) -> Result<std::vector<limits::BookedBucket>> {
                 storage::CounterRepository repository(db);
                 if (auto begun = repository.begin(counters, now); !begun)
                     return std::move(begun).error();
                 return repository.booked(now);
             });
             onResult(future, &self, [this, round, done](Result<std::vector<limits::BookedBucket>> read) {
                 if (round != beginRound)
                     return;
                 if (read)
                     booked = *std::move(read);
                 else // better a limit that does not know what was used before than none
                     log.write(LogLevel::Warning, "runtime",
                               "a new limit starts at zero, since what was used before it cannot be read: " +
                                   read.error().what);
                 beginning.clear();
                 done();
             });
         });
}

void GatewayHost::Impl::resolveForReload()
{
    answering.insert(answering.end(), waiting.begin(), waiting.end());
    waiting.clear();
    resolver.resolve(*snapshot);
}

void GatewayHost::Impl::secretsEnded()
{
    const bool forStart = std::exchange(startNeedsSecrets, false);
    const Promises promises = std::exchange(answering, {});
    if (!forStart && promises.empty() && state != State::Running)
        return;
    compile([this, forStart, promises](Result<Compiled> compiled) {
        if (compiled) {
            logFindings(compiled->config);
            setFindings(findingsOf(compiled->config));
        }
        if (forStart && !abandoned()) {
            if (compiled)
                listen(compiled->config);
            else
                fail(compiled.error());
        } else if (compiled) {
            publish(*compiled);
        }
        answer(promises,
               compiled ? Result<Findings>(findingsOf(compiled->config)) : Result<Findings>(compiled.error()));
    });
}

void GatewayHost::Impl::publish(const Compiled& compiled)
{
    if (state == State::Running && run)
        run->publish(compiled.config, booked, compiled.zone);
}

void GatewayHost::Impl::answer(const Promises& promises, const Result<Findings>& result)
{
    for (const auto& promise : promises) {
        promise->addResult(result);
        promise->finish();
    }
}

} // namespace sb::runtime
