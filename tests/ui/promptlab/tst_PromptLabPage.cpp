// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promptlab/PromptLabPage.h"

#include "base/LogSink.h"
#include "kit/EnvironmentScope.h"
#include "kit/UndoBar.h"
#include "runtime/GatewayHost.h"
#include "runtime/ServiceRegistrar.h"
#include "secrets/SecretStore.h"
#include "settings/AppSettings.h"
#include "simulator/Simulator.h"
#include "storage/StorageService.h"
#include "storage/repositories/PromptRunRepository.h"
#include "storage/repositories/RouteRepository.h"
#include "support/NameAudit.h"
#include "support/ScriptedPrompts.h"
#include "support/TempDatabase.h"
#include "support/UiTestMain.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace sb;
using namespace sb::ui;
using runtime::GatewayHost;
using storage::DbSession;

namespace {

template <class T>
T taken(QFuture<T> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 10'000))
        qFatal("no answer");
    return future.takeResult();
}

} // namespace

/// The page with everything real behind it: database, secrets, gateway; the provider is the simulator.
class tst_PromptLabPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus"); // no keychain here
        qputenv("SB_TEST_LAB_KEY", "sim-key");
        simulator::SimulatorOptions options;
        options.tokensPerSecond = 600;
        m_simulator = std::make_unique<simulator::Simulator>(options);
        const auto port = m_simulator->start();
        QVERIFY(port.has_value());
        m_simulatorUrl = "http://127.0.0.1:" + std::to_string(*port);
    }

    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        m_database = std::make_unique<test::TempDatabase>(test::TempDatabase::Engine::Sqlite);
        storage::StorageOptions options;
        options.url = m_database->url();
        m_storage = std::make_unique<storage::StorageService>(options);
        QVERIFY(taken(m_storage->open()).has_value());
        m_secrets = std::make_unique<secrets::SecretStore>(QStringLiteral("io.signalbox.Test"), m_profile->path());
        m_settings = std::make_unique<settings::AppSettings>(m_profile->path(), settings::AppSettings::Overrides{});
        m_registrar = std::make_unique<runtime::ServiceRegistrar>(
            runtime::ServiceRegistrar::Parts{*m_storage, *m_secrets, m_clock, std::make_shared<SystemRandom>(),
                                             m_profile->path(), QStringLiteral("tester")});
        m_undo = std::make_unique<UndoBar>();
        m_prompts = std::make_unique<test::ScriptedPrompts>();
        m_scope = std::make_unique<EnvironmentScope>();
        makeHost(0);
    }
    void cleanup()
    {
        m_page.reset();
        m_host.reset();
        m_registrar.reset();
        m_settings.reset();
        m_secrets.reset();
        m_storage.reset();
        m_database.reset();
    }

    void withoutAServiceItLeadsToTheRegistration()
    {
        open();
        const auto action = [this] {
            for (auto* found : m_page->findChildren<QPushButton*>(QStringLiteral("viewAction"))) {
                if (found->isVisible())
                    return found;
            }
            return static_cast<QPushButton*>(nullptr);
        };
        QTRY_VERIFY(action());
        QSignalSpy navigates(m_page.get(), &Page::navigate);
        action()->click();
        QCOMPARE(navigates.at(0).at(0).toString(), QStringLiteral("GenAI Services"));
        QVERIFY(!button("labSend")->isEnabled());
    }

    void startsTheGatewaySendsStreamsAndBooks_data()
    {
        QTest::addColumn<ProviderKind>("provider");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("model");
        QTest::newRow("OpenAI") << ProviderKind::OpenAi << "/v1"
                                << "Authorization: Bearer"
                                << "gpt-4o-mini";
        QTest::newRow("Azure OpenAI") << ProviderKind::AzureOpenAi << ""
                                      << "api-key"
                                      << "gpt-4o";
        QTest::newRow("Anthropic") << ProviderKind::Anthropic << ""
                                   << "x-api-key"
                                   << "claude-haiku-4-5";
        QTest::newRow("Mistral") << ProviderKind::Mistral << "/mistral"
                                 << "Authorization: Bearer"
                                 << "ministral-3b-latest";
        QTest::newRow("Bedrock") << ProviderKind::AwsBedrock << ""
                                 << "Authorization: Bearer"
                                 << "amazon.nova-micro-v1:0";
    }
    void startsTheGatewaySendsStreamsAndBooks()
    {
        QFETCH(ProviderKind, provider);
        QFETCH(QString, path);
        QFETCH(QString, header);
        QFETCH(QString, model);
        registerService(provider, m_simulatorUrl + path.toStdString(), header.toStdString());
        open();
        QTRY_VERIFY(button("labSend")->isEnabled());
        QCOMPARE(button("labSend")->text(), QStringLiteral("Start gateway and send"));
        type(model, QStringLiteral("Explain returns in three sentences."));
        button("labSend")->click();
        QTRY_COMPARE(m_host->state(), GatewayHost::State::Running);
        QTRY_VERIFY2(state() == QStringLiteral("Complete"), qPrintable(state() + answer() + barText()));
        QCOMPARE(button("labSend")->text(), QStringLiteral("Send"));
        QVERIFY(!answer().isEmpty());
        QVERIFY(label("laneTtft").endsWith(QStringLiteral("ms")) || label("laneTtft").endsWith(QStringLiteral("s")));
        QVERIFY(label("laneTokensIn") != QStringLiteral("–"));
        QVERIFY(text("laneRawRequest").contains(QStringLiteral("sbx_****")));
        QVERIFY(!text("laneRawResponse").isEmpty());
        QVERIFY(text("laneHeaders").contains(QStringLiteral("x-signalbox-request-id")));
        // The booked cost arrives from the database, and the run with it in the history.
        QTRY_VERIFY2(label("laneCost").contains(QLatin1Char('$')), qPrintable(label("laneCost")));
        QTRY_COMPARE(history()->model()->rowCount(), 1);
        QCOMPARE(history()->model()->index(0, 3).data().toString(), label("laneCost"));
        QCOMPARE(test::nameFaults(*m_page), QStringList());
    }

    void escapeStopsAndKeepsThePart()
    {
        registerService();
        open();
        QTRY_VERIFY(button("labSend")->isEnabled());
        type(QStringLiteral("sim-slow"), QStringLiteral("Tell a long story."));
        userEdit()->setFocus(); // who types there has the focus there, and shortcuts go by it
        QTRY_VERIFY(userEdit()->hasFocus());
        QTest::keyClick(userEdit(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(button("labStop")->isEnabled(), 15'000); // the gateway starts first
        QTRY_VERIFY(!answer().isEmpty());
        userEdit()->setFocus();
        QTest::keyClick(userEdit(), Qt::Key_Escape);
        QTRY_COMPARE(state(), QStringLiteral("Stopped"));
        QVERIFY(!answer().isEmpty());
        QVERIFY(!button("labStop")->isEnabled());
        QTRY_COMPARE_WITH_TIMEOUT(history()->model()->rowCount(), 1, 15'000);
        QVERIFY2(label("laneTokensOut").startsWith(QLatin1Char('~')), "an estimate is marked as one");
    }

    void missingInputIsSaidAtTheField()
    {
        registerService();
        open();
        QTRY_VERIFY(button("labSend")->isEnabled());
        type(QStringLiteral("gpt-4o-mini"), QString());
        line("Temperature")->setText(QStringLiteral("hot"));
        line("Maximum tokens")->setText(QStringLiteral("many"));
        button("labSend")->click();
        QVERIFY(userEdit()->accessibleDescription().contains(QStringLiteral("fill this in")));
        QVERIFY(!line("Temperature")->accessibleDescription().isEmpty());
        QVERIFY(!line("Maximum tokens")->accessibleDescription().isEmpty());
        QCOMPARE(m_host->state(), GatewayHost::State::Stopped);
    }

    void aPortInUseIsExplainedAndNothingIsLost()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        makeHost(other.serverPort());
        registerService();
        open();
        QTRY_VERIFY(button("labSend")->isEnabled());
        type(QStringLiteral("gpt-4o-mini"), QStringLiteral("Hello?"));
        button("labSend")->click();
        QTRY_COMPARE(m_host->state(), GatewayHost::State::Failed);
        QTRY_VERIFY(!barText().isEmpty());
        QCOMPARE(userEdit()->toPlainText(), QStringLiteral("Hello?"));
        QVERIFY(button("labSend")->isEnabled());
    }

    void aProvidersRefusalIsExplained()
    {
        registerService();
        open();
        QTRY_VERIFY(button("labSend")->isEnabled());
        type(QStringLiteral("sim-401"), QStringLiteral("Hello?"));
        button("labSend")->click();
        QTRY_COMPARE(state(), QStringLiteral("Refused"));
        QTRY_VERIFY(!barText().isEmpty());
    }

    void whatWasRefusedUsedNothingAndCountsNoTokens()
    {
        registerService();
        open();
        QTRY_VERIFY(button("labSend")->isEnabled());
        type(QStringLiteral("sim-401"), QStringLiteral("Hello?"));
        button("labSend")->click();
        QTRY_COMPARE_WITH_TIMEOUT(history()->model()->rowCount(), 1, 15'000); // it is booked
        QCOMPARE(state(), QStringLiteral("Refused"));
        const QString nothing = QStringLiteral("\u2013");
        QCOMPARE(label("laneTokensIn"), nothing);
        QCOMPARE(label("laneTokensOut"), nothing);
        QCOMPARE(label("laneCost"), QStringLiteral("$0.00")); // known: nobody charges for it

        history()->setCurrentIndex(history()->model()->index(0, 0));
        QTRY_COMPARE(state(), QStringLiteral("From the history"));
        QCOMPARE(label("laneTokensIn"), nothing);
        QCOMPARE(label("laneTokensOut"), nothing);
        QCOMPARE(label("laneCost"), QStringLiteral("$0.00"));
    }

    void productionAsksOnceAndNoMeansNo()
    {
        registerService(ProviderKind::OpenAi, m_simulatorUrl + "/v1", "Authorization: Bearer", EnvironmentId(3));
        open();
        QTRY_VERIFY(button("labSend")->isEnabled());
        type(QStringLiteral("gpt-4o-mini"), QStringLiteral("Hello?"));
        m_prompts->answers = {false, true};
        button("labSend")->click();
        QCOMPARE(m_prompts->asked.size(), 1);
        QCOMPARE(m_host->state(), GatewayHost::State::Stopped);
        button("labSend")->click();
        QTRY_COMPARE(state(), QStringLiteral("Complete"));
        button("labSend")->click();
        QCOMPARE(m_prompts->asked.size(), 2);
    }

    void historyIsSearchedReusedDeletedAndRestored()
    {
        registerService();
        keep("first question", "first answer");
        keep("second question", "second answer");
        open();
        QTRY_COMPARE(history()->model()->rowCount(), 2);
        history()->selectRow(0);
        QTRY_COMPARE(answer(), QStringLiteral("second answer"));
        button("labReuse")->click();
        QCOMPARE(userEdit()->toPlainText(), QStringLiteral("second question"));
        QCOMPARE(line("Maximum tokens")->text(), QStringLiteral("77"));

        button("labDeleteRun")->click();
        QTRY_COMPARE(history()->model()->rowCount(), 1);
        m_undo->undo();
        QTRY_COMPARE(history()->model()->rowCount(), 2);

        line("Search history")->setText(QStringLiteral("FIRST"));
        QTRY_COMPARE(history()->model()->rowCount(), 1);
        line("Search history")->setText(QStringLiteral("third"));
        QTRY_COMPARE(history()->model()->rowCount(), 0);
    }

    void whatIsTypedSurvivesAChangeOfTheCatalogue()
    {
        registerService();
        open();
        QTRY_VERIFY(button("labSend")->isEnabled());
        type(QStringLiteral("my-own-model"), QStringLiteral("Hello?"));
        registerService(ProviderKind::Anthropic, m_simulatorUrl, "x-api-key", EnvironmentId(1), "Claude", "/claude");
        QTRY_COMPARE(combo("Service or route")->count(), 2);
        QCOMPARE(line("Model")->text(), QStringLiteral("my-own-model"));
        QCOMPARE(userEdit()->toPlainText(), QStringLiteral("Hello?"));
    }

    void aRouteIsAskedByItsNameAndSaysWhatItChose()
    {
        registerService();
        registerService(ProviderKind::Anthropic, m_simulatorUrl, "x-api-key", EnvironmentId(1), "Claude", "/claude");
        Route route;
        route.organization = OrganizationId(1);
        route.name = "smart";
        route.targets = {{"/claude", "claude-haiku-4-5"}, {"/openai", "gpt-4o-mini"}};
        QVERIFY(taken(m_storage->write([route, now = m_clock.now()](DbSession& db) {
                    SystemRandom random;
                    return storage::RouteRepository(db).put(route, "tester", now, random);
                })).has_value());
        open();
        QTRY_COMPARE(combo("Service or route")->count(), 3);
        m_page->openAt(QStringLiteral("smart"));
        QTRY_VERIFY(!line("Model")->isEnabled());
        QCOMPARE(line("Model")->placeholderText(), QStringLiteral("The route chooses the model"));
        QCOMPARE(combo("Environment")->count(), 3);
        userEdit()->setPlainText(QStringLiteral("Say hello."));
        button("labSend")->click();
        QTRY_VERIFY2(state() == QStringLiteral("Complete"), qPrintable(state() + answer() + barText()));
        QVERIFY2(label("laneTitle").startsWith(QStringLiteral("smart → /claude · claude-haiku-4-5")),
                 qPrintable(label("laneTitle")));
        QTRY_COMPARE(history()->model()->rowCount(), 1);
        m_page->openAt(QStringLiteral("/openai"));
        QVERIFY(line("Model")->isEnabled());
        QCOMPARE(line("Model")->text(), QStringLiteral("gpt-4o-mini"));
    }

    void aDeepLinkChoosesTheService()
    {
        registerService();
        registerService(ProviderKind::Anthropic, m_simulatorUrl, "x-api-key", EnvironmentId(1), "Claude", "/claude");
        open();
        m_page->openAt(QStringLiteral("/claude"));
        QTRY_COMPARE(combo("Service or route")->currentData().toString(), QStringLiteral("/claude"));
        QVERIFY(line("Model")->text().contains(QStringLiteral("claude")));
        m_page->openAt(QStringLiteral("/openai"));
        QCOMPARE(combo("Service or route")->currentData().toString(), QStringLiteral("/openai"));
        QVERIFY(!line("Model")->text().contains(QStringLiteral("claude")));
    }

private:
    void makeHost(quint16 port)
    {
        m_page.reset();
        m_host.reset();
        GatewayHost::Options options;
        options.profileDirectory = m_profile->path();
        options.gateway.port = port;
        options.gateway.workers = 1;
        m_host = std::make_unique<GatewayHost>(options, *m_storage, *m_secrets, m_clock, m_log);
    }

    void open()
    {
        m_page = std::make_unique<PromptLabPage>(
            PromptLabSlice{*m_storage, *m_host, *m_settings, m_clock, *m_prompts, *m_undo, *m_scope});
        m_page->resize(1200, 800);
        m_page->show();
        m_page->activate();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }

    void registerService() { registerService(ProviderKind::OpenAi, m_simulatorUrl + "/v1", "Authorization: Bearer"); }
    void registerService(ProviderKind provider, const std::string& url, const std::string& header,
                         EnvironmentId environment = EnvironmentId(1), const char* name = "OpenAI",
                         const char* context = "/openai")
    {
        auto draft = std::make_shared<ServiceDraft>();
        draft->service.provider = provider;
        draft->service.name = name;
        draft->service.contextPath = context;
        draft->service.url = url;
        EnvironmentDraft tab;
        tab.environment = environment;
        tab.configured = true;
        tab.authorizationHeader = header;
        tab.apiKey = Secret(std::string_view("env:SB_TEST_LAB_KEY"));
        draft->environments.push_back(std::move(tab));
        QSignalSpy registered(m_registrar.get(), &runtime::ServiceRegistrar::registered);
        m_registrar->registerService(draft);
        QTRY_COMPARE(registered.count(), 1);
    }

    void keep(const char* question, const char* reply)
    {
        storage::PromptRun run;
        run.time = m_clock.now();
        run.target = "/openai";
        run.model = "gpt-4o-mini";
        run.environment = EnvironmentId(1);
        run.userText = question;
        run.answer = reply;
        run.parameters = R"({"max_tokens":77})";
        QVERIFY(taken(m_storage->write([run](DbSession& db) {
                    return storage::PromptRunRepository(db).insert(run);
                })).has_value());
    }

    void type(const QString& model, const QString& question)
    {
        line("Model")->setText(model);
        userEdit()->setPlainText(question);
        line("Maximum tokens")->setText(QStringLiteral("60"));
    }

    QPushButton* button(const char* name) const { return m_page->findChild<QPushButton*>(QLatin1String(name)); }
    QString label(const char* name) const { return m_page->findChild<QLabel*>(QLatin1String(name))->text(); }
    QString text(const char* name) const
    {
        return m_page->findChild<QPlainTextEdit*>(QLatin1String(name))->toPlainText();
    }
    QString state() const { return label("laneState"); }
    QString answer() const { return text("laneAnswer"); }
    QTableView* history() const { return m_page->findChild<QTableView*>(QStringLiteral("labHistory")); }
    QPlainTextEdit* userEdit() const
    {
        for (auto* edit : m_page->findChildren<QPlainTextEdit*>()) {
            if (edit->accessibleName() == QLatin1String("User"))
                return edit;
        }
        return nullptr;
    }
    QLineEdit* line(const char* name) const
    {
        for (auto* edit : m_page->findChildren<QLineEdit*>()) {
            if (edit->accessibleName() == QLatin1String(name))
                return edit;
        }
        return nullptr;
    }
    QComboBox* combo(const char* name) const
    {
        for (auto* caption : m_page->findChildren<QLabel*>()) {
            if (caption->text() == QLatin1String(name) && qobject_cast<QComboBox*>(caption->buddy()))
                return qobject_cast<QComboBox*>(caption->buddy());
        }
        return nullptr;
    }
    /// Every message that is showing.
    QString barText() const
    {
        QStringList all;
        for (auto* bar : m_page->findChildren<QWidget*>()) {
            if (bar->inherits("sb::ui::MessageBar") && bar->isVisible()) {
                for (auto* part : bar->findChildren<QLabel*>())
                    all << part->text();
            }
        }
        return all.join(QLatin1Char(' ')).trimmed();
    }

    std::unique_ptr<simulator::Simulator> m_simulator;
    std::string m_simulatorUrl;
    SystemClock m_clock;
    NullLog m_log;
    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<test::TempDatabase> m_database;
    std::unique_ptr<storage::StorageService> m_storage;
    std::unique_ptr<secrets::SecretStore> m_secrets;
    std::unique_ptr<settings::AppSettings> m_settings;
    std::unique_ptr<runtime::ServiceRegistrar> m_registrar;
    std::unique_ptr<UndoBar> m_undo;
    std::unique_ptr<test::ScriptedPrompts> m_prompts;
    std::unique_ptr<EnvironmentScope> m_scope;
    std::unique_ptr<GatewayHost> m_host;
    std::unique_ptr<PromptLabPage> m_page;
};

SB_UI_TEST_MAIN(tst_PromptLabPage)
#include "tst_PromptLabPage.moc"
