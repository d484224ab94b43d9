// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>
#include <vector>

namespace {

struct Message {
    QString context;
    QString source;
    QString type; ///< empty when finished
    bool plural = false;
    QStringList forms; ///< one, or one for each grammatical number
};

QString pathOf(const QString& language)
{
    return QStringLiteral(SB_SOURCE_DIR "/translations/signalbox_%1.ts").arg(language);
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::vector<Message> messages(const QString& language)
{
    std::vector<Message> found;
    QXmlStreamReader xml(contents(pathOf(language)));
    QString context;
    Message message;
    while (!xml.atEnd()) {
        xml.readNext();
        const auto name = xml.name();
        if (xml.isEndElement() && name == QLatin1String("message"))
            found.push_back(message);
        if (!xml.isStartElement())
            continue;
        if (name == QLatin1String("name")) {
            context = xml.readElementText();
        } else if (name == QLatin1String("message")) {
            message = {context, {}, {}, xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes"), {}};
        } else if (name == QLatin1String("source")) {
            message.source = xml.readElementText();
        } else if (name == QLatin1String("translation")) {
            message.type = xml.attributes().value(QLatin1String("type")).toString();
            if (!message.plural)
                message.forms << xml.readElementText();
        } else if (name == QLatin1String("numerusform")) {
            message.forms << xml.readElementText();
        }
    }
    return found;
}

QStringList placeholders(const QString& text)
{
    static const QRegularExpression pattern(QStringLiteral("%L?(\\d+|n)"));
    QStringList found;
    for (auto it = pattern.globalMatch(text); it.hasNext();)
        found << it.next().captured();
    found.sort();
    return found;
}

qsizetype mnemonics(const QString& text)
{
    static const QRegularExpression pattern(QStringLiteral("&\\w"), QRegularExpression::UseUnicodePropertiesOption);
    return text.count(pattern);
}

/// "…" and "..." promise a further question, or say that something goes on.
QString ending(const QString& text)
{
    if (text.endsWith(QChar(0x2026)))
        return QStringLiteral("…");
    return text.endsWith(QLatin1String("...")) ? QStringLiteral("...") : QString();
}

} // namespace

class tst_translations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTextIsTranslated_data() { languages(); }
    void everyTextIsTranslated()
    {
        QFETCH(QString, language);
        const auto all = messages(language);
        QVERIFY2(!all.empty(), qPrintable(pathOf(language)));
        QStringList wrong;
        for (const Message& message : all) {
            const bool filled = std::all_of(message.forms.begin(), message.forms.end(),
                                            [](const QString& form) { return !form.trimmed().isEmpty(); });
            if (!message.type.isEmpty() || !filled || message.forms.size() != (message.plural ? 2 : 1))
                wrong << describe(message);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }

    void placeholdersAreTheSame_data() { languages(); }
    void placeholdersAreTheSame()
    {
        compareForms(
            [](const QString& source, const QString& form) { return placeholders(source) == placeholders(form); });
    }

    void mnemonicsStay_data() { languages(); }
    void mnemonicsStay()
    {
        compareForms([](const QString& source, const QString& form) { return mnemonics(source) == mnemonics(form); });
    }

    void ellipsesAndEdgesStay_data() { languages(); }
    void ellipsesAndEdgesStay()
    {
        compareForms([](const QString& source, const QString& form) {
            return ending(source) == ending(form) && source.front().isSpace() == form.front().isSpace() &&
                   source.back().isSpace() == form.back().isSpace() &&
                   source.count(QLatin1Char('\n')) == form.count(QLatin1Char('\n'));
        });
    }

    void productTermsStay_data() { languages(); }
    void productTermsStay()
    {
        compareForms([](const QString& source, const QString& form) {
            const auto kept = [&](const char* term) {
                const QLatin1String text(term);
                return !source.contains(text, Qt::CaseInsensitive) || form.contains(text, Qt::CaseInsensitive);
            };
            return kept("Signalbox") && kept("GenAI") && kept("Gateway") && kept("Token") && kept("Prompt Lab") &&
                   kept("Context Path");
        });
    }

    void englishHoldsOnlyPluralForms()
    {
        for (const Message& message : messages(QStringLiteral("en"))) {
            QVERIFY2(message.plural, qPrintable(message.source));
            for (const QString& form : message.forms)
                QVERIFY2(!form.contains(QLatin1String("(s)")), qPrintable(form));
        }
    }

    // What a menu bar, or one menu, offers by keyboard must be told apart by it.
    void germanMenusHaveNoMnemonicTwice()
    {
        static const std::vector<QStringList> menus{
            {QStringLiteral("&File"), QStringLiteral("&Edit"), QStringLiteral("&View"), QStringLiteral("&Go"),
             QStringLiteral("G&ateway")},
            {QStringLiteral("&Register service"), QStringLiteral("&Quit")},
            {QStringLiteral("&Refresh"), QStringLiteral("&Search or run…"), QStringLiteral("Choose &environment"),
             QStringLiteral("Theme: as the &system"), QStringLiteral("Theme: &light"), QStringLiteral("Theme: &dark")},
            {QStringLiteral("&Start gateway"), QStringLiteral("&Stop gateway")}};
        QHash<QString, QString> german;
        for (const Message& message : messages(QStringLiteral("de"))) {
            if (message.context == QLatin1String("sb::ui::MainWindow") && !message.plural)
                german.insert(message.source, message.forms.value(0));
        }
        for (const QStringList& menu : menus) {
            QString letters;
            for (const QString& entry : menu) {
                const QString text = german.value(entry);
                QVERIFY2(!text.isEmpty(), qPrintable(entry));
                const QChar letter = text.at(text.indexOf(QLatin1Char('&')) + 1).toLower();
                QVERIFY2(!letters.contains(letter), qPrintable(text));
                letters += letter;
            }
        }
    }

    void theSourcesHoldNoTextThatTheFilesMiss()
    {
#ifdef SB_LUPDATE
        QTemporaryDir folder;
        QVERIFY(folder.isValid());
        for (const QString& language : {QStringLiteral("de"), QStringLiteral("en")}) {
            const QString copy = folder.filePath(QStringLiteral("signalbox_%1.ts").arg(language));
            QVERIFY(QFile::copy(pathOf(language), copy));
            QStringList arguments{QStringLiteral("@" SB_BINARY_DIR "/translations/sources.lst"),
                                  QStringLiteral("-I"),
                                  QStringLiteral(SB_SOURCE_DIR "/ui"),
                                  QStringLiteral("-I"),
                                  QStringLiteral(SB_SOURCE_DIR "/app"),
                                  QStringLiteral("-no-obsolete"),
                                  QStringLiteral("-locations"),
                                  QStringLiteral("none")};
            if (language == QLatin1String("en"))
                arguments << QStringLiteral("-pluralonly");
            arguments << QStringLiteral("-ts") << copy;
            QProcess lupdate;
            lupdate.start(QStringLiteral(SB_LUPDATE), arguments);
            QVERIFY2(lupdate.waitForFinished(), qPrintable(lupdate.errorString()));
            QCOMPARE(lupdate.exitCode(), 0);
            const QList<QByteArray> before = contents(pathOf(language)).split('\n');
            const QList<QByteArray> after = contents(copy).split('\n');
            for (qsizetype i = 0; i < std::min(before.size(), after.size()); ++i) {
                QVERIFY2(before[i] == after[i],
                         qPrintable(QStringLiteral("%1, line %2 should be \"%3\": build the target update_translations")
                                        .arg(pathOf(language))
                                        .arg(i + 1)
                                        .arg(QString::fromUtf8(after[i].trimmed()))));
            }
            QCOMPARE(after.size(), before.size());
        }
#else
        QSKIP("configured without lupdate");
#endif
    }

private:
    static void languages()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en");
        QTest::newRow("German") << QStringLiteral("de");
    }

    static QString describe(const Message& message)
    {
        return QStringLiteral("%1: \"%2\" -> \"%3\"")
            .arg(message.context, message.source, message.forms.join(QLatin1String("\" / \"")));
    }

    template <class Same>
    static void compareForms(Same same)
    {
        QFETCH(QString, language);
        QStringList wrong;
        for (const Message& message : messages(language)) {
            for (const QString& form : message.forms) {
                if (form.isEmpty() || !same(message.source, form))
                    wrong << describe(message);
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }
};

QTEST_GUILESS_MAIN(tst_translations)
#include "tst_translations.moc"
