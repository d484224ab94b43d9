// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Raw requests through the gateway to every provider's face, streamed and not: the answer, the provider's own record of
// it, and the row in the database with its tokens and its cost.
#include "Landscape.h"
#include "storage/DbSession.h"
#include "support/RawHttp.h"

#include <QCoreApplication>

#include <gtest/gtest.h>

#include <set>

using namespace sb;
using namespace sb::test;

namespace {

struct Road {
    const char* name;
    const char* service;   ///< of the landscape
    const char* target;    ///< below the context
    const char* keyHeader; ///< how the client sends its key
    const char* moreHeaders;
    const char* body; ///< QUESTION stands for the user's words
    bool stream;
    const char* ends;       ///< what a complete stream holds near its end
    const char* model;      ///< code in the catalogue
    std::int64_t inputNano; ///< price per prompt token
    std::int64_t outputNano;
};

constexpr const char* kChat = R"({"model":"gpt-4o-mini","messages":[{"role":"user","content":"QUESTION"}]})";
constexpr const char* kChatStream =
    R"({"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"QUESTION"}]})";
constexpr const char* kMistral = R"({"model":"mistral-small-2506","messages":[{"role":"user","content":"QUESTION"}]})";
constexpr const char* kMistralStream =
    R"({"model":"mistral-small-2506","stream":true,"messages":[{"role":"user","content":"QUESTION"}]})";
constexpr const char* kMessages =
    R"({"model":"claude-haiku-4-5","max_tokens":400,"messages":[{"role":"user","content":"QUESTION"}]})";
constexpr const char* kMessagesStream =
    R"({"model":"claude-haiku-4-5","max_tokens":400,"stream":true,"messages":[{"role":"user","content":"QUESTION"}]})";
constexpr const char* kConverse =
    R"({"inferenceConfig":{"maxTokens":400},"messages":[{"role":"user","content":[{"text":"QUESTION"}]}]})";
constexpr const char* kVersion = "anthropic-version: 2023-06-01\r\n";
constexpr const char* kBedrockModel = "bedrock/global.anthropic.claude-haiku-4-5-20251001-v1:0";
#define SB_BEDROCK_PATH "/model/global.anthropic.claude-haiku-4-5-20251001-v1%3A0/"

const Road kRoads[]{
    {"OpenAi", "openai", "/v1/chat/completions", "Authorization: Bearer ", "", kChat, false, "", "gpt-4o-mini", 150,
     600},
    {"OpenAiStream", "openai", "/v1/chat/completions", "Authorization: Bearer ", "", kChatStream, true, "data: [DONE]",
     "gpt-4o-mini", 150, 600},
    {"AzureV1", "azure", "/v1/chat/completions", "api-key: ", "", kChat, false, "", "azure/gpt-4o-mini", 150, 600},
    {"AzureV1Stream", "azure", "/v1/chat/completions", "api-key: ", "", kChatStream, true, "data: [DONE]",
     "azure/gpt-4o-mini", 150, 600},
    {"AzureNativeV1", "azure", "/openai/v1/chat/completions", "api-key: ", "", kChat, false, "", "azure/gpt-4o-mini",
     150, 600},
    {"AzureClassic", "azure-classic", "/v1/chat/completions", "api-key: ", "", kChat, false, "", "azure/gpt-4o-mini",
     150, 600},
    {"AzureClassicStream", "azure-classic", "/v1/chat/completions", "api-key: ", "", kChatStream, true, "data: [DONE]",
     "azure/gpt-4o-mini", 150, 600},
    {"AzureNativeClassic", "azure-classic", "/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21",
     "api-key: ", "", kChat, false, "", "azure/gpt-4o-mini", 150, 600},
    {"Anthropic", "claude", "/v1/messages", "x-api-key: ", kVersion, kMessages, false, "", "claude-haiku-4-5", 1000,
     5000},
    {"AnthropicStream", "claude", "/v1/messages", "x-api-key: ", kVersion, kMessagesStream, true, "event: message_stop",
     "claude-haiku-4-5", 1000, 5000},
    {"Mistral", "mistral", "/v1/chat/completions", "Authorization: Bearer ", "", kMistral, false, "",
     "mistral-small-2506", 100, 300},
    {"MistralStream", "mistral", "/v1/chat/completions", "Authorization: Bearer ", "", kMistralStream, true,
     "data: [DONE]", "mistral-small-2506", 100, 300},
    {"Bedrock", "bedrock", SB_BEDROCK_PATH "converse", "Authorization: Bearer ", "", kConverse, false, "",
     kBedrockModel, 1000, 5000},
    {"BedrockStream", "bedrock", SB_BEDROCK_PATH "converse-stream", "Authorization: Bearer ", "", kConverse, true,
     "metadata", kBedrockModel, 1000, 5000},
    {"BedrockSigned", "bedrock-aws", SB_BEDROCK_PATH "converse", "Authorization: Bearer ", "", kConverse, false, "",
     kBedrockModel, 1000, 5000},
    {"BedrockSignedStream", "bedrock-aws", SB_BEDROCK_PATH "converse-stream", "Authorization: Bearer ", "", kConverse,
     true, "metadata", kBedrockModel, 1000, 5000},
};

