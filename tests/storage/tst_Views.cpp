// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "EngineTest.h"
#include "UsageRecords.h"
#include "storage/SqlValues.h"
#include "storage/UsageWriter.h"
#include "storage/repositories/DatabaseRepository.h"
#include "support/FakeClock.h"

#include <QSqlRecord>

#include <set>

using namespace sb;
using namespace sb::test;

namespace {

const Timestamp kNow = FakeClock().now();

/// The views are a contract: columns may be added at the end, never renamed, moved or removed.
const std::vector<std::pair<const char*, const char*>> kContract{
    {"request_analytics", "id timestamp user_id organization_id project_id environment service model_selected cost_usd "
                          "latency_ms tokens_input tokens_output "
                          "task_type success service_context provider connection key_id route session_id "
                          "model_requested model_reported http_status error_class "
                          "error_code streamed cache_hit fallback_used attempts ttft_ms upstream_ms overhead_us "
                          "tokens_uncached tokens_cache_read "
                          "tokens_cache_write tokens_reasoning tokens_media web_searches usage_source cost_status "
                          "saved_by_cache_usd saved_by_routing_usd source "
                          "price_id ts_us"},
    {"models", "id name provider input_price_per_1k output_price_per_1k context_window capabilities quality_scores "
               "availability_status last_updated"},
    {"user_sessions",
     "session_id user_id routing_preferences conversation_context budget_limits created_at last_activity"},
    {"request_logs",
     "id timestamp user_id request_data response_data routing_decision error_details ip_address user_agent"},
    {"routing_configs", "id name user_id policy_json is_active created_at"},
    {"model_performance_history",
     "model_id provider environment task_type complexity_level period_start period_end requests success_rate"},
    {"routing_experiments", "id name organization_id kind unit status salt primary_metric min_samples"},
    {"organizations", "id name currency time_zone retention_days created_at"},
    {"billing_records", "id organization_id project_id period_start period_end time_zone provider model_id requests "
                        "tokens_input tokens_output"},
    {"compliance_logs", "id seq writer_id timestamp organization_id environment actor action object_kind object_id "
                        "before_json after_json"},
    {"usage_daily",
     "day organization_id project_id environment service provider model connection route task_type success requests"},
};

class ViewsTest : public EngineTest {
protected:
    void store(const std::vector<journal::CloseRecord>& batch)
    {
        storage::UsageWriter writer(valueOf(ZoneRules::load("UTC")));
        ASSERT_EQ(valueOf(writer.write(*db, batch)).inserted, batch.size());
    }
    journal::CloseRecord answered(std::uint64_t in, std::uint64_t out, std::int64_t nano)
    {
        journal::CloseRecord close = closeRecord(kNow, ids);
        close.record.usage = {};
        close.record.usage.source = UsageSource::Reported;
        close.record.usage.inputUncached = in;
        close.record.usage.outputText = out;
        close.record.cost = Money{nano};
        close.record.task = "chat";
        return close;
    }

