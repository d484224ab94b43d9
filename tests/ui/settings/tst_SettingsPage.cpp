// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/SecretStore.h"
#include "settings/AppSettings.h"
#include "settings/Settings.h"
#include "settings/SettingsPage.h"
#include "storage/StorageService.h"
#include "support/TempDatabase.h"
#include "support/UiTestMain.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace sb;
using namespace sb::ui;
using namespace sb::test;
namespace Keys = sb::settings::Settings;

class tst_SettingsPage : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> profile;
    std::unique_ptr<TempDatabase> database;
    std::unique_ptr<settings::AppSettings> settings;
    std::unique_ptr<storage::StorageService> storage;
    std::unique_ptr<secrets::SecretStore> secrets;
    std::unique_ptr<SettingsPage> page;
    QString listened;

    void make(const QHash<QString, QString>& options = {}, const QHash<QString, QString>& variables = {})
    {
        settings::AppSettings::Overrides overrides;
        overrides.options = options;
        overrides.environment = [variables](const QString& name) -> std::optional<QString> {
            return variables.contains(name) ? std::optional(variables.value(name)) : std::nullopt;
        };
        settings = std::make_unique<settings::AppSettings>(profile->path(), overrides);
        page = std::make_unique<SettingsPage>(*settings, *storage, *secrets, [this](const QString& host, quint16 port) {
            listened = QStringLiteral("%1 %2").arg(host).arg(port);
        });
        page->show();
        QVERIFY(QTest::qWaitForWindowExposed(page.get()));
    }
    QLineEdit* edit(const char* name) const { return page->findChild<QLineEdit*>(QLatin1String(name)); }
    QString allText() const
    {
        QStringList parts;
        for (const auto* label : page->findChildren<QLabel*>()) {
            if (label->isVisible())
                parts << label->text();
        }
        return parts.join(QLatin1Char('\n'));
    }