/// The columns of the analysts' view that this test is about.
struct Row {
    QString service;
    QString model;
    qint64 input = -1;
    qint64 output = -1;
    double cost = -1;
    bool success = false;
    bool streamed = false;
    QString source;
};

class WholeRoad : public testing::TestWithParam<Road> {
protected:
    static void SetUpTestSuite() { s_landscape = std::make_unique<Landscape>(); }
    static void TearDownTestSuite() { s_landscape.reset(); }

    void SetUp() override { ASSERT_EQ(landscape().problem().toStdString(), ""); }
    static Landscape& landscape() { return *s_landscape; }

    /// The row with that id, as soon as the gateway has handed it over.
    static std::optional<Row> waitForRow(const std::string& id)
    {
        const auto url = storage::DatabaseUrl::parse(QStringLiteral("sqlite://") + landscape().databaseFile());
        auto db = storage::DbSession::open(*url, QStringLiteral("test"), true);
        if (!db)
            return std::nullopt;
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
        while (std::chrono::steady_clock::now() < deadline) {
            auto row = storage::selectOne(
                **db,
                QStringLiteral(
                    "SELECT service, model_selected, tokens_input, tokens_output, cost_usd, success, streamed, "
                    "usage_source FROM request_analytics WHERE id = ?"),
                {QString::fromStdString(id)}, [](const QSqlQuery& q) {
                    return Row{q.value(0).toString(),
                               q.value(1).toString(),
                               q.value(2).toLongLong(),
                               q.value(3).toLongLong(),
                               q.value(4).isNull() ? -1 : q.value(4).toDouble(),
                               q.value(5).toBool(),
                               q.value(6).toBool(),
                               q.value(7).toString()};
                });
            if (row && *row)
                return *row;
            ::poll(nullptr, 0, 50);
        }
        return std::nullopt;
    }

    static inline std::unique_ptr<Landscape> s_landscape;
};

