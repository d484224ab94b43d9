// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "home/HomePage.h"

#include "home/SimulatorHost.h"
#include "kit/MessageBar.h"
#include "kit/UiText.h"
#include "storage/SampleTraffic.h"
#include "support/UiTestMain.h"
#include "ui/Names.h"
#include "ui/Workbench.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <utility>

using namespace sb;
using namespace sb::ui;
using sb::test::Workbench;

class tst_HomePage : public QObject {
    Q_OBJECT

    std::unique_ptr<Workbench> m_bench;
    std::unique_ptr<SimulatorHost> m_simulator;
    std::unique_ptr<HomePage> m_page;
    std::optional<Error> m_gatewayFailure;
    QString m_address = QStringLiteral("http://127.0.0.1:8484");

    void show()
    {
        Workbench& bench = *m_bench;
        m_simulator = std::make_unique<SimulatorHost>(
            SimulatorHost::Parts{*bench.storage, *bench.registrar, [&bench] { return bench.workplace.environments; }});
        m_page = std::make_unique<HomePage>(HomeSlice{
            *bench.storage, bench.clock, [this] { return m_address; }, [&bench] { return !bench.gatewayRunning; },
            [&bench] { ++bench.gatewayStarts; }, [&bench] { return bench.workplace.environments; }, *m_simulator,
            [this] { return m_gatewayFailure; }, [&bench] { return bench.faults; }});
        m_page->resize(1100, 800);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->activate();
    }
    bool shows(const QString& text)
    {
        const auto labels = m_page->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->text() == text; });
    }
    QPushButton* button(const char* name) { return m_page->findChild<QPushButton*>(QLatin1String(name)); }

