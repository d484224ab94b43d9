// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Translation.h"
#include "kit/UiText.h"
#include "support/UiTestMain.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTest>

using sb::ui::Translation;

namespace {

QString compiledTexts()
{
    return QStringLiteral(SB_BINARY_DIR "/ui");
}

QString hours(int n)
{
    return QCoreApplication::translate("sb::ui::GatewayPage", "%n hour(s)", nullptr, n);
}

} // namespace

class tst_Translation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { QLocale::setDefault(QLocale::system()); }

    void aChosenLanguageRulesTextsAndNumbers()
    {
        const Translation translation(QStringLiteral("de"), compiledTexts());
        QCOMPARE(translation.language(), QStringLiteral("de_DE"));
        QCOMPARE(sb::ui::UiText::status(sb::RequestStatus::Refused), QStringLiteral("abgelehnt"));
        QCOMPARE(hours(1), QStringLiteral("1 Stunde"));
        QCOMPARE(hours(2), QStringLiteral("2 Stunden"));
        QCOMPARE(sb::ui::UiText::count(1234567), QStringLiteral("1.234.567"));
    }

    void aSystemWithoutALanguageSpeaksEnglishWithPluralForms()
    {
        const Translation translation(QString(), compiledTexts()); // the tests' environment says "C"
        QCOMPARE(translation.language(), QStringLiteral("en_US"));
        QCOMPARE(sb::ui::UiText::status(sb::RequestStatus::Refused), QStringLiteral("refused"));
        QCOMPARE(hours(1), QStringLiteral("1 hour"));
        QCOMPARE(hours(2), QStringLiteral("2 hours"));
    }

    void aLanguageWithoutTextsSpeaksEnglish()
    {
        const Translation translation(QStringLiteral("fr"), compiledTexts());
        QCOMPARE(hours(1), QStringLiteral("1 hour"));
    }

    void textsLeaveWithTheTranslation()
    {
        {
            const Translation translation(QStringLiteral("de"), compiledTexts());
        }
        QCOMPARE(sb::ui::UiText::status(sb::RequestStatus::Refused), QStringLiteral("refused"));
    }
};

SB_UI_TEST_MAIN(tst_Translation)
#include "tst_Translation.moc"
