// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/SecretStore.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCall>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sb;
using secrets::KeychainState;
using secrets::SecretStore;

namespace {

const std::string kOrigin = "https://api.example.com:443";
const std::string kOther = "https://evil.example:443";
const std::string kCanary = "sk-canary-0123456789";

template <class T>
T taken(QFuture<T> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000))
        qFatal("no answer");
    return future.takeResult();
}

SecretRef entry(const char* name)
{
    return {SecretRef::Kind::Keychain, name};
}

/// Stands in for the desktop's password dialog: counts how often one would have opened, and refuses each.
class RefusingPrompter : public QObject, protected QDBusContext {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.gnome.keyring.internal.Prompter")

public:
    RefusingPrompter()
    {
        QDBusConnection bus = QDBusConnection::sessionBus();
        bus.registerObject(QStringLiteral("/org/gnome/keyring/Prompter"), this, QDBusConnection::ExportAllSlots);
        bus.registerService(QStringLiteral("org.gnome.keyring.SystemPrompter"));
    }
    ~RefusingPrompter() override
    {
        QDBusConnection bus = QDBusConnection::sessionBus();
        bus.unregisterService(QStringLiteral("org.gnome.keyring.SystemPrompter"));
        bus.unregisterObject(QStringLiteral("/org/gnome/keyring/Prompter"));
    }

    int opened = 0;

public Q_SLOTS:
    void BeginPrompting(const QDBusObjectPath& callback)
    {
        ++opened;
        const QDBusMessage refusal = QDBusMessage::createMethodCall(
            message().service(), callback.path(), QStringLiteral("org.gnome.keyring.internal.Prompter.Callback"),
            QStringLiteral("PromptDone"));
        // After this call is answered, or the asker does not listen yet.
        QMetaObject::invokeMethod(
            this, [refusal] { QDBusConnection::sessionBus().asyncCall(refusal); }, Qt::QueuedConnection);
    }
    void StopPrompting(const QDBusObjectPath&) {}
};

} // namespace

