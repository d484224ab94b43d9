// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/ConnectionTest.h"

#include "catalog/ProviderDescriptor.h"
#include "simulator/Simulator.h"
#include "support/TestCertificates.h"

#include <QElapsedTimer>
#include <QScopeGuard>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryFile>
#include <QTest>

using namespace sb;
using runtime::ConnectionTest;

namespace {

using Step = ConnectionTest::Step;
using Outcome = ConnectionTest::Outcome;

std::shared_ptr<const Secret> secret(std::string_view text)
{
    return std::make_shared<const Secret>(text);
}

/// Answers every request with the same bytes and remembers what it was sent.
class PlainServer : public QTcpServer {
public:
    explicit PlainServer(QByteArray answer) : m_answer(std::move(answer))
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            ++connections;
            QTcpSocket* socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                received += socket->readAll();
                if (!received.contains("\r\n\r\n") || m_answer.isEmpty())
                    return;
                socket->write(m_answer);
                socket->disconnectFromHost();
            });
        });
    }
    std::string url(const char* path = "/v1") const
    {
        return "http://127.0.0.1:" + std::to_string(serverPort()) + path;
    }

    QByteArray received;
    int connections = 0;

private:
    QByteArray m_answer;
};

QByteArray json(int status, const QByteArray& body, const QByteArray& headers = {})
{
    return "HTTP/1.1 " + QByteArray::number(status) + " X\r\nContent-Type: application/json\r\n" + headers +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

/// Against the simulator, plain sockets and real TLS servers.
class tst_ConnectionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_simulator = std::make_unique<simulator::Simulator>(simulator::SimulatorOptions{});
        const auto port = m_simulator->start();
        QVERIFY(port.has_value());
        m_simulatorUrl = "http://127.0.0.1:" + std::to_string(*port);

        m_authority = std::make_unique<test::TestCertificate>(
            test::TestCertificate::Options{.name = "Test authority", .isAuthority = true});
        QSslConfiguration trusted = QSslConfiguration::defaultConfiguration();
        trusted.addCaCertificate(QSslCertificate(QByteArray::fromStdString(m_authority->certificatePem())));
        QSslConfiguration::setDefaultConfiguration(trusted);
    }

    void init()
    {
        m_lines.clear();
        m_details.clear();
        m_finished.clear();
        m_test = std::make_unique<ConnectionTest>();
        connect(m_test.get(), &ConnectionTest::stepChanged, this,
                [this](Step step, Outcome outcome, int ms, const QString& detail) {
                    QVERIFY(ms >= 0);
                    if (outcome == Outcome::Running)
                        return;
                    m_lines.append(QStringLiteral("%1 %2").arg(QVariant::fromValue(step).toString(),
                                                               QVariant::fromValue(outcome).toString()));
                    m_details.append(detail);
                });
        connect(m_test.get(), &ConnectionTest::finished, this, [this](bool passed) { m_finished.append(passed); });
    }
    void cleanup() { m_test.reset(); }

    void everyProviderPasses_data()
    {
        QTest::addColumn<ProviderKind>("provider");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<QString>("model");
        QTest::addColumn<bool>("listsModels");
        const QString authorization = QStringLiteral("Authorization");
        const QString bearer = QStringLiteral("Bearer ");
        QTest::newRow("OpenAI") << ProviderKind::OpenAi << "/v1" << authorization << bearer << "gpt-4o-mini" << true;
        QTest::newRow("compatible") << ProviderKind::OpenAiCompatible << "/v1/" << authorization << bearer << "any"
                                    << true;
        QTest::newRow("Azure OpenAI") << ProviderKind::AzureOpenAi << ""
                                      << "api-key"
                                      << ""
                                      << "gpt-4o" << true;
        QTest::newRow("Anthropic") << ProviderKind::Anthropic << ""
                                   << "x-api-key"
                                   << ""
                                   << "claude-3-5-haiku-latest" << true;
        QTest::newRow("Mistral") << ProviderKind::Mistral << "/mistral" << authorization << bearer
                                 << "mistral-small-latest" << true;
        QTest::newRow("Bedrock") << ProviderKind::AwsBedrock << "" << authorization << bearer
                                 << "amazon.nova-micro-v1:0" << false;
    }
    void everyProviderPasses()
    {
        QFETCH(ProviderKind, provider);
        QFETCH(QString, path);
        QFETCH(QString, header);
        QFETCH(QString, prefix);
        QFETCH(QString, model);
        QFETCH(bool, listsModels);
        auto request = headerRequest(provider, m_simulatorUrl + path.toStdString(), "sim-key");
        request.security.header = header.toStdString();
        request.security.prefix = prefix.toStdString();
        request.oneTokenModel = model.toStdString();
        run(request);
        QCOMPARE(m_lines, (QStringList{QStringLiteral("Address Passed"), QStringLiteral("Connect Passed"),
                                       QStringLiteral("Certificate Skipped"), QStringLiteral("Credential Passed"),
                                       listsModels ? QStringLiteral("Models Passed") : QStringLiteral("Models Skipped"),
                                       QStringLiteral("OneToken Passed")}));
        QCOMPARE(m_finished, QList<bool>{true});
    }

    void everyProviderNoticesAWrongKey_data() { everyProviderPasses_data(); }
    void everyProviderNoticesAWrongKey()
    {
        QFETCH(ProviderKind, provider);
        QFETCH(QString, path);
        QFETCH(QString, header);
        QFETCH(QString, prefix);
        auto request = headerRequest(provider, m_simulatorUrl + path.toStdString(), "not-the-key");
        request.security.header = header.toStdString();
        request.security.prefix = prefix.toStdString();
        run(request);
        QCOMPARE(m_lines.last(), QStringLiteral("Credential Failed"));
        QVERIFY2(m_details.last().startsWith(QStringLiteral("401")) ||
                     m_details.last().startsWith(QStringLiteral("403")),
                 qPrintable(m_details.last()));
        QVERIFY(m_details.last().contains(QStringLiteral("The provider says:")));
        QCOMPARE(m_finished, QList<bool>{false});
    }

    void awsSignaturesAreMadeAndRefused()
    {
        ConnectionTest::Request request;
        request.service.provider = ProviderKind::AwsBedrock;
        request.service.url = m_simulatorUrl;
        request.security.kind = AuthKind::SigV4;
        request.security.region = "us-east-1";
        request.accessKey = secret("AKIDEXAMPLE");
        request.secretKey = secret("sim-key");
        request.oneTokenModel = "anthropic.claude-3-haiku-20240307-v1:0";
        run(request);
        QCOMPARE(m_finished, QList<bool>{true});

        init();
        request.secretKey = secret("another key");
        run(request);
        QCOMPARE(m_lines.last(), QStringLiteral("Credential Failed"));
        QCOMPARE(m_finished, QList<bool>{false});
    }

    void azureClassicUsesItsApiVersion()
    {
        PlainServer server(json(200, R"({"data":[{"id":"a"},{"id":"b"}]})"));
        auto request = headerRequest(ProviderKind::AzureOpenAi, server.url(""), "k");
        request.apiVersion = "2024-10-21";
        run(request);
        QVERIFY2(server.received.contains("api-version=2024-10-21 HTTP/1.1\r\n"), server.received.constData());
        QVERIFY(m_details.last().startsWith(QStringLiteral("2")));
    }

    void nobodyListening()
    {
        QTcpServer gone;
        QVERIFY(gone.listen(QHostAddress::LocalHost));
        const std::string url = "http://127.0.0.1:" + std::to_string(gone.serverPort());
        gone.close();
        run(headerRequest(ProviderKind::OpenAi, url, "k"));
        QCOMPARE(m_lines, (QStringList{QStringLiteral("Address Passed"), QStringLiteral("Connect Failed")}));
        QVERIFY(m_details.last().contains(QStringLiteral("refused")));
    }

    void aNameThatDoesNotExist()
    {
        run(headerRequest(ProviderKind::OpenAi, "https://no-such-host.invalid/v1", "k"));
        QCOMPARE(m_lines, QStringList{QStringLiteral("Address Failed")});
    }

    void addressesOfMetadataServicesAreNotEvenTried()
    {
        run(headerRequest(ProviderKind::OpenAi, "https://169.254.169.254/v1", "k"));
        QCOMPARE(m_lines, QStringList{QStringLiteral("Address Failed")});
    }

    void aRedirectIsReportedAndNotFollowed()
    {
        PlainServer target(json(200, R"({"data":[]})"));
        PlainServer server(json(302, "", "Location: " + QByteArray::fromStdString(target.url("/v1/models")) + "\r\n"));
        run(headerRequest(ProviderKind::OpenAi, server.url(), "sk-1"));
        QCOMPARE(m_lines.last(), QStringLiteral("Credential Failed"));
        QVERIFY(m_details.last().contains(QString::fromStdString(target.url("/v1/models"))));
        QCOMPARE(target.connections, 0);
    }

    void badCertificatesEndTheTestBeforeAnythingIsSent_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("validTo");
        QTest::addColumn<bool>("ofAuthority");
        QTest::addColumn<QString>("word");
        QTest::newRow("expired") << "localhost" << -1 << true << "expired on";
        QTest::newRow("another name") << "other.example" << 30 << true << "other.example";
        QTest::newRow("self-signed") << "localhost" << 30 << false << "self-signed";
    }
    void badCertificatesEndTheTestBeforeAnythingIsSent()
    {
        QFETCH(QString, name);
        QFETCH(int, validTo);
        QFETCH(bool, ofAuthority);
        QFETCH(QString, word);
        const test::TestCertificate certificate({.name = name.toStdString(),
                                                 .validFromDays = -10,
                                                 .validToDays = validTo,
                                                 .issuer = ofAuthority ? m_authority.get() : nullptr});
        serveTls(certificate);
        run(headerRequest(ProviderKind::OpenAi, m_tlsUrl, "sk-1"));
        QCOMPARE(m_lines.last(), QStringLiteral("Certificate Failed"));
        QVERIFY2(m_details.last().contains(word), qPrintable(m_details.last()));
        QVERIFY(m_tlsReceived.isEmpty());
    }

    void anAuthorityNobodyTrustsIsRefused()
    {
        const test::TestCertificate stranger({.name = "Stranger", .isAuthority = true});
        const test::TestCertificate certificate({.name = "localhost", .issuer = &stranger});
        serveTls(certificate);
        run(headerRequest(ProviderKind::OpenAi, m_tlsUrl, "sk-1"));
        QCOMPARE(m_lines.last(), QStringLiteral("Certificate Failed"));
        QVERIFY2(m_details.last().contains(QStringLiteral("does not trust (Stranger)")), qPrintable(m_details.last()));
        QVERIFY(m_tlsReceived.isEmpty());
    }

    void everyFaultOfACertificateIsSaidThePlainestFirst()
    {
        const test::TestCertificate stranger({.name = "Stranger", .isAuthority = true});
        serveTls(test::TestCertificate(
            {.name = "other.example", .validFromDays = -10, .validToDays = -1, .issuer = &stranger}));
        run(headerRequest(ProviderKind::OpenAi, m_tlsUrl, "sk-1"));
        const QString said = m_details.last();
        QVERIFY2(said.startsWith(QStringLiteral("The certificate expired on ")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("another name (other.example), not to localhost")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("does not trust (Stranger)")), qPrintable(said));

        serveTls(test::TestCertificate({.name = "localhost", .validFromDays = -10, .validToDays = -1}));
        run(headerRequest(ProviderKind::OpenAi, m_tlsUrl, "sk-1"), 2);
        QVERIFY2(m_details.last().startsWith(QStringLiteral("The certificate expired on ")),
                 qPrintable(m_details.last()));
        QVERIFY2(m_details.last().contains(QStringLiteral("self-signed")), qPrintable(m_details.last()));
    }

    void aGoodCertificatePassesAndSaysUntilWhen()
    {
        const test::TestCertificate certificate({.name = "localhost", .issuer = m_authority.get()});
        serveTls(certificate, json(200, R"({"data":[{"id":"a"}]})"));
        run(headerRequest(ProviderKind::OpenAi, m_tlsUrl, "sk-1"));
        QCOMPARE(m_lines, (QStringList{QStringLiteral("Address Passed"), QStringLiteral("Connect Passed"),
                                       QStringLiteral("Certificate Passed"), QStringLiteral("Credential Passed"),
                                       QStringLiteral("Models Passed")}));
        QVERIFY(m_details.at(2).contains(QStringLiteral("TLS 1.3")));
        QVERIFY(m_tlsReceived.contains("\r\nAuthorization: Bearer sk-1\r\n"));
        QVERIFY(m_tlsReceived.contains("\r\nHost: localhost:"));
    }

    void anAuthorityOfSslCertFileIsTrustedAsByTheGateway()
    {
        const test::TestCertificate company({.name = "Company", .isAuthority = true});
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write(QByteArray::fromStdString(company.certificatePem()));
        file.close();
        qputenv("SSL_CERT_FILE", file.fileName().toLocal8Bit());
        const auto unset = qScopeGuard([] { qunsetenv("SSL_CERT_FILE"); });
        const test::TestCertificate certificate({.name = "localhost", .issuer = &company});
        serveTls(certificate, json(200, R"({"data":[{"id":"a"}]})"));
        run(headerRequest(ProviderKind::OpenAi, m_tlsUrl, "sk-1"));
        QVERIFY(m_lines.contains(QStringLiteral("Certificate Passed")));
    }

    void httpSpokenWhereHttpsIsExpectedIsSaid()
    {
        PlainServer server(json(200, "{}"));
        run(headerRequest(ProviderKind::OpenAi, "https://localhost:" + std::to_string(server.serverPort()), "sk-1"));
        QCOMPARE(m_lines.last(), QStringLiteral("Certificate Failed"));
        QVERIFY(!server.received.contains("sk-1"));
    }

    void answersAreWorded_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("word");
        QTest::newRow("quota") << json(429, R"({"error":{"message":"slow down"}})") << "Models Skipped"
                               << "Not listed";
        QTest::newRow("path") << json(404, R"({"error":{"message":"nope"}})") << "Credential Failed"
                              << "path of the Service URL";
        QTest::newRow("server") << json(503, R"({"message":"maintenance"})") << "Credential Failed"
                                << "maintenance";
        QTest::newRow("web page") << json(200, "<html></html>") << "Credential Failed"
                                  << "not with a list of models";
        QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n") << "Credential Failed"
                                  << "not HTTP";
        QTest::newRow("cut") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc") << "Credential Failed"
                             << "closed the connection";
    }
    void answersAreWorded()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, line);
        QFETCH(QString, word);
        PlainServer server(answer);
        run(headerRequest(ProviderKind::OpenAi, server.url(), "sk-1"));
        QCOMPARE(m_lines.last(), line);
        QVERIFY2(m_details.last().contains(word), qPrintable(m_details.last()));
    }

    void aProviderThatEchoesTheKeyDoesNotGetItOnTheScreen()
    {
        PlainServer server(json(401, R"({"error":{"message":"Incorrect API key provided: sk-canary-42"}})"));
        run(headerRequest(ProviderKind::OpenAi, server.url(), "sk-canary-42"));
        QVERIFY(m_details.last().contains(QStringLiteral("****")));
        QVERIFY(!m_details.join(QLatin1Char(' ')).contains(QStringLiteral("canary")));
    }

    void aServerWithoutAModelListIsNotAFailure()
    {
        PlainServer server(json(404, "{}"));
        run(headerRequest(ProviderKind::OpenAiCompatible, server.url(), "k"));
        QCOMPARE(m_lines.mid(3), (QStringList{QStringLiteral("Credential Skipped"), QStringLiteral("Models Skipped")}));
    }

    void cancelStopsAtOnceAndIsSaid()
    {
        PlainServer silent{QByteArray()};
        m_test->start(headerRequest(ProviderKind::OpenAi, silent.url(), "k"));
        QTRY_VERIFY(!silent.received.isEmpty());
        QVERIFY(m_test->isRunning());
        QElapsedTimer timer;
        timer.start();
        m_test->cancel();
        QVERIFY(timer.elapsed() < 200);
        QVERIFY(!m_test->isRunning());
        QCOMPARE(m_lines.last(), QStringLiteral("Credential Skipped"));
        QCOMPARE(m_finished, QList<bool>{false});
    }

    void aNewStartReplacesTheRunningOne()
    {
        PlainServer silent{QByteArray()};
        m_test->start(headerRequest(ProviderKind::OpenAi, silent.url(), "k"));
        QTRY_VERIFY(!silent.received.isEmpty());
        run(headerRequest(ProviderKind::OpenAi, m_simulatorUrl + "/v1", "sim-key"), 2);
        QCOMPARE(m_finished, (QList<bool>{false, true}));
    }

    void silenceEndsWithTheTimeLimit()
    {
        PlainServer silent{QByteArray()};
        m_test->setLimits({.lookUpMs = 200, .connectMs = 200, .totalMs = 300});
        run(headerRequest(ProviderKind::OpenAi, silent.url(), "k"));
        QCOMPARE(m_lines.last(), QStringLiteral("Credential Failed"));
        init();
        m_test->setLimits({.lookUpMs = 200, .connectMs = 200, .totalMs = 30'000});
        run(headerRequest(ProviderKind::OpenAi, "https://localhost:" + std::to_string(silent.serverPort()), "k"));
        QCOMPARE(m_lines.last(), QStringLiteral("Certificate Failed"));
    }

    void deletingItWhileItRunsIsSilent()
    {
        PlainServer silent{QByteArray()};
        m_test->start(headerRequest(ProviderKind::OpenAi, silent.url(), "k"));
        QTRY_VERIFY(!silent.received.isEmpty());
        m_test.reset();
        QTest::qWait(0);
        QVERIFY(m_finished.isEmpty());
    }

    void cancellingFromItsOwnSignalIsSafe()
    {
        connect(m_test.get(), &ConnectionTest::stepChanged, this, [this](Step step) {
            if (step == Step::Credential)
                m_test->cancel();
        });
        run(headerRequest(ProviderKind::OpenAi, m_simulatorUrl + "/v1", "sim-key"));
        QCOMPARE(m_finished, QList<bool>{false});
    }

private:
    static ConnectionTest::Request headerRequest(ProviderKind provider, const std::string& url, std::string_view key)
    {
        ConnectionTest::Request request;
        request.service.provider = provider;
        request.service.url = url;
        const auto& preset = catalog::descriptor(provider);
        request.security.header = preset.headerName;
        request.security.prefix = preset.headerPrefix;
        request.secret = secret(key);
        return request;
    }

    void run(ConnectionTest::Request request, int results = 1)
    {
        m_test->start(std::move(request));
        QTRY_COMPARE_WITH_TIMEOUT(m_finished.size(), results, 20'000);
    }

    void serveTls(const test::TestCertificate& certificate, const QByteArray& answer = {})
    {
        m_tlsReceived.clear();
        m_tls = std::make_unique<QSslServer>();
        QSslConfiguration configuration;
        configuration.setLocalCertificate(QSslCertificate(QByteArray::fromStdString(certificate.certificatePem())));
        configuration.setPrivateKey(QSslKey(QByteArray::fromStdString(certificate.keyPem()), QSsl::Ec));
        m_tls->setSslConfiguration(configuration);
        QVERIFY(m_tls->listen(QHostAddress::LocalHost));
        m_tlsUrl = "https://localhost:" + std::to_string(m_tls->serverPort()) + "/v1";
        connect(m_tls.get(), &QSslServer::pendingConnectionAvailable, this, [this, answer] {
            QTcpSocket* socket = m_tls->nextPendingConnection();
            const auto read = [this, socket, answer] {
                m_tlsReceived += socket->readAll();
                if (m_tlsReceived.contains("\r\n\r\n") && !answer.isEmpty()) {
                    socket->write(answer);
                    socket->disconnectFromHost();
                }
            };
            connect(socket, &QTcpSocket::readyRead, this, read);
            read();
        });
    }

    std::unique_ptr<simulator::Simulator> m_simulator;
    std::string m_simulatorUrl;
    std::unique_ptr<test::TestCertificate> m_authority;
    std::unique_ptr<QSslServer> m_tls;
    std::string m_tlsUrl;
    QByteArray m_tlsReceived;
    std::unique_ptr<ConnectionTest> m_test;
    QStringList m_lines;
    QStringList m_details;
    QList<bool> m_finished;
};

QTEST_GUILESS_MAIN(tst_ConnectionTest)
#include "tst_ConnectionTest.moc"