TEST_P(WholeRoad, AnswersAndIsBookedWithItsTokensAndCost)
{
    const Road& road = GetParam();
    const std::string question = std::string("Question of the road ") + road.name;
    std::string body = road.body;
    body.replace(body.find("QUESTION"), 8, question);

    RawClient client(landscape().gatewayPort());
    ASSERT_TRUE(client.send(rawRequest("POST", "/" + std::string(road.service) + road.target,
                                       road.keyHeader + landscape().key(road.service) + "\r\n" + road.moreHeaders, body,
                                       "127.0.0.1:" + std::to_string(landscape().gatewayPort()))));
    const RawAnswer answer = readAnswer(client);
    ASSERT_EQ(answer.status, 200) << answer.head << answer.body;
    EXPECT_TRUE(answer.complete);
    const std::string id = answer.header("x-signalbox-request-id");
    EXPECT_NE(id, "");
    if (road.stream)
        EXPECT_NE(answer.body.find(road.ends), std::string::npos) << answer.body;
    else
        EXPECT_NE(answer.body.find("You asked: "), std::string::npos) << answer.body;

    const std::optional<Row> row = waitForRow(id);
    ASSERT_TRUE(row) << "no row " << id;
    const auto ledger = landscape().ledger();
    const auto served = std::find_if(ledger.rbegin(), ledger.rend(), [&](const QJsonObject& line) {
        return line.value(QStringLiteral("last_user")).toString().toStdString() == question;
    });
    ASSERT_NE(served, ledger.rend()) << "the provider never saw it";
    const qint64 prompt = served->value(QStringLiteral("prompt_tokens")).toInteger();
    const qint64 completion = served->value(QStringLiteral("completion_tokens")).toInteger();
    EXPECT_EQ(prompt, 3 + 3 + 5);
    EXPECT_EQ(row->input, prompt);
    EXPECT_EQ(row->output, completion);
    EXPECT_EQ(row->source.toStdString(), "reported");
    EXPECT_EQ(row->service.toStdString(), road.service);
    EXPECT_EQ(row->model.toStdString(), road.model);
    EXPECT_EQ(row->streamed, road.stream);
    EXPECT_TRUE(row->success);
    EXPECT_NEAR(row->cost, static_cast<double>(prompt * road.inputNano + completion * road.outputNano) / 1e9, 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Faces, WholeRoad, testing::ValuesIn(kRoads),
                         [](const auto& road) { return std::string(road.param.name); });

class Refusals : public WholeRoad {};

/// The refusal's body, and a check that the provider was not asked.
TEST_P(Refusals, NeverReachTheProvider)
{
    const std::size_t before = landscape().ledger().size();
    const std::string host = "127.0.0.1:" + std::to_string(landscape().gatewayPort());
    const std::string good = "Authorization: Bearer " + landscape().key("openai") + "\r\n";
    const std::string chat = R"({"model":"gpt-4o-mini","messages":[{"role":"user","content":"x"}]})";
    struct Case {
        std::string request;
        int status;
        const char* code;
    };
    const Case cases[]{
        {rawRequest("POST", "/openai/v1/chat/completions", "", chat, host), 401, "invalid_api_key"},
        {rawRequest("POST", "/openai/v1/chat/completions", "Authorization: Bearer sbx_wrong_0123456789abcdef\r\n", chat,
                    host),
         401, "invalid_api_key"},
        {rawRequest("POST", "/claude/v1/messages", good + kVersion, chat, host), 403, "permission_error"},
        {rawRequest("POST", "/nowhere/v1/chat/completions", good, chat, host), 404, "not_found"},
        {rawRequest("POST", "/openai/v1/files", good, chat, host), 404, "not_found"},
        {rawRequest("POST", "/openai/v1/chat/completions", good, "{\"model\":", host), 400, "invalid_request"},
        {rawRequest("POST", "/openai/v1/chat/completions", good, chat, "evil.example"), 421, "misdirected_request"},
        {rawRequest("POST", "/openai/v1/chat/completions", good + "Origin: https://evil.example\r\n", chat, host), 403,
         "origin_not_allowed"},
    };
    for (const Case& one : cases) {
        RawClient client(landscape().gatewayPort());
        ASSERT_TRUE(client.send(one.request));
        const RawAnswer answer = readAnswer(client);
        EXPECT_EQ(answer.status, one.status) << one.request << answer.body;
        EXPECT_NE(answer.body.find(one.code), std::string::npos) << answer.body;
    }
    EXPECT_EQ(landscape().ledger().size(), before);
}

INSTANTIATE_TEST_SUITE_P(All, Refusals, testing::Values(kRoads[0]), [](const auto&) { return std::string("Gateway"); });

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