/// Against a real Secret Service. keyring-session.sh runs it in one of its cases: "unlocked", "seed" (leaves an entry),
/// "locked" (after the collection with that entry was locked), "reopened", "none" (no message bus at all). A test
/// belongs to the case that its name begins with.
class tst_Keychain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_case = qgetenv("SB_KEYRING_CASE"); }

    void init()
    {
        if (!QByteArray(QTest::currentTestFunction()).startsWith(m_case))
            QSKIP("another case of keyring-session.sh");
        m_profile = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<SecretStore>(QStringLiteral("io.signalbox.Test"), m_profile->path());
    }

    void cleanup()
    {
        m_store.reset();
        // In no case may the secret have reached the disk in plain text.
        if (!m_profile)
            return;
        for (const QString& root : {m_profile->path(), QString::fromLocal8Bit(qgetenv("HOME"))}) {
            QDirIterator files(root, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                if (file.open(QIODevice::ReadOnly))
                    QVERIFY2(!file.readAll().contains(QByteArray::fromStdString(kCanary)), qPrintable(file.fileName()));
            }
        }
    }

    void unlockedKeepsReplacesAndRemoves()
    {
        QCOMPARE(taken(m_store->probe()).value(), KeychainState::Available);
        const SecretRef key = entry("openai/development");
        QCOMPARE(taken(m_store->read(key)).error().code, ErrorCode::NotFound);
        QVERIFY(taken(m_store->write(key, Secret(std::string_view(kCanary)))).has_value());
        QCOMPARE(taken(m_store->read(key))->reveal(), std::string_view(kCanary));
        QVERIFY(taken(m_store->write(key, Secret(std::string_view("sk-new")))).has_value());
        QCOMPARE(taken(m_store->read(key))->reveal(), std::string_view("sk-new"));
        QVERIFY(taken(m_store->remove(key)).has_value());
        QCOMPARE(taken(m_store->read(key)).error().code, ErrorCode::NotFound);
    }

    void unlockedListsWhatItKeeps()
    {
        const SecretRef key = entry("openai/development/api-key/12345678");
        QVERIFY(taken(m_store->write(key, Secret(std::string_view(kCanary)), kOrigin)).has_value());
        QCOMPARE(taken(m_store->known()).value(), std::vector<SecretRef>{key});
        QVERIFY(taken(m_store->remove(key)).has_value());
        QVERIFY(taken(m_store->known()).value().empty());
    }

    void unlockedRemembersTheOriginInTheEntry()
    {
        const SecretRef key = entry("bound");
        QVERIFY(taken(m_store->write(key, Secret(std::string_view(kCanary)), kOrigin)).has_value());
        QCOMPARE(taken(m_store->readFor(key, kOther)).error().field, std::string("origin"));
        QCOMPARE(taken(m_store->readFor(key, kOrigin))->reveal(), std::string_view(kCanary));
        QVERIFY(taken(m_store->bind(key, kOther)).has_value());
        QCOMPARE(taken(m_store->readFor(key, kOther))->reveal(), std::string_view(kCanary));
        QCOMPARE(taken(m_store->readFor(key, kOrigin)).error().field, std::string("origin"));
        QVERIFY(taken(m_store->remove(key)).has_value());
    }

    void unlockedBindsAtTheFirstUse()
    {
        const SecretRef key = entry("unbound");
        QVERIFY(taken(m_store->write(key, Secret(std::string_view(kCanary)))).has_value());
        QVERIFY(taken(m_store->readFor(key, kOther, SecretStore::FirstUse::LeavesUnbound)).has_value());
        QCOMPARE(taken(m_store->readFor(key, kOrigin))->reveal(), std::string_view(kCanary));
        QCOMPARE(taken(m_store->readFor(key, kOther)).error().field, std::string("origin"));
        QCOMPARE(taken(m_store->readFor(key, kOther, SecretStore::FirstUse::LeavesUnbound)).error().field,
                 std::string("origin"));
        QVERIFY(taken(m_store->remove(key)).has_value());
    }

    void unlockedAnswersManyCallsInOrder()
    {
        const SecretRef key = entry("ordered");
        std::vector<QFuture<Result<void>>> writes;
        for (int i = 0; i < 20; ++i)
            writes.push_back(m_store->write(key, Secret(std::to_string(i))));
        QCOMPARE(taken(m_store->read(key))->reveal(), std::string_view("19"));
        for (const auto& write : writes)
            QVERIFY(write.isFinished());
        QVERIFY(taken(m_store->remove(key)).has_value());
    }

    void unlockedKeepsSecretsOfAnyBytes()
    {
        const std::string odd = "signalbox \xC3\xA4\xE2\x82\xAC \"quoted\"\nsecond line";
        QVERIFY(taken(m_store->write(entry("odd"), Secret(std::string_view(odd)), kOrigin)).has_value());
        QCOMPARE(taken(m_store->readFor(entry("odd"), kOrigin))->reveal(), std::string_view(odd));
        QVERIFY(taken(m_store->remove(entry("odd"))).has_value());
    }

    void seedLeavesAnEntry()
    {
        QVERIFY(taken(m_store->write(entry("kept"), Secret(std::string_view(kCanary)), kOrigin)).has_value());
    }

    void lockedSaysSoInTimeAndLosesNothing()
    {
        QElapsedTimer timer;
        timer.start();
        const auto secret = taken(m_store->readFor(entry("kept"), kOrigin));
        QVERIFY(!secret.has_value());
        QVERIFY2(secret.error().what.find("locked") != std::string::npos, secret.error().what.c_str());
        QVERIFY(timer.elapsed() < 7'000);
        QSignalSpy changed(m_store.get(), &SecretStore::keychainStateChanged);
        QCOMPARE(taken(m_store->probe()).value(), KeychainState::LockedOrAbsent);
        QCOMPARE(m_store->keychainState(), KeychainState::LockedOrAbsent);
    }

    void lockedAsksForThePasswordOnceAndThenOnlyWhenThePersonActs()
    {
        RefusingPrompter prompter;
        QCOMPARE(taken(m_store->probe()).value(), KeychainState::LockedOrAbsent);
        const int asked = prompter.opened;
        QVERIFY(asked > 0);
        for (int round = 0; round < 3; ++round) { // as the gateway does by itself
            const auto secret = taken(m_store->readFor(entry("kept"), kOrigin));
            QCOMPARE(secret.error().code, ErrorCode::PermissionDenied);
            QCOMPARE(secret.error().field, std::string("keychain"));
        }
        QCOMPARE(prompter.opened, asked);
        QCOMPARE(taken(m_store->probe()).value(), KeychainState::LockedOrAbsent);
        QVERIFY(prompter.opened > asked);
    }

    void lockedAndRefusedIsNoMissingEntry()
    {
        RefusingPrompter prompter;
        QCOMPARE(taken(m_store->readFor(entry("kept"), kOrigin)).error().field, std::string("keychain"));
        QCOMPARE(m_store->keychainState(), KeychainState::LockedOrAbsent);
        const int asked = prompter.opened;
        QCOMPARE(taken(m_store->readFor(entry("kept"), kOrigin)).error().field, std::string("keychain"));
        QCOMPARE(prompter.opened, asked);
    }

    void reopenedStillHasIt()
    {
        QCOMPARE(taken(m_store->readFor(entry("kept"), kOrigin))->reveal(), std::string_view(kCanary));
    }

    void noneIsSaidAndNothingFallsBackToPlainText()
    {
        QCOMPARE(taken(m_store->write(entry("x"), Secret(std::string_view(kCanary)))).error().code,
                 ErrorCode::Unavailable);
        QCOMPARE(taken(m_store->read(entry("x"))).error().code, ErrorCode::Unavailable);
        QCOMPARE(taken(m_store->remove(entry("x"))).error().code, ErrorCode::Unavailable);
        QCOMPARE(taken(m_store->probe()).value(), KeychainState::NoService);
    }

private:
    QByteArray m_case;
    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<SecretStore> m_store;
};

QTEST_GUILESS_MAIN(tst_Keychain)
#include "tst_Keychain.moc"
