// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promptlab/EventSplitter.h"

#include <QTest>
#include <QtEndian>

using sb::promptlab::EventSplitter;

namespace {

QByteArray be(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray stringHeader(const QByteArray& name, const QByteArray& value)
{
    QByteArray bytes(1, static_cast<char>(name.size()));
    bytes += name;
    bytes += '\x07';
    bytes += be(static_cast<quint32>(value.size())).right(2);
    return bytes + value;
}

QByteArray frame(const QByteArray& type, const QByteArray& payload)
{
    const QByteArray headers = stringHeader(":event-type", type) + stringHeader(":message-type", "event");
    const auto total = static_cast<quint32>(16 + headers.size() + payload.size());
    return be(total) + be(static_cast<quint32>(headers.size())) + be(0) + headers + payload + be(0);
}

} // namespace

class tst_EventSplitter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void serverSentEvents_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QStringList>("events");
        QTest::newRow("one") << QByteArray("data: a\n\n") << QStringList{QStringLiteral("|a")};
        QTest::newRow("named") << QByteArray("event: x\ndata: a\n\n") << QStringList{QStringLiteral("x|a")};
        QTest::newRow("CR LF") << QByteArray("event: x\r\ndata: a\r\n\r\ndata: b\r\n\r\n") << QStringList{QStringLiteral("x|a"), QStringLiteral("|b")};
        QTest::newRow("CR") << QByteArray("data: a\r\rdata: b\r\r\n") << QStringList{QStringLiteral("|a"), QStringLiteral("|b")};
        QTest::newRow("comment") << QByteArray(": ping\n\ndata: a\n\n") << QStringList{QStringLiteral("|a")};
        QTest::newRow("two lines") << QByteArray("data: a\ndata: b\n\n") << QStringList{QStringLiteral("|a\nb")};
        QTest::newRow("no blank") << QByteArray("data:a\n\n") << QStringList{QStringLiteral("|a")};
        QTest::newRow("empty data") << QByteArray("data\n\n") << QStringList{QStringLiteral("|")};
        QTest::newRow("name is not kept") << QByteArray("event: x\n\ndata: a\n\n") << QStringList{QStringLiteral("|a")};
        QTest::newRow("unfinished") << QByteArray("data: a\n\ndata: b\n") << QStringList{QStringLiteral("|a")};
        QTest::newRow("UTF-8") << QByteArray("data: \xE2\x82\xAC\xC3\xA4\n\n") << QStringList{QStringLiteral("|€ä")};
    }
    void serverSentEvents()
    {
        QFETCH(QByteArray, stream);
        QTEST(split(EventSplitter::Kind::Sse, {stream}), "events");
        for (qsizetype at = 0; at <= stream.size(); ++at)
            QTEST(split(EventSplitter::Kind::Sse, {stream.left(at), stream.mid(at)}), "events");
    }

    void framesAreFoundHoweverTheyAreCut()
    {
        const QByteArray stream = frame("messageStart", "{}") + frame("contentBlockDelta", "{\"x\":1}");
        const QStringList expected{QStringLiteral("messageStart|{}"), QStringLiteral("contentBlockDelta|{\"x\":1}")};
        for (qsizetype at = 0; at <= stream.size(); ++at)
            QCOMPARE(split(EventSplitter::Kind::AwsEventStream, {stream.left(at), stream.mid(at)}), expected);
    }

    void impossibleLengthsAreCorruptAndReadNothing()
    {
        const QByteArray good = frame("a", "b");
        for (const QByteArray& bad : {be(3) + good.mid(4), be(0xFFFFFFFF) + good.mid(4), good.left(4) + be(9999) + good.mid(8),
                                      good.left(12) + QByteArray("\xff") + good.mid(13)}) {
            EventSplitter splitter(EventSplitter::Kind::AwsEventStream);
            int events = 0;
            splitter.feed(bad, [&events](const EventSplitter::Event&) { ++events; });
            QVERIFY(splitter.isCorrupt());
            QCOMPARE(events, 0);
        }
    }

private:
    static QStringList split(EventSplitter::Kind kind, const QByteArrayList& pieces)
    {
        EventSplitter splitter(kind);
        QStringList events;
        for (const QByteArray& piece : pieces)
            splitter.feed(piece, [&events](const EventSplitter::Event& event) {
                events.append(QString::fromUtf8(event.name) + QLatin1Char('|') + QString::fromUtf8(event.data));
            });
        return events;
    }
};

QTEST_GUILESS_MAIN(tst_EventSplitter)
#include "tst_EventSplitter.moc"
