// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/AppSettings.h"
#include "settings/Settings.h"
#include "settings/SettingsFile.h"

#include <QFile>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sb;
using namespace sb::settings;

class tst_AppSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        m_options.clear();
        m_environment.clear();
    }
    void cleanup() { m_settings.reset(); }

    void theCommandLineBeatsTheEnvironmentBeatsTheStoredBeatsTheDefault()
    {
        open();
        QCOMPARE(m_settings->value(Settings::databaseUrl), QString());
        QCOMPARE(m_settings->origin(Settings::databaseUrl), Origin::Default);

        QVERIFY(m_settings->set(Settings::databaseUrl, QStringLiteral("sqlite:///stored.db")).has_value());
        QCOMPARE(m_settings->origin(Settings::databaseUrl), Origin::Stored);

        m_environment.insert(QStringLiteral("DATABASE_URL"), QStringLiteral("sqlite:///environment.db"));
        open();
        QCOMPARE(m_settings->value(Settings::databaseUrl), QStringLiteral("sqlite:///environment.db"));
        QCOMPARE(m_settings->origin(Settings::databaseUrl), Origin::Environment);

        m_options.insert(QStringLiteral("database"), QStringLiteral("sqlite:///option.db"));
        open();
        QCOMPARE(m_settings->value(Settings::databaseUrl), QStringLiteral("sqlite:///option.db"));
        QCOMPARE(m_settings->origin(Settings::databaseUrl), Origin::CommandLine);
    }

    void anOverriddenValueCannotBeChangedAndTheStoredOneSurvives()
    {
        open();
        QVERIFY(m_settings->set(Settings::poolSize, qint64(7)).has_value());
        m_environment.insert(QStringLiteral("DB_POOL_SIZE"), QStringLiteral("20"));
        open();
        QCOMPARE(m_settings->value(Settings::poolSize), 20);
        QCOMPARE(m_settings->set(Settings::poolSize, qint64(9)).error().code, ErrorCode::PermissionDenied);
        m_environment.clear();
        open();
        QCOMPARE(m_settings->value(Settings::poolSize), 7);
    }

    void everyTypeSurvivesARestart()
    {
        open();
        const QByteArray bytes("\x00\xff\x01 geometry", 12);
        QVERIFY(m_settings->set(Settings::windowGeometry, bytes).has_value());
        QVERIFY(m_settings->set(Settings::startGateway, false).has_value());
        QVERIFY(m_settings->set(Settings::retentionDays, Q_INT64_C(9007199254740993)).has_value());
        QVERIFY(m_settings->set(Settings::theme, QStringLiteral("dark – dunkel")).has_value());
        open();
        QCOMPARE(m_settings->value(Settings::windowGeometry), bytes);
        QCOMPARE(m_settings->value(Settings::startGateway), false);
        QCOMPARE(m_settings->value(Settings::retentionDays), Q_INT64_C(9007199254740993));
        QCOMPARE(m_settings->value(Settings::theme), QStringLiteral("dark – dunkel"));
    }

    void aChangeIsSaidOnceAndReachesTheDiskByItself()
    {
        open();
        QSignalSpy changed(m_settings.get(), &AppSettings::changed);
        QVERIFY(m_settings->set(Settings::theme, QStringLiteral("dark")).has_value());
        QVERIFY(m_settings->set(Settings::theme, QStringLiteral("dark")).has_value());
        QCOMPARE(changed.count(), 1);
        QTRY_VERIFY(SettingsFile(path()).load().values.value(Settings::theme.name) == QLatin1String("dark"));
    }

    void theDefaultIsNotStored()
    {
        open();
        QVERIFY(m_settings->set(Settings::theme, QStringLiteral("dark")).has_value());
        QVERIFY(m_settings->set(Settings::theme, QStringLiteral("system")).has_value());
        QCOMPARE(m_settings->origin(Settings::theme), Origin::Default);
        QVERIFY(m_settings->set(Settings::theme, QStringLiteral("dark")).has_value());
        QVERIFY(m_settings->reset(Settings::theme).has_value());
        QCOMPARE(m_settings->value(Settings::theme), QStringLiteral("system"));
    }

    void anEnvironmentValueThatDoesNotFitIsSaidAndIgnored()
    {
        m_environment.insert(QStringLiteral("DB_POOL_SIZE"), QStringLiteral("many"));
        open();
        QCOMPARE(m_settings->value(Settings::poolSize), 5);
        QCOMPARE(m_settings->value(Settings::poolSize), 5);
        QCOMPARE(m_settings->problems().size(), std::size_t(1));
        QVERIFY(QString::fromStdString(m_settings->problems()[0].what).contains(QStringLiteral("DB_POOL_SIZE")));
    }

    void wordsOfTruthAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("value");
        for (const char* word : {"1", "true", "YES", "on"})
            QTest::newRow(word) << QString::fromLatin1(word) << true;
        for (const char* word : {"0", "False", "no", "off", "maybe"})
            QTest::newRow(word) << QString::fromLatin1(word) << false;
    }
    void wordsOfTruthAreRead()
    {
        QFETCH(QString, text);
        m_environment.insert(QStringLiteral("DB_ECHO"), text);
        open();
        QTEST(m_settings->value(Settings::echoStatements), "value");
    }

    void damageAnywhereFallsBackToTheGenerationBefore()
    {
        const SettingsFile file(path());
        const auto saveBoth = [&file] {
            return file.save({{QStringLiteral("n"), 1}}).has_value() &&
                   file.save({{QStringLiteral("n"), 2}}).has_value();
        };
        QVERIFY(saveBoth());
        const QByteArray good = content(path());
        for (qsizetype at = 0; at < good.size(); at += 7) {
            QVERIFY(saveBoth());
            QByteArray bad = good;
            bad[at] = static_cast<char>(bad[at] ^ 0x15);
            put(path(), at % 2 == 0 ? bad : good.left(at));
            const auto loaded = file.load();
            const int n = loaded.values.value(QLatin1String("n")).toInt();
            QVERIFY2(n == 1 || (n == 2 && !loaded.damage),
                     qPrintable(QString::number(at))); // 2: only white space was hit
            QVERIFY2(n == 2 || (loaded.damage && loaded.damage->code == ErrorCode::Corrupt),
                     qPrintable(QString::number(at)));
            if (n == 1)
                QCOMPARE(content(path() + QStringLiteral(".damaged")), at % 2 == 0 ? bad : good.left(at));
        }
    }

    void withoutAnyGoodGenerationTheDefaultsServeAndItIsSaid()
    {
        put(path(), "not settings");
        put(path() + QStringLiteral(".1"), "neither");
        open();
        QCOMPARE(m_settings->value(Settings::theme), QStringLiteral("system"));
        QCOMPARE(m_settings->problems().size(), std::size_t(1));
        QCOMPARE(m_settings->problems()[0].code, ErrorCode::Corrupt);
        QCOMPARE(content(path() + QStringLiteral(".damaged")), QByteArray("not settings"));
    }

    void fiveGenerationsAreKept()
    {
        const SettingsFile file(path());
        for (int n = 1; n <= 8; ++n)
            QVERIFY(file.save({{QStringLiteral("n"), n}}).has_value());
        for (int g = 1; g <= 4; ++g)
            QVERIFY(content(path() + QStringLiteral(".%1").arg(g)).contains("\"n\": " + QByteArray::number(8 - g)));
        QVERIFY(!QFile::exists(path() + QStringLiteral(".5")));
    }

    void settingsOfANewerProgramAreUsedAndLeftAlone()
    {
        QVERIFY(SettingsFile(path()).save({{QStringLiteral("appearance/theme"), QStringLiteral("dark")}}).has_value());
        const QByteArray newer = content(path()).replace("\"version\": 1", "\"version\": 2");
        put(path(), newer);
        open();
        QCOMPARE(m_settings->value(Settings::theme), QStringLiteral("dark"));
        QVERIFY(m_settings->set(Settings::theme, QStringLiteral("light")).has_value());
        QCOMPARE(m_settings->value(Settings::theme), QStringLiteral("light"));
        QCOMPARE(m_settings->problems().at(0).code, ErrorCode::Conflict);
        m_settings.reset();
        QCOMPARE(content(path()), newer);
    }

    void aDiskThatRefusesIsSaid()
    {
        put(m_profile->filePath(QStringLiteral("file")), "not a folder");
        AppSettings settings(m_profile->filePath(QStringLiteral("file")), {});
        QSignalSpy failed(&settings, &AppSettings::saveFailed);
        QVERIFY(settings.set(Settings::theme, QStringLiteral("dark")).has_value());
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(settings.value(Settings::theme), QStringLiteral("dark"));
    }

private:
    void open()
    {
        m_settings.reset();
        m_settings = std::make_unique<AppSettings>(
            m_profile->path(), AppSettings::Overrides{m_options, [this](const QString& name) -> std::optional<QString> {
                                                          const auto found = m_environment.constFind(name);
                                                          return found == m_environment.cend() ? std::nullopt
                                                                                               : std::optional(*found);
                                                      }});
    }
    QString path() const { return m_profile->filePath(QStringLiteral("settings.json")); }
    static QByteArray content(const QString& name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void put(const QString& name, const QByteArray& bytes)
    {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    std::unique_ptr<QTemporaryDir> m_profile;
    QHash<QString, QString> m_options;
    QHash<QString, QString> m_environment;
    std::unique_ptr<AppSettings> m_settings;
};

QTEST_GUILESS_MAIN(tst_AppSettings)
#include "tst_AppSettings.moc"
