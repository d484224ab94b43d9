// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/validation/ServiceValidation.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sb {
namespace {

/// "code" of the first issue, "code?" of a warning, "" when all is well.
std::string first(const FieldIssues& issues)
{
    if (issues.empty())
        return {};
    return issues.front().code + (issues.front().severity == FieldIssue::Severity::Warning ? "?" : "");
}

TEST(ServiceName, IsOneTo128PlainCharactersAfterTrimming)
{
    const struct {
        std::string typed;
        std::string issue;
    } cases[] = {
        {"OpenAI", ""},
        {"  OpenAI \t", ""},
        {"\xC2\xA0OpenAI\xC2\xA0", ""},
        {"Größe 試験", ""},
        {std::string(128, 'a'), ""},
        {std::string(129, 'a'), "too_long"},
        {"", "required"},
        {"   ", "required"},
        {"a\nb", "bad_characters"},
        {"a\x7f", "bad_characters"},
        {"a\xC2\x85", "bad_characters"},     // C1 control
        {"a\xE2\x80\xAE", "bad_characters"}, // right-to-left override
        {"a\xFF", "bad_characters"},         // not UTF-8
        {"a\xC0\xAF", "bad_characters"},     // overlong
        {"a\xED\xA0\x80", "bad_characters"}, // surrogate
        {"a\xE2\x82", "bad_characters"},     // cut
    };
    for (const auto& c : cases)
        EXPECT_EQ(first(validation::checkName(c.typed)), c.issue) << c.typed;
    EXPECT_EQ(validation::normalisedName("  a b "), "a b");
}

TEST(ServiceName, CountsCharactersAndNotBytes)
{
    std::string umlauts;
    for (int i = 0; i < 128; ++i)
        umlauts += "ü";
    EXPECT_EQ(first(validation::checkName(umlauts)), "");
    EXPECT_EQ(first(validation::checkName(umlauts + "ü")), "too_long");
}

TEST(ContextPath, IsSuggestedFromTheName)
{
    const struct {
        std::string name, path;
    } cases[] = {
        {"OpenAI", "/openai"},
        {"My Service", "/my-service"},
        {"  Team  A  ", "/team-a"},
        {"GPT_4.1 mini", "/gpt-4-1-mini"},
        {"Claude (prod)", "/claude-prod"},
        {"--x--", "/x"},
        {"Über", "/ueber"},
        {"Größe", "/groesse"},
        {"Café Łódź", "/cafe-lodz"},
        {"Go\xCC\x88the", "/goethe"}, // the dots apart from their letter
        {"A × B", "/a-b"},
        {"試験", ""},
        {"", ""},
        {"v1", "/v1-service"},
        {"Metrics", "/metrics-service"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(validation::suggestContextPath(c.name), c.path) << c.name;
}

TEST(Region, IsReadFromTheAddress)
{
    EXPECT_EQ(validation::regionInUrl("https://bedrock-runtime.eu-central-1.amazonaws.com"), "eu-central-1");
    EXPECT_EQ(validation::regionInUrl("https://bedrock-runtime.amazonaws.com"), "");
    EXPECT_EQ(validation::regionInUrl("https://api.openai.com/v1"), "");
    EXPECT_EQ(validation::regionInUrl("amazonaws.com"), "");
}

TEST(ContextPath, SuggestionsAreAlwaysAcceptable)
{
    for (const std::string& name :
         {std::string(500, 'x'), "a " + std::string(61, 'b') + " c", std::string("A-"), std::string("0")}) {
        const std::string path = validation::suggestContextPath(name);
        EXPECT_EQ(first(validation::checkContextPath(path)), "") << path;
        EXPECT_EQ(validation::normalisedContextPath(path), path);
    }
}

TEST(ContextPath, IsNormalisedToOneLeadingSlashAndLowerCase)
{
    const struct {
        std::string typed, path;
    } cases[] = {
        {"openai", "/openai"},
        {"/OpenAI", "/openai"},
        {"//openai//", "/openai"},
        {" / my  team / ", "/my-team"},
        {"/", ""},
        {"", ""},
        {"/a/b", "/a/b"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(validation::normalisedContextPath(c.typed), c.path) << c.typed;
}

TEST(ContextPath, IsOneSegmentThatIsNotOurs)
{
    const struct {
        std::string path, issue;
    } cases[] = {
        {"/a", ""},
        {"/a-b-9", ""},
        {'/' + std::string(63, 'a'), ""},
        {'/' + std::string(64, 'a'), "too_long"},
        {"", "required"},
        {"/", "bad_format"},
        {"openai", "bad_format"},
        {"/-a", "dash_at_end"},
        {"/a-", "dash_at_end"},
        {"/a/b", "bad_path_character"},
        {"/a_b", "bad_path_character"},
        {"/A", "bad_path_character"},
        {"/%61", "bad_path_character"},
        {"/..", "bad_path_character"},
        {"/v1", "reserved"},
        {"/healthz", "reserved"},
        {"/readyz", "reserved"},
        {"/metrics", "reserved"},
        {"/v1x", ""},
    };
    for (const auto& c : cases)
        EXPECT_EQ(first(validation::checkContextPath(c.path)), c.issue) << c.path;
}

TEST(ContextPath, TheCharacterThatCannotBeUsedIsNamedWhole)
{
    const struct {
        std::string path, character;
    } cases[] = {
        {"/a/b", "/"},
        {"/a_b", "_"},
        {"/caf\xC3\xA9", "\xC3\xA9"},
        {"/\xF0\x9F\x98\x80x", "\xF0\x9F\x98\x80"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(validation::checkContextPath(c.path).front().detail, c.character) << c.path;
    EXPECT_EQ(first(validation::checkContextPath("/a\x01")), "bad_characters");
    EXPECT_EQ(first(validation::checkContextPath("/a\xC3")), "bad_characters"); // cut
}

TEST(AuthorizationHeader, IsReadTolerantly)
{
    using P = ProviderKind;
    const struct {
        std::string typed;
        P provider;
        std::string header, prefix, pasted;
    } cases[] = {
        {"Authorization: Bearer", P::OpenAi, "Authorization", "Bearer ", ""},
        {"authorization: bearer ", P::Mistral, "Authorization", "Bearer ", ""},
        {"Authorization", P::OpenAi, "Authorization", "Bearer ", ""},
        {"Authorization:", P::OpenAi, "Authorization", "Bearer ", ""},
        {"Bearer", P::AwsBedrock, "Authorization", "Bearer ", ""},
        {"Bearer sk-1", P::OpenAi, "Authorization", "Bearer ", "sk-1"},
        {"Authorization: Bearer sk-1", P::OpenAi, "Authorization", "Bearer ", "sk-1"},
        {"Authorization Bearer sk-1", P::OpenAi, "Authorization", "Bearer ", "sk-1"},
        {"api-key", P::AzureOpenAi, "api-key", "", ""},
        {"API-Key: abc", P::AzureOpenAi, "api-key", "", "abc"},
        {"x-api-key", P::Anthropic, "x-api-key", "", ""},
        {"x-api-key: sk-ant-1", P::Anthropic, "x-api-key", "", "sk-ant-1"},
        {"Authorization: Bearer", P::Anthropic, "Authorization", "Bearer ", ""},
        {"X-My-Key", P::OpenAiCompatible, "X-My-Key", "", ""}, // another bare name gets no prefix
        {"X-My-Key: Token", P::OpenAiCompatible, "X-My-Key", "Token ", ""},
        {"Authorization: Basic dXNlcg==", P::OpenAiCompatible, "Authorization", "Basic ", "dXNlcg=="},
    };
    for (const auto& c : cases) {
        const auto choice = validation::readAuthorizationHeader(c.typed, c.provider);
        ASSERT_TRUE(choice) << c.typed;
        EXPECT_EQ(choice->header, c.header) << c.typed;
        EXPECT_EQ(choice->prefix, c.prefix) << c.typed;
        EXPECT_EQ(choice->pasted.reveal(), c.pasted) << c.typed;
    }
}

TEST(AuthorizationHeader, RefusesWhatBreaksFramingOrIsNoHeader)
{
    const struct {
        std::string typed, issue;
    } cases[] = {
        {"", "required"},
        {"Host: x", "forbidden_header"},
        {"content-length", "forbidden_header"},
        {"Transfer-Encoding", "forbidden_header"},
        {"Connection: Bearer", "forbidden_header"},
        {"Proxy-Authorization", "forbidden_header"},
        {"x-signalbox-session", "forbidden_header"},
        {"my header: a b c", "bad_header"},
        {"Authorization: Bearer a b", "bad_header"},
        {"Höader", "bad_header"},
        {"a(b)", "bad_header"},
        {": Bearer", "bad_header"},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(first(validation::checkAuthorizationHeader(c.typed, ProviderKind::OpenAi)), c.issue) << c.typed;
        EXPECT_FALSE(validation::readAuthorizationHeader(c.typed, ProviderKind::OpenAi)) << c.typed;
    }
}

TEST(Count, IsReadAsPeopleWriteIt)
{
    const struct {
        std::string typed;
        std::int64_t value;
    } cases[] = {
        {"1", 1},
        {"100 000", 100'000},
        {"100\xC2\xA0"
         "000",
         100'000},
        {"100\xE2\x80\xAF"
         "000",
         100'000},
        {"100,000", 100'000},
        {"100.000", 100'000},
        {"1'500'000", 1'500'000},
        {"1,500,000", 1'500'000},
        {"90k", 90'000},
        {"90 K", 90'000},
        {"1.5M", 1'500'000},
        {"1,5m", 1'500'000},
        {"0.25k", 250},
        {"2.50k", 2'500},
        {"9223372036854775807", 9'223'372'036'854'775'807},
    };
    for (const auto& c : cases) {
        const auto count = validation::readCount(c.typed);
        ASSERT_TRUE(count) << c.typed;
        EXPECT_EQ(*count, std::optional(c.value)) << c.typed;
    }
    EXPECT_EQ(validation::readCount("  ").value_or(7), std::nullopt);
}

TEST(Count, RefusesWhatIsNoneOrCouldBeTwo)
{
    for (const char* typed :
         {"0", "0k", "-1", "+1", "abc", "1.5", "1,50", "10,00,000", "1,500k", "1.500M", "1.2345k",
          "9223372036854775808", "9999999999999M", "k", ".", "1e5", "1 0 k k", "0x10", "1.0000001M"})
        EXPECT_FALSE(validation::readCount(typed)) << typed;
}

TEST(Reference, IsToldApartFromALiteral)
{
    using Kind = SecretRef::Kind;
    EXPECT_EQ(validation::readReference(" env:OPENAI_API_KEY ", SecretPlace::Keychain)->kind, Kind::Environment);
    EXPECT_EQ(validation::readReference("file:/etc/key", SecretPlace::Keychain)->kind, Kind::File);
    EXPECT_EQ(validation::readReference("sk-123", SecretPlace::Keychain)->kind, Kind::None);
    EXPECT_EQ(validation::readReference("OPENAI_API_KEY", SecretPlace::Environment)->name, "OPENAI_API_KEY");
    EXPECT_FALSE(validation::readReference("sk-123", SecretPlace::Environment));
    EXPECT_FALSE(validation::readReference("file:relative", SecretPlace::Keychain));
}

TEST(Deployments, AreModelEqualsDeployment)
{
    const auto map = validation::readDeployments(" gpt-4o = my-4o \n\n gpt-4o-mini=mini, x=y");
    ASSERT_TRUE(map);
    EXPECT_EQ(*map, (std::map<std::string, std::string>{{"gpt-4o", "my-4o"}, {"gpt-4o-mini", "mini"}, {"x", "y"}}));
    for (const char* bad : {"gpt-4o", "=x", "a=", "a=b/c", "a=b\na=c", "a=b=c"})
        EXPECT_FALSE(validation::readDeployments(bad)) << bad;
}

class Registration : public ::testing::Test {
protected:
    Registration()
    {
        m_environments = {{EnvironmentId(1), OrganizationId(1), "development", false, 1},
                          {EnvironmentId(2), OrganizationId(1), "production", true, 2}};
        draft.service.name = "OpenAI";
        draft.service.contextPath = "/openai";
        draft.service.url = "https://api.openai.com/v1";
        draft.environments.resize(2);
        development().environment = EnvironmentId(1);
        development().configured = true;
        development().authorizationHeader = "Authorization: Bearer";
        development().apiKey = Secret(std::string_view("sk-1"));
        production().environment = EnvironmentId(2);
    }

    EnvironmentDraft& development() { return draft.environments[0]; }
    EnvironmentDraft& production() { return draft.environments[1]; }

    /// "field: code" of each issue, warnings with a "?".
    std::vector<std::string> issues() const
    {
        std::vector<std::string> lines;
        for (const FieldIssue& issue : validation::check(draft, m_environments))
            lines.push_back(issue.field + ": " + issue.code +
                            (issue.severity == FieldIssue::Severity::Warning ? "?" : ""));
        return lines;
    }

    using Lines = std::vector<std::string>;
    ServiceDraft draft;
    std::vector<Environment> m_environments;
};

TEST_F(Registration, AWholeDraftHasNoIssues)
{
    EXPECT_EQ(issues(), Lines{});
}

TEST_F(Registration, EveryFieldIsReportedAtOnce)
{
    draft.service.name = "";
    draft.service.contextPath = "v1";
    draft.service.url = "https://{resource}.openai.azure.com";
    draft.service.summary = std::string(501, 's');
    draft.service.scope = Scope::Project;
    development().apiKey = Secret();
    development().maxPromptTokens = "many";
    EXPECT_EQ(issues(), (Lines{"name: required", "context_path: reserved", "url: placeholder", "summary: too_long",
                               "project: required", "environments/development/api_key: required",
                               "environments/development/max_prompt_tokens: bad_number"}));
}

TEST_F(Registration, NeedsOneConfiguredEnvironment)
{
    development().configured = false;
    EXPECT_EQ(issues(), Lines{"environments: none_configured"});
}

TEST_F(Registration, EnvironmentsThatAreNotConfiguredAreNotJudged)
{
    production().maxPromptTokens = "many";
    EXPECT_EQ(issues(), Lines{});
}

TEST_F(Registration, ATotalBelowAPartIsOnlyAWarning)
{
    development().maxPromptTokens = "100k";
    development().maxTotalTokens = "90k";
    EXPECT_EQ(issues(), Lines{"environments/development/max_total_tokens: total_below_part?"});
}

TEST_F(Registration, ATotalAboveTheSumIsOnlyAWarning)
{
    development().maxPromptTokens = "100000";
    development().maxCompletionTokens = "20000";
    development().maxTotalTokens = "120001";
    EXPECT_EQ(issues(), Lines{"environments/development/max_total_tokens: total_above_sum?"});
    development().maxTotalTokens = "120000";
    EXPECT_EQ(issues(), Lines{});
}

TEST_F(Registration, HugeMaximaDoNotOverflowTheComparison)
{
    development().maxPromptTokens = "9223372036854775807";
    development().maxCompletionTokens = "9223372036854775807";
    development().maxTotalTokens = "9223372036854775807";
    EXPECT_EQ(issues(), Lines{});
}

TEST_F(Registration, PerRequestMaximaAreJudgedApart)
{
    development().requestMaxPromptTokens = "8000";
    development().requestMaxTotalTokens = "7000";
    EXPECT_EQ(issues(), Lines{"environments/development/request_max_total_tokens: total_below_part?"});
}

TEST_F(Registration, ProductionWithoutALimitIsAWarning)
{
    production().configured = true;
    production().authorizationHeader = "Authorization: Bearer";
    production().apiKey = Secret(std::string_view("env:OPENAI_API_KEY"));
    EXPECT_EQ(issues(), Lines{"environments/production/max_total_tokens: no_limit_in_production?"});
    production().maxCostUsd = "25.00";
    EXPECT_EQ(issues(), Lines{});
}

TEST_F(Registration, ATokenPastedIntoTheHeaderFieldCountsAsTheKey)
{
    development().apiKey = Secret();
    development().authorizationHeader = "Authorization: Bearer sk-1";
    EXPECT_EQ(issues(), Lines{});
}

TEST_F(Registration, AKeyIsVisibleAsciiWithoutBlanks)
{
    for (const char* bad : {"sk 1", "sk\n1", "sk\xC3\xA4"}) {
        development().apiKey = Secret(std::string_view(bad));
        EXPECT_EQ(issues(), Lines{"environments/development/api_key: bad_characters"}) << bad;
    }
    development().apiKey = Secret(std::string_view("  sk-1\n")); // as pasted
    EXPECT_EQ(issues(), Lines{});
}

TEST_F(Registration, APlaceThatIsAVariableNeedsItsName)
{
    development().place = SecretPlace::Environment;
    EXPECT_EQ(issues(), Lines{"environments/development/api_key: bad_variable_name"});
    development().apiKey = Secret(std::string_view("OPENAI_API_KEY"));
    EXPECT_EQ(issues(), Lines{});
}

TEST_F(Registration, NoAuthenticationIsForCompatibleServersOnly)
{
    development().authKind = AuthKind::None;
    EXPECT_EQ(issues(), Lines{"environments/development/authorization_header: auth_required"});
    draft.service.provider = ProviderKind::OpenAiCompatible;
    EXPECT_EQ(issues(), Lines{});
}

TEST_F(Registration, SigV4NeedsRegionAndBothKeys)
{
    draft.service.provider = ProviderKind::AwsBedrock;
    development().authKind = AuthKind::SigV4;
    EXPECT_EQ(issues(),
              (Lines{"environments/development/region: required", "environments/development/access_key: required",
                     "environments/development/secret_key: required"}));
    development().accessKeyId = Secret(std::string_view("AKIA1"));
    development().secretAccessKey = Secret(std::string_view("abc/def+ghi"));
    for (const char* region : {"us-east-1", "us-gov-west-1", "ap-southeast-2"}) {
        development().region = region;
        EXPECT_EQ(issues(), Lines{}) << region;
    }
    for (const char* region : {"us", "us-east-", "us east-1", "us-east-1.evil.example", "US-EAST-1"}) {
        development().region = region;
        EXPECT_EQ(issues(), Lines{"environments/development/region: bad_region"}) << region;
    }
}

TEST_F(Registration, AnAzureVersionIsADateOrTheNameOfAnUndatedOne)
{
    draft.service.provider = ProviderKind::AzureOpenAi;
    draft.service.url = "https://acme.openai.azure.com";
    for (const char* version :
         {"", " ", "2024-10-21", " 2024-10-21 ", "2025-04-01-preview", "2024-02-29", "v1", "preview", "latest"}) {
        development().apiVersion = version;
        EXPECT_EQ(issues(), Lines{}) << version;
    }
    for (const char* version :
         {"latests", "2024", "2024-10", "2024-13-01", "2024-00-10", "2024-10-32", "2023-02-29", "24-10-21",
          "2024/10/21", "2024-10-21-beta", "2024-10-21-", "2024-10-21preview", "2024-10-21-Preview", "V1", "v2",
          "2024-1O-21", "2024-10-21 preview", "2024-10-21&x=y"}) {
        development().apiVersion = version;
        EXPECT_EQ(issues(), Lines{"environments/development/api_version: bad_api_version"}) << version;
    }
}

TEST_F(Registration, AnAnthropicVersionIsADateAndOtherProvidersHaveNone)
{
    development().apiVersion = "typed for another provider";
    EXPECT_EQ(issues(), Lines{});
    draft.service.provider = ProviderKind::Anthropic;
    EXPECT_EQ(issues(), Lines{"environments/development/api_version: bad_api_version"});
    for (const char* version : {"v1", "preview", "2023-06-01-preview"}) {
        development().apiVersion = version;
        EXPECT_EQ(issues(), Lines{"environments/development/api_version: bad_api_version"}) << version;
    }
    development().apiVersion = "2023-06-01";
    EXPECT_EQ(issues(), Lines{});
}

TEST_F(Registration, DeploymentsAreAzuresAlone)
{
    development().deployments = "typed for another provider";
    EXPECT_EQ(issues(), Lines{});
    draft.service.provider = ProviderKind::AzureOpenAi;
    EXPECT_EQ(issues(), Lines{"environments/development/deployments: bad_deployment"});
}

TEST_F(Registration, LimitsAndCapsAreReadIntoRules)
{
    development().timeUnit = LimitWindow::Hour;
    development().maxPromptTokens = "100 000";
    development().maxCostUsd = "$2,50";
    development().requestMaxCompletionTokens = "1k";
    const auto limits = validation::readLimits(development());
    const auto caps = validation::readCaps(development());
    ASSERT_TRUE(limits && caps);
    EXPECT_EQ(limits->per, LimitWindow::Hour);
    EXPECT_EQ(limits->maxPromptTokens, 100'000);
    EXPECT_EQ(limits->maxCompletionTokens, std::nullopt);
    EXPECT_EQ(limits->maxCost, Money{2'500'000'000});
    EXPECT_EQ(caps->maxCompletionTokens, 1'000);
}

} // namespace
} // namespace sb
