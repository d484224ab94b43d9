// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/internal/GatewayHostImpl.h"

#include "runtime/WhenDone.h"
#include "storage/StorageService.h"
#include "storage/repositories/SnapshotRepository.h"

namespace sb::runtime {

Result<Loaded> loadConfiguration(storage::DbSession& db, Timestamp now, const DomainSnapshot* known)
{
    storage::SnapshotRepository repository(db);
    auto snapshot = repository.load(now);
    if (!snapshot)
        return std::move(snapshot).error();
    if (known != nullptr && *known == *snapshot)
        return Loaded{};
    auto booked = repository.bookedBuckets(now);
    if (!booked)
        return std::move(booked).error();
    return Loaded{std::make_shared<const DomainSnapshot>(*std::move(snapshot)), *std::move(booked)};
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
    Findings findings = resolver.failures();
    const auto& compiled = config->findings();
    findings.insert(findings.end(), compiled.begin(), compiled.end());
    if (run && !run->recovery().damage.empty())
        findings.push_back({gateway::Finding::Severity::Warning, "journal", run->recovery().damage});
    return findings;
}

void GatewayHost::Impl::logFindings(const Config& config)
{
    std::set<std::string> current;
    for (const gateway::Finding& finding : findingsOf(config)) {
        const std::string line = finding.object + ": " + finding.what;
        if (current.insert(line).second && !loggedFindings.contains(line))
            log.write(LogLevel::Warning, "runtime", line);
    }
    loggedFindings = std::move(current);
}

void GatewayHost::Impl::requestReload(bool ifChanged)
{
    if (reloading || state == State::Starting) { // a start loads everything anyway; whoever asked is answered after it
        reloadAgain = true;
        onlyIfChanged = onlyIfChanged && ifChanged;
        return;
    }
    onlyIfChanged = ifChanged;
    beginReload();
}

void GatewayHost::Impl::beginReload()
{
    reloading = true;
    reloadAgain = false;
    waiting = std::exchange(waitingNext, {});
    auto known = std::exchange(onlyIfChanged, true) && waiting.empty() ? snapshot : nullptr;
    auto future = storage.read(
        [known, now = clock.now()](storage::DbSession& db) { return loadConfiguration(db, now, known.get()); });
    whenDone(future, &self, [this](Result<Loaded> loaded) {
        if (reloading)
            reloaded(std::move(loaded));
    });
}

void GatewayHost::Impl::reloaded(Result<Loaded> result)
{
    if (!result) {
        finishReload(result.error());
        return;
    }
    if (!result->snapshot) {
        finishReload(Findings{});
        return;
    }
    snapshot = result->snapshot;
    booked = std::move(result->booked);
    // At once with the secrets known already, so that a revoked key is refused while a slow keychain is still asked.
    compile([this](Result<Compiled> compiled) {
        if (!reloading)
            return;
        if (!compiled) {
            finishReload(compiled.error());
            return;
        }
        publish(*compiled);
        reloadNeedsSecrets = true;
        resolver.resolve(*snapshot);
    });
}

void GatewayHost::Impl::secretsEnded()
{
    const bool forStart = std::exchange(startNeedsSecrets, false);
    const bool forReload = std::exchange(reloadNeedsSecrets, false);
    if (!forStart && !forReload && state != State::Running)
        return;
    compile([this, forStart, forReload](Result<Compiled> compiled) {
        if (compiled)
            logFindings(compiled->config);
        if (forStart && !abandoned()) {
            if (compiled)
                listen(compiled->config);
            else
                fail(compiled.error());
        } else if (compiled) {
            publish(*compiled);
        }
        if (forReload && reloading)
            finishReload(compiled ? Result<Findings>(findingsOf(compiled->config))
                                  : Result<Findings>(compiled.error()));
    });
}

void GatewayHost::Impl::publish(const Compiled& compiled)
{
    if (state == State::Running && run)
        run->publish(compiled.config, booked, compiled.zone);
}

void GatewayHost::Impl::finishReload(Result<Findings> result)
{
    reloading = false;
    for (const auto& promise : std::exchange(waiting, {})) {
        promise->addResult(result);
        promise->finish();
    }
    if (std::exchange(reloadAgain, false) || !waitingNext.empty())
        beginReload();
}

} // namespace sb::runtime
