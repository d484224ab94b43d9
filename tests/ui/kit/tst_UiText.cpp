// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/Tone.h"
#include "kit/UiText.h"
#include "support/UiTestMain.h"

#include <QLocale>
#include <QPalette>
#include <QTest>

using namespace sb;
using namespace sb::ui;

class tst_UiText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void moneyForPeople_data()
    {
        QTest::addColumn<qint64>("nano");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << qint64(0) << QStringLiteral("$0.00");
        QTest::newRow("dollars") << qint64(1'234'567'000'000) << QStringLiteral("$1,234.57");
        QTest::newRow("a cent") << qint64(10'000'000) << QStringLiteral("$0.01");
        QTest::newRow("four digits below a dollar") << qint64(22'712'345) << QStringLiteral("$0.02271");
        QTest::newRow("half a dollar") << qint64(500'000'000) << QStringLiteral("$0.50");
        QTest::newRow("one nano") << qint64(1) << QStringLiteral("$0.000000001");
        QTest::newRow("credit") << qint64(-2'500'000'000) << QStringLiteral("−$2.50");
    }
    void moneyForPeople()
    {
        QFETCH(qint64, nano);
        QTEST(UiText::usd(Money{nano}), "text");
    }

    void exactMoneyKeepsEveryDecimal()
    {
        QCOMPARE(UiText::usdExact(Money{30'000}), QStringLiteral("$0.00003"));
        QCOMPARE(UiText::usdExact(Money{1'234'500'000'001}), QStringLiteral("$1,234.500000001"));
    }

    void absentCostIsNotZero() { QCOMPARE(UiText::usd(std::optional<Money>()), QStringLiteral("unpriced")); }

    void countsStayExactUntilTenThousand()
    {
        QCOMPARE(UiText::compactCount(9'999), QStringLiteral("9,999"));
        QCOMPARE(UiText::compactCount(18'204), QStringLiteral("18.2\u00A0k"));
        QCOMPARE(UiText::compactCount(1'500'000), QStringLiteral("1.5\u00A0M"));
        QCOMPARE(UiText::compactCount(999'999), QStringLiteral("1.0\u00A0M"));
    }

    void durationsChangeUnit()
    {
        QCOMPARE(UiText::milliseconds(0.12), QStringLiteral("0.12\u00A0ms"));
        QCOMPARE(UiText::milliseconds(0), QStringLiteral("<\u00A01\u00A0ms")); // measured in whole ones
        QCOMPARE(UiText::milliseconds(310), QStringLiteral("310\u00A0ms"));
        QCOMPARE(UiText::milliseconds(2'100), QStringLiteral("2.1\u00A0s"));
    }

    void everyErrorCodeHasItsOwnSentence()
    {
        QSet<QString> sentences;
        for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code)
            sentences.insert(UiText::sentence(Error{static_cast<ErrorCode>(code), "x"}));
        QCOMPARE(sentences.size(), static_cast<int>(ErrorCode::Internal) + 1);
    }

    void failuresOfTheMachineSayWhatToDo()
    {
        const auto said = [](ErrorCode code, const char* field) { return UiText::sentence(Error{code, "x", field}); };
        QVERIFY(said(ErrorCode::Unavailable, "disk").contains(QStringLiteral("disk is full")));
        QVERIFY(said(ErrorCode::Unavailable, "database").contains(QStringLiteral("database does not answer")));
        QVERIFY(said(ErrorCode::Conflict, "schema").contains(QStringLiteral("update this program")));
        for (const ErrorCode code : {ErrorCode::PermissionDenied, ErrorCode::Timeout})
            QVERIFY(said(code, "keychain").contains(QStringLiteral("keychain is locked")));
        QVERIFY(said(ErrorCode::PermissionDenied, "origin").contains(QStringLiteral("belongs to another address")));
        QVERIFY(said(ErrorCode::NotFound, "variable").contains(QStringLiteral("variable is not set")));
        QVERIFY(said(ErrorCode::InvalidArgument, "beyond_loopback").contains(QStringLiteral("--behind-tls-proxy")));
    }

    void tonesAreReadableInBothThemes_data()
    {
        QTest::addColumn<QColor>("base");
        QTest::addColumn<QColor>("text");
        QTest::newRow("light") << QColor(Qt::white) << QColor(0x1c, 0x20, 0x26);
        QTest::newRow("dark") << QColor(0x1b, 0x1e, 0x23) << QColor(0xe6, 0xe8, 0xeb);
    }
    void tonesAreReadableInBothThemes()
    {
        QFETCH(QColor, base);
        QFETCH(QColor, text);
        QPalette palette;
        palette.setColor(QPalette::Base, base);
        palette.setColor(QPalette::Text, text);
        for (const Tone tone : {Tone::Neutral, Tone::Info, Tone::Good, Tone::Warning, Tone::Bad}) {
            QVERIFY(Tones::contrast(Tones::text(tone, palette), base) >= 4.5);
            QVERIFY(Tones::contrast(Tones::text(tone, palette), Tones::fill(tone, palette)) >= 4.5);
        }
    }
};

SB_UI_TEST_MAIN(tst_UiText)
#include "tst_UiText.moc"
