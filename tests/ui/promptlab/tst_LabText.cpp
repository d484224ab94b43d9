// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promptlab/LabText.h"

#include <QTest>

using namespace sb;
using namespace sb::ui;
using promptlab::LaneResult;

class tst_LabText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRefusalOfTheGatewaySaysWhatToDo_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("word");
        QTest::newRow("tokens") << 429 << "token_limit_exceeded"
                                << "room again in 42 s";
        QTest::newRow("requests") << 429 << "request_limit_exceeded"
                                  << "raise the limit";
        QTest::newRow("money") << 403 << "budget_exceeded"
                               << "Raise the limit";
        QTest::newRow("prompt") << 413 << "prompt_tokens_exceeded"
                                << "Shorten";
        QTest::newRow("context") << 400 << "context_length_exceeded"
                                 << "larger one";
        QTest::newRow("filter") << 400 << "content_filter"
                                << "content filter";
        QTest::newRow("model") << 404 << "model_not_found"
                               << "spelling";
        QTest::newRow("service") << 404 << "not_found"
                                 << "deleted";
        QTest::newRow("secret") << 503 << "secret_unavailable"
                                << "keychain";
        QTest::newRow("provider's limit") << 429 << "upstream_rate_limited"
                                          << "Try again later";
        QTest::newRow("unreachable") << 502 << "upstream_unavailable"
                                     << "Test the connection";
        QTest::newRow("slow") << 504 << "upstream_timeout"
                              << "Try again";
        QTest::newRow("provider") << 502 << "upstream_error"
                                  << "provider failed";
        QTest::newRow("busy") << 503 << "gateway_overloaded"
                              << "in a moment";
        QTest::newRow("disk") << 503 << "ledger_unavailable"
                              << "disk";
        QTest::newRow("key") << 401 << "invalid_api_key"
                             << "Restart the gateway";
        QTest::newRow("forbidden") << 403 << "forbidden"
                                   << "may not call";
        QTest::newRow("unknown") << 418 << "teapot"
                                 << "Answer 418: its own sentence";
    }
    void everyRefusalOfTheGatewaySaysWhatToDo()
    {
        QFETCH(int, status);
        QFETCH(QString, code);
        QFETCH(QString, word);
        LaneResult result;
        result.end = LaneResult::End::Refused;
        result.httpStatus = status;
        result.errorCode = code;
        result.error = QStringLiteral("its own sentence");
        result.responseHeaders = {{"Retry-After", "42"}};
        const QString text = LabText::explanation(result);
        QVERIFY2(text.contains(word), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("its own sentence")), qPrintable(text));
    }

    void aGoodOrStoppedAnswerNeedsNoExplanation()
    {
        LaneResult result;
        QCOMPARE(LabText::explanation(result), QString());
        result.end = LaneResult::End::Stopped;
        QCOMPARE(LabText::explanation(result), QString());
        result.end = LaneResult::End::Cut;
        QVERIFY(!LabText::explanation(result).isEmpty());
    }

    void anUnknownSpeedIsADashNotAZero()
    {
        QCOMPARE(LabText::tokensPerSecond(std::nullopt), QStringLiteral("–"));
        QCOMPARE(LabText::tokensPerSecond(84.4), QStringLiteral("84 tok/s"));
        QCOMPARE(LabText::tokensPerSecond(3.27), QStringLiteral("3.3 tok/s"));
    }

    void aRunKeepsWhatTheDatabaseSaysAboutItsCost()
    {
        promptlab::LabRequest request;
        request.target = QStringLiteral("/openai");
        request.maxTokens = 9;
        LaneResult result;
        result.cost = Money{1};
        result.text = QStringLiteral("hello");
        QCOMPARE(LabText::run(request, result, {}, Money{7}).cost->nano, 7);
        QCOMPARE(LabText::run(request, result, {}, std::nullopt).cost->nano, 1);
        QCOMPARE(LabText::run(request, result, {}, std::nullopt).parameters, std::string("{\"max_tokens\":9}"));
    }

    void aRawAnswerIsIndentedOnlyWhenItIsJson()
    {
        LaneResult result;
        result.rawResponse = "{\"a\":1}";
        QCOMPARE(LabText::rawResponse(result), QStringLiteral("{\n    \"a\": 1\n}\n"));
        result.rawResponse = "data: x\n\n";
        QCOMPARE(LabText::rawResponse(result), QStringLiteral("data: x\n\n"));
    }
};

QTEST_GUILESS_MAIN(tst_LabText)
#include "tst_LabText.moc"
