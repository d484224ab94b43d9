// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/ServicesPageBench.h"

#include "support/UiTestMain.h"

#include <QLineEdit>
#include <QRadioButton>

using namespace sb;
using namespace sb::ui;
using sb::test::Workbench;

class tst_ServicesPage : public QObject, private test::ServicesPageBench {
    Q_OBJECT

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
