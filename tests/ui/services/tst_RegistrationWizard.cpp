// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/wizard/RegistrationWizard.h"

#include "services/EnvironmentForm.h"
#include "storage/repositories/ServiceRepository.h"
#include "support/UiTestMain.h"
#include "ui/Names.h"
#include "ui/Workbench.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTcpServer>
#include <QTest>

using namespace sb;
using namespace sb::ui;
using sb::test::Workbench;

class tst_RegistrationWizard : public QObject {
    Q_OBJECT

    std::unique_ptr<Workbench> m_bench;
    std::unique_ptr<RegistrationWizard> m_wizard;

    /// The visible control that a screen reader knows by this name, as the contract's labels promise.
    template <class W = QWidget>
    W* control(const QString& name)
    {
        for (W* widget : m_wizard->findChildren<W*>()) {
            if (widget->isVisible() && test::heardName(widget, *m_wizard) == name)
                return widget;
        }
        return nullptr;
    }
    QString issue(const char* key)
    {
        for (QLabel* label : m_wizard->findChildren<QLabel*>(QLatin1String(key) + QStringLiteral("Issue"))) {
            if (label->isVisible())
                return label->text();
        }
        return {};
    }
    void choose(const char* provider) { control<QRadioButton>(QLatin1String(provider))->setChecked(true); }
    void press(const char* name)
    {
        auto* button = control<QPushButton>(QLatin1String(name));
        QVERIFY2(button, name);
        button->click();
    }
    void write(const char* name, const QString& text)
    {
        if (auto* area = control<QPlainTextEdit>(QLatin1String(name))) {
            area->setPlainText(text);
            return;
        }
        auto* edit = control<QLineEdit>(QLatin1String(name));
        QVERIFY2(edit, name);
        edit->setText(text); // as assistive technology writes
    }
    void select(const char* name, const QString& text)
    {
        auto* combo = control<QComboBox>(QLatin1String(name));
        QVERIFY2(combo, name);
        combo->setCurrentIndex(combo->findText(text));
    }
    void goToDetails(const char* provider = "OpenAI")
    {
        choose(provider);
        press("Next");
        QVERIFY(control<QLineEdit>(QStringLiteral("Name")));
    }
    void goToEnvironments(const char* provider = "OpenAI", const QString& name = QStringLiteral("OpenAI"))
    {
        goToDetails(provider);
        write("Name", name);
        if (control<QLineEdit>(QStringLiteral("Service URL"))->text().isEmpty())
            write("Service URL", QStringLiteral("https://models.example.com/v1"));
        press("Next");
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Register")));
    }
    storage::ServiceDetails stored(const char* path)
    {
        auto details =
            m_bench->ask([path = std::string(path)](storage::DbSession& db) -> Result<storage::ServiceDetails> {
                storage::ServiceRepository services(db);
                auto id = services.findByContextPath(path);
                if (!id)
                    return std::move(id).error();
                return services.get(*id);
            });
        if (!details)
            qFatal("not stored: %s", details.error().what.c_str());
        return *details;
    }

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<Workbench>();
        m_wizard = std::make_unique<RegistrationWizard>(m_bench->slice());
        m_wizard->resize(1200, 900);
        m_wizard->show();
        QVERIFY(QTest::qWaitForWindowActive(m_wizard.get()));
    }
    void cleanup()
    {
        m_wizard.reset();
        m_bench.reset();
    }

    void providersHaveTheNamesOfTheContract()
    {
        for (const char* name :
             {"OpenAI", "Azure OpenAI", "Anthropic Claude", "Mistral", "AWS Bedrock", "OpenAI-compatible"})
            QVERIFY2(control<QRadioButton>(QLatin1String(name)), name);
    }

    void nextWaitsForAProvider()
    {
        QVERIFY(!control<QPushButton>(QStringLiteral("Next"))->isEnabled());
        choose("Mistral");
        QVERIFY(control<QPushButton>(QStringLiteral("Next"))->isEnabled());
    }

    void fixedLabelsAreOnTheirSteps()
    {
        goToDetails();
        for (const char* name : {"Name", "Context Path", "Service URL", "Summary"})
            QVERIFY2(control(QLatin1String(name)), name);
        write("Name", QStringLiteral("OpenAI"));
        press("Next");
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Register")));
        for (const char* name : {"Authorization header", "API key", "Time Unit", "Max Prompt Token Count",
                                 "Max Completion Token Count", "Max Total Token Count"})
            QVERIFY2(control(QLatin1String(name)), name);
        auto* unit = control<QComboBox>(QStringLiteral("Time Unit"));
        QCOMPARE(unit->itemText(0), QStringLiteral("Minute"));
        QCOMPARE(unit->itemText(1), QStringLiteral("Hour"));
        QCOMPARE(unit->itemText(2), QStringLiteral("Day"));
    }

    void everyControlHasItsOwnName()
    {
        QCOMPARE(test::nameFaults(*m_wizard), QStringList());
        goToDetails();
        QCOMPARE(test::nameFaults(*m_wizard), QStringList());
        write("Name", QStringLiteral("Azure"));
        write("Context Path", QStringLiteral("/azure"));
        press("Next");
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Register")));
        press("More limits");
        press("Per request");
        QCOMPARE(test::nameFaults(*m_wizard), QStringList());
    }

    void contextPathFollowsTheNameUntilItIsEdited()
    {
        goToDetails();
        write("Name", QStringLiteral("Team Chat"));
        QCOMPARE(control<QLineEdit>(QStringLiteral("Context Path"))->text(), QStringLiteral("/team-chat"));
        write("Context Path", QStringLiteral("/chat"));
        write("Name", QStringLiteral("Team Chat 2"));
        QCOMPARE(control<QLineEdit>(QStringLiteral("Context Path"))->text(), QStringLiteral("/chat"));
    }

    void errorsStandAtTheirFieldsAndKeepWhatWasTyped()
    {
        goToDetails();
        write("Name", QString());
        write("Context Path", QStringLiteral("/healthz"));
        write("Service URL", QStringLiteral("http://169.254.169.254/latest"));
        press("Next");
        QTRY_VERIFY(!issue("name").isEmpty());
        QVERIFY(!issue("context_path").isEmpty());
        QVERIFY(!issue("url").isEmpty());
        QTRY_COMPARE(QApplication::focusWidget(), control<QLineEdit>(QStringLiteral("Name")));
        QCOMPARE(control<QLineEdit>(QStringLiteral("Service URL"))->text(),
                 QStringLiteral("http://169.254.169.254/latest"));
    }

    void takenNameAndPathAreSaidWhileTyping()
    {
        m_bench->registerService("OpenAI", "/openai");
        goToDetails();
        write("Name", QStringLiteral("openai"));
        QTRY_VERIFY(!issue("name").isEmpty());
        QVERIFY(!issue("context_path").isEmpty());
        write("Name", QStringLiteral("OpenAI two"));
        QTRY_VERIFY(issue("name").isEmpty() && issue("context_path").isEmpty());
    }

    void encryptionIsGivenUpOnlyKnowingly()
    {
        goToDetails("OpenAI-compatible");
        write("Name", QStringLiteral("Local"));
        write("Service URL", QStringLiteral("http://models.example.com"));
        press("Next");
        QTRY_VERIFY(!issue("url").isEmpty());
        auto* allow = m_wizard->findChild<QCheckBox*>(QStringLiteral("allowInsecure"));
        QVERIFY(allow->isVisible());
        allow->setChecked(true);
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Next"))->isEnabled());
        press("Next");
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Register")));
    }

    void pastedHeaderIsSplit()
    {
        goToEnvironments();
        write("Authorization header", QStringLiteral("Authorization: Bearer sk-live-12345"));
        QCOMPARE(control<QLineEdit>(QStringLiteral("Authorization header"))->text(),
                 QStringLiteral("Authorization: Bearer"));
        QCOMPARE(control<QLineEdit>(QStringLiteral("API key"))->text(), QStringLiteral("sk-live-12345"));
        QCOMPARE(control<QLineEdit>(QStringLiteral("API key"))->echoMode(), QLineEdit::Password);
    }

    void presetHeaderFollowsTheProvider()
    {
        goToEnvironments("Anthropic Claude", QStringLiteral("Claude"));
        QCOMPARE(control<QLineEdit>(QStringLiteral("Authorization header"))->text(), QStringLiteral("x-api-key"));
        press("Back");
        press("Back");
        goToEnvironments("Mistral", QStringLiteral("Mistral"));
        QCOMPARE(control<QLineEdit>(QStringLiteral("Authorization header"))->text(),
                 QStringLiteral("Authorization: Bearer"));
    }

    void bedrockSignsWithAnAccessKey()
    {
        goToEnvironments("AWS Bedrock", QStringLiteral("Bedrock"));
        control<QRadioButton>(QStringLiteral("AWS access key (signed requests)"))->setChecked(true);
        QVERIFY(!control(QStringLiteral("API key")));
        write("Region", QStringLiteral("us-east-1"));
        write("Access key ID", QStringLiteral("AKIAEXAMPLE"));
        write("Secret access key", QStringLiteral("secret/example"));
        select("Stored in", QStringLiteral("Private file (mode 0600) in the profile"));
        press("Register");
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Create connection")));
        const storage::ServiceDetails details = stored("/bedrock");
        QCOMPARE(details.environments.front().security.kind, AuthKind::SigV4);
        QVERIFY(details.environments.front().security.region == "us-east-1");
        QCOMPARE(details.environments.front().security.secretKey.kind, SecretRef::Kind::File);
    }

    void azureTakesVersionAndDeployments()
    {
        goToEnvironments("Azure OpenAI", QStringLiteral("Azure"));
        QCOMPARE(control<QLineEdit>(QStringLiteral("Authorization header"))->text(), QStringLiteral("api-key"));
        write("API key", QStringLiteral("env:AZURE_KEY"));
        write("API version", QStringLiteral("2024-10-21"));
        write("Deployments", QStringLiteral("gpt-4o-mini=mini"));
        press("Register");
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Create connection")));
        const ServiceEnvironment environment = stored("/azure").environments.front();
        QVERIFY(environment.apiVersion == "2024-10-21");
        QVERIFY(environment.deployments.at("gpt-4o-mini") == "mini");
        QVERIFY(environment.security.header == "api-key");
        QVERIFY(environment.security.secret.toString() == "env:AZURE_KEY");
    }

    void aBadAzureVersionIsSaidAtItsField()
    {
        goToEnvironments("Azure OpenAI", QStringLiteral("Azure"));
        write("API key", QStringLiteral("env:AZURE_KEY"));
        write("API version", QStringLiteral("newest"));
        press("Register");
        QVERIFY2(issue("api_version").contains(QStringLiteral("2024-10-21")), qPrintable(issue("api_version")));
        QCOMPARE(QApplication::focusWidget(), control<QLineEdit>(QStringLiteral("API version")));
        QCOMPARE(control<QLineEdit>(QStringLiteral("API version"))->text(), QStringLiteral("newest"));
        write("API version", QStringLiteral("preview"));
        press("Register");
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Create connection")));
        QVERIFY(stored("/azure").environments.front().apiVersion == "preview");
    }

    void badLimitsAreSaidInTheirTab()
    {
        goToEnvironments();
        write("API key", QStringLiteral("env:OPENAI_API_KEY"));
        auto* tabs = m_wizard->findChild<QTabWidget*>(QStringLiteral("environmentTabs"));
        tabs->setCurrentIndex(1);
        write("API key", QStringLiteral("env:OPENAI_API_KEY"));
        write("Max Total Token Count", QStringLiteral("many"));
        tabs->setCurrentIndex(0);
        press("Register");
        QCOMPARE(tabs->currentIndex(), 1);
        QVERIFY(!issue("max_total_tokens").isEmpty());
        QCOMPARE(QApplication::focusWidget(), control<QLineEdit>(QStringLiteral("Max Total Token Count")));
    }

    void correctingAFieldTakesItsErrorAway()
    {
        goToEnvironments();
        write("API key", QStringLiteral("env:OPENAI_API_KEY"));
        write("Max Prompt Token Count", QStringLiteral("many"));
        write("Max Total Token Count", QStringLiteral("-5"));
        press("Register");
        QVERIFY(!issue("max_prompt_tokens").isEmpty());
        write("Max Prompt Token Count", QStringLiteral("100k"));
        QCOMPARE(issue("max_prompt_tokens"), QString());
        QVERIFY(!issue("max_total_tokens").isEmpty());
    }

    void aPaidTestIsNotCarriedOverToTheNextService()
    {
        goToEnvironments();
        control<QCheckBox>(QStringLiteral("Also ask a model for one token (costs a fraction of a cent)"))
            ->setChecked(true);
        write("Model to ask", QStringLiteral("gpt-4o-mini"));
        write("API key", QStringLiteral("env:OPENAI_API_KEY"));
        press("Register");
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Register another")));
        press("Register another");
        goToEnvironments("Mistral", QStringLiteral("Mistral"));
        QVERIFY(!control<QCheckBox>(QStringLiteral("Also ask a model for one token (costs a fraction of a cent)"))
                     ->isChecked());
        QCOMPARE(control<QLineEdit>(QStringLiteral("Model to ask"))->text(), QString());
    }

    void namesAreNeverMarkup()
    {
        goToEnvironments("OpenAI", QStringLiteral("Chat <b>fast</b>"));
        write("API key", QStringLiteral("env:OPENAI_API_KEY"));
        press("Register");
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Create connection")));
        const auto* title = m_wizard->findChild<QLabel*>(QStringLiteral("resultTitle"));
        QVERIFY(title->text().contains(QStringLiteral("<b>fast</b>")));
        QCOMPARE(title->textFormat(), Qt::PlainText);
    }

    void sameAsCopiesLimitsButNoKey()
    {
        goToEnvironments();
        write("API key", QStringLiteral("sk-dev"));
        write("Max Total Token Count", QStringLiteral("90k"));
        auto* tabs = m_wizard->findChild<QTabWidget*>(QStringLiteral("environmentTabs"));
        tabs->setCurrentIndex(1);
        press("Same as development");
        QCOMPARE(control<QLineEdit>(QStringLiteral("Max Total Token Count"))->text(), QStringLiteral("90k"));
        QVERIFY(control<QLineEdit>(QStringLiteral("API key"))->text().isEmpty());
        QVERIFY(control<QCheckBox>(QStringLiteral("Configure this environment"))->isChecked());
    }

    void registersWithLimitsAndShowsTheKeyOnce()
    {
        goToEnvironments();
        write("API key", QStringLiteral("sk-live-1"));
        select("Stored in", QStringLiteral("Private file (mode 0600) in the profile"));
        select("Time Unit", QStringLiteral("Hour"));
        write("Max Prompt Token Count", QStringLiteral("100 000"));
        write("Max Completion Token Count", QStringLiteral("20k"));
        write("Max Total Token Count", QStringLiteral("0.11M"));
        press("Per request");
        write("Prompt tokens of one request", QStringLiteral("8000"));
        press("Register");
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Create connection")));
        QCOMPARE(test::nameFaults(*m_wizard), QStringList());

        const storage::ServiceDetails details = stored("/openai");
        QCOMPARE(details.environments.size(), std::size_t(1));
        QCOMPARE(details.limits.size(), std::size_t(1));
        QCOMPARE(details.limits.front().per, LimitWindow::Hour);
        QCOMPARE(details.limits.front().maxPromptTokens, std::optional<std::int64_t>(100'000));
        QCOMPARE(details.limits.front().maxTotalTokens, std::optional<std::int64_t>(110'000));
        QCOMPARE(details.caps.front().maxPromptTokens, std::optional<std::int64_t>(8'000));
        auto secret = Workbench::wait(m_bench->secrets->read(details.environments.front().security.secret));
        QVERIFY(secret && secret->reveal() == "sk-live-1");

        QCOMPARE(control<QLineEdit>(QStringLiteral("Invoke URL"))->text(),
                 QStringLiteral("http://127.0.0.1:8484/openai"));
        press("Create connection");
        QTRY_VERIFY(control<QLineEdit>(QStringLiteral("Key for development")));
        const QString key = control<QLineEdit>(QStringLiteral("Key for development"))->text();
        QVERIFY(key.startsWith(QStringLiteral("sbx_")));
        const QString curl = control<QLineEdit>(QStringLiteral("curl for development"))->text();
        QVERIFY(curl.contains(key));
        QVERIFY(curl.contains(QStringLiteral("http://127.0.0.1:8484/openai/v1/chat/completions")));
        QVERIFY(control<QPushButton>(QStringLiteral("Copy Key for development")));
        QCOMPARE(test::nameFaults(*m_wizard), QStringList());

        press("Register another");
        for (const QLineEdit* edit : m_wizard->findChildren<QLineEdit*>())
            QVERIFY(!edit->text().contains(key));
    }

    void pressingTwiceRegistersOnce()
    {
        goToEnvironments();
        write("API key", QStringLiteral("env:OPENAI_API_KEY"));
        QSignalSpy registered(m_wizard.get(), &RegistrationWizard::registered);
        auto* button = control<QPushButton>(QStringLiteral("Register"));
        button->click();
        button->click();
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Create connection")));
        QCOMPARE(registered.size(), 1);
    }

    void pathTakenMeanwhileLeadsBackToItsField()
    {
        goToEnvironments();
        write("API key", QStringLiteral("env:OPENAI_API_KEY"));
        m_bench->registerService("Other", "/openai");
        press("Register");
        QTRY_VERIFY(control<QLineEdit>(QStringLiteral("Context Path")));
        QVERIFY(!issue("context_path").isEmpty());
        QCOMPARE(control<QLineEdit>(QStringLiteral("Name"))->text(), QStringLiteral("OpenAI"));
    }

    void leavingKeepsTheDraftWithoutItsSecrets()
    {
        goToEnvironments();
        write("API key", QStringLiteral("sk-live-1"));
        write("Max Total Token Count", QStringLiteral("5000"));
        QSignalSpy closed(m_wizard.get(), &RegistrationWizard::closed);
        press("Cancel");
        QCOMPARE(closed.size(), 1);
        QVERIFY(m_wizard->hasDraft());
        QCOMPARE(control<QLineEdit>(QStringLiteral("Max Total Token Count"))->text(), QStringLiteral("5000"));
        QVERIFY(control<QLineEdit>(QStringLiteral("API key"))->text().isEmpty());
    }

    void enterGoesOn()
    {
        QTest::keyClick(control<QRadioButton>(QStringLiteral("Mistral")), Qt::Key_Return);
        QVERIFY(control<QLineEdit>(QStringLiteral("Name")));
        QCOMPARE(control<QLineEdit>(QStringLiteral("Service URL"))->text(), QStringLiteral("https://api.mistral.ai"));
        write("Name", QStringLiteral("Mistral"));
        QTest::keyClick(control<QLineEdit>(QStringLiteral("Name")), Qt::Key_Return);
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Register")));
        QTest::keyClick(control<QLineEdit>(QStringLiteral("Max Total Token Count")), Qt::Key_Return);
        QTRY_VERIFY(!issue("api_key").isEmpty()); // it was to be registered
        QTest::keyClick(control<QCheckBox>(QStringLiteral("Configure this environment")), Qt::Key_Return);
        QVERIFY(control<QPushButton>(QStringLiteral("Register"))); // not by a tick box
    }

    void theTestKeepsTheKeyboardOnItsButton()
    {
        QTcpServer silent; // accepts and never answers
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        goToDetails();
        write("Name", QStringLiteral("Silent"));
        write("Service URL", QStringLiteral("http://127.0.0.1:%1/v1").arg(silent.serverPort()));
        press("Next");
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Register")));
        write("API key", QStringLiteral("sk-1"));
        auto* start = control<QPushButton>(QStringLiteral("Test connection"));
        start->setFocus();
        QTest::keyClick(start, Qt::Key_Space);
        auto* cancel = control<QPushButton>(QStringLiteral("Cancel test"));
        QVERIFY(cancel);
        QVERIFY(cancel->hasFocus());
        QTest::keyClick(cancel, Qt::Key_Space);
        QVERIFY(start->hasFocus());
    }

    void aTestHoldsOnlyForTheCredentialItWasMadeWith()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        goToDetails("OpenAI-compatible");
        write("Name", QStringLiteral("Silent"));
        write("Service URL", QStringLiteral("http://127.0.0.1:%1/v1").arg(silent.serverPort()));
        press("Next");
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Register")));
        write("API key", QStringLiteral("sk-1"));
        press("Test connection");
        QVERIFY(control<QPushButton>(QStringLiteral("Cancel test")));
        control<QCheckBox>(QStringLiteral("No authentication"))->setChecked(true);
        QVERIFY(!control<QPushButton>(QStringLiteral("Cancel test")));
        control<QCheckBox>(QStringLiteral("No authentication"))->setChecked(false);
        press("Test connection");
        QVERIFY(control<QPushButton>(QStringLiteral("Cancel test")));
        select("Stored in", QStringLiteral("Environment variable"));
        QVERIFY(!control<QPushButton>(QStringLiteral("Cancel test")));
    }

    void aLimitThatSaysOtherwiseIsWarnedOfBeforeRegistering()
    {
        goToEnvironments();
        write("API key", QStringLiteral("sk-1"));
        select("Stored in", QStringLiteral("Private file (mode 0600) in the profile"));
        write("Max Prompt Token Count", QStringLiteral("100 000"));
        write("Max Total Token Count", QStringLiteral("90 000"));
        QTRY_VERIFY(issue("max_total_tokens").contains(QStringLiteral("below another maximum")));
        write("Max Completion Token Count", QStringLiteral("20 000"));
        write("Max Total Token Count", QStringLiteral("1M"));
        QTRY_VERIFY(issue("max_total_tokens").contains(QStringLiteral("above the sum")));
        write("Max Total Token Count", QStringLiteral("110 000"));
        QTRY_VERIFY(issue("max_total_tokens").isEmpty());

        m_wizard->findChild<QTabWidget*>(QStringLiteral("environmentTabs"))->setCurrentIndex(2);
        QVERIFY(issue("max_total_tokens").isEmpty()); // nothing is wanted there
        control<QCheckBox>(QStringLiteral("Configure this environment"))->setChecked(true);
        QTRY_VERIFY(issue("max_total_tokens").startsWith(QStringLiteral("No limit")));
        write("API key", QStringLiteral("sk-2"));
        select("Stored in", QStringLiteral("Private file (mode 0600) in the profile"));
        press("Register");
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Create connection")));
    }

    void whatWasAllowedToTheLastServiceIsNotOfferedToTheNext()
    {
        const QString allow =
            QStringLiteral("Allow http without encryption: key and prompts can be read in the network");
        goToDetails();
        write("Name", QStringLiteral("Plain"));
        write("Service URL", QStringLiteral("http://models.example.com/v1"));
        press("Next");
        QTRY_VERIFY(control<QCheckBox>(allow));
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Next"))->isEnabled());
        m_wizard->startFresh();
        goToDetails();
        QVERIFY(!control<QCheckBox>(allow));
    }

    void signedRequestsAskForWhatTheyNeed()
    {
        goToDetails("AWS Bedrock");
        write("Name", QStringLiteral("Bedrock"));
        write("Service URL", QStringLiteral("https://bedrock-runtime.eu-central-1.amazonaws.com"));
        press("Next");
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Register")));
        control<QRadioButton>(QStringLiteral("AWS access key (signed requests)"))->setChecked(true);
        QCOMPARE(control<QLineEdit>(QStringLiteral("Region"))->text(), QStringLiteral("eu-central-1"));
        QCOMPARE(control<QLineEdit>(QStringLiteral("Access key ID"))->echoMode(), QLineEdit::Normal);
        QCOMPARE(control<QLineEdit>(QStringLiteral("Secret access key"))->echoMode(), QLineEdit::Password);
        select("Stored in", QStringLiteral("Environment variable"));
        QCOMPARE(control<QLineEdit>(QStringLiteral("Secret access key"))->placeholderText(),
                 QStringLiteral("AWS_SECRET_ACCESS_KEY"));
        QVERIFY(control<QLineEdit>(QStringLiteral("Access key ID"))
                    ->accessibleDescription()
                    .contains(QStringLiteral("name of the variable")));
    }

    void askingAModelNeedsItsName()
    {
        goToEnvironments();
        write("API key", QStringLiteral("sk-1"));
        control<QCheckBox>(QStringLiteral("Also ask a model for one token (costs a fraction of a cent)"))
            ->setChecked(true);
        press("Test connection");
        QVERIFY(control<QLineEdit>(QStringLiteral("Model to ask"))->hasFocus());
        QVERIFY(control<QPushButton>(QStringLiteral("Test connection"))); // nothing was begun
    }

    void aKeychainThatDoesNotOpenIsAskedAgainAtRegister()
    {
        m_bench->secrets->probe();
        QTRY_COMPARE(m_bench->secrets->keychainState(), secrets::KeychainState::NoService); // tests run without a bus
        goToEnvironments();
        write("API key", QStringLiteral("sk-1"));
        select("Stored in", QStringLiteral("System keychain"));
        press("Register");
        QTRY_VERIFY(!issue("place").isEmpty());
        select("Stored in", QStringLiteral("Private file (mode 0600) in the profile"));
        press("Register");
        QTRY_VERIFY(control<QPushButton>(QStringLiteral("Create connection")));
    }
};

SB_UI_TEST_MAIN(tst_RegistrationWizard)
#include "tst_RegistrationWizard.moc"
