// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/SampleDomain.h"
#include "gateway/internal/Text.h"
#include "gateway/stages/Authenticate.h"
#include "gateway/stages/FrontDoor.h"
#include "gateway/stages/Reserve.h"
#include "gateway/stages/Resolve.h"
#include "support/FakeClock.h"

#include <gtest/gtest.h>

namespace sb::gateway {
namespace {

/// A parsed head that owns its bytes.
struct Parsed {
    explicit Parsed(const std::string& fields, const std::string& line = "GET / HTTP/1.1")
        : bytes(line + "\r\n" + fields + "\r\n")
    {
        http::RequestParser parser;
        EXPECT_EQ(parser.feed(bytes, head), http::HeadReader::State::Complete) << parser.fault().why;
    }
    std::string bytes;
    http::RequestHead head;
};

int frontDoor(const std::string& fields, const std::string& line = "GET / HTTP/1.1")
{
    const FrontDoorRules rules = FrontDoorRules::make(8484, {"gateway.example"}, {"https://app.example"}, false);
    const Parsed parsed(fields, line);
    const auto error = checkFrontDoor(parsed.head, rules);
    return error ? error->httpStatus() : 0;
}

TEST(FrontDoor, KnowsOurNamesOnlyWithOurPort)
{
    for (const char* host :
         {"127.0.0.1:8484", "localhost:8484", "LOCALHOST:8484", "[::1]:8484", "gateway.example:8484"})
        EXPECT_EQ(frontDoor("Host: " + std::string(host) + "\r\n"), 0) << host;
    for (const char* host : {"127.0.0.1", "localhost", "127.0.0.1:80", "evil.example:8484",
                             "127.0.0.1.evil.example:8484", "0.0.0.0:8484", "gateway.example", ""})
        EXPECT_EQ(frontDoor("Host: " + std::string(host) + "\r\n"), 421) << host;
    EXPECT_EQ(frontDoor("Host: 127.0.0.1:8484\r\n", "GET http://evil.example/ HTTP/1.1"), 421);
}

TEST(FrontDoor, KeepsWebPagesOut)
{
    const std::string host = "Host: 127.0.0.1:8484\r\n";
    EXPECT_EQ(frontDoor(host + "Origin: https://evil.example\r\n"), 403);
    EXPECT_EQ(frontDoor(host + "Origin: null\r\n"), 403);
    EXPECT_EQ(frontDoor(host + "Origin: https://app.example\r\nOrigin: https://evil.example\r\n"), 403);
    EXPECT_EQ(frontDoor(host + "Sec-Fetch-Site: cross-site\r\n"), 403);
    EXPECT_EQ(frontDoor(host + "Sec-Fetch-Site: same-site\r\n"), 403);
    EXPECT_EQ(frontDoor(host + "Sec-Fetch-Site: none\r\n"), 0);
    EXPECT_EQ(frontDoor(host + "Origin: https://app.example\r\nSec-Fetch-Site: cross-site\r\n"), 0);
}

TEST(FrontDoor, TakesOnlyPlainJson)
{
    const std::string host = "Host: 127.0.0.1:8484\r\n";
    const std::string line = "POST /x HTTP/1.1";
    EXPECT_EQ(frontDoor(host + "Content-Type: application/json\r\n", line), 0);
    EXPECT_EQ(frontDoor(host + "Content-Type: Application/JSON; charset=utf-8\r\n", line), 0);
    EXPECT_EQ(frontDoor(host, line), 415);
    for (const char* type : {"text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded",
                             "application/jsonp", ""})
        EXPECT_EQ(frontDoor(host + "Content-Type: " + type + "\r\n", line), 415) << type;
    EXPECT_EQ(frontDoor(host + "Content-Type: application/json\r\nContent-Encoding: gzip\r\n", line), 415);
}

const std::string kKey = "sbx_a_0123456789abcdef";

class AuthenticateTest : public testing::Test {
protected:
    AuthenticateTest()
    {
        domain.addService(ProviderKind::OpenAi, "/openai", "https://api.openai.com/v1");
        domain.addKey(kKey, ServiceId(1));
        domain.addKey("sbx_b_0123456789abcdef", ServiceId(1));
        domain.snapshot.keys[1].expires = clock.now();
        config = *domain.compiled();
    }

