// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/WatchedApplication.h"

#include <QTest>
#include <QThread>
#include <QTimer>

#include <vector>

using namespace sb::ui;

class tst_WatchedApplication : public QObject {
    Q_OBJECT

    std::vector<TurnWatch::Turn> m_stalls;

    static WatchedApplication& application() { return *dynamic_cast<WatchedApplication*>(qApp); }

private Q_SLOTS:
    void init()
    {
        m_stalls.clear();
        application().watchEvents([this](const TurnWatch::Turn& turn) { m_stalls.push_back(turn); });
    }

    void anEventInWhichSomethingIsWaitedForIsNoticed()
    {
        bool handled = false;
        QMetaObject::invokeMethod(
            this,
            [&] {
                QThread::msleep(60);
                handled = true;
            },
            Qt::QueuedConnection);
        QTRY_VERIFY(handled);
        QCOMPARE(m_stalls.size(), 1U);
        QVERIFY(m_stalls[0].longest.startsWith(QStringLiteral("MetaCall to tst_WatchedApplication")));
    }

    void anotherThreadMayWait()
    {
        QThread thread;
        QObject worker;
        worker.moveToThread(&thread);
        thread.start();
        QMetaObject::invokeMethod(
            &worker, [] { QThread::msleep(60); }, Qt::BlockingQueuedConnection);
        thread.quit();
        QVERIFY(thread.wait());
        QVERIFY(m_stalls.empty());
    }

    void waitingForEventsIsNoEvent()
    {
        bool fired = false;
        QTimer::singleShot(60, this, [&fired] { fired = true; });
        QTRY_VERIFY(fired);
        QVERIFY(m_stalls.empty());
    }
};

int main(int argc, char** argv)
{
    WatchedApplication watched(argc, argv);
    tst_WatchedApplication test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_WatchedApplication.moc"
