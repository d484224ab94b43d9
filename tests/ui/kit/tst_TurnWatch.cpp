// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/TurnWatch.h"

#include <QEvent>
#include <QTest>

#include <optional>

using namespace sb;
using namespace sb::ui;
using namespace std::chrono_literals;

class tst_TurnWatch : public QObject {
    Q_OBJECT

    /// A watch whose thread does what the test says.
    struct Rig {
        explicit Rig(TurnWatch::Unit unit = TurnWatch::Unit::Turn, int slowness = 1)
            : watch(unit, {.own = 50ms, .slowness = slowness}, {[this] { return now; }, [this] { return readyOthers; }})
        {
            watch.onStall([this](const TurnWatch::Turn& turn) { stalls.push_back(turn); });
            receiver.setObjectName(QStringLiteral("page"));
        }

        void begin(QEvent::Type type = QEvent::Timer)
        {
            const QEvent event(type);
            watch.beginEvent(&receiver, &event);
        }
        void compute(std::chrono::nanoseconds time)
        {
            now.wall += time;
            now.computed += time;
        }
        void sleep(std::chrono::nanoseconds time)
        {
            now.wall += time;
            ++now.sleeps;
        }
        void standReady(std::chrono::nanoseconds time)
        {
            now.wall += time;
            now.ready += time;
        }
        void event(std::chrono::nanoseconds time, QEvent::Type type = QEvent::Timer)
        {
            begin(type);
            compute(time);
            watch.endEvent();
        }

        QObject receiver;
        ThreadTimes now;
        std::chrono::nanoseconds readyOthers{};
        TurnWatch watch;
        std::vector<TurnWatch::Turn> stalls;
    };

private Q_SLOTS:
    void aShortTurnIsNone()
    {
        Rig rig;
        rig.event(50ms);
        rig.watch.look();
        QVERIFY(rig.stalls.empty());
    }

    void aTurnThatComputesTooLongStandsStill()
    {
        Rig rig;
        rig.event(51ms, QEvent::UpdateRequest);
        rig.watch.look();
        QCOMPARE(rig.stalls.size(), 1U);
        QCOMPARE(rig.stalls[0].longest, QStringLiteral("UpdateRequest to QObject page"));
    }

    void severalShortEventsMakeALongTurn()
    {
        Rig rig;
        rig.event(20ms, QEvent::Timer);
        rig.event(25ms, QEvent::MetaCall);
        rig.event(10ms, QEvent::Timer);
        rig.watch.look();
        QCOMPARE(rig.stalls.size(), 1U);
        QCOMPARE(rig.stalls[0].events, 3);
        QVERIFY(rig.stalls[0].times.wall == 55ms);
        QCOMPARE(rig.stalls[0].longest, QStringLiteral("MetaCall to QObject page"));
    }

    void whatHappensBetweenEventsIsNotTheTurns()
    {
        Rig rig;
        rig.event(20ms);
        rig.sleep(1s); // waiting for events
        rig.event(20ms);
        rig.watch.look();
        QVERIFY(rig.stalls.empty());
    }

    void aTurnThatSleepsStandsStillInEveryBuild()
    {
        Rig rig(TurnWatch::Unit::Turn, 100);
        rig.begin();
        rig.sleep(51ms);
        rig.watch.endEvent();
        rig.watch.look();
        QCOMPARE(rig.stalls.size(), 1U);
        QVERIFY(rig.stalls[0].times.slept() == 51ms);
    }

    void aSlowBuildMayComputeLonger()
    {
        Rig rig(TurnWatch::Unit::Turn, 3);
        rig.event(150ms);
        rig.watch.look();
        QVERIFY(rig.stalls.empty());
        rig.event(151ms);
        rig.watch.look();
        QCOMPARE(rig.stalls.size(), 1U);
    }

    void aBusyMachineIsNotTheThreadsFault()
    {
        Rig rig;
        rig.begin();
        rig.compute(10ms);
        rig.standReady(2s);
        rig.watch.endEvent();
        rig.watch.look();
        QVERIFY(rig.stalls.empty());
    }

