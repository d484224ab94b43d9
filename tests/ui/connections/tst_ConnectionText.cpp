// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/ConnectionText.h"

#include <QTest>

using namespace sb;
using namespace sb::ui;
using ConnectionText::Callee;

namespace {

const Timestamp kNow{std::chrono::sys_days{std::chrono::year{2026} / 7 / 15}};

GatewayKey key(std::optional<int> expiresInHours, bool revoked = false)
{
    GatewayKey made;
    made.publicId = "a1B2c3D4e5";
    if (expiresInHours)
        made.expires = kNow + std::chrono::hours(*expiresInHours);
    if (revoked)
        made.revoked = kNow;
    return made;
}

QStringList snippets(const Callee& callee)
{
    const QString connection = QStringLiteral("web");
    return {ConnectionText::curl(connection, callee), ConnectionText::python(connection, callee),
            ConnectionText::typeScript(connection, callee)};
}

} // namespace

class tst_ConnectionText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theMostPressingUsableKeyIsShown_data()
    {
        QTest::addColumn<std::vector<GatewayKey>>("keys");
        QTest::addColumn<QString>("word");
        using Keys = std::vector<GatewayKey>;
        QTest::newRow("none") << Keys{} << "no key";
        QTest::newRow("for ever") << Keys{key({})} << "active";
        QTest::newRow("long") << Keys{key(24 * 90)} << "active";
        QTest::newRow("soon") << Keys{key(24 * 9)} << "expires in 9 day(s)";
        QTest::newRow("hours") << Keys{key(3)} << "expires in 1 day(s)";
        QTest::newRow("over") << Keys{key(-1)} << "expired";
        QTest::newRow("revoked") << Keys{key({}, true)} << "revoked";
        QTest::newRow("soon beats long") << Keys{key(24 * 90), key(24 * 9), key(24 * 3)} << "expires in 3 day(s)";
        QTest::newRow("usable beats over") << Keys{key(-1), key(24 * 90), key({}, true)} << "active";
        QTest::newRow("over beats revoked") << Keys{key({}, true), key(-1)} << "expired";
    }
    void theMostPressingUsableKeyIsShown()
    {
        QFETCH(std::vector<GatewayKey>, keys);
        QTEST(ConnectionText::stateOf(keys, kNow).word, "word");
    }

    void variablesAreUpperCaseWithUnderscores()
    {
        QCOMPARE(ConnectionText::variablePrefix(QStringLiteral("web-frontend 2")),
                 QStringLiteral("SIGNALBOX_WEB_FRONTEND_2"));
        QCOMPARE(ConnectionText::variablePrefix(QStringLiteral("Büro")), QStringLiteral("SIGNALBOX_B_RO"));
        QCOMPARE(ConnectionText::dotEnv(QStringLiteral("web"), QStringLiteral("http://127.0.0.1:8484/openai"),
                                        QStringLiteral("sbx_1")),
                 QStringLiteral("SIGNALBOX_WEB_SERVICEURL=http://127.0.0.1:8484/openai\nSIGNALBOX_WEB_APIKEY=sbx_1\n"));
    }

    void aMaskedKeyShowsItsPublicPartOnly()
    {
        QCOMPARE(ConnectionText::masked(key({})), QStringLiteral("sbx_a1B2c3D4e5_****"));
    }

    void snippetsTakeTheKeyFromTheVariableAndLeaveNoPlaceholder()
    {
        for (const ProviderKind provider : kProviderKinds) {
            for (const QString& code : snippets(Callee::service(provider))) {
                QVERIFY2(code.contains(QStringLiteral("SIGNALBOX_WEB_APIKEY")), qPrintable(code));
                QVERIFY2(code.contains(QStringLiteral("SIGNALBOX_WEB_SERVICEURL")), qPrintable(code));
                QVERIFY2(!code.contains(QStringLiteral("@URL")) && !code.contains(QStringLiteral("@KEY")) &&
                             !code.contains(QStringLiteral("@MODEL")),
                         qPrintable(code));
            }
        }
    }

    void aRouteIsNamedAsTheModel()
    {
        for (const QString& code : snippets(Callee::route(QStringLiteral("smart")))) {
            QVERIFY2(code.contains(QStringLiteral("\"smart\"")), qPrintable(code));
            QVERIFY2(code.contains(QStringLiteral("/v1")), qPrintable(code));
        }
    }

    void openAiClientsGetTheVersionAnthropicOnesDoNot()
    {
        QVERIFY(ConnectionText::python(QStringLiteral("w"), Callee::service(ProviderKind::OpenAi))
                    .contains(QStringLiteral("+ \"/v1\"")));
        QVERIFY(!ConnectionText::python(QStringLiteral("w"), Callee::service(ProviderKind::Anthropic))
                     .contains(QStringLiteral("/v1")));
        QVERIFY(ConnectionText::curl(QStringLiteral("w"), Callee::service(ProviderKind::Anthropic))
                    .contains(QStringLiteral("/v1/messages")));
    }
};

QTEST_GUILESS_MAIN(tst_ConnectionText)
#include "tst_ConnectionText.moc"
