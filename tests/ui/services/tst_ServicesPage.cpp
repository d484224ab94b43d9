// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ServicesPage.h"

#include "services/EnvironmentForm.h"
#include "storage/repositories/ServiceRepository.h"
#include "support/UiTestMain.h"
#include "ui/Names.h"
#include "ui/Workbench.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

using namespace sb;
using namespace sb::ui;
using sb::test::Workbench;

class tst_ServicesPage : public QObject {
    Q_OBJECT

    std::unique_ptr<Workbench> m_bench;
    std::unique_ptr<ServicesPage> m_page;

    template <class W = QWidget>
    W* control(const char* name)
    {
        for (W* widget : m_page->findChildren<W*>()) {
            if (widget->isVisible() && test::heardName(widget, *m_page) == QLatin1String(name))
                return widget;
        }
        return nullptr;
    }
    QTableView* table() { return m_page->findChild<QTableView*>(QStringLiteral("serviceTable")); }
    QString cell(int row, const QString& column)
    {
        const QAbstractItemModel* model = table()->model();
        for (int i = 0; i < model->columnCount(); ++i) {
            if (model->headerData(i, Qt::Horizontal).toString() == column)
                return model->index(row, i).data().toString();
        }
        return QStringLiteral("no such column");
    }
    void showOneDeletedService()
    {
        m_bench->registerService("OpenAI", "/openai");
        show();
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QTest::keyClick(table(), Qt::Key_Delete);
        QTRY_VERIFY(m_bench->undo->canUndo());
        control<QPushButton>("Recently deleted")->click();
        QTRY_VERIFY(control<QTableView>("Deleted services"));
    }

    void show()
    {
        m_page = std::make_unique<ServicesPage>(m_bench->slice());
        m_page->resize(1200, 900);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->activate();
    }
    storage::ServiceDetails details(ServiceId id)
    {
        auto read = m_bench->ask([id](storage::DbSession& db) { return storage::ServiceRepository(db).get(id); });
        return read ? *std::move(read) : storage::ServiceDetails{};
    }
    Service stored(ServiceId id) { return details(id).service; }
    QString issue(const char* key)
    {
        for (QLabel* label : m_page->findChildren<QLabel*>(QLatin1String(key) + QStringLiteral("Issue"))) {
            if (label->isVisible())
                return label->text();
        }
        return {};
    }
    void showEnvironments()
    {
        QTRY_VERIFY(control<QPushButton>("Save changes"));
        for (QTabWidget* tab : m_page->findChildren<QTabWidget*>()) {
            if (tab->isVisible() && tab->tabText(0) == QStringLiteral("General details"))
                tab->setCurrentIndex(1);
        }
        QVERIFY(control<QPushButton>("Save and deploy"));
    }

private Q_SLOTS:
    void init() { m_bench = std::make_unique<Workbench>(); }
    void cleanup()
    {
        m_page.reset();
        m_bench.reset();
    }

    void emptyListOffersToRegister()
    {
        show();
        QTRY_VERIFY(control<QPushButton>("Register the first service"));
        QCOMPARE(test::nameFaults(*m_page), QStringList());
        control<QPushButton>("Register the first service")->click();
        QVERIFY(control<QPushButton>("Next"));
    }

    void listShowsScopeAndStatePerEnvironment()
    {
        m_bench->registerService("OpenAI", "/openai");
        show();
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QCOMPARE(cell(0, QStringLiteral("Name")), QStringLiteral("OpenAI"));
        QCOMPARE(cell(0, QStringLiteral("Scope")), QStringLiteral("organization"));
        QCOMPARE(cell(0, QStringLiteral("Context path")), QStringLiteral("/openai"));
        QCOMPARE(cell(0, QStringLiteral("development")), QStringLiteral("active"));
        QCOMPARE(cell(0, QStringLiteral("production")), QStringLiteral("not configured"));
        QCOMPARE(cell(0, QStringLiteral("Requests 24 h")), QStringLiteral("0"));
    }

