// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promptlab/Lane.h"

#include "simulator/Simulator.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace sb;
using promptlab::LabRequest;
using promptlab::Lane;
using promptlab::LaneResult;

/// Lanes against the provider simulator, which speaks each wire format on its provider's own paths.
class tst_Lane : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        simulator::SimulatorOptions options;
        options.tokensPerSecond = 400;
        m_simulator = std::make_unique<simulator::Simulator>(options);
        const auto port = m_simulator->start();
        QVERIFY(port.has_value());
        m_url = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(*port));
    }

    void init()
    {
        m_lane = std::make_unique<Lane>();
        m_results.clear();
        connect(m_lane.get(), &Lane::finished, this, [this](const LaneResult& result) { m_results.push_back(result); });
    }
    void cleanup() { m_lane.reset(); }

    void streamsEachWireFormat_data()
    {
        QTest::addColumn<ProviderKind>("provider");
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("model");
        QTest::newRow("OpenAI") << ProviderKind::OpenAi << QString() << QStringLiteral("gpt-4o-mini");
        QTest::newRow("compatible") << ProviderKind::OpenAiCompatible << QString() << QStringLiteral("some-model");
        QTest::newRow("Azure OpenAI") << ProviderKind::AzureOpenAi << QStringLiteral("/openai")
                                      << QStringLiteral("gpt-4o");
        QTest::newRow("Mistral") << ProviderKind::Mistral << QStringLiteral("/mistral")
                                 << QStringLiteral("mistral-small-latest");
        QTest::newRow("Anthropic") << ProviderKind::Anthropic << QString() << QStringLiteral("claude-3-5-haiku-latest");
        QTest::newRow("Bedrock") << ProviderKind::AwsBedrock << QString()
                                 << QStringLiteral("anthropic.claude-3-haiku-20240307-v1:0");
    }
    void streamsEachWireFormat()
    {
        QFETCH(ProviderKind, provider);
        QFETCH(QString, context);
        QFETCH(QString, model);
        LabRequest request = question(model);
        request.provider = provider;
        request.target = context;
        QString shown;
        connect(m_lane.get(), &Lane::textArrived, this, [&shown](const QString& text) { shown += text; });
        QSignalSpy first(m_lane.get(), &Lane::firstToken);

        m_lane->send(request, m_url, Secret(std::string_view("sim-key")));
        QVERIFY(m_lane->isRunning());
        QTRY_COMPARE(m_results.size(), std::size_t(1));
        const LaneResult& result = m_results[0];
        QVERIFY2(result.end == LaneResult::End::Complete,
                 qPrintable(result.error + QString::fromUtf8(result.rawResponse.left(300))));
        QCOMPARE(result.httpStatus, 200);
        QVERIFY(!result.text.isEmpty());
        QCOMPARE(shown, result.text);
        QCOMPARE(first.count(), 1);
        QVERIFY(result.ttftMs && *result.ttftMs <= result.totalMs);
        QVERIFY(result.tokensIn && *result.tokensIn > 0);
        QVERIFY(result.tokensOut && *result.tokensOut > 1);
        QVERIFY(!result.finishReason.isEmpty());
        QVERIFY(!m_lane->isRunning());
    }

    void speedIsOutputBetweenFirstAndLastTokenNotOverTheWholeTime()
    {
        m_lane->send(question(QStringLiteral("sim-slow")), m_url,
                     Secret(std::string_view("sim-key"))); // 1.5 s to the first one
        QTRY_COMPARE_WITH_TIMEOUT(m_results.size(), std::size_t(1), 20'000);
        const LaneResult& result = m_results[0];
        QVERIFY(result.tokensPerSecond.has_value());
        QVERIFY(*result.ttftMs >= 1'400);
        const double overAll = static_cast<double>(*result.tokensOut) * 1'000 / result.totalMs;
        QVERIFY2(*result.tokensPerSecond > overAll * 1.2, qPrintable(QString::number(*result.tokensPerSecond)));
    }

    void stopKeepsWhatArrivedAndClosesAtOnce()
    {
        m_lane->send(question(QStringLiteral("sim-slow")), m_url, Secret(std::string_view("sim-key")));
        connect(m_lane.get(), &Lane::textArrived, m_lane.get(), &Lane::stop);
        QTRY_COMPARE(m_results.size(), std::size_t(1));
        QCOMPARE(m_results[0].end, LaneResult::End::Stopped);
        QVERIFY(!m_results[0].text.isEmpty());
        QVERIFY(!m_lane->isRunning());
    }

    void aNewQuestionEndsTheOneBefore()
    {
        m_lane->send(question(QStringLiteral("sim-slow")), m_url, Secret(std::string_view("sim-key")));
        m_lane->send(question(QStringLiteral("gpt-4o-mini")), m_url, Secret(std::string_view("sim-key")));
        QTRY_COMPARE(m_results.size(), std::size_t(2));
        QCOMPARE(m_results[0].end, LaneResult::End::Stopped);
        QCOMPARE(m_results[1].end, LaneResult::End::Complete);
        QVERIFY(m_results[1].text != m_results[0].text);
    }

    void aRefusalCarriesTheSentenceAndTheStatus()
    {
        m_lane->send(question(QStringLiteral("gpt-4o-mini")), m_url, Secret(std::string_view("wrong")));
        QTRY_COMPARE(m_results.size(), std::size_t(1));
        QCOMPARE(m_results[0].end, LaneResult::End::Refused);
        QCOMPARE(m_results[0].httpStatus, 401);
        QVERIFY(!m_results[0].error.isEmpty());
        QVERIFY(!m_results[0].ttftMs);
    }

    void aStreamThatBreaksOffIsNotTakenForComplete()
    {
        m_lane->send(question(QStringLiteral("sim-cut-stream")), m_url, Secret(std::string_view("sim-key")));
        QTRY_COMPARE(m_results.size(), std::size_t(1));
        QCOMPARE(m_results[0].end, LaneResult::End::Cut);
    }

    void nobodyListeningIsUnreachable()
    {
        m_lane->send(question(QStringLiteral("gpt-4o-mini")), QUrl(QStringLiteral("http://127.0.0.1:1")),
                     Secret(std::string_view("k")));
        QTRY_COMPARE(m_results.size(), std::size_t(1));
        QCOMPARE(m_results[0].end, LaneResult::End::Unreachable);
        QCOMPARE(m_results[0].httpStatus, 0);
    }

    void theRawRequestShowsTheBodyAndMasksTheKey()
    {
        LabRequest request = question(QStringLiteral("gpt-4o-mini"));
        request.temperature = 0.5;
        request.maxTokens = 64;
        m_lane->send(request, m_url, Secret(std::string_view("sim-key")));
        QTRY_COMPARE(m_results.size(), std::size_t(1));
        const QByteArray raw = m_results[0].rawRequest;
        QVERIFY(!raw.contains("sim-key"));
        const QJsonObject body = QJsonDocument::fromJson(raw.mid(raw.indexOf("\n\n") + 2)).object();
        QCOMPARE(body.value(QLatin1String("temperature")).toDouble(), 0.5);
        QCOMPARE(body.value(QLatin1String("max_completion_tokens")).toInt(), 64);
        QVERIFY(m_results[0].rawResponse.contains("[DONE]"));
    }

    void destroyingARunningLaneIsSilent()
    {
        m_lane->send(question(QStringLiteral("sim-slow")), m_url, Secret(std::string_view("sim-key")));
        m_lane.reset();
        QTest::qWait(0);
        QVERIFY(m_results.empty());
    }

    void parametersSurviveTheHistory()
    {
        LabRequest request = question(QStringLiteral("m"));
        request.maxTokens = 7;
        LabRequest again = request;
        again.maxTokens.reset();
        again.temperature = 1.0;
        promptlab::applyParameters(again, promptlab::parametersOf(request));
        QCOMPARE(again, request);
    }

private:
    static LabRequest question(const QString& model)
    {
        LabRequest request;
        request.model = model;
        request.system = QStringLiteral("You help the shop Acme.");
        request.user = QStringLiteral("Explain returns in three sentences.");
        request.maxTokens = 40;
        return request;
    }

    std::unique_ptr<simulator::Simulator> m_simulator;
    QUrl m_url;
    std::unique_ptr<Lane> m_lane;
    std::vector<LaneResult> m_results;
};

QTEST_GUILESS_MAIN(tst_Lane)
#include "tst_Lane.moc"
