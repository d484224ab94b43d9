// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/UsageWriter.h"

#include "EngineTest.h"
#include "UsageRecords.h"
#include "base/LogHistogram.h"
#include "domain/Limit.h"
#include "storage/SqlValues.h"
#include "storage/usage/PgArray.h"
#include "support/FakeClock.h"

#include <algorithm>
#include <map>

using namespace sb;
using namespace sb::test;
using journal::CloseRecord;
using storage::UsageWriter;

namespace {

const Timestamp kNow = FakeClock().now(); // 2026-07-15 00:00 UTC = 02:00 in Berlin

class UsageWriterTest : public EngineTest {
protected:
    UsageWriter::Report write(const std::vector<CloseRecord>& batch) { return valueOf(writer->write(*db, batch)); }

    std::int64_t number(const QString& statement)
    {
        return valueOf(storage::selectOne(*db, statement, {},
                                          [](const QSqlQuery& q) { return storage::sql::int64Of(q.value(0)); }))
            .value_or(-1);
    }
    /// Two queries of the same shape give the same rows, as a set.
    void expectSame(const char* what, const QString& a, const QString& b)
    {
        const QString difference =
            QStringLiteral("SELECT count(*) FROM (SELECT * FROM (%1) x1 EXCEPT SELECT * FROM (%2) x2) x");
        EXPECT_EQ(number(difference.arg(a, b)), 0) << what << ": in facts, not in rollup";
        EXPECT_EQ(number(difference.arg(b, a)), 0) << what << ": in rollup, not in facts";
    }

    /// A trigger that refuses every fact with this status.
    void refuseStatus(int httpStatus)
    {
        if (GetParam() == TempDatabase::Engine::Sqlite) {
            ASSERT_TRUE(
                db->exec(QStringLiteral("CREATE TRIGGER refusing BEFORE INSERT ON req WHEN NEW.http_status = %1 "
                                        "BEGIN SELECT RAISE(ABORT, 'not this one'); END")
                             .arg(httpStatus)));
            return;
        }
        ASSERT_TRUE(db->exec(QStringLiteral("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                                            "IF NEW.http_status = %1 THEN RAISE EXCEPTION 'not this one'; END IF; "
                                            "RETURN NEW; END $$")
                                 .arg(httpStatus)));
        ASSERT_TRUE(db->exec(
            QStringLiteral("CREATE TRIGGER refusing BEFORE INSERT ON req FOR EACH ROW EXECUTE FUNCTION refuse()")));
    }
    void refuseNothing()
    {
        ASSERT_TRUE(db->exec(GetParam() == TempDatabase::Engine::Sqlite
                                 ? QStringLiteral("DROP TRIGGER refusing")
                                 : QStringLiteral("DROP TRIGGER refusing ON req")));
    }

    void expectRollupsEqualFacts();
    void expectHistogramsEqualFacts();

