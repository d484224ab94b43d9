// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/GatewayTest.h"

#include <gmock/gmock.h>

namespace sb::gateway {
namespace {

using test::FakeReply;
using test::RawAnswer;
using testing::HasSubstr;

const std::string kRouteKey = "sbx_route_0123456789abcdefghijklmnopqrstuvwxyz";

std::string chat(std::string_view model, bool stream = false)
{
    return R"({"model":")" + std::string(model) + R"(",)" + (stream ? R"("stream":true,)" : "") +
           R"("messages":[{"role":"user","content":"Say hi"}]})";
}

/// Two OpenAI-shaped services on two fake providers, one Anthropic service, and the route "smart" over them.
class GatewayRoutes : public GatewayTest {
protected:
    /// The route of the same name, as development has it: to /second only.
    void giveTheEnvironmentItsOwnRoute()
    {
        Route own = domain.snapshot.routes[0];
        own.id = RouteId(8);
        own.environment = EnvironmentId(1);
        own.targets = {{"/second", "local-model"}};
        domain.snapshot.routes.push_back(own);
        publish();
    }

    void startRouted(std::vector<RouteTarget> targets = {{"/first", "gpt-4o-mini"}, {"/second", "local-model"}},
                     RoutingPolicy policy = RoutingPolicy::Priority)
    {
        domain.addService(ProviderKind::OpenAi, "/first", url("/v1"));
        domain.addService(ProviderKind::OpenAiCompatible, "/second",
                          "http://127.0.0.1:" + std::to_string(spare.port()));
        domain.addService(ProviderKind::Anthropic, "/claude", url());
        domain.addModel(ProviderKind::OpenAi, "gpt-4o-mini", 150'000'000, 600'000'000);
        domain.addModel(ProviderKind::OpenAiCompatible, "local-model", 1'000'000'000, 2'000'000'000);
        Route route;
        route.id = RouteId(7);
        route.organization = OrganizationId(1);
        route.name = "smart";
        route.policy = policy;
        route.targets = std::move(targets);
        route.version = 3;
        domain.snapshot.routes.push_back(route);
        addProgramKey();
        domain.addKey(kRouteKey, ServiceId{});
        domain.snapshot.connections.back().route = route.id;
        start();
    }

    void addProgramKey()
    {
        GatewayKey key;
        key.id = GatewayKeyId(99);
        key.environment = EnvironmentId(1);
        key.publicId = "program";
        key.hash = sha256(kKey);
        domain.snapshot.keys.push_back(key);
    }

    std::string postWithRouteKey(std::string_view target, std::string_view body) const
    {
        return test::rawRequest("POST", target, "Authorization: Bearer " + kRouteKey + "\r\n", body, host());
    }

    test::FakeUpstream spare;
};

TEST_F(GatewayRoutes, SendsTheTargetsModelAndNamesTheRoute)
{
    startRouted();
    upstream.enqueue(FakeReply::json(kChatAnswer));
    const RawAnswer answer = ask(postWithRouteKey("/v1/chat/completions", chat("smart")));
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.header("x-signalbox-route"), "smart");
    EXPECT_EQ(answer.header("x-signalbox-service"), "/first");
    EXPECT_EQ(answer.header("x-signalbox-model"), "gpt-4o-mini");
    EXPECT_EQ(answer.header("x-signalbox-attempts"), "1");
    ASSERT_EQ(upstream.seen().size(), 1u);
    EXPECT_EQ(upstream.seen()[0].line(), "POST /v1/chat/completions HTTP/1.1");
    EXPECT_EQ(upstream.seen()[0].body, chat("gpt-4o-mini"));
    const UsageRecord record = recordsAfter(1)[0];
    EXPECT_EQ(record.route, RouteId(7));
    EXPECT_EQ(record.modelRequested, "smart");
    EXPECT_EQ(record.modelSelected, "gpt-4o-mini");
    EXPECT_EQ(record.service, ServiceId(1));
    EXPECT_THAT(record.decision, HasSubstr(R"("route":"smart","route_version":3,"policy":"priority")"));
    EXPECT_THAT(record.decision, HasSubstr(R"({"service":"/second","model":"local-model","state":"spare"})"));
}

TEST_F(GatewayRoutes, FallBackWhenTheFirstTargetFails)
{
    startRouted();
    upstream.enqueue(FakeReply::json(R"({"error":{"message":"boom","type":"server_error"}})", 500));
    spare.enqueue(FakeReply::json(kChatAnswer));
    const RawAnswer answer = ask(postWithRouteKey("/v1/chat/completions", chat("smart")));
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.header("x-signalbox-service"), "/second");
    EXPECT_EQ(answer.header("x-signalbox-attempts"), "2");
    EXPECT_EQ(upstream.seen().size(), 1u);
    ASSERT_EQ(spare.seen().size(), 1u);
    EXPECT_EQ(spare.seen()[0].header("authorization"), "Bearer provider-secret-second") << "each its own credential";
    const UsageRecord record = recordsAfter(1)[0];
    EXPECT_EQ(record.status, RequestStatus::Ok);
    EXPECT_EQ(record.attempts, 2u);
    EXPECT_TRUE(record.flags.fallbackTaken);
    EXPECT_EQ(record.service, ServiceId(2));
    EXPECT_EQ(record.provider, ProviderKind::OpenAiCompatible);
    EXPECT_EQ(record.attemptsCost, Money{}) << "a refusal costs nothing";
    EXPECT_EQ(record.cost, (Money{9 * 1000 + 2 * 2000})) << "at the price of the target that answered";
    EXPECT_THAT(record.decision,
                HasSubstr(R"({"service":"/first","model":"gpt-4o-mini","state":"failed","reason":"upstream_error"})"));
}

