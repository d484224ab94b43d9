// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/SecretStore.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace sb;
using secrets::SecretStore;

namespace {

const std::string kOrigin = "https://api.example.com:443";
const std::string kOther = "https://evil.example:443";

template <class T>
T taken(QFuture<T> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 10'000))
        qFatal("no answer");
    return future.takeResult();
}

SecretRef ref(const std::string& text)
{
    return *SecretRef::parse(text);
}

} // namespace

/// References to variables and files; the keychain has tests of its own (tst_Keychain).
class tst_SecretStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        open();
        qputenv("SB_TEST_KEY", "sk-variable");
    }

    void readsVariables()
    {
        QCOMPARE(taken(m_store->read(ref("env:SB_TEST_KEY")))->reveal(), std::string_view("sk-variable"));
        qputenv("SB_TEST_KEY", "");
        QCOMPARE(taken(m_store->read(ref("env:SB_TEST_KEY"))).error().code, ErrorCode::NotFound);
        QCOMPARE(taken(m_store->read(ref("env:SB_TEST_NO_SUCH_KEY"))).error().code, ErrorCode::NotFound);
    }

    void writesReadsAndRemovesFiles()
    {
        const SecretRef key = file();
        QVERIFY(taken(m_store->write(key, Secret(std::string_view("sk-file")))).has_value());
        QCOMPARE(QFileInfo(path()).permissions() & 0x0fff,
                 QFileDevice::Permissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser |
                                          QFileDevice::WriteUser) &
                     0x0fff);
        QCOMPARE(taken(m_store->read(key))->reveal(), std::string_view("sk-file"));
        QVERIFY(taken(m_store->remove(key)).has_value());
        QCOMPARE(taken(m_store->read(key)).error().code, ErrorCode::NotFound);
    }

    void refusesToWriteVariablesNothingAndEmptySecrets()
    {
        QCOMPARE(taken(m_store->write(ref("env:SB_TEST_KEY"), Secret(std::string_view("x")))).error().code,
                 ErrorCode::InvalidArgument);
        QCOMPARE(taken(m_store->write(SecretRef{}, Secret(std::string_view("x")))).error().code,
                 ErrorCode::InvalidArgument);
        QCOMPARE(taken(m_store->write(file(), Secret())).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(taken(m_store->remove(ref("env:SB_TEST_KEY"))).error().code, ErrorCode::InvalidArgument);
        QVERIFY(!QFile::exists(path()));
    }

    void theFirstUseBindsToItsOrigin()
    {
        QVERIFY(taken(m_store->readFor(ref("env:SB_TEST_KEY"), kOrigin)).has_value());
        const auto refused = taken(m_store->readFor(ref("env:SB_TEST_KEY"), kOther));
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::PermissionDenied);
        QCOMPARE(refused.error().field, std::string("origin"));
        QVERIFY(refused.error().what.find(kOrigin) != std::string::npos &&
                refused.error().what.find(kOther) != std::string::npos);
    }

    void aTestOfAnAddressBindsNothing()
    {
        using FirstUse = SecretStore::FirstUse;
        QVERIFY(taken(m_store->readFor(ref("env:SB_TEST_KEY"), kOther, FirstUse::LeavesUnbound)).has_value());
        QVERIFY(taken(m_store->readFor(ref("env:SB_TEST_KEY"), kOrigin)).has_value());
        QCOMPARE(taken(m_store->readFor(ref("env:SB_TEST_KEY"), kOther, FirstUse::LeavesUnbound)).error().field,
                 std::string("origin"));
    }

    void aBindingOutlivesTheProgram()
    {
        QVERIFY(taken(m_store->readFor(ref("env:SB_TEST_KEY"), kOrigin)).has_value());
        open();
        QCOMPARE(taken(m_store->readFor(ref("env:SB_TEST_KEY"), kOther)).error().code, ErrorCode::PermissionDenied);
        QVERIFY(taken(m_store->readFor(ref("env:SB_TEST_KEY"), kOrigin)).has_value());
    }

    void aFailedReadBindsNothing()
    {
        QVERIFY(!taken(m_store->readFor(ref("env:SB_TEST_NO_SUCH_KEY"), kOther)).has_value());
        qputenv("SB_TEST_NO_SUCH_KEY", "sk");
        const bool readable = taken(m_store->readFor(ref("env:SB_TEST_NO_SUCH_KEY"), kOrigin)).has_value();
        qunsetenv("SB_TEST_NO_SUCH_KEY");
        QVERIFY(readable);
    }

    void aWrittenFileIsBoundAtOnce()
    {
        QVERIFY(taken(m_store->write(file(), Secret(std::string_view("sk")), kOrigin)).has_value());
        QCOMPARE(taken(m_store->readFor(file(), kOther)).error().field, std::string("origin"));
        QVERIFY(taken(m_store->readFor(file(), kOrigin)).has_value());
    }

    void aConfirmedChangeBindsAnew()
    {
        QVERIFY(taken(m_store->readFor(ref("env:SB_TEST_KEY"), kOrigin)).has_value());
        QVERIFY(taken(m_store->bind(ref("env:SB_TEST_KEY"), kOther)).has_value());
        QVERIFY(taken(m_store->readFor(ref("env:SB_TEST_KEY"), kOther)).has_value());
        QCOMPARE(taken(m_store->readFor(ref("env:SB_TEST_KEY"), kOrigin)).error().field, std::string("origin"));
    }

    void aBindingOfAnotherProcessCountsAndIsKept()
    {
        QVERIFY(taken(m_store->readFor(ref("env:SB_TEST_KEY"), kOrigin)).has_value());
        SecretStore other(QStringLiteral("io.signalbox.Test"), m_profile->path());
        QVERIFY(taken(other.bind(ref("env:SB_TEST_KEY"), kOther)).has_value());
        QVERIFY(taken(m_store->readFor(ref("env:SB_TEST_KEY"), kOther)).has_value());
        QVERIFY(taken(m_store->bind(file(), kOrigin)).has_value());
        QCOMPARE(taken(other.originOf(ref("env:SB_TEST_KEY"))).value(), std::optional(kOther));
        QCOMPARE(taken(other.originOf(file())).value(), std::optional(kOrigin));
    }

    void aDamagedBindingsFileIsNoFreePass()
    {
        QFile bindings(m_profile->filePath(QStringLiteral("bindings.json")));
        QVERIFY(bindings.open(QIODevice::WriteOnly));
        bindings.write("{\"bindings\": ");
        bindings.close();
        QCOMPARE(taken(m_store->readFor(ref("env:SB_TEST_KEY"), kOther)).error().code, ErrorCode::Corrupt);
    }

    void bindingsHoldNoSecretAndAreTheOwnersOnly()
    {
        QVERIFY(taken(m_store->readFor(ref("env:SB_TEST_KEY"), kOrigin)).has_value());
        QFile bindings(m_profile->filePath(QStringLiteral("bindings.json")));
        QVERIFY(bindings.open(QIODevice::ReadOnly));
        const QByteArray text = bindings.readAll();
        QVERIFY(text.contains("env:SB_TEST_KEY"));
        QVERIFY(!text.contains("sk-variable"));
        QVERIFY(!(bindings.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup |
                                            QFileDevice::WriteOther)));
    }

    void everyCallReturnsAtOnceAndDestructionLeavesNoFutureHanging()
    {
        auto future = m_store->readFor(ref("env:SB_TEST_KEY"), kOrigin);
        m_store.reset();
        QTRY_VERIFY(future.isFinished());
    }

private:
    void open()
    {
        m_store.reset();
        m_store = std::make_unique<SecretStore>(QStringLiteral("io.signalbox.Test"), m_profile->path());
    }
    QString path() const { return m_profile->filePath(QStringLiteral("secrets/key")); }
    SecretRef file() const { return {SecretRef::Kind::File, path().toStdString()}; }

    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<SecretStore> m_store;
};

QTEST_GUILESS_MAIN(tst_SecretStore)
#include "tst_SecretStore.moc"