    /// The key's id, or 0.
    int who(const std::string& fields) const
    {
        const Parsed parsed("Host: h\r\n" + fields);
        const Authentication result = authenticate(parsed.head.fields, config->data(), clock.now());
        const auto* principal = std::get_if<const Principal*>(&result);
        return principal ? (*principal)->key.value : 0;
    }

    test::FakeClock clock;
    SampleDomain domain;
    std::shared_ptr<const RuntimeConfig> config;
};

TEST_F(AuthenticateTest, TakesTheKeyFromAnyOfTheThreeHeaders)
{
    EXPECT_EQ(who("Authorization: Bearer " + kKey + "\r\n"), 1);
    EXPECT_EQ(who("Authorization: bearer  " + kKey + "\r\n"), 1);
    EXPECT_EQ(who("x-api-key: " + kKey + "\r\n"), 1);
    EXPECT_EQ(who("api-key: " + kKey + "\r\n"), 1);
    EXPECT_EQ(who("x-api-key: " + kKey + "\r\nAuthorization: Bearer " + kKey + "\r\n"), 1);
}

TEST_F(AuthenticateTest, KnowsNobodyElse)
{
    EXPECT_EQ(who(""), 0);
    EXPECT_EQ(who("Authorization: Bearer\r\n"), 0);
    EXPECT_EQ(who("Authorization: Basic " + kKey + "\r\n"), 0);
    EXPECT_EQ(who("Authorization: " + kKey + "\r\n"), 0);
    EXPECT_EQ(who("x-api-key: " + kKey.substr(0, kKey.size() - 1) + "\r\n"), 0);
    EXPECT_EQ(who("x-api-key: " + kKey + "x\r\n"), 0);
    EXPECT_EQ(who("x-api-key: " + kKey + "\r\nAuthorization: Bearer other-other-other-\r\n"), 0) << "differing keys";
    EXPECT_EQ(who("x-api-key: sbx_b_0123456789abcdef\r\n"), 0) << "expired this very moment";
}

/// What a money limit holds for a request of 8 prompt tokens' worth of text, in nano-USD per prompt token.
std::int64_t heldPerPromptToken(ProviderKind provider, const std::string& body,
                                std::optional<NanoPerMillion> writePrice)
{
    const test::FakeClock clock;
    SampleDomain domain;
    domain.addService(provider, "/s", "https://api.example/v1");
    domain.addKey(kKey, ServiceId(1));
    domain.addModel(provider, "m", 1'000'000'000, 0); // 1 USD: 1000 nano-USD per token
    domain.snapshot.prices.front().cacheWrite5m = writePrice;
    domain.addLimit(LimitScope::Organization, 1).maxCost = Money{1'000'000'000};
    const auto config = *domain.compiled();
    limits::LimitTable table(clock, [](LimitWindow, Timestamp now) { return now + std::chrono::hours(24); });
    table.configure(config->data().counters);
    const Parsed parsed("Host: h\r\nx-api-key: " + kKey + "\r\n");
    const Authentication who = authenticate(parsed.head.fields, config->data(), clock.now());
    const auto dialect =
        provider == ProviderKind::Anthropic ? catalog::Dialect::AnthropicMessages : catalog::Dialect::OpenAiChat;
    const auto facts = providers::scanRequest(dialect, body);
    EXPECT_TRUE(facts);
    auto held =
        reserve({config->data(), *std::get<const Principal*>(who),
                 config->data().contexts.find("s")->second.targets.at(EnvironmentId(1)), *facts, "m", clock.now()},
                table);
    const auto* spend = std::get_if<Held>(&held);
    return spend ? spend->spend.amounts.costNano / spend->spend.amounts.promptTokens : -1;
}

TEST(Reserve, HoldsForTheDearestClassThatTheRequestCanFallInto)
{
    const auto claude = [](const std::string& mark) {
        return R"({"model":"m","max_tokens":5,"messages":[{"role":"user","content":[{"type":"text","text":")" +
               std::string(1000, 'x') + "\"" + mark + "}]}]}";
    };
    EXPECT_EQ(heldPerPromptToken(ProviderKind::Anthropic, claude(""), 1'250'000'000), 1000);
    EXPECT_EQ(
        heldPerPromptToken(ProviderKind::Anthropic, claude(R"(,"cache_control":{"type":"ephemeral"})"), 1'250'000'000),
        1250);
    EXPECT_EQ(heldPerPromptToken(ProviderKind::Anthropic, claude(R"(,"cache_control":{"type":"ephemeral","ttl":"1h"})"),
                                 1'250'000'000),
              2000);
    const std::string chat =
        R"({"model":"m","max_tokens":5,"messages":[{"role":"user","content":")" + std::string(1000, 'x') + "\"}]}";
    EXPECT_EQ(heldPerPromptToken(ProviderKind::OpenAi, chat, std::nullopt), 1000);
    EXPECT_EQ(heldPerPromptToken(ProviderKind::OpenAi, chat, 1'250'000'000), 1250)
        << "such a model writes caches unasked";
}

TEST(SplitTarget, TakesContextPathAndQueryApart)
{
    const auto split = splitTarget("/openai/v1/chat/completions?api-version=1&x=/y");
    const auto& address = std::get<Address>(split);
    EXPECT_EQ(address.context, "openai");
    EXPECT_EQ(address.path, "/v1/chat/completions");
    EXPECT_EQ(address.query, "api-version=1&x=/y");
}

TEST(SplitTarget, RefusesWhatOthersMightReadDifferently)
{
    for (const char* target : {"//v1/x", "/openai//v1", "/openai/./v1", "/openai/../v1", "/openai/%2e%2E/v1",
                               "/openai/.%2e/v1", "/open%61i/v1", "/openai%2fv1/x", "/openai/v1/%00", "/%2e/x"})
        EXPECT_TRUE(std::holds_alternative<ApiError>(splitTarget(target))) << target;
    for (const char* target : {"/", "/openai", "/openai/", "/openai/model/a%2Fb%3A0/converse", "/openai/v1/..."})
        EXPECT_TRUE(std::holds_alternative<Address>(splitTarget(target))) << target;
}

TEST(CanonicalTags, TakesOnlyAnObjectOfStrings)
{
    EXPECT_EQ(canonicalTags(""), "");
    EXPECT_EQ(canonicalTags("{}"), "");
    EXPECT_EQ(canonicalTags(R"( { "b" : "2", "a":"\u0031" } )"), R"({"a":"1","b":"2"})");
    for (const char* text :
         {"[]", "1", "{", R"({"a":1})", R"({"a":"1"} x)", R"({"a":"1","a":"2"})", R"({"a":{"b":"c"}})", "\xff"})
        EXPECT_EQ(canonicalTags(text), std::nullopt) << text;
    EXPECT_EQ(canonicalTags("{\"a\":\"" + std::string(2048, 'x') + "\"}"), std::nullopt);
}

TEST(DurationText, IsWrittenAsOpenAiDoes)
{
    using namespace std::chrono_literals;
    EXPECT_EQ(durationText(0ms), "0ms");
    EXPECT_EQ(durationText(120ms), "120ms");
    EXPECT_EQ(durationText(1s), "1s");
    EXPECT_EQ(durationText(1001ms), "2s");
    EXPECT_EQ(durationText(6min), "6m0s");
    EXPECT_EQ(durationText(25h + 3s), "25h0m3s");
}

} // namespace
} // namespace sb::gateway