    void whatTheGatewayCannotServeIsNotActive()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        show();
        QTRY_COMPARE(cell(0, QStringLiteral("development")), QStringLiteral("active"));
        m_bench->faults = {{{id, m_bench->workplace.environments.front().id}, QStringLiteral("its secret is gone")}};
        m_page->servingChanged();
        QCOMPARE(cell(0, QStringLiteral("development")), QStringLiteral("not served"));
        QCOMPARE(cell(0, QStringLiteral("production")), QStringLiteral("not configured"));
        const QModelIndex state = table()->model()->index(0, 4);
        QVERIFY(state.data(Qt::ToolTipRole).toString().contains(QStringLiteral("its secret is gone")));
        m_bench->faults = {};
        m_page->servingChanged();
        QCOMPARE(cell(0, QStringLiteral("development")), QStringLiteral("active"));
    }

    void everyControlHasItsOwnName()
    {
        m_bench->registerService("OpenAI", "/openai");
        show();
        QTRY_VERIFY(control<QPushButton>("Save changes"));
        QCOMPARE(test::nameFaults(*m_page), QStringList());
        for (QTabWidget* tab : m_page->findChildren<QTabWidget*>()) {
            if (tab->isVisible() && tab->count() == 3 && tab->tabText(0) == QStringLiteral("General details"))
                tab->setCurrentIndex(1);
        }
        QVERIFY(control<QPushButton>("Save and deploy"));
        QCOMPARE(test::nameFaults(*m_page), QStringList());
    }

    void statesAreReadWhole()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        for (std::size_t i = 1; i < 3; ++i)
            QVERIFY(Workbench::wait(m_bench->registrar->updateEnvironment(
                id, std::make_shared<EnvironmentDraft>(m_bench->environmentDraft(i)))));
        show();
        QTRY_COMPARE(cell(0, QStringLiteral("staging")), QStringLiteral("active"));
        m_bench->registerService("Other", "/other"); // "not configured" is longer
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        const auto narrow = [&] {
            QStringList names;
            for (int i = 0; i < table()->model()->columnCount(); ++i) {
                for (int row = 0; row < table()->model()->rowCount(); ++row) {
                    if (table()->columnWidth(i) < table()->sizeHintForIndex(table()->model()->index(row, i)).width())
                        names << table()->model()->headerData(i, Qt::Horizontal).toString();
                }
            }
            return names;
        };
        QTRY_COMPARE(narrow(), QStringList());
    }

    void nothingIsThereToDelete()
    {
        m_page = std::make_unique<ServicesPage>(m_bench->slice());
        m_page->show();
        QVERIFY(!control<QPushButton>("Delete service")->isEnabled()); // before anything was read
        m_page->activate();
        QTRY_VERIFY(control<QPushButton>("Register the first service"));
        QVERIFY(!control<QPushButton>("Delete service")->isEnabled());
    }

    void filterHidesAndSaysSo()
    {
        m_bench->registerService("OpenAI", "/openai");
        m_bench->registerService("Claude", "/claude", ProviderKind::Anthropic);
        show();
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        control<QLineEdit>("Filter services")->setText(QStringLiteral("anthropic"));
        QCOMPARE(table()->model()->rowCount(), 1);
        control<QLineEdit>("Filter services")->setText(QStringLiteral("nothing like it"));
        QVERIFY(control<QPushButton>("Clear filters"));
        QVERIFY(!control<QPushButton>("Delete service")->isEnabled());
        control<QPushButton>("Clear filters")->click();
        QCOMPARE(table()->model()->rowCount(), 2);
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
        row.limits = {LimitRule{.per = LimitWindow::Minute, .maxTotalTokens = 110'000},
                      LimitRule{.per = LimitWindow::Day, .maxTotalTokens = 5'000'000}};
        QVERIFY(Workbench::wait(m_bench->storage->write([id, row, now = m_bench->clock.now()](storage::DbSession& db) {
            return storage::ServiceRepository(db).putEnvironment(id, row, "file", now);
        })));
        show();
        showEnvironments();
        const auto* shown = m_page->findChild<QLabel*>(QStringLiteral("managedLimits"));
        QVERIFY(shown->isVisible());
        QVERIFY(shown->text().contains(QStringLiteral("per day")));
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

    void deletingOffersUndo()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        show();
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        control<QPushButton>("Delete service")->click();
        QTRY_VERIFY(m_bench->undo->canUndo());
        QTRY_VERIFY(control<QPushButton>("Register the first service"));
        m_bench->undo->undo();
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QVERIFY(stored(id).name == "OpenAI");
    }

    void deletedServiceCanBeRestoredLater()
    {
        showOneDeletedService();
        control<QPushButton>("Restore")->click();
        QTRY_VERIFY(control<QTableView>("Services"));
        QTRY_COMPARE(table()->model()->rowCount(), 1);
    }

    void whatIsUndoneIsNoLongerListedAsDeleted()
    {
        showOneDeletedService();
        m_bench->undo->undo();
        QTRY_VERIFY(!control<QTableView>("Deleted services"));
        QVERIFY(!control<QPushButton>("Restore")->isEnabled());
    }

    void serviceInUseIsNotDeleted()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        m_bench->connectTo(id, "web-frontend");
        show();
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        control<QPushButton>("Delete service")->click();
        QTRY_VERIFY(m_page->findChild<QLabel*>(QStringLiteral("messageText")));
        const auto said = [&] {
            for (const QLabel* label : m_page->findChildren<QLabel*>(QStringLiteral("messageText"))) {
                if (label->isVisible() && label->text().contains(QStringLiteral("web-frontend")))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(said());
        QVERIFY(!m_bench->undo->canUndo());
        QCOMPARE(table()->model()->rowCount(), 1);
    }

    void draftSurvivesLeaving()
    {
        show();
        QTRY_VERIFY(control<QPushButton>("Register service"));
        control<QPushButton>("Register service")->click();
        m_page->openAt(QStringLiteral("register/anthropic"));
        control<QPushButton>("Next")->click();
        control<QLineEdit>("Name")->setText(QStringLiteral("Claude"));
        control<QPushButton>("Cancel")->click();
        QVERIFY(m_page->hasUnsavedInput());
        QTRY_VERIFY(control<QPushButton>("Resume registration"));
        control<QPushButton>("Resume registration")->click();
        QCOMPARE(control<QLineEdit>("Name")->text(), QStringLiteral("Claude"));
    }

    void registeringAgainGoesOnWithTheDraft()
    {
        show();
        m_page->openAt(QStringLiteral("register/anthropic"));
        control<QPushButton>("Next")->click();
        control<QLineEdit>("Name")->setText(QStringLiteral("Claude"));
        m_page->openAt(QStringLiteral("register")); // Ctrl+N by habit
        QCOMPARE(control<QLineEdit>("Name")->text(), QStringLiteral("Claude"));
        control<QPushButton>("Start afresh")->click();
        QVERIFY(control<QRadioButton>("OpenAI"));
        QVERIFY(!m_page->hasUnsavedInput());
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

    void aLinkLeadsToTheLimits()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        show();
        m_page->openAt(QStringLiteral("service/%1/limits").arg(id.value));
        QTRY_VERIFY(control<QLineEdit>("Max Total Token Count"));
    }

    void newServiceAppearsAndIsSelected()
    {
        m_bench->registerService("Alpha", "/alpha");
        const ServiceId second = m_bench->registerService("Beta", "/beta");
        show();
        m_page->openAt(QStringLiteral("service/%1").arg(second.value));
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        QTRY_COMPARE(table()->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("Beta"));
    }
};

SB_UI_TEST_MAIN(tst_ServicesPage)
#include "tst_ServicesPage.moc"
