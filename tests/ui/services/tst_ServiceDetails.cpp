// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/ServicesPageBench.h"

#include "support/UiTestMain.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>

#include <algorithm>

using namespace sb;
using namespace sb::ui;
using sb::test::Workbench;

class tst_ServiceDetails : public QObject, private test::ServicesPageBench {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<Workbench>(); }

    void cleanup()
    {
        m_page.reset();
        m_bench.reset();
    }

    void detailsAreEditedAndSaved()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        show();
        QTRY_VERIFY(control<QPushButton>("Save changes"));
        QVERIFY(!control<QPushButton>("Save changes")->isEnabled());
        control<QPlainTextEdit>("Summary")->setPlainText(QStringLiteral("For every team"));
        control<QPushButton>("Save changes")->click();
        // At once again: the first save is not over yet, and the version of the row moves on with it.
        control<QPlainTextEdit>("Summary")->setPlainText(QStringLiteral("For all"));
        QVERIFY(!control<QPushButton>("Save changes")->isEnabled());
        QTRY_VERIFY(control<QPushButton>("Save changes")->isEnabled());
        QVERIFY(stored(id).summary == "For every team");
        control<QPushButton>("Save changes")->click();
        QTRY_VERIFY(stored(id).summary == "For all");
    }

    void somebodyElsesChangeIsNotOverwritten()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        show();
        QTRY_VERIFY(control<QPushButton>("Save changes"));
        control<QPlainTextEdit>("Summary")->setPlainText(QStringLiteral("mine"));
        Service theirs = stored(id);
        theirs.summary = "theirs";
        const Timestamp now = m_bench->clock.now();
        QVERIFY(Workbench::wait(m_bench->storage->write([theirs, now](storage::DbSession& db) {
            return storage::ServiceRepository(db).update(theirs, "other", now);
        })));
        control<QPushButton>("Save changes")->click();
        QTRY_VERIFY(control<QPushButton>("Reload"));
        QVERIFY(stored(id).summary == "theirs");
        QCOMPARE(control<QPlainTextEdit>("Summary")->toPlainText(), QStringLiteral("mine"));
        control<QPushButton>("Reload")->click();
        QTRY_COMPARE(control<QPlainTextEdit>("Summary")->toPlainText(), QStringLiteral("theirs"));
    }

    void keysFollowToAnotherAddressOnlyWhenConfirmed()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        show();
        QTRY_VERIFY(control<QPushButton>("Save changes"));
        control<QLineEdit>("Service URL")->setText(QStringLiteral("https://elsewhere.example.com/v1"));
        m_bench->prompts.answers = {false, true};
        control<QPushButton>("Save changes")->click();
        QCOMPARE(m_bench->prompts.asked.size(), 1);
        QVERIFY(stored(id).url == "https://api.example.com/v1");
        control<QPushButton>("Save changes")->click();
        QTRY_VERIFY(stored(id).url == "https://elsewhere.example.com/v1");
    }

    void aRefusedSaveLeavesTheKeysAtTheOldAddress()
    {
        const ServiceId id = m_bench->registerService("Alpha", "/alpha");
        m_bench->registerService("Beta", "/beta");
        show();
        QTRY_VERIFY(control<QPushButton>("Save changes"));
        control<QLineEdit>("Name")->setText(QStringLiteral("Beta"));
        control<QLineEdit>("Service URL")->setText(QStringLiteral("https://elsewhere.example.com/v1"));
        m_bench->prompts.answers = {true};
        control<QPushButton>("Save changes")->click();
        QTRY_VERIFY(!issue("name").isEmpty());
        const SecretRef key = details(id).environments.front().security.secret;
        QVERIFY(Workbench::wait(m_bench->secrets->readFor(key, "https://api.example.com:443")));
    }

    void environmentIsEditedWithoutTouchingTheKey()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        show();
        showEnvironments();
        auto* total = control<QLineEdit>("Max Total Token Count");
        QCOMPARE(total->text(), QStringLiteral("100000"));
        QVERIFY(control<QLineEdit>("API key")->text().isEmpty());
        total->setText(QStringLiteral("250k"));
        control<QPushButton>("Save and deploy")->click();
        QTRY_VERIFY(details(id).limits.front().maxTotalTokens == 250'000);
        auto secret = Workbench::wait(m_bench->secrets->read(details(id).environments.front().security.secret));
        QVERIFY(secret && secret->reveal() == "sk-test-1");
        QTRY_COMPARE(control<QLineEdit>("Max Total Token Count")->text(), QStringLiteral("250000"));
    }

    void whatCannotMoveSaysSoAtTheField()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        show();
        showEnvironments();
        auto* place = control<QComboBox>("Stored in");
        place->setCurrentIndex(place->findText(QStringLiteral("Environment variable")));
        control<QPushButton>("Save and deploy")->click();
        QVERIFY(!issue("api_key").isEmpty()); // the name of the variable
        const SecretRef key = details(id).environments.front().security.secret;
        QVERIFY(QFile::remove(QString::fromStdString(key.name)));
        m_bench->secrets->probe();
        QTRY_COMPARE(m_bench->secrets->keychainState(), secrets::KeychainState::NoService); // tests run without a bus
        place->setCurrentIndex(place->findText(QStringLiteral("System keychain")));
        control<QPushButton>("Save and deploy")->click();
        QVERIFY(!issue("place").isEmpty());
        QCOMPARE(details(id).environments.front().security.secret, key);
    }

    void storedLimitsAreInSight()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        auto draft = std::make_shared<EnvironmentDraft>(m_bench->environmentDraft());
        draft->maxCostUsd = "25";
        draft->requestMaxPromptTokens = "8k";
        QVERIFY(Workbench::wait(m_bench->registrar->updateEnvironment(id, draft)));
        show();
        showEnvironments();
        QVERIFY(control<QLineEdit>("Max Cost in USD"));
        QVERIFY(control<QLineEdit>("Prompt tokens of one request"));
        QVERIFY(control<QPushButton>("More limits")->text().startsWith(QStringLiteral("▾")));
        control<QPushButton>("More limits")->click();
        QVERIFY(!control<QLineEdit>("Max Cost in USD"));
        QVERIFY(control<QPushButton>("More limits")->text().startsWith(QStringLiteral("▸")));
    }

    void severalLimitsAreShownAndKeptWhileTheRestIsEdited()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        ServiceRegistration::PerEnvironment row{details(id).environments.front(), {}, {}};
        for (const LimitWindow window : {LimitWindow::Minute, LimitWindow::Day}) {
            row.limits.emplace_back().per = window;
            row.limits.back().maxTotalTokens = 110'000;
        }
        QVERIFY(Workbench::wait(m_bench->storage->write([id, row, now = m_bench->clock.now()](storage::DbSession& db) {
            return storage::ServiceRepository(db).putEnvironment(id, row, "file", now);
        })));
        show();
        showEnvironments();
        const auto labels = m_page->findChildren<QLabel*>(QStringLiteral("managedLimits"));
        const auto shown = std::ranges::find_if(labels, &QLabel::isVisible);
        QVERIFY(shown != labels.end());
        QVERIFY((*shown)->text().contains(QStringLiteral("per day")));
        QVERIFY(!control<QLineEdit>("Max Total Token Count"));
        control<QLineEdit>("API key")->setText(QStringLiteral("sk-new"));
        control<QPushButton>("Save and deploy")->click();
        QTRY_VERIFY(details(id).environments.front().security.secret != row.configuration.security.secret);
        QCOMPARE(details(id).limits.size(), std::size_t(2));
        m_page->findChild<QTabWidget*>(QStringLiteral("configurationTabs"))->setCurrentIndex(1);
        QVERIFY(control<QLineEdit>("Max Total Token Count"));
    }

    void whatIsTypedWhileSavingIsNotTakenForSaved()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        show();
        showEnvironments();
        auto* total = control<QLineEdit>("Max Total Token Count");
        total->setText(QStringLiteral("250k"));
        control<QPushButton>("Save and deploy")->click();
        total->setText(QStringLiteral("300k"));
        control<QLineEdit>("API key")->setText(QStringLiteral("sk-new"));
        QTRY_VERIFY(details(id).limits.front().maxTotalTokens == 250'000);
        QTRY_VERIFY(control<QPushButton>("Save and deploy")->isEnabled());
        QCOMPARE(total->text(), QStringLiteral("300k"));
        QCOMPARE(control<QLineEdit>("API key")->text(), QStringLiteral("sk-new"));
        control<QPushButton>("Save and deploy")->click();
        QTRY_VERIFY(details(id).limits.front().maxTotalTokens == 300'000);
        QTRY_VERIFY(!control<QPushButton>("Save and deploy")->isEnabled());
        QVERIFY(control<QLineEdit>("API key")->text().isEmpty());
    }

    void savedDetailsCanBeTakenBack()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        show();
        QTRY_VERIFY(control<QPushButton>("Save changes"));
        for (const char* summary : {"first", "second"}) {
            control<QPlainTextEdit>("Summary")->setPlainText(QLatin1String(summary));
            control<QPushButton>("Save changes")->click();
            QTRY_COMPARE(stored(id).summary, std::string(summary));
            QTRY_VERIFY(!control<QPushButton>("Save changes")->isEnabled());
        }
        m_bench->undo->undo();
        QTRY_COMPARE(stored(id).summary, std::string("first"));
        QTRY_COMPARE(control<QPlainTextEdit>("Summary")->toPlainText(), QStringLiteral("first"));
        m_bench->undo->undo();
        QTRY_COMPARE(stored(id).summary, std::string());
    }

    void aSavedEnvironmentCanBeTakenBack()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        show();
        showEnvironments();
        control<QLineEdit>("Max Total Token Count")->setText(QStringLiteral("250k"));
        control<QLineEdit>("API key")->setText(QStringLiteral("sk-new"));
        control<QPushButton>("Save and deploy")->click();
        QTRY_VERIFY(details(id).limits.front().maxTotalTokens == 250'000);
        QTRY_VERIFY(m_bench->undo->canUndo());
        m_bench->undo->undo();
        QTRY_VERIFY(details(id).limits.front().maxTotalTokens == 100'000);
        QTRY_COMPARE(control<QLineEdit>("Max Total Token Count")->text(), QStringLiteral("100000"));
        auto secret = Workbench::wait(m_bench->secrets->read(details(id).environments.front().security.secret));
        QVERIFY(secret && secret->reveal() == "sk-new"); // the replaced one is not kept
        QTRY_VERIFY(m_bench->undo->findChild<QLabel*>(QStringLiteral("undoText"))
                        ->text()
                        .contains(QStringLiteral("except for the key")));
    }

    void leavingOutAuthenticationIsAChange()
    {
        const ServiceId id = m_bench->registerService("Local", "/local", ProviderKind::OpenAiCompatible);
        m_bench->registerService("Other", "/other");
        show();
        showEnvironments();
        QVERIFY(!control<QPushButton>("Save and deploy")->isEnabled());
        control<QCheckBox>("No authentication")->setChecked(true);
        QVERIFY(control<QPushButton>("Save and deploy")->isEnabled());
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {},
                          table()->visualRect(table()->model()->index(1, 0)).center());
        QTRY_VERIFY(control<QPushButton>("Discard changes"));
        control<QPushButton>("Save and deploy")->click();
        QTRY_COMPARE(details(id).environments.front().security.kind, AuthKind::None);
    }

    void anotherEnvironmentCanBeConfiguredWithoutAuthentication()
    {
        const ServiceId id = m_bench->registerService("Local", "/local", ProviderKind::OpenAiCompatible);
        show();
        showEnvironments();
        m_page->findChild<QTabWidget*>(QStringLiteral("configurationTabs"))->setCurrentIndex(1);
        control<QCheckBox>("No authentication")->setChecked(true);
        control<QPushButton>("Save and deploy")->click();
        QTRY_COMPARE(details(id).environments.size(), std::size_t(2));
    }

    void changesAreNotLostByChoosingAnotherService()
    {
        m_bench->registerService("Alpha", "/alpha");
        m_bench->registerService("Beta", "/beta");
        show();
        QTRY_COMPARE(control<QLineEdit>("Name") ? control<QLineEdit>("Name")->text() : QString(),
                     QStringLiteral("Alpha"));
        control<QLineEdit>("Name")->setText(QStringLiteral("Alpha two"));
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {},
                          table()->visualRect(table()->model()->index(1, 0)).center());
        QTRY_VERIFY(control<QPushButton>("Discard changes"));
        QCOMPARE(table()->currentIndex().row(), 0);
        QCOMPARE(table()->selectionModel()->selectedRows().value(0).row(), 0);
        QCOMPARE(control<QLineEdit>("Name")->text(), QStringLiteral("Alpha two"));
        control<QPushButton>("Discard changes")->click();
        QTRY_COMPARE(control<QLineEdit>("Name")->text(), QStringLiteral("Beta"));
        QCOMPARE(table()->currentIndex().row(), 1);
        QVERIFY(!m_page->hasUnsavedInput());
    }

    void detailsThatAreNotThereYetHoldNobodyBack()
    {
        m_bench->registerService("Alpha", "/alpha");
        m_bench->registerService("Beta", "/beta");
        show();
        QTRY_COMPARE(table()->model()->rowCount(), 2); // the first one's details are still on their way
        table()->selectRow(1);
        QTRY_COMPARE(control<QLineEdit>("Name") ? control<QLineEdit>("Name")->text() : QString(),
                     QStringLiteral("Beta"));
        QVERIFY(!control<QPushButton>("Discard changes"));
    }
};

SB_UI_TEST_MAIN(tst_ServiceDetails)
#include "tst_ServiceDetails.moc"
