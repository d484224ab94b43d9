// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/requests/RequestSamples.h"

#include "requests/DecisionText.h"
#include "requests/RequestText.h"

#include <QTest>

using namespace sb;
using namespace sb::ui;
using namespace sb::test;

namespace {

QString factOf(const RequestText::Facts& facts, const QString& name)
{
    for (const auto& [key, value] : facts) {
        if (key == name)
            return value;
    }
    return QStringLiteral("(missing)");
}

QString printed(const RequestText::CostExplanation& explanation)
{
    QStringList lines;
    for (const auto& line : explanation.lines)
        lines << QStringList{line.tokenClass, line.count, line.price, line.amount}.join(QStringLiteral(" | "));
    return lines.join(QLatin1Char('\n'));
}

Service serviceOf(ProviderKind provider)
{
    Service service;
    service.provider = provider;
    service.contextPath = "/svc";
    return service;
}

} // namespace

class tst_RequestText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theCostIsExplainedByTokenClassAndPriceRow()
    {
        const auto explanation = RequestText::cost(pricedDetail(), QStringLiteral("UTC"));
        QCOMPARE(printed(explanation), QStringLiteral("Input | 20 | $0.15 per 1 M | $0.000003\n"
                                                      "Output | 45 | $0.60 per 1 M | $0.000027\n"
                                                      "Total |  |  | $0.00003"));
        QVERIFY2(explanation.sentence.startsWith(
                     QStringLiteral("Price row 7 (list price, source: openai.com/pricing), valid since")),
                 qPrintable(explanation.sentence));
    }

    void anUnpricedRequestIsSaidToBeUnpricedAndNotFree()
    {
        auto detail = pricedDetail();
        detail.record.cost.reset();
        detail.price.reset();
        const auto explanation = RequestText::cost(detail, QStringLiteral("UTC"));
        QVERIFY(explanation.lines.empty());
        QVERIFY(explanation.sentence.startsWith(QStringLiteral("Unpriced: no price was in force for gpt-4o-mini")));
    }

    void aRequestWithoutUsageHasNoAmount()
    {
        auto detail = pricedDetail();
        detail.record.cost.reset();
        detail.record.usage = {};
        QCOMPARE(RequestText::cost(detail, {}).sentence,
                 QStringLiteral("No amount: no usage is known for this request."));
    }

    void aRecordedAmountThatDiffersFromThePriceRowIsNotHidden()
    {
        auto detail = pricedDetail();
        detail.record.cost = Money{31'000};
        QVERIFY(RequestText::cost(detail, {}).sentence.contains(QStringLiteral("The recorded amount is $0.000031")));
    }

    void billedFailedAttemptsAreNamed()
    {
        auto detail = pricedDetail();
        detail.record.attemptsCost = Money{5'000};
        QVERIFY(RequestText::cost(detail, {})
                    .sentence.contains(QStringLiteral("Failed attempts that were billed: $0.000005")));
    }

    void theTimelineOfAStreamAddsUpToItsLatency()
    {
        const auto phases = RequestText::timeline(pricedDetail().record);
        QCOMPARE(phases.size(), std::size_t{3});
        QCOMPARE(phases[0].lengthMs, 0.4);
        QCOMPARE(phases[1].startMs + phases[1].lengthMs, 310.0);
        QCOMPARE(phases[2].name, QStringLiteral("Stream"));
        double sum = 0;
        for (const auto& phase : phases)
            sum += phase.lengthMs;
        QVERIFY(qFuzzyCompare(sum, 1200.0));
    }

    void aRefusedRequestHasNoProviderPhase()
    {
        UsageRecord record;
        record.status = RequestStatus::Refused;
        record.attempts = 0;
        record.latencyMs = 1;
        record.overheadUs = 300;
        const auto phases = RequestText::timeline(record);
        QCOMPARE(phases.size(), std::size_t{1});
        QCOMPARE(phases[0].lengthMs, 0.3);
    }

    void theSummaryNamesEverythingThatIsKnown()
    {
        const auto facts = RequestText::summary(pricedDetail(), QStringLiteral("UTC"));
        QCOMPARE(factOf(facts, QStringLiteral("Result")), QStringLiteral("ok, HTTP 200"));
        QCOMPARE(factOf(facts, QStringLiteral("Key")), QStringLiteral("sbx_k7f3_..."));
        QCOMPARE(factOf(facts, QStringLiteral("Model reported")), QStringLiteral("gpt-4o-mini-2024-07-18"));
        QCOMPARE(factOf(facts, QStringLiteral("Tokens")), QStringLiteral("20 in, 45 out, reported by the provider"));
        QCOMPARE(factOf(facts, QStringLiteral("Cost")), QStringLiteral("$0.00003"));
        QCOMPARE(factOf(facts, QStringLiteral("User")), QStringLiteral("(missing)"));
    }

    void theDecisionRecordIsReadAloud()
    {
        UsageRecord record;
        record.decision =
            R"({"selected_model":"claude","reason":"cheapest","alternatives_considered":["gpt-4o","mistral"]})";
        QCOMPARE(DecisionText::words(record), QStringLiteral("Selected model: claude\n"
                                                             "Reason: cheapest\n"
                                                             "Alternatives considered: gpt-4o, mistral"));
        QVERIFY(RequestText::prettyJson(record.decision).startsWith(QStringLiteral("{\n")));
        record.decision =
            R"({"selected_model":"m","reason":"the targets before it failed","policy":"priority","decision_factors":{},)"
            R"("alternatives_considered":[{"service":"/a","model":"x","state":"failed","reason":"upstream_error"},)"
            R"({"service":"/b","model":"y","state":"excluded","reason":"format"}],)"
            R"("held":{"prompt_tokens":1000000,"completion_tokens":5,"cost_usd":"0.001"},"new_thing":true})";
        QCOMPARE(DecisionText::words(record),
                 QStringLiteral("Selected model: m\n"
                                "Reason: the targets before it failed\n"
                                "Policy: priority\n"
                                "Alternatives considered: /a, x, failed, because: upstream_error; "
                                "/b, y, left out, because: it speaks another format\n"
                                "Held: prompt tokens 1,000,000, completion tokens 5, cost $0.001\n"
                                "New thing: yes"));
        record.decision.clear();
        QCOMPARE(DecisionText::words(record), QStringLiteral("No decision was taken: the request named its service."));
        record.decision = "not json";
        QCOMPARE(RequestText::prettyJson(record.decision), QStringLiteral("not json"));
    }

    void everyFailureHasASentence()
    {
        UsageRecord record;
        QVERIFY(RequestText::errorSentence(record).isEmpty());
        record.status = RequestStatus::Limited;
        record.errorCode = "token_limit_exceeded";
        QVERIFY(RequestText::errorSentence(record).startsWith(QStringLiteral("A token window was full.")));
        record.errorCode = "something_new";
        QCOMPARE(RequestText::errorSentence(record), QStringLiteral("Ended as: limited (something_new)."));
    }

    void curlAsksTheSameModelOfTheSameService()
    {
        auto record = pricedDetail().record;
        record.modelRequested = "it's";
        const QString curl =
            RequestText::curl(record, serviceOf(ProviderKind::OpenAi), QStringLiteral("http://127.0.0.1:8484"));
        QVERIFY(curl.contains(QStringLiteral("'http://127.0.0.1:8484/svc/v1/chat/completions'")));
        QVERIFY(curl.contains(QStringLiteral("\"Authorization: Bearer $SIGNALBOX_API_KEY\"")));
        QVERIFY(curl.contains(QStringLiteral(R"("model":"it'\''s")")));
        QVERIFY(curl.contains(QStringLiteral(R"("stream":true)")));
    }
};

QTEST_GUILESS_MAIN(tst_RequestText)
#include "tst_RequestText.moc"