    std::shared_ptr<const ZoneRules> zone = valueOf(ZoneRules::load("Europe/Berlin"));
    std::optional<UsageWriter> writer{zone};
    SeededRandom ids;
};
SB_ON_BOTH_ENGINES(UsageWriterTest);

const QString kSums =
    QStringLiteral("CAST(sum(n) AS bigint), CAST(sum(n_retry) AS bigint), CAST(sum(n_fallback) AS bigint), "
                   "CAST(sum(n_stream) AS bigint), "
                   "CAST(sum(n_unpriced) AS bigint), CAST(sum(n_est) AS bigint), CAST(sum(lat_n) AS bigint), "
                   "CAST(sum(ttft_n) AS bigint), "
                   "CAST(sum(in_unc) AS bigint), CAST(sum(in_cr) AS bigint), CAST(sum(out_txt) AS bigint), "
                   "CAST(sum(out_rsn) AS bigint), "
                   "CAST(sum(cost_nano) AS bigint), CAST(sum(lat_ms) AS bigint), CAST(sum(ttft_ms) AS bigint)");

/// The facts and billed attempts as rows with a rollup's columns.
const QString kFacts = QStringLiteral(
    "SELECT r.ts_us, r.dim_id, d.coarse_id, 1 AS n, CASE WHEN r.attempts > 1 THEN r.attempts - 1 ELSE 0 END AS "
    "n_retry, "
    "CASE WHEN (r.flags & 4) <> 0 THEN 1 ELSE 0 END AS n_fallback, CASE WHEN (r.flags & 1) <> 0 THEN 1 ELSE 0 END AS "
    "n_stream, "
    "CASE WHEN r.cost_nano IS NULL THEN 1 ELSE 0 END AS n_unpriced, CASE WHEN r.tok_state IN (2, 3) THEN 1 ELSE 0 END "
    "AS n_est, "
    "CASE WHEN d.status = 0 THEN 1 ELSE 0 END AS lat_n, CASE WHEN d.status = 0 AND r.ttft_ms IS NOT NULL THEN 1 ELSE 0 "
    "END AS ttft_n, "
    "r.in_unc, r.in_cr, r.out_txt, r.out_rsn, coalesce(r.cost_nano, 0) AS cost_nano, CASE WHEN d.status = 0 THEN "
    "r.latency_ms ELSE 0 END AS lat_ms, "
    "CASE WHEN d.status = 0 THEN coalesce(r.ttft_ms, 0) ELSE 0 END AS ttft_ms FROM req r JOIN dim d ON d.dim_id = "
    "r.dim_id "
    "UNION ALL SELECT a.ts_us, a.dim_id, d.coarse_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, a.cost_nano, 0, 0 "
    "FROM attempt a JOIN dim d ON d.dim_id = a.dim_id");

void UsageWriterTest::expectRollupsEqualFacts()
{
    const QString byBucket =
        QStringLiteral("SELECT ts_us / 1000000 - (ts_us / 1000000) % %1 AS bucket, %2, %3 FROM (%4) f GROUP BY 1, 2");
    expectSame("rh", byBucket.arg(QStringLiteral("3600"), QStringLiteral("dim_id"), kSums, kFacts),
               QStringLiteral("SELECT bucket_s, dim_id, %1 FROM rh GROUP BY 1, 2").arg(kSums));
    expectSame("r15", byBucket.arg(QStringLiteral("900"), QStringLiteral("coarse_id"), kSums, kFacts),
               QStringLiteral("SELECT bucket_s, dim_id, %1 FROM r15 GROUP BY 1, 2").arg(kSums));

    // Days are Berlin's: each one's edges come from the zone, not from SQL.
    for (const std::int64_t day :
         valueOf(storage::selectAll(*db, QStringLiteral("SELECT DISTINCT rday FROM rd"), {},
                                    [](const QSqlQuery& q) { return storage::sql::int64Of(q.value(0)); }))) {
        const Timestamp from = zone->startOfDay(static_cast<std::int32_t>(day));
        const QString inDay = QStringLiteral("SELECT %1, %2 FROM (%3) f WHERE ts_us >= %4 AND ts_us < %5 GROUP BY 1");
        const auto facts = [&](const char* dim) {
            return inDay.arg(QLatin1String(dim), kSums, kFacts)
                .arg(toMicros(from))
                .arg(toMicros(zone->startOfNextDay(from)));
        };
        const QString rollup = QStringLiteral("SELECT dim_id, %1 FROM %2 WHERE rday = %3 GROUP BY 1");
        expectSame("rd", facts("dim_id"), rollup.arg(kSums, QStringLiteral("rd")).arg(day));
        expectSame("rdc", facts("coarse_id"), rollup.arg(kSums, QStringLiteral("rdc")).arg(day));
    }
    EXPECT_EQ(number(QStringLiteral("SELECT CAST(coalesce(sum(n), 0) AS bigint) FROM rd")),
              number(QStringLiteral("SELECT count(*) FROM req")));
    EXPECT_EQ(number(QStringLiteral("SELECT CAST(coalesce(sum(n), 0) AS bigint) FROM rdc")),
              number(QStringLiteral("SELECT count(*) FROM req")));
}

void UsageWriterTest::expectHistogramsEqualFacts()
{
    using Key = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t>; // bucket, dimension, kind, bin
    std::map<Key, std::int64_t> hours;
    std::map<Key, std::int64_t> days;
    const auto facts = valueOf(storage::selectAll(
        *db,
        QStringLiteral("SELECT r.ts_us, d.hist_id, r.latency_ms, r.ttft_ms, r.cost_nano FROM req r JOIN dim d ON "
                       "d.dim_id = r.dim_id WHERE d.status = 0"),
        {}, [](const QSqlQuery& q) {
            return std::tuple{storage::sql::int64Of(q.value(0)), storage::sql::int64Of(q.value(1)),
                              storage::sql::int64Of(q.value(2)), storage::sql::optionalOf<std::int64_t>(q.value(3)),
                              storage::sql::optionalOf<std::int64_t>(q.value(4))};
        }));
    for (const auto& [time, dim, latency, ttft, cost] : facts) {
        const auto count = [&, t = time, d = dim](std::int64_t kind, std::int64_t value) {
            const std::int64_t bin = LogHistogram::binOf(static_cast<double>(value));
            ++hours[{t / 3'600'000'000 * 3600, d, kind, bin}];
            ++days[{zone->dayOf(fromMicros(t)), d, kind, bin}];
        };
        count(1, latency);
        if (ttft)
            count(2, *ttft);
        if (cost)
            count(4, *cost / 1000);
    }
    const auto stored = [&](const char* table, const char* bucket) {
        std::map<Key, std::int64_t> bins;
        for (const auto& [key, n] : valueOf(
                 storage::selectAll(*db,
                                    QStringLiteral("SELECT %1, dim_id, kind, bin, n FROM %2 WHERE kind IN (1, 2, 4)")
                                        .arg(QLatin1String(bucket), QLatin1String(table)),
                                    {}, [](const QSqlQuery& q) {
                                        const auto at = [&](int i) { return storage::sql::int64Of(q.value(i)); };
                                        return std::pair{Key{at(0), at(1), at(2), at(3)}, at(4)};
                                    })))
            bins.emplace(key, n);
        return bins;
    };
    EXPECT_EQ(stored("hh", "bucket_s"), hours);
    EXPECT_EQ(stored("hd", "rday"), days);
}

TEST_P(UsageWriterTest, writesARequestOnceHoweverOftenItIsDelivered)
{
    const std::vector<CloseRecord> batch{closeRecord(kNow, ids), closeRecord(kNow, ids)};
    EXPECT_EQ(write(batch).inserted, 2u);
    const UsageWriter::Report again = write(batch);
    EXPECT_EQ(again.inserted, 0u);
    EXPECT_EQ(again.duplicates, 2u);
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM req")), 2);
    EXPECT_EQ(number(QStringLiteral("SELECT CAST(sum(cost_nano) AS bigint) FROM rdc")), 690'000);
}

TEST_P(UsageWriterTest, aRecordTwiceInOneBatchCountsOnce)
{
    const CloseRecord one = closeRecord(kNow, ids);
    const UsageWriter::Report report = write({one, one, one});
    EXPECT_EQ(report.inserted, 1u);
    EXPECT_EQ(report.duplicates, 2u);
}

TEST_P(UsageWriterTest, rollupsEqualFactsAfterRandomDuplicateOverlappingAndLateBatches)
{
    for (unsigned seed = 1; seed <= 3; ++seed) {
        std::mt19937 dice(seed);
        std::vector<CloseRecord> all;
        for (int i = 0; i < 400; ++i) { // four days around a month's end
            const auto offset = std::chrono::seconds{static_cast<int>(dice() % (4 * 86'400))};
            all.push_back(randomRecord(kNow + std::chrono::days{15} + offset, ids, dice));
        }
        for (int round = 0; round < 12; ++round) {
            const std::size_t from = dice() % all.size();
            const std::size_t count = 1 + dice() % (all.size() - from);
            std::vector<CloseRecord> batch(all.begin() + static_cast<std::ptrdiff_t>(from),
                                           all.begin() + static_cast<std::ptrdiff_t>(from + count));
            std::shuffle(batch.begin(), batch.end(), dice);
            if (dice() % 4 == 0)
                writer.emplace(zone); // as after a reconnect: nothing is remembered
            write(batch);
        }
        write(all);
        expectRollupsEqualFacts();
        expectHistogramsEqualFacts();
    }
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM req")), 1200);
}

TEST_P(UsageWriterTest, aDayIsTheOrganizationsDay)
{
    // 22:30 UTC on the 14th is 00:30 on the 15th in Berlin
    write({closeRecord(kNow - std::chrono::minutes{90}, ids)});
    EXPECT_EQ(number(QStringLiteral("SELECT rday FROM rdc")), 20'260'715);
}

TEST_P(UsageWriterTest, unknownCostIsNotFreeAndNothingSentIsFree)
{
    CloseRecord unpriced = closeRecord(kNow, ids);
    unpriced.record.cost.reset();
    CloseRecord refused = closeRecord(kNow, ids);
    refused.record.cost.reset();
    refused.record.attempts = 0;
    refused.record.usage = {};
    refused.record.status = RequestStatus::Refused;
    write({unpriced, refused});
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM req WHERE cost_nano IS NULL")), 1);
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM req WHERE cost_nano = 0")), 1);
    EXPECT_EQ(number(QStringLiteral("SELECT CAST(sum(n_unpriced) AS bigint) FROM rd")), 1);
}

TEST_P(UsageWriterTest, aRefusedRecordIsKeptAsideAndTheRestGoesOn)
{
    std::vector<CloseRecord> batch;
    for (int i = 0; i < 20; ++i)
        batch.push_back(closeRecord(kNow + std::chrono::seconds{i}, ids));
    batch[7].record.cost = Money{-1};                          // the schema refuses it
    batch[13].record.usage.inputUncached = 10'000'000'000'000; // no column takes it
    const UsageWriter::Report report = write(batch);
    EXPECT_EQ(report.inserted, 18u);
    EXPECT_EQ(report.deadLettered, 2u);
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM dead_letter")), 2);
    expectRollupsEqualFacts();

    const UsageWriter::Report again = write(batch);
    EXPECT_EQ(again.inserted, 0u);
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM dead_letter")), 2);
}

TEST_P(UsageWriterTest, aFaultOfTheDatabaseIsWaitedForLikeAnOutage)
{
    std::vector<CloseRecord> batch;
    for (int i = 0; i < 20; ++i)
        batch.push_back(closeRecord(kNow + std::chrono::seconds{i}, ids));
    ASSERT_TRUE(db->exec(QStringLiteral("ALTER TABLE hd RENAME TO hd_away")));
    EXPECT_FALSE(writer->write(*db, batch));
    EXPECT_FALSE(writer->write(*db, std::span(batch).first(1)));
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM dead_letter")), 0);

    ASSERT_TRUE(db->exec(QStringLiteral("ALTER TABLE hd_away RENAME TO hd")));
    writer.emplace(zone);
    EXPECT_EQ(write(batch).inserted, 20u);
    expectRollupsEqualFacts();
}

TEST_P(UsageWriterTest, aDatabaseThatRefusesEveryRecordIsAtFaultItself)
{
    refuseStatus(200);
    std::vector<CloseRecord> batch;
    for (int i = 0; i < 20; ++i)
        batch.push_back(closeRecord(kNow + std::chrono::seconds{i}, ids));
    EXPECT_FALSE(writer->write(*db, batch));
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM dead_letter")), 0);

    batch.push_back(closeRecord(kNow, ids));
    batch.back().record.httpStatus = 499; // one that it takes shows that the others are
    const UsageWriter::Report report = write(batch);
    EXPECT_EQ(report.inserted, 1u);
    EXPECT_EQ(report.deadLettered, 20u);
}

TEST_P(UsageWriterTest, whatWasSetAsideIsTriedAgainWhole)
{
    refuseStatus(299);
    std::vector<CloseRecord> batch;
    for (int i = 0; i < 130; ++i) {
        batch.push_back(closeRecord(kNow + std::chrono::seconds{i}, ids));
        batch.back().record.user = "someone";
        if (i > 0)
            batch.back().record.httpStatus = 299;
    }
    batch[100].record.cost = Money{-1};
    EXPECT_EQ(write(batch).deadLettered, 129u);

    const auto replayAll = [this] {
        std::size_t stored = 0;
        for (std::optional<EventId> after = EventId{}; after;) {
            const UsageWriter::Replay replay = valueOf(writer->replayDeadLetters(*db, *after));
            stored += replay.stored;
            after = replay.last;
        }
        return stored;
    };
    EXPECT_EQ(replayAll(), 0u);
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM dead_letter")), 129);

    refuseNothing();
    EXPECT_EQ(replayAll(), 128u);
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM dead_letter")), 1); // the one that no schema takes
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM request_analytics WHERE user_id = 'someone' AND "
                                    "tokens_input = 1200 AND tokens_output = 300")),
              129);
    expectRollupsEqualFacts();
    EXPECT_EQ(write(batch).deadLettered, 1u); // the journal may still have them
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM req")), 129);
}

TEST_P(UsageWriterTest, hostileTextsStayTexts)
{
    CloseRecord close = closeRecord(kNow, ids);
    close.record.user = "o'Brien\\ \"x\" {a,NULL} \xF0\x9F\x92\xA9 ";
    close.record.user += '\0';
    close.record.user += " tail";
    close.record.modelRequested = std::string(5000, 'x');
    close.record.userAgent = "\xFF\xFE not utf-8";
    close.record.decision = "{\"reason\": cut off";
    close.record.rawUsage = R"({"a":"\u0000"})";
    close.record.tags = R"({"team":"a\"b"})";
    close.record.errorText = "';--";
    EXPECT_EQ(write({close}).inserted, 1u);
    const auto stored =
        valueOf(storage::selectOne(*db, QStringLiteral("SELECT external_id FROM end_user"), {},
                                   [](const QSqlQuery& q) { return storage::sql::textOf(q.value(0)); }));
    EXPECT_EQ(stored, "o'Brien\\ \"x\" {a,NULL} \xF0\x9F\x92\xA9  tail");
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM req_log WHERE error_text = ''';--'")), 1);
}

TEST_P(UsageWriterTest, booksLimitsInTheBucketOfTheRequestsEnd)
{
    ASSERT_TRUE(db->exec(QStringLiteral(
        "INSERT INTO limit_rule(id, scope_kind, scope_id, per, max_total) VALUES (1, 'service_env', 9, 'minute', 5), "
        "(2, 'service_env', 9, 'minute', 7), (3, 'organization', 1, 'day', 5), (4, 'organization', 1, 'month', 5)")));
    const auto total = static_cast<std::uint8_t>(LimitDimension::TotalTokens);
    CloseRecord close = closeRecord(kNow, ids);
    close.record.latencyMs = 2500;
    close.booked = {{1, total, 100}, {2, total, 100}, {3, total, 100}, {4, total, 100}, {99, total, 100}};
    write({close});
    write({close});

    const auto rows = valueOf(
        storage::selectAll(*db,
                           QStringLiteral("SELECT s.per, b.start_us, b.booked FROM limit_bucket b JOIN limit_state s "
                                          "ON s.id = b.limit_id ORDER BY s.per"),
                           {}, [](const QSqlQuery& q) {
                               return std::tuple{q.value(0).toString().toStdString(), storage::sql::timeOf(q.value(1)),
                                                 storage::sql::int64Of(q.value(2))};
                           }));
    ASSERT_EQ(rows.size(), 3u); // two rules of one scope and window share a counter; a rule that is gone books nothing
    EXPECT_EQ(rows[0], std::tuple("day", zone->startOfDay(20'260'715), 100));
    EXPECT_EQ(rows[1], std::tuple("minute", kNow + std::chrono::seconds{2}, 100));
    EXPECT_EQ(rows[2], std::tuple("month", zone->startOfDay(20'260'701), 100));
}

TEST_P(UsageWriterTest, aModelThatAnsweredGetsACatalogueRowOneThatWasMadeUpDoesNot)
{
    CloseRecord answered = closeRecord(kNow, ids);
    answered.record.model = {};
    answered.record.provider = ProviderKind::AzureOpenAi;
    answered.record.modelSelected = "brand-new";
    CloseRecord madeUp = closeRecord(kNow, ids);
    madeUp.record.model = {};
    madeUp.record.modelSelected = "does-not-exist";
    madeUp.record.status = RequestStatus::UpstreamError;
    write({answered, madeUp});
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM model WHERE code = 'azure/brand-new'")), 1);
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM model WHERE code = 'does-not-exist'")), 0);
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM request_analytics WHERE model_selected = 'azure/brand-new'")),
              1);
}

TEST_P(UsageWriterTest, countsTheTurnsOfASession)
{
    std::vector<CloseRecord> batch;
    for (int i = 0; i < 3; ++i) {
        batch.push_back(closeRecord(kNow + std::chrono::minutes{i}, ids));
        batch.back().record.session = "chat-1";
    }
    write(batch);
    write(batch);
    EXPECT_EQ(number(QStringLiteral("SELECT turns FROM session")), 3);
    EXPECT_EQ(number(QStringLiteral("SELECT last_us FROM session")), toMicros(kNow + std::chrono::minutes{2}));
}

TEST_P(UsageWriterTest, partitionsAreMadeAheadAndTheDefaultOneStaysEmpty)
{
    if (GetParam() == Engine::Sqlite)
        return;
    write({closeRecord(kNow, ids), closeRecord(kNow - std::chrono::days{200}, ids),
           closeRecord(kNow + std::chrono::days{40}, ids)});
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM req_default")), 0);
    EXPECT_EQ(number(QStringLiteral("SELECT count(*) FROM pg_inherits WHERE inhparent = 'req'::regclass")),
              7); // 3 weeks, 3 ahead, default
}

TEST(PgArray, quotesWhatMustBe)
{
    storage::PgArray array;
    array.add(std::int64_t{-5});
    array.addNull();
    array.add(std::optional<std::int64_t>());
    array.add(u"a \"b\" \\ {,}");
    EXPECT_EQ(array.text(), QStringLiteral("{-5,NULL,NULL,\"a \\\"b\\\" \\\\ {,}\"}"));
}

} // namespace