TEST_F(GatewayRoutes, FallBackBeforeTheFirstEventOfAStream)
{
    startRouted();
    upstream.enqueue(
        FakeReply::stream({"data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}\n\n"}));
    spare.enqueue(FakeReply::stream(chatEvents()));
    const RawAnswer answer = ask(postWithRouteKey("/v1/chat/completions", chat("smart", true)));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("x-signalbox-attempts"), "2");
    EXPECT_THAT(answer.body, HasSubstr("[DONE]"));
    EXPECT_THAT(answer.body, testing::Not(HasSubstr("overloaded")));
    EXPECT_EQ(recordsAfter(1)[0].usage.completionTokens(), 2u);
}

TEST_F(GatewayRoutes, NeverFallBackOnceTheClientHasSeenAnEvent)
{
    startRouted();
    FakeReply reply = FakeReply::stream(chatEvents());
    reply.cutAt = reply.pieces[0].size() + reply.pieces[1].size() + reply.pieces[2].size() + 10;
    upstream.enqueue(reply);
    const RawAnswer answer = ask(postWithRouteKey("/v1/chat/completions", chat("smart", true)));
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.body, HasSubstr("data: {\"error\":"));
    EXPECT_EQ(recordsAfter(1)[0].status, RequestStatus::UpstreamError);
    EXPECT_TRUE(spare.seen().empty());
}

TEST_F(GatewayRoutes, DoNotRepeatElsewhereWhatIsWrongWithTheRequest)
{
    startRouted();
    upstream.enqueue(FakeReply::json(R"({"error":{"message":"no such role","type":"invalid_request_error"}})", 400));
    const RawAnswer answer = ask(postWithRouteKey("/v1/chat/completions", chat("smart")));
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body, HasSubstr("no such role"));
    EXPECT_TRUE(spare.seen().empty());
}

TEST_F(GatewayRoutes, AnswerWithTheFirstTargetsErrorWhenAllFail)
{
    startRouted();
    upstream.enqueue(
        FakeReply::json(R"({"error":{"message":"slow down","type":"rate_limit_error"}})", 429, "retry-after: 7\r\n"));
    spare.enqueue(FakeReply::json(R"({"error":{"message":"boom"}})", 500));
    const RawAnswer answer = ask(postWithRouteKey("/v1/chat/completions", chat("smart")));
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.header("retry-after"), "7");
    const UsageRecord record = recordsAfter(1)[0];
    EXPECT_EQ(record.status, RequestStatus::UpstreamError);
    EXPECT_EQ(record.errorCode, "upstream_rate_limited");
    EXPECT_EQ(record.attempts, 2u);
    EXPECT_EQ(recordsAfter(1).size(), 1u) << "one record for the request";
}

TEST_F(GatewayRoutes, PassATargetWhoseOwnLimitIsFull)
{
    domain.addLimit(LimitScope::ServiceEnvironment, 11).maxRequests = 1;
    startRouted();
    upstream.setDefault(FakeReply::json(kChatAnswer));
    spare.setDefault(FakeReply::json(kChatAnswer));
    EXPECT_EQ(ask(postWithRouteKey("/v1/chat/completions", chat("smart"))).header("x-signalbox-service"), "/first");
    const RawAnswer second = ask(postWithRouteKey("/v1/chat/completions", chat("smart")));
    EXPECT_EQ(second.status, 200);
    EXPECT_EQ(second.header("x-signalbox-service"), "/second");
    EXPECT_EQ(second.header("x-signalbox-attempts"), "1") << "the first target was not asked";
}