    SeededRandom ids;
};
SB_ON_BOTH_ENGINES(ViewsTest);

TEST_P(ViewsTest, haveTheColumnsOfTheContractInItsOrder)
{
    for (const auto& [view, columns] : kContract) {
        auto query = db->exec(QStringLiteral("SELECT * FROM %1 LIMIT 1").arg(QLatin1String(view)));
        ASSERT_TRUE(query) << view << ": " << query.error().what;
        const QSqlRecord record = query->record();
        const QStringList wanted = QString::fromLatin1(columns).split(u' ');
        QStringList found;
        for (int i = 0; i < std::min<int>(record.count(), static_cast<int>(wanted.size())); ++i)
            found << record.fieldName(i);
        EXPECT_EQ(found.join(u' ').toStdString(), wanted.join(u' ').toStdString()) << view;
    }
}

TEST_P(ViewsTest, costByTaskOfTheSourceDocumentsDividesWithoutTruncating)
{
    store({answered(1000, 200, 345'000), answered(20, 45, 32'000),
           answered(0, 5, 1000)}); // the last: no input, would divide by zero
    const auto rows = valueOf(storage::selectAll(
        *db,
        QStringLiteral(
            "SELECT task_type, model_selected, AVG(cost_usd) AS avg_cost, AVG(tokens_output/tokens_input) AS "
            "avg_ratio, COUNT(*) AS n "
            "FROM request_analytics WHERE success = true GROUP BY task_type, model_selected ORDER BY avg_cost DESC"),
        {}, [](const QSqlQuery& q) {
            return std::tuple{q.value(0).toString().toStdString(), q.value(2).toDouble(), q.value(3).toDouble(),
                              q.value(4).toInt()};
        }));
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(std::get<0>(rows[0]), "chat");
    EXPECT_NEAR(std::get<1>(rows[0]), 0.000126, 1e-9);
    EXPECT_NEAR(std::get<2>(rows[0]), (0.2 + 2.25) / 2, 1e-9);
    EXPECT_EQ(std::get<3>(rows[0]), 3);
}

TEST_P(ViewsTest, theUsageReportOfTheSourceDocumentsRuns)
{
    store({answered(1000, 200, 345'000)});
    const auto rows = valueOf(
        storage::selectAll(*db,
                           QStringLiteral("SELECT DATE(timestamp), COUNT(*), SUM(cost_usd), AVG(latency_ms) FROM "
                                          "request_analytics WHERE organization_id = ? AND "
                                          "timestamp BETWEEN ? AND ? GROUP BY DATE(timestamp)"),
                           {QStringLiteral("default"), QStringLiteral("2026-07-01"), QStringLiteral("2026-07-31")},
                           [](const QSqlQuery& q) {
                               return std::tuple{q.value(1).toInt(), q.value(2).toDouble(), q.value(3).toDouble()};
                           }));
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(std::get<0>(rows[0]), 1);
    EXPECT_NEAR(std::get<1>(rows[0]), 0.000345, 1e-12);
    EXPECT_NEAR(std::get<2>(rows[0]), 800, 1e-9);
}

TEST_P(ViewsTest, theHealthQueriesRun)
{
    EXPECT_TRUE(db->exec(QStringLiteral("SELECT 1")));
    EXPECT_TRUE(db->exec(QStringLiteral("SELECT COUNT(*) FROM request_analytics")));
}

TEST_P(ViewsTest, theCleanUpStatementRemovesRequestsAndLeavesTotals)
{
    journal::CloseRecord old = answered(10, 10, 100);
    old.record.rawUsage = "{}";
    old.record.attemptsCost = Money{5};
    journal::CloseRecord fresh = answered(10, 10, 100);
    fresh.record.time = kNow + std::chrono::days{2};
    fresh.record.id = EventId::generate(fresh.record.time, ids);
    store({old, fresh});
    ASSERT_TRUE(db->exec(QStringLiteral("DELETE FROM request_analytics WHERE timestamp < '2026-07-16'")));
    const auto count = [&](const char* table) {
        return valueOf(storage::selectOne(*db, QStringLiteral("SELECT count(*) FROM %1").arg(QLatin1String(table)), {},
                                          [](const QSqlQuery& q) { return q.value(0).toInt(); }))
            .value_or(-1);
    };
    EXPECT_EQ(count("req"), 1);
    EXPECT_EQ(count("req_log"), 0);
    EXPECT_EQ(count("attempt"), 0);
    EXPECT_EQ(count("request_analytics"), 1);
    EXPECT_EQ(valueOf(storage::DatabaseRepository(*db).figures()).requests, 2);
}

TEST_P(ViewsTest, unpricedIsNullAndFreeIsZero)
{
    journal::CloseRecord unpriced = answered(10, 10, 0);
    unpriced.record.cost.reset();
    store({unpriced, answered(10, 10, 0)});
    const auto rows = valueOf(storage::selectAll(
        *db, QStringLiteral("SELECT cost_usd, cost_status FROM request_analytics ORDER BY cost_status"), {},
        [](const QSqlQuery& q) {
            return std::pair{q.value(0).isNull(), q.value(1).toString().toStdString()};
        }));
    EXPECT_EQ(rows, (std::vector<std::pair<bool, std::string>>{{false, "calculated"}, {true, "unpriced"}}));
}

TEST_P(ViewsTest, anIdReadsTheSameOnBothEngines)
{
    const journal::CloseRecord close = answered(1, 1, 1);
    store({close});
    const auto id =
        valueOf(storage::selectOne(*db, QStringLiteral("SELECT CAST(id AS text) FROM request_analytics"), {},
                                   [](const QSqlQuery& q) { return storage::sql::textOf(q.value(0)); }));
    EXPECT_EQ(id, close.record.id.toString());
}

} // namespace