    void norIsAProgramThatIsReadFromTheDisk()
    {
        Rig rig;
        rig.begin();
        rig.sleep(2s);
        rig.now.pagesRead = 3;
        rig.watch.endEvent();
        rig.watch.look();
        QVERIFY(rig.stalls.empty());
    }

    void norIsAWaitForThreadsThatGetNoProcessor()
    {
        Rig rig;
        rig.begin();
        rig.sleep(2s);
        rig.readyOthers += 1500ms;
        rig.watch.endEvent();
        rig.watch.look();
        QVERIFY(rig.stalls.empty());

        rig.begin();
        rig.sleep(2s);
        rig.readyOthers += 20ms;
        rig.watch.endEvent();
        rig.watch.look();
        QCOMPARE(rig.stalls.size(), 1U);
    }

    void nestedEventsBelongToTheOuterOne()
    {
        Rig rig;
        rig.begin(QEvent::MouseButtonRelease);
        rig.event(30ms);
        rig.event(30ms);
        rig.watch.endEvent();
        rig.watch.look();
        QCOMPARE(rig.stalls.size(), 1U);
        QCOMPARE(rig.stalls[0].events, 1);
        QCOMPARE(rig.stalls[0].longest, QStringLiteral("MouseButtonRelease to QObject page"));
    }

    void anEventWithALoopOfItsOwnDoesNotStandStillButTheLoopsTurnsMay()
    {
        Rig rig;
        rig.begin(QEvent::MouseButtonPress);
        rig.watch.look();
        rig.event(10ms);
        rig.watch.look();
        rig.sleep(5s);
        rig.event(60ms, QEvent::Timer);
        rig.watch.look();
        rig.watch.endEvent();
        rig.watch.look();
        QCOMPARE(rig.stalls.size(), 1U);
        QVERIFY(rig.stalls[0].times.wall == 60ms);

        rig.event(60ms); // and afterwards it watches as before
        rig.watch.look();
        QCOMPARE(rig.stalls.size(), 2U);
    }

    void aTestsEventsAreJudgedOneByOne()
    {
        Rig rig(TurnWatch::Unit::Event);
        rig.event(40ms);
        rig.event(40ms);
        QVERIFY(rig.stalls.empty());
        rig.event(60ms);
        QCOMPARE(rig.stalls.size(), 1U);
    }

    void theReceiverMayBeGoneWhenTheEventEnds()
    {
        Rig rig;
        std::optional<QObject> receiver(std::in_place);
        receiver->setObjectName(QStringLiteral("closed"));
        const QEvent event(QEvent::DeferredDelete);
        rig.watch.beginEvent(&*receiver, &event);
        receiver.reset();
        rig.compute(60ms);
        rig.watch.endEvent();
        rig.watch.look();
        QCOMPARE(rig.stalls[0].longest, QStringLiteral("DeferredDelete to QObject closed"));
    }

    void figuresAreOfTheTurnsSinceTheLastCall()
    {
        Rig rig;
        for (int i = 0; i < 99; ++i) {
            rig.event(1ms);
            rig.watch.look();
        }
        rig.event(20ms, QEvent::UpdateRequest);
        rig.watch.look();
        const TurnWatch::Figures figures = rig.watch.take();
        QCOMPARE(figures.turns, 100);
        QVERIFY(figures.busy == 119ms);
        const auto near = [](std::chrono::nanoseconds value, std::chrono::nanoseconds wanted) {
            return value > wanted * 9 / 10 && value < wanted * 11 / 10;
        };
        QVERIFY(near(figures.median, 1ms));
        QVERIFY(near(figures.percentile99, 1ms));
        QVERIFY(figures.longest.times.wall == 20ms);
        QCOMPARE(rig.watch.take().turns, 0);
    }
};

QTEST_GUILESS_MAIN(tst_TurnWatch)
#include "tst_TurnWatch.moc"