TEST_F(GatewayRoutes, BookEveryAttemptOnTheLimitsOfItsOwnTarget)
{
    domain.addLimit(LimitScope::ServiceEnvironment, 11).maxRequests = 10;
    domain.addLimit(LimitScope::ServiceEnvironment, 12).maxRequests = 10;
    startRouted();
    upstream.enqueue(FakeReply::json("{}", 503));
    spare.enqueue(FakeReply::json(kChatAnswer));
    EXPECT_EQ(ask(postWithRouteKey("/v1/chat/completions", chat("smart"))).status, 200);
    recordsAfter(1);
    EXPECT_EQ(held(), 0);
    EXPECT_EQ(booked(LimitDimension::Requests), 2);
}

TEST_F(GatewayRoutes, ChargeAnAttemptThatWasSentAndNeverAnswered)
{
    options.timeouts.firstByte = std::chrono::milliseconds(50);
    startRouted();
    FakeReply silent;
    silent.neverAnswer = true;
    upstream.enqueue(silent);
    spare.enqueue(FakeReply::stream(chatEvents()));
    EXPECT_EQ(ask(postWithRouteKey("/v1/chat/completions", chat("smart", true))).status, 200);
    const UsageRecord record = recordsAfter(1)[0];
    EXPECT_EQ(record.attempts, 2u);
    EXPECT_GT(record.attemptsCost, Money{}) << "the provider may have worked: its prompt is charged";
    EXPECT_EQ(record.cost, (Money{9 * 1000 + 2 * 2000}));
}

TEST_F(GatewayRoutes, AreRefusedToAKeyOfAnotherTarget)
{
    startRouted();
    domain.addKey("sbx_other_0123456789abcdefghijklmnopqrstuvwxyz", ServiceId(1));
    publish();
    const auto other = [&](std::string_view target, std::string_view body) {
        return ask(test::rawRequest(
            "POST", target, "Authorization: Bearer sbx_other_0123456789abcdefghijklmnopqrstuvwxyz\r\n", body, host()));
    };
    EXPECT_EQ(other("/v1/chat/completions", chat("smart")).status, 403);
    EXPECT_EQ(other("/v1/chat/completions", chat("second/local-model")).status, 403);
    EXPECT_EQ(ask(postWithRouteKey("/first/v1/chat/completions", chat("gpt-4o-mini"))).status, 403)
        << "a route's key calls the route only";
    EXPECT_EQ(ask(postWithRouteKey("/v1/chat/completions", chat("gpt-4o-mini"))).status, 404);
    EXPECT_TRUE(upstream.seen().empty());
    EXPECT_TRUE(spare.seen().empty());
}

TEST_F(GatewayRoutes, ExcludeATargetThatSpeaksAnotherFormat)
{
    startRouted({{"/claude", "claude-haiku-4-5"}, {"/second", "local-model"}});
    spare.enqueue(FakeReply::json(kChatAnswer));
    EXPECT_EQ(ask(postWithRouteKey("/v1/chat/completions", chat("smart"))).header("x-signalbox-service"), "/second");
    EXPECT_THAT(recordsAfter(1)[0].decision,
                HasSubstr(R"({"service":"/claude","model":"claude-haiku-4-5","state":"excluded","reason":"format"})"));
}

TEST_F(GatewayRoutes, WithoutAnyUsableTargetSayWhatExcludedThem)
{
    startRouted({{"/claude", "claude-haiku-4-5"}, {"/gone", "x"}});
    const RawAnswer answer = ask(postWithRouteKey("/v1/chat/completions", chat("smart")));
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body, HasSubstr("/claude format, /gone disabled"));
}

TEST_F(GatewayRoutes, AnEnvironmentsOwnRouteGoesBeforeTheGeneralOne)
{
    startRouted();
    giveTheEnvironmentItsOwnRoute();
    spare.enqueue(FakeReply::json(kChatAnswer));
    EXPECT_EQ(ask(post("/v1/chat/completions", chat("smart"))).header("x-signalbox-service"), "/second");
    EXPECT_EQ(recordsAfter(1)[0].route, RouteId(8));
}

