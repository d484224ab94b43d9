// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/CurlCommand.h"

#include <QProcess>
#include <QTest>

using namespace sb;
using namespace sb::ui;

class tst_CurlCommand : public QObject {
    Q_OBJECT

    static CurlCall call(ProviderKind provider)
    {
        return {.provider = provider,
                .address = ShellText::literal(QStringLiteral("http://127.0.0.1:8484/svc")),
                .key = ShellText::literal(QStringLiteral("sbx_1")),
                .model = QStringLiteral("m")};
    }

    /// The words that a shell makes of the command.
    static QStringList wordsOf(const QString& command, const QStringList& variables = {})
    {
        QProcess shell;
        shell.setEnvironment(variables);
        shell.start(QStringLiteral("/bin/sh"),
                    {QStringLiteral("-c"), QStringLiteral("curl() { printf '%s\\n' \"$@\"; }\n") + command});
        if (!shell.waitForFinished())
            return {};
        return QString::fromUtf8(shell.readAllStandardOutput()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    }

private Q_SLOTS:
    void everyProviderIsCalledInItsOwnFormat_data()
    {
        QTest::addColumn<ProviderKind>("provider");
        QTest::addColumn<bool>("streamed");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("body");
        const QString bearer = QStringLiteral("Authorization: Bearer sbx_1");
        for (const ProviderKind kind :
             {ProviderKind::OpenAi, ProviderKind::AzureOpenAi, ProviderKind::Mistral, ProviderKind::OpenAiCompatible})
            QTest::newRow(providerCode(kind).data())
                << kind << false << QStringLiteral("/v1/chat/completions") << bearer
                << QStringLiteral(R"({"model":"m","messages":[{"role":"user","content":"Say hello."}]})");
        QTest::newRow("OpenAI streamed")
            << ProviderKind::OpenAi << true << QStringLiteral("/v1/chat/completions") << bearer
            << QStringLiteral(R"({"model":"m","messages":[{"role":"user","content":"Say hello."}],"stream":true})");
        QTest::newRow("Anthropic")
            << ProviderKind::Anthropic << true << QStringLiteral("/v1/messages") << QStringLiteral("x-api-key: sbx_1")
            << QStringLiteral(
                   R"({"model":"m","max_tokens":256,"messages":[{"role":"user","content":"Say hello."}],"stream":true})");
        const QString converse = QStringLiteral(R"({"messages":[{"role":"user","content":[{"text":"Say hello."}]}]})");
        QTest::newRow("Bedrock") << ProviderKind::AwsBedrock << false << QStringLiteral("/model/m/converse") << bearer
                                 << converse;
        QTest::newRow("Bedrock streamed")
            << ProviderKind::AwsBedrock << true << QStringLiteral("/model/m/converse-stream") << bearer << converse;
    }
    void everyProviderIsCalledInItsOwnFormat()
    {
        QFETCH(ProviderKind, provider);
        QFETCH(bool, streamed);
        QFETCH(QString, path);
        QFETCH(QString, header);
        QFETCH(QString, body);
        CurlCall asked = call(provider);
        asked.streamed = streamed;
        const QStringList words = wordsOf(curlCommand(asked, CurlLayout::Wrapped));
        QVERIFY(words.contains(QStringLiteral("http://127.0.0.1:8484/svc") + path));
        QVERIFY(words.contains(header));
        QVERIFY(words.contains(QStringLiteral("content-type: application/json")));
        QCOMPARE(words.last(), body);
        QCOMPARE(wordsOf(curlCommand(asked, CurlLayout::OneLine)), words);
    }

    void theShellReadsNothingInsideOfWhatSomebodyNamed()
    {
        CurlCall asked = call(ProviderKind::OpenAi);
        asked.model = QStringLiteral("it's $HOME \"`x`");
        QVERIFY(wordsOf(curlCommand(asked, CurlLayout::OneLine)).last().contains(QStringLiteral("it's $HOME \\\"`x`")));
        asked.provider = ProviderKind::AwsBedrock;
        asked.address = ShellText::variable(QStringLiteral("SERVICE"));
        QVERIFY(wordsOf(curlCommand(asked, CurlLayout::OneLine), {QStringLiteral("SERVICE=http://gateway/b")})
                    .contains(QStringLiteral("http://gateway/b/model/it%27s%20%24HOME%20%22%60x%60/converse")));
    }

    void addressAndKeyMayComeFromVariables()
    {
        CurlCall asked = call(ProviderKind::Anthropic);
        asked.address = ShellText::variable(QStringLiteral("SERVICE"));
        asked.key = ShellText::variable(QStringLiteral("KEY"));
        const QStringList words = wordsOf(curlCommand(asked, CurlLayout::Wrapped),
                                          {QStringLiteral("SERVICE=http://gateway/c"), QStringLiteral("KEY=sbx_2")});
        QVERIFY(words.contains(QStringLiteral("http://gateway/c/v1/messages")));
        QVERIFY(words.contains(QStringLiteral("x-api-key: sbx_2")));
    }

    void oneLineIsOneLine()
    {
        for (const ProviderKind kind : kProviderKinds)
            QVERIFY(!curlCommand(call(kind), CurlLayout::OneLine).contains(QLatin1Char('\n')));
    }

    void everyProviderHasAnExampleModel()
    {
        for (const ProviderKind kind : kProviderKinds)
            QVERIFY(!exampleModel(kind).isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_CurlCommand)
#include "tst_CurlCommand.moc"
