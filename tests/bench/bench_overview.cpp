// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Times what the dashboards ask at one million requests over 90 days (SB_BENCH_REQUESTS changes the number), on SQLite
// and on a private PostgreSQL cluster. The traffic is the sample traffic, written by the usage writer: rollups as in
// real life.
#include "storage/Migrator.h"
#include "storage/SampleTraffic.h"
#include "storage/UsageWriter.h"
#include "storage/repositories/OverviewRepository.h"
#include "storage/repositories/RequestRepository.h"
#include "support/FakeClock.h"
#include "support/TempDatabase.h"
#include "support/TempPostgres.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>

namespace {

using namespace sb;
using storage::DbSession;
using test::TempDatabase;

constexpr std::size_t kBatch = 20'000;
const Timestamp kNow = test::FakeClock().now() + std::chrono::hours{14};

template <class T>
T require(Result<T> result)
{
    if (!result)
        qFatal("%s", result.error().what.c_str());
    return std::move(*result);
}

std::shared_ptr<const ZoneRules> zone()
{
    static const auto loaded = require(ZoneRules::load("UTC"));
    return loaded;
}

void fill(DbSession& db, std::int64_t requests, const char* engine)
{
    QElapsedTimer since;
    since.start();
    auto traffic = require(storage::SampleTraffic::prepare(db, {.requests = requests, .days = 90, .seed = 1}, kNow));
    storage::UsageWriter writer(zone());
    for (auto batch = traffic->next(kBatch); !batch.empty(); batch = traffic->next(kBatch)) {
        const auto report = require(writer.write(db, batch));
        if (report.inserted != batch.size())
            qFatal("%zu of %zu records were written", report.inserted, batch.size());
    }
    const double seconds = static_cast<double>(since.elapsed()) / 1000;
    std::printf("%s: %lld requests with all rollups written in %.1f s (%.0f a second)\n", engine,
                static_cast<long long>(requests), seconds, static_cast<double>(requests) / seconds);
    if (!db.exec(db.engine() == DbSession::Engine::Sqlite ? QStringLiteral("PRAGMA optimize")
                                                          : QStringLiteral("VACUUM ANALYZE")))
        qFatal("maintenance failed");
}

void registerOverview(const std::string& name, DbSession& db, analytics::ViewState view)
{
    view.includeSample = true;
    benchmark::RegisterBenchmark(name.c_str(), [&db, view](benchmark::State& state) {
        for (auto _ : state)
            benchmark::DoNotOptimize(require(storage::OverviewRepository(db).load(view, zone(), kNow)));
    })->Unit(benchmark::kMillisecond);
}

void registerAll(const std::string& engine, DbSession& db)
{
    using analytics::PeriodPreset;
    for (const auto& [name, preset] : {std::pair{"overview_30_days", PeriodPreset::Last30Days},
                                       std::pair{"overview_24_hours", PeriodPreset::Last24Hours},
                                       std::pair{"overview_7_days", PeriodPreset::Last7Days},
                                       std::pair{"overview_90_days", PeriodPreset::Last90Days}}) {
        analytics::ViewState view;
        view.preset = preset;
        registerOverview(engine + "/" + name, db, view);
    }
    analytics::ViewState oneEnvironment;
    oneEnvironment.environments = {EnvironmentId(1)};
    oneEnvironment.group = analytics::GroupBy::Project;
    registerOverview(engine + "/overview_30_days_one_environment_by_project", db, oneEnvironment);
    benchmark::RegisterBenchmark((engine + "/request_page_of_100").c_str(), [&db](benchmark::State& state) {
        const storage::RequestCursor middle{kNow - std::chrono::days{45}, EventId{}};
        for (auto _ : state)
            benchmark::DoNotOptimize(require(storage::RequestRepository(db).page({}, middle, 100)));
    })->Unit(benchmark::kMillisecond);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    const char* wanted = std::getenv("SB_BENCH_REQUESTS");
    const std::int64_t requests = wanted != nullptr ? std::atoll(wanted) : 1'000'000;

    std::vector<std::unique_ptr<TempDatabase>> databases;
    std::vector<std::unique_ptr<DbSession>> sessions;
    for (const auto& [engine, name] : {std::pair{TempDatabase::Engine::Sqlite, "sqlite"},
                                       std::pair{TempDatabase::Engine::PostgreSql, "postgresql"}}) {
        if (const QString reason = TempDatabase::whyNot(engine); !reason.isEmpty()) {
            std::printf("%s left out: %s\n", name, qPrintable(reason));
            continue;
        }
        databases.push_back(std::make_unique<TempDatabase>(engine));
        fill(*databases.back()->open(), requests, name);
        sessions.push_back(databases.back()->open(true));
        registerAll(name, *sessions.back());
    }
    std::fflush(stdout);
    benchmark::RunSpecifiedBenchmarks();
    sessions.clear();
    databases.clear();
    return 0;
}
