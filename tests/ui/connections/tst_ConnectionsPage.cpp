// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/ConnectionsPage.h"

#include "kit/UndoBar.h"
#include "runtime/ServiceRegistrar.h"
#include "secrets/SecretStore.h"
#include "storage/StorageService.h"
#include "storage/repositories/RouteRepository.h"
#include "support/FakeClock.h"
#include "support/NameAudit.h"
#include "support/ScriptedPrompts.h"
#include "support/TempDatabase.h"
#include "support/UiTestMain.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace sb;
using namespace sb::ui;
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

/// The page on a real database, used as a person uses it.
class tst_ConnectionsPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        m_database = std::make_unique<test::TempDatabase>(test::TempDatabase::Engine::Sqlite);
        storage::StorageOptions options;
        options.url = m_database->url();
        m_storage = std::make_unique<storage::StorageService>(options);
        QVERIFY(taken(m_storage->open()).has_value());
        m_secrets = std::make_unique<secrets::SecretStore>(QStringLiteral("io.signalbox.Test"), m_profile->path());
        m_registrar = std::make_unique<runtime::ServiceRegistrar>(
            runtime::ServiceRegistrar::Parts{*m_storage, *m_secrets, m_clock, std::make_shared<SystemRandom>(),
                                             m_profile->path(), QStringLiteral("tester")});
        m_undo = std::make_unique<UndoBar>();
        m_prompts = std::make_unique<test::ScriptedPrompts>();
    }
    void cleanup()
    {
        m_page.reset();
        m_undo.reset();
        m_registrar.reset();
        m_secrets.reset();
        m_storage.reset();
        m_database.reset();
    }

    void withoutAServiceItLeadsToTheRegistration()
    {
        open();
        auto* action = button("viewAction");
        QTRY_VERIFY(action && action->isVisible());
        QSignalSpy navigates(m_page.get(), &Page::navigate);
        action->click();
        QCOMPARE(navigates.at(0).at(0).toString(), QStringLiteral("GenAI Services"));
        QCOMPARE(navigates.at(0).at(1).toString(), QStringLiteral("register"));
        QVERIFY(!button("newConnection")->isEnabled());
    }

    void aConnectionIsMadeAndItsKeysAreShownOnce()
    {
        registerService();
        open();
        QTRY_VERIFY(button("newConnection")->isEnabled());
        m_page->openAt(QStringLiteral("new"));
        QTRY_VERIFY(button("createConnection")->isVisible());
        QLineEdit* name = edit(QStringLiteral("Connection name"));
        QCOMPARE(name->text(), QStringLiteral("openai-app"));
        name->setText(QStringLiteral("web-frontend"));
        QVERIFY(m_page->hasUnsavedInput());
        QVERIFY(box("development")->isChecked());
        QVERIFY(!box("production")->isChecked()); // given knowingly
        box("production")->setChecked(true);
        button("createConnection")->click();

        QTRY_VERIFY(edit(QStringLiteral("Key for development")));
        const QString key = edit(QStringLiteral("Key for development"))->text();
        QVERIFY(key.startsWith(QStringLiteral("sbx_")));
        QVERIFY(edit(QStringLiteral("Key for production")));
        QCOMPARE(edit(QStringLiteral("Base URL"))->text(), QStringLiteral("http://127.0.0.1:8484/openai"));
        const QString dotEnv = visibleText("snippetDotEnv");
        QVERIFY(dotEnv.contains(QStringLiteral("SIGNALBOX_WEB_FRONTEND_APIKEY=") + key));
        QVERIFY(!visibleText("snippetCurl").contains(key));
        QVERIFY(m_page->hasUnsavedInput()); // nobody can show them again
        QCOMPARE(test::nameFaults(*m_page), QStringList());

        button("issuedClose")->click();
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QVERIFY(!m_page->hasUnsavedInput());
        for (QWidget* widget : m_page->findChildren<QWidget*>()) {
            if (auto* line = qobject_cast<QLineEdit*>(widget))
                QVERIFY(!line->text().contains(key));
            if (auto* text = qobject_cast<QPlainTextEdit*>(widget))
                QVERIFY(!text->toPlainText().contains(key));
        }
    }

    void aNameThatIsTakenIsSaidAtItsField()
    {
        registerService();
        connect1("web");
        open();
        QTRY_VERIFY(button("newConnection")->isEnabled());
        button("newConnection")->click();
        edit(QStringLiteral("Connection name"))->setText(QStringLiteral("web"));
        button("createConnection")->click();
        QTRY_VERIFY(
            edit(QStringLiteral("Connection name"))->accessibleDescription().contains(QStringLiteral("already used")));
        QCOMPARE(edit(QStringLiteral("Connection name"))->text(), QStringLiteral("web"));
    }

    void itNeedsAnEnvironment()
    {
        registerService();
        open();
        QTRY_VERIFY(button("newConnection")->isEnabled());
        button("newConnection")->click();
        box("development")->setChecked(false);
        button("createConnection")->click();
        QTest::qWait(0);
        QVERIFY(button("createConnection")->isVisible());
        QVERIFY(
            taken(m_storage->read([](DbSession& db) { return storage::ConnectionRepository(db).list(); }))->empty());
    }

    void theListShowsTargetEnvironmentsKeysAndUse()
    {
        registerService();
        connect1("web");
        open();
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QStringList cells;
        for (int column = 0; column < table()->model()->columnCount(); ++column)
            cells << table()->model()->index(0, column).data().toString();
        QCOMPARE(cells,
                 (QStringList{QStringLiteral("web"), cells.at(1), QStringLiteral("OpenAI (/openai)"),
                              QStringLiteral("development"), QStringLiteral("active"), QStringLiteral("never")}));
        QVERIFY(!cells.at(1).isEmpty());
        QVERIFY(m_page->findChild<QTableView*>(QStringLiteral("connectionKeys"))->model()->rowCount() == 1);
        QCOMPARE(test::nameFaults(*m_page), QStringList());
    }

    void revokingAsksSaysItIsFinalAndShowsTheState()
    {
        registerService();
        connect1("web");
        open();
        QTRY_VERIFY(button("revokeKey")->isEnabled());
        m_prompts->answers = {false};
        button("revokeKey")->click();
        QVERIFY(m_prompts->asked.value(0).contains(QStringLiteral("cannot be undone")));
        QCOMPARE(stateOfFirst(), QStringLiteral("active"));
        m_prompts->answers = {true};
        button("revokeKey")->click();
        QTRY_COMPARE(stateOfFirst(), QStringLiteral("revoked"));
        QVERIFY(!button("revokeKey")->isEnabled());
    }

    void aFurtherKeyIsShownAndTheOlderOneStays()
    {
        registerService();
        connect1("web");
        open();
        QTRY_VERIFY(button("newKey")->isEnabled());
        button("newKey")->click();
        QTRY_VERIFY(edit(QStringLiteral("Key for development")));
        button("issuedClose")->click();
        QTRY_COMPARE(m_page->findChild<QTableView*>(QStringLiteral("connectionKeys"))->model()->rowCount(), 2);
    }

    void deletingCanBeUndone()
    {
        registerService();
        connect1("web");
        open();
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        button("deleteConnection")->click();
        QTRY_COMPARE(table()->model()->rowCount(), 0);
        QVERIFY(m_prompts->asked.isEmpty());
        QVERIFY(m_undo->canUndo());
        m_undo->undo();
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QTRY_COMPARE(stateOfFirst(), QStringLiteral("active"));
    }

    void eachOfTwoDeletionsCanBeUndone()
    {
        registerService();
        connect1("web");
        connect1("batch");
        open();
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        for (int left = 1; left >= 0; --left) {
            button("deleteConnection")->click();
            QTRY_COMPARE(table()->model()->rowCount(), left);
        }
        for (int back = 1; back <= 2; ++back) {
            QVERIFY(m_undo->canUndo());
            m_undo->undo();
            QTRY_COMPARE(table()->model()->rowCount(), back);
        }
    }

    void deletingInProductionAsksForTheName()
    {
        registerService();
        connect1("web", EnvironmentId(3));
        open();
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        m_prompts->answers = {false};
        button("deleteConnection")->click();
        QCOMPARE(m_prompts->asked.size(), 1);
        QTest::qWait(0);
        QCOMPARE(table()->model()->rowCount(), 1);
    }

    void theFilterSearchesEveryColumn()
    {
        registerService();
        connect1("web");
        connect1("batch");
        open();
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        auto* filter = m_page->findChild<QLineEdit*>(QStringLiteral("connectionFilter"));
        filter->setText(QStringLiteral("BAT"));
        QCOMPARE(table()->model()->rowCount(), 1);
        filter->setText(QStringLiteral("nothing"));
        QTRY_VERIFY(button("viewAction")->isVisible());
        button("viewAction")->click();
        QCOMPARE(table()->model()->rowCount(), 2);
    }

    void copyingACodeSnippetCopiesTheTabInFront()
    {
        registerService();
        connect1("web");
        open();
        QTRY_VERIFY(visibleButton("copySnippet"));
        visibleButton("copySnippet")->click();
        QVERIFY(QGuiApplication::clipboard()->text().contains(
            QStringLiteral("SIGNALBOX_WEB_SERVICEURL=http://127.0.0.1:8484/openai")));
    }

    void aRoutesNameIsTheModelOfItsSnippets()
    {
        registerService();
        Route route;
        route.organization = OrganizationId(1);
        route.name = "smart";
        route.targets = {{"/openai", "gpt-4o-mini"}};
        const auto put = [this, route](DbSession& db) {
            return storage::RouteRepository(db).put(route, "tester", m_clock.now(), m_random);
        };
        const Result<RouteId> made = taken(m_storage->write(put));
        QVERIFY(made.has_value());
        Connection connection;
        connection.name = "web";
        connection.project = ProjectId(1);
        connection.route = *made;
        QVERIFY(taken(m_registrar->createConnection(connection, {EnvironmentId(1)}, 90)).has_value());
        open();
        QTRY_VERIFY(visibleText("snippetPython").contains(QStringLiteral("model=\"smart\"")));
        QVERIFY(visibleText("snippetCurl").contains(QStringLiteral("\"model\":\"smart\"")));
        QVERIFY(visibleText("snippetDotEnv").contains(QStringLiteral("SERVICEURL=http://127.0.0.1:8484\n")));

        QTRY_VERIFY(button("newKey")->isEnabled());
        button("newKey")->click();
        QTRY_VERIFY(edit(QStringLiteral("Key for development")));
        for (const auto* code : m_page->findChildren<QPlainTextEdit*>(QStringLiteral("snippetTypeScript")))
            QVERIFY2(code->toPlainText().contains(QStringLiteral("model: \"smart\"")), qPrintable(code->toPlainText()));
    }