private Q_SLOTS:
    void init() { m_bench = std::make_unique<Workbench>(); }
    void cleanup()
    {
        m_page.reset();
        m_gatewayFailure.reset();
        m_address = QStringLiteral("http://127.0.0.1:8484");
        m_simulator.reset();
        m_bench.reset();
    }

    void saysWhyTheGatewayCouldNotStart()
    {
        m_bench->gatewayRunning = false;
        m_gatewayFailure = Error{ErrorCode::Conflict, "port 8484 cannot be opened", "port"};
        show();
        m_page->gatewayChanged(); // told twice, said once
        const auto* bar = m_page->findChild<MessageBar*>();
        QStringList said;
        for (const QLabel* label : bar->findChildren<QLabel*>())
            said << label->text();
        QVERIFY2(said.contains(QStringLiteral("The gateway could not start at http://127.0.0.1:8484. ") +
                               UiText::sentence(*m_gatewayFailure)),
                 qPrintable(said.join(QLatin1Char('|'))));
    }

    void newcomerIsLedToTheRegistration()
    {
        show();
        QTRY_VERIFY(button("stepService")->isVisible());
        QCOMPARE(test::nameFaults(*m_page), QStringList());
        QSignalSpy navigate(m_page.get(), &Page::navigate);
        button("stepService")->click();
        QCOMPARE(navigate.takeFirst(), QVariantList({QStringLiteral("GenAI Services"), QStringLiteral("register")}));
    }

    void stepsAreTickedFromTheDatabase()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai"); // with a limit
        show();
        QTRY_VERIFY(button("stepKey")->isVisible());
        QVERIFY(!button("stepService")->isVisible());
        QVERIFY(!button("stepLimit")->isVisible());
        QVERIFY(button("stepCall")->isVisible());
        m_bench->connectTo(id, "web");
        m_page->activate();
        QTRY_VERIFY(!button("stepKey")->isVisible());
    }

    void theLimitIsSetWhereLimitsAre()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        auto unlimited = std::make_shared<EnvironmentDraft>(m_bench->environmentDraft());
        unlimited->maxTotalTokens.clear();
        QVERIFY(Workbench::wait(m_bench->registrar->updateEnvironment(id, unlimited)));
        show();
        QTRY_VERIFY(button("stepLimit")->isVisible());
        QSignalSpy navigate(m_page.get(), &Page::navigate);
        button("stepLimit")->click();
        QCOMPARE(navigate.takeFirst().at(1).toString(), QStringLiteral("service/%1/limits").arg(id.value));
    }

    void cardSaysWhatIsNotServed()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        show();
        QTRY_VERIFY(shows(QStringLiteral("active")));
        m_bench->faults = {{{id, m_bench->workplace.environments.front().id}, QStringLiteral("no key")}};
        m_page->servingChanged();
        QTRY_VERIFY(shows(QStringLiteral("not served")));
        QVERIFY(!shows(QStringLiteral("active")));
    }

    void cardOpensItsService()
    {
        const ServiceId id = m_bench->registerService("OpenAI", "/openai");
        show();
        QTRY_VERIFY(button("openService"));
        QSignalSpy navigate(m_page.get(), &Page::navigate);
        button("openService")->click();
        QCOMPARE(navigate.takeFirst().at(1).toString(), QStringLiteral("service/%1").arg(id.value));
        QCOMPARE(test::nameFaults(*m_page), QStringList());
    }

    void cardsShowWhereTheGatewayAnswersNow()
    {
        m_bench->registerService("OpenAI", "/openai");
        m_address = QStringLiteral("http://127.0.0.1:0"); // any free port, not known before the start
        show();
        QTRY_VERIFY(shows(QStringLiteral("http://127.0.0.1:0/openai")));
        m_address = QStringLiteral("http://127.0.0.1:40404");
        m_page->gatewayChanged();
        QTRY_VERIFY(shows(QStringLiteral("http://127.0.0.1:40404/openai")));
    }

    void cardsShowEnvironmentsThatWereReadLater()
    {
        m_bench->registerService("OpenAI", "/openai");
        const auto environments = std::exchange(m_bench->workplace.environments, {});
        show();
        QTRY_VERIFY(button("openService"));
        QVERIFY(!shows(QStringLiteral("production")));
        m_bench->workplace.environments = environments;
        m_page->refresh();
        QTRY_VERIFY(shows(QStringLiteral("production")));
    }

    void cardsNeverAskForMoreWidthThanThereIs()
    {
        for (const char* path : {"/a", "/b", "/c", "/d"})
            m_bench->registerService(std::string("A service with quite a long name ") + path, path);
        show();
        QTRY_VERIFY(button("openService"));
        const auto* scroll = m_page->findChild<QScrollArea*>();
        for (const int width : {1200, 800, 500}) {
            m_page->resize(width, 800);
            QTRY_COMPARE(scroll->horizontalScrollBar()->maximum(), 0);
        }
    }

    void simulatorIsRegisteredInOneClick()
    {
        show();
        QTRY_VERIFY(button("tryOut")->isVisible());
        QSignalSpy navigate(m_page.get(), &Page::navigate);
        button("tryOut")->click();
        QTRY_COMPARE(navigate.size(), 1);
        QCOMPARE(navigate.first().first().toString(), QStringLiteral("Prompt Lab"));
        m_page->activate();
        QTRY_VERIFY(!button("tryOut")->isVisible());
        auto id = m_bench->ask(
            [](storage::DbSession& db) { return storage::ServiceRepository(db).findByContextPath("/simulator"); });
        QVERIFY(id);
    }

    void sampleDataComesAndGoesInOneClick()
    {
        show();
        QTRY_VERIFY(button("sampleExplore")->isVisible());
        QSignalSpy navigate(m_page.get(), &Page::navigate);
        button("sampleExplore")->click();
        QTRY_VERIFY_WITH_TIMEOUT(navigate.size() == 1, 30'000);
        QCOMPARE(navigate.first().first().toString(), QStringLiteral("Dashboards"));
        QVERIFY(button("sampleRemove")->isVisible());
        button("sampleRemove")->click();
        QTRY_VERIFY_WITH_TIMEOUT(button("sampleExplore")->isVisible(), 30'000);
        auto left = m_bench->ask([](storage::DbSession& db) { return storage::SampleTraffic::exists(db); });
        QVERIFY(left && !*left);
    }

    void stoppedGatewayIsSaidAndCanBeStarted()
    {
        m_bench->gatewayRunning = false;
        show();
        QTRY_VERIFY(button("messageAction")->isVisible());
        button("messageAction")->click();
        QCOMPARE(m_bench->gatewayStarts, 1);
        m_bench->gatewayRunning = true;
        m_page->gatewayChanged();
        QVERIFY(!button("messageAction")->isVisible());
    }
};

SB_UI_TEST_MAIN(tst_HomePage)
#include "tst_HomePage.moc"