private Q_SLOTS:
    void initTestCase() { qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus"); } // no keychain here

    void init()
    {
        profile = std::make_unique<QTemporaryDir>();
        database = std::make_unique<TempDatabase>(TempDatabase::Engine::Sqlite);
        storage::StorageOptions options;
        options.url = database->url();
        storage = std::make_unique<storage::StorageService>(options);
        secrets = std::make_unique<secrets::SecretStore>(QStringLiteral("io.signalbox.test"), profile->path());
        listened.clear();
    }
    void cleanup()
    {
        page.reset();
        settings.reset();
        secrets.reset();
        storage.reset();
        database.reset();
        profile.reset();
    }

    void everyValueSaysWhereItComesFrom()
    {
        make({{QStringLiteral("listen"), QStringLiteral("127.0.0.1:9000")}},
             {{QStringLiteral("DATABASE_URL"), QStringLiteral("postgresql://me:hunter2@db:5432/sb")}});
        QCOMPARE(edit("listen")->text(), QStringLiteral("127.0.0.1:9000"));
        QVERIFY(edit("listen")->isReadOnly());
        QVERIFY(edit("databaseUrl")->isReadOnly());
        QVERIFY(!page->findChild<QPushButton*>(QStringLiteral("applyDatabase"))->isEnabled());
        const QString shown = allText();
        QVERIFY(shown.contains(QStringLiteral("From the command line option --listen")));
        QVERIFY(shown.contains(QStringLiteral("From the environment variable DATABASE_URL")));
        QVERIFY(!shown.contains(QStringLiteral("hunter2")));
        QVERIFY(!edit("databaseUrl")->text().contains(QStringLiteral("hunter2")));
    }

    void theThemeAppliesAtOnceAndIsKept()
    {
        make();
        auto* theme = page->findChild<QComboBox*>(QStringLiteral("theme"));
        QCOMPARE(theme->currentText(), QStringLiteral("As the system"));
        theme->setCurrentIndex(theme->findText(QStringLiteral("Dark")));
        QCOMPARE(settings->value(Keys::theme), QStringLiteral("dark"));
        QCOMPARE(settings->origin(Keys::theme), settings::Origin::Stored);
        QVERIFY(allText().contains(QStringLiteral("Set here.")));
        QVERIFY(settings->flush());
        make();
        QCOMPARE(page->findChild<QComboBox*>(QStringLiteral("theme"))->currentText(), QStringLiteral("Dark"));
    }

    void localHostsAreSavedOnlyWhenTheyAreNames()
    {
        make();
        edit("localHosts")->setText(QStringLiteral("models.lan, http://gpu"));
        QVERIFY(settings->value(Keys::localHosts).isEmpty());
        QVERIFY(allText().contains(QStringLiteral("Write host names")));
        edit("localHosts")->setText(QStringLiteral("models.lan, gpu"));
        QCOMPARE(settings->value(Keys::localHosts), (QStringList{QStringLiteral("models.lan"), QStringLiteral("gpu")}));
        QCOMPARE(edit("localHosts")->text(), QStringLiteral("models.lan, gpu"));
        QVERIFY(!allText().contains(QStringLiteral("Write host names")));
    }

    void aListenAddressIsSavedOnlyWhenItIsOne()
    {
        make();
        edit("listen")->setText(QStringLiteral("nowhere"));
        QCOMPARE(settings->value(Keys::listen), QStringLiteral("127.0.0.1:8484"));
        QVERIFY(allText().contains(QStringLiteral("Write it as HOST:PORT")));
        QCOMPARE(edit("listen")->text(), QStringLiteral("nowhere")); // what was typed stays
        QVERIFY(listened.isEmpty());
        edit("listen")->setText(QStringLiteral("0.0.0.0:8484"));
        QCOMPARE(settings->value(Keys::listen), QStringLiteral("127.0.0.1:8484"));
        QVERIFY(allText().contains(QStringLiteral("--behind-tls-proxy"))); // why, and what allows it
        edit("listen")->setText(QStringLiteral("[::1]:8500"));
        QCOMPARE(settings->value(Keys::listen), QStringLiteral("[::1]:8500"));
        QCOMPARE(listened, QStringLiteral("::1 8500"));
        QVERIFY(!allText().contains(QStringLiteral("Write it as HOST:PORT")));
    }

    void theGatewayMayStayOffAtStart()
    {
        make();
        page->findChild<QCheckBox*>(QStringLiteral("startGateway"))->click();
        QVERIFY(!settings->value(Keys::startGateway));
    }

    void aDatabaseUrlIsKeptForTheNextStart()
    {
        make();
        edit("databaseUrl")->setText(QStringLiteral("postgresql://me@db:5432/sb?sslmode=require"));
        page->findChild<QPushButton*>(QStringLiteral("applyDatabase"))->click();
        QCOMPARE(settings->value(Keys::databaseUrl), QStringLiteral("postgresql://me@db:5432/sb?sslmode=require"));
        QVERIFY(allText().contains(QStringLiteral("The database is opened at the next start of the program")));
        edit("databaseUrl")->clear();
        page->findChild<QPushButton*>(QStringLiteral("applyDatabase"))->click();
        QCOMPARE(settings->origin(Keys::databaseUrl), settings::Origin::Default);
    }

    void aWrongDatabaseUrlIsRefusedAtTheField()
    {
        make();
        edit("databaseUrl")->setText(QStringLiteral("mysql://db/sb"));
        page->findChild<QPushButton*>(QStringLiteral("applyDatabase"))->click();
        QVERIFY(allText().contains(QStringLiteral("This is no database URL")));
        QCOMPARE(edit("databaseUrl")->text(), QStringLiteral("mysql://db/sb"));
        QCOMPARE(settings->value(Keys::databaseUrl), QString());
    }

    void aPasswordNeverReachesTheSettingsFile()
    {
        make();
        edit("databaseUrl")->setText(QStringLiteral("postgresql://me:hunter2@db:5432/sb"));
        page->findChild<QPushButton*>(QStringLiteral("applyDatabase"))->click();
        QTRY_VERIFY(allText().contains(QStringLiteral("could not be put into the keychain, so nothing is saved")));
        QCOMPARE(settings->value(Keys::databaseUrl), QString());
        QCOMPARE(settings->value(Keys::databasePassword), QString());
    }

    void theKeychainIsTestedOnRequest()
    {
        make();
        page->findChild<QPushButton*>(QStringLiteral("testKeychain"))->click();
        QTRY_COMPARE(page->findChild<QLabel*>(QStringLiteral("keychainState"))->text(),
                     QStringLiteral("no keychain service"));
        QVERIFY(allText().contains(QStringLiteral("Install and start a keychain")));
        QTRY_VERIFY(page->findChild<QPushButton*>(QStringLiteral("testKeychain"))->isEnabled());
    }

    void theDatabaseInUseIsNamed()
    {
        make();
        QVERIFY(
            page->findChild<QLabel*>(QStringLiteral("currentDatabase"))->text().startsWith(QStringLiteral("In use: ")));
        QVERIFY(!storage->health().location.isEmpty());
        QVERIFY(allText().contains(storage->health().location));
    }
};

SB_UI_TEST_MAIN(tst_SettingsPage)
#include "tst_SettingsPage.moc"