private:
    void open()
    {
        m_page = std::make_unique<ConnectionsPage>(
            ConnectionsSlice{*m_storage, *m_registrar, m_clock, *m_prompts, *m_undo, "tester",
                             [] { return QStringLiteral("http://127.0.0.1:8484"); }});
        new QAbstractItemModelTester(table()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal,
                                     m_page.get());
        m_page->resize(1100, 750);
        m_page->show();
        m_page->activate();
    }

    void registerService()
    {
        auto draft = std::make_shared<ServiceDraft>();
        draft->service.name = "OpenAI";
        draft->service.contextPath = "/openai";
        draft->service.url = "https://api.openai.com/v1";
        for (const int id : {1, 3}) {
            EnvironmentDraft tab;
            tab.environment = EnvironmentId(id);
            tab.configured = true;
            tab.authorizationHeader = "Authorization: Bearer";
            tab.apiKey = Secret(std::string_view("env:OPENAI_API_KEY"));
            draft->environments.push_back(std::move(tab));
        }
        QSignalSpy registered(m_registrar.get(), &runtime::ServiceRegistrar::registered);
        connect(m_registrar.get(), &runtime::ServiceRegistrar::registered, this,
                [this](const auto& result) { m_service = result.id; });
        m_registrar->registerService(draft);
        QTRY_COMPARE(registered.count(), 1);
    }

    void connect1(const char* name, EnvironmentId environment = EnvironmentId(1))
    {
        Connection connection;
        connection.name = name;
        connection.project = ProjectId(1);
        connection.service = m_service;
        QVERIFY(taken(m_registrar->createConnection(connection, {environment}, 90)).has_value());
    }

    QPushButton* button(const char* name) const { return m_page->findChild<QPushButton*>(QLatin1String(name)); }
    QPushButton* visibleButton(const char* name) const
    {
        for (auto* found : m_page->findChildren<QPushButton*>(QLatin1String(name))) {
            if (found->isVisible())
                return found;
        }
        return nullptr;
    }
    QCheckBox* box(const char* environment) const
    {
        return m_page->findChild<QCheckBox*>(QStringLiteral("connectionEnvironment_") + QLatin1String(environment));
    }
    QLineEdit* edit(const QString& accessibleName) const
    {
        for (auto* found : m_page->findChildren<QLineEdit*>()) {
            if (found->accessibleName() == accessibleName && found->isVisible())
                return found;
        }
        return nullptr;
    }
    QString visibleText(const char* name) const
    {
        // The issued keys' snippets stand before the details' in no particular order; only one of them belongs to the
        // front page.
        for (auto* found : m_page->findChildren<QPlainTextEdit*>(QLatin1String(name))) {
            if (found->parentWidget() && found->window()->isVisible() && !found->toPlainText().isEmpty())
                return found->toPlainText();
        }
        return {};
    }
    QTableView* table() const { return m_page->findChild<QTableView*>(QStringLiteral("connections")); }
    QString stateOfFirst() const { return table()->model()->index(0, 4).data().toString(); }

    test::FakeClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<test::TempDatabase> m_database;
    std::unique_ptr<storage::StorageService> m_storage;
    std::unique_ptr<secrets::SecretStore> m_secrets;
    std::unique_ptr<runtime::ServiceRegistrar> m_registrar;
    std::unique_ptr<UndoBar> m_undo;
    std::unique_ptr<test::ScriptedPrompts> m_prompts;
    std::unique_ptr<ConnectionsPage> m_page;
    ServiceId m_service;
};

SB_UI_TEST_MAIN(tst_ConnectionsPage)
#include "tst_ConnectionsPage.moc"