TEST_F(GatewayRoutes, AKeyOfAServiceThatIsGoneReachesNoOther)
{
    startRouted();
    domain.addKey("sbx_other_0123456789abcdefghijklmnopqrstuvwxyz", ServiceId(77));
    publish();
    EXPECT_EQ(ask(test::rawRequest("POST", "/v1/chat/completions",
                                   "Authorization: Bearer sbx_other_0123456789abcdefghijklmnopqrstuvwxyz\r\n",
                                   chat("gpt-4o-mini"), host()))
                  .status,
              404);
    EXPECT_TRUE(upstream.seen().empty());
}

TEST_F(GatewayRoutes, AKeyCallsItsRouteInTheFormThatItsEnvironmentHas)
{
    startRouted();
    giveTheEnvironmentItsOwnRoute();
    spare.enqueue(FakeReply::json(kChatAnswer));
    EXPECT_EQ(ask(postWithRouteKey("/v1/chat/completions", chat("smart"))).header("x-signalbox-service"), "/second")
        << "the connection was made to the route of that name, whichever row it refers to";
}

class RoutingPaths : public GatewayRoutes {};

TEST_F(RoutingPaths, AModelMayNameItsService)
{
    startRouted();
    spare.enqueue(FakeReply::json(kChatAnswer));
    const RawAnswer answer = ask(post("/v1/chat/completions", chat("second/local-model")));
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.header("x-signalbox-route"), "");
    ASSERT_EQ(spare.seen().size(), 1u);
    EXPECT_EQ(spare.seen()[0].body, chat("local-model"));
}

TEST_F(RoutingPaths, AModelThatOneServiceOffersNeedsNoService)
{
    startRouted();
    upstream.enqueue(FakeReply::json(kChatAnswer));
    EXPECT_EQ(ask(post("/v1/chat/completions", chat("gpt-4o-mini"))).header("x-signalbox-service"), "/first");
    EXPECT_EQ(upstream.seen()[0].body, chat("gpt-4o-mini"));
}

TEST_F(RoutingPaths, AModelOfSeveralServicesIsAskedBack)
{
    startRouted();
    const RawAnswer answer = ask(post("/v1/chat/completions", chat("local-model")));
    EXPECT_EQ(answer.status, 400) << answer.body;
    EXPECT_THAT(answer.body, HasSubstr("first/local-model, second/local-model"));
}

TEST_F(RoutingPaths, AnUnknownModelIsNotFound)
{
    startRouted();
    const RawAnswer answer = ask(post("/v1/chat/completions", chat("no-such-model")));
    EXPECT_EQ(answer.status, 404);
    EXPECT_THAT(answer.body, HasSubstr("model_not_found"));
}

TEST_F(RoutingPaths, MessagesGoToServicesThatSpeakThem)
{
    startRouted();
    upstream.enqueue(FakeReply::json(
        R"({"id":"m","type":"message","role":"assistant","model":"claude-haiku-4-5","content":[],"stop_reason":"end_turn","usage":{"input_tokens":10,"output_tokens":3}})"));
    const RawAnswer answer = ask(
        post("/v1/messages",
             R"({"model":"claude/claude-haiku-4-5","max_tokens":64,"messages":[{"role":"user","content":"Say hi"}]})"));
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(upstream.seen()[0].line(), "POST /v1/messages HTTP/1.1");
}

TEST_F(RoutingPaths, ListWhatTheKeyMayCall)
{
    startRouted();
    EXPECT_THAT(
        ask(get("/v1/models")).body,
        HasSubstr(
            R"({"object":"list","data":[{"id":"smart","object":"model","owned_by":"signalbox"},{"id":"first/gpt-4o-mini")"));
    const std::string own =
        ask(test::rawRequest("GET", "/v1/models", "Authorization: Bearer " + kRouteKey + "\r\n", {}, host())).body;
    EXPECT_THAT(own, HasSubstr("smart"));
    EXPECT_THAT(own, testing::Not(HasSubstr("first/")));
    EXPECT_THAT(ask(get("/v1/models", "anthropic-version: 2023-06-01\r\n")).body,
                HasSubstr(R"("type":"model","id":"smart")"));
}

TEST_F(RoutingPaths, KnowTheirMethods)
{
    startRouted();
    const RawAnswer answer = ask(get("/v1/chat/completions"));
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.header("allow"), "POST");
    EXPECT_EQ(ask(post("/v1/nothing", "{}")).status, 404);
}

} // namespace
} // namespace sb::gateway
