// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/RequestFacts.h"

#include "protocol/JsonReader.h"
#include "providers/internal/PromptWalk.h"

#include <algorithm>
#include <array>
#include <limits>

namespace sb::providers {

using internal::PromptWalk;
using protocol::JsonReader;
using protocol::JsonString;
using Kind = JsonReader::Kind;

namespace {

constexpr std::size_t kMaxModelName = 2'048; // Bedrock's ids may be ARNs of that length

/// What a member of the top object is to the gateway.
enum class Role {
    Unknown, ///< may be read by the model as JSON
    Ignored, ///< no text the model reads
    Model,
    Stream,
    StreamOptions,
    Count,   ///< n, best_of
    Prompts, ///< one answer or more for each
    WebSearch,
    Maximum,
    Nested, ///< an object with a maximum in it
    Messages,
    Content,
    Tools,
    ToolConfig,
    Remote, ///< names text that is kept at the provider
    Background,
    CacheOptions,
    Editable, ///< not read; some provider wants it under another name or not at all
};

struct Rule {
    std::string_view name;
    Role role;
};

constexpr std::array kEveryDialect{
    Rule{"model", Role::Model},           Rule{"stream", Role::Stream}, Rule{"temperature", Role::Ignored},
    Rule{"top_p", Role::Ignored},         Rule{"top_k", Role::Ignored}, Rule{"metadata", Role::Editable},
    Rule{"service_tier", Role::Editable}, Rule{"tools", Role::Tools},   Rule{"cache_control", Role::CacheOptions},
};

constexpr std::array kChat{
    Rule{"messages", Role::Messages},
    Rule{"stream_options", Role::StreamOptions},
    Rule{"max_tokens", Role::Maximum},
    Rule{"max_completion_tokens", Role::Maximum},
    Rule{"n", Role::Count},
    Rule{"best_of", Role::Count},
    Rule{"prompt", Role::Prompts},
    Rule{"suffix", Role::Content},
    Rule{"web_search_options", Role::WebSearch},
    Rule{"user", Role::Editable},
    Rule{"store", Role::Editable},
    Rule{"seed", Role::Editable},
    Rule{"safety_identifier", Role::Editable},
    Rule{"prompt_cache_key", Role::Editable},
    Rule{"prompt_cache_options", Role::CacheOptions},
    Rule{"logit_bias", Role::Ignored},
    Rule{"stop", Role::Ignored},
};

constexpr std::array kEmbeddings{
    Rule{"input", Role::Messages},
    Rule{"user", Role::Editable},
    Rule{"dimensions", Role::Ignored},
    Rule{"encoding_format", Role::Ignored},
};

constexpr std::array kResponses{
    Rule{"input", Role::Messages},
    Rule{"instructions", Role::Content},
    Rule{"max_output_tokens", Role::Maximum},
    Rule{"previous_response_id", Role::Remote},
    Rule{"conversation", Role::Remote},
    Rule{"prompt", Role::Remote},
    Rule{"background", Role::Background},
    Rule{"user", Role::Editable},
    Rule{"store", Role::Editable},
    Rule{"include", Role::Ignored},
    Rule{"safety_identifier", Role::Editable},
    Rule{"prompt_cache_key", Role::Editable},
    Rule{"prompt_cache_options", Role::CacheOptions},
};

constexpr std::array kAnthropic{
    Rule{"messages", Role::Messages},      Rule{"system", Role::Content},   Rule{"max_tokens", Role::Maximum},
    Rule{"mcp_servers", Role::Remote},     Rule{"container", Role::Remote}, Rule{"thinking", Role::Ignored},
    Rule{"stop_sequences", Role::Ignored},
};

constexpr std::array kConverse{
    Rule{"messages", Role::Messages},       Rule{"system", Role::Content},
    Rule{"inferenceConfig", Role::Nested},  Rule{"toolConfig", Role::ToolConfig},
    Rule{"guardrailConfig", Role::Ignored}, Rule{"performanceConfig", Role::Ignored},
    Rule{"serviceTier", Role::Ignored},     Rule{"requestMetadata", Role::Ignored},
};

constexpr std::array kInvoke{
    Rule{"messages", Role::Messages},
    Rule{"system", Role::Content},
    Rule{"prompt", Role::Content},
    Rule{"inputText", Role::Content},
    Rule{"texts", Role::Content},
    Rule{"max_tokens", Role::Maximum},
    Rule{"max_completion_tokens", Role::Maximum},
    Rule{"max_gen_len", Role::Maximum},
    Rule{"maxTokens", Role::Maximum},
    Rule{"inferenceConfig", Role::Nested},
    Rule{"textGenerationConfig", Role::Nested},
    Rule{"anthropic_version", Role::Editable},
    Rule{"thinking", Role::Ignored},
};

template <std::size_t N>
Role lookUp(const std::array<Rule, N>& rules, std::string_view name)
{
    for (const Rule& rule : rules) {
        if (rule.name == name)
            return rule.role;
    }
    return Role::Unknown;
}

Role roleOf(Dialect dialect, std::string_view name)
{
    Role role = Role::Unknown;
    switch (dialect) {
    case Dialect::OpenAiChat:
        role = lookUp(kChat, name);
        break;
    case Dialect::OpenAiEmbeddings:
        role = lookUp(kEmbeddings, name);
        break;
    case Dialect::OpenAiResponses:
        role = lookUp(kResponses, name);
        break;
    case Dialect::AnthropicMessages:
        role = lookUp(kAnthropic, name);
        break;
    case Dialect::BedrockConverse:
        role = lookUp(kConverse, name);
        break;
    case Dialect::BedrockInvoke:
        role = lookUp(kInvoke, name);
        break;
    case Dialect::Opaque:
        break;
    }
    return role == Role::Unknown ? lookUp(kEveryDialect, name) : role;
}

/// The name as a constant, because it outlives the pass.
std::string_view nestedName(std::string_view name)
{
    return name == "inferenceConfig" ? std::string_view("inferenceConfig") : std::string_view("textGenerationConfig");
}

bool isNestedMaximum(std::string_view name)
{
    return name == "maxTokens" || name == "max_new_tokens" || name == "maxTokenCount";
}

Error invalid(std::string_view what, std::string_view field = {})
{
    return Error{ErrorCode::InvalidArgument, std::string(what), std::string(field)};
}

/// One pass over one body.
class Scanner {
public:
    Scanner(Dialect dialect, std::string_view body) : m_reader(body), m_body(body)
    {
        m_facts.dialect = dialect;
        m_facts.members.reserve(8);
    }

    Result<RequestFacts> run();

private:
    void member(const JsonString& key, std::size_t keyOffset);
    void act(Role role, const std::string& name);
    void modelMember();
    void streamMember();
    void streamOptions();
    void count(const std::string& name);
    void prompts();
    void webSearch();
    void maximum(Member member, std::string_view inside);
    void nested(std::string_view name);
    void toolConfig();
    void remote();
    void background();

    ByteRange since(std::size_t from) const
    {
        return {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(m_reader.offset() - from)};
    }
    void fault(std::string_view what, std::string_view field)
    {
        if (!m_fault)
            m_fault = invalid(what, field);
    }

    JsonReader m_reader;
    std::string_view m_body;
    RequestFacts m_facts;
    std::optional<Error> m_fault;
    std::int64_t m_prompts = 1;
};

Result<RequestFacts> Scanner::run()
{
    if (m_reader.peek() != Kind::Object)
        return invalid(m_reader.ok() ? "the body is not a JSON object" : "the body is not valid JSON");
    m_facts.objectStart = static_cast<std::uint32_t>(m_reader.offset());
    m_reader.object([this](const JsonString& key, std::size_t keyOffset) { member(key, keyOffset); });
    if (!m_reader.atEnd())
        return invalid("the body is not valid JSON");
    if (m_fault)
        return *m_fault;
    if (m_facts.maxima.size() > 1)
        return invalid(m_facts.maxima[0].member.name + " and " + m_facts.maxima[1].member.name +
                           " cannot both be given",
                       m_facts.maxima[0].member.name);
    if (!m_facts.maxima.empty())
        m_facts.completionMaximum = m_facts.maxima.front().value;
    m_facts.choices *= m_prompts;
    return std::move(m_facts);
}

void Scanner::member(const JsonString& key, std::size_t keyOffset)
{
    const bool isOpaque = m_facts.dialect == Dialect::Opaque;
    const std::string decoded = key.isPlain() ? std::string() : key.text();
    const std::string_view name = key.isPlain() ? key.raw : std::string_view(decoded);
    const Role role = isOpaque && name != "model" ? Role::Ignored : roleOf(m_facts.dialect, name);
    if (role == Role::Ignored)
        return;
    PromptWalk walk(m_reader, m_facts);
    if (role == Role::Unknown) {
        // Numbers and switches steer, everything else may be read by the model.
        const Kind kind = m_reader.peek();
        if (kind == Kind::Object || kind == Kind::Array || kind == Kind::String)
            walk.json();
        return;
    }
    if (m_facts.find(name)) {
        fault("a member is given twice", name);
        return;
    }
    Member found;
    found.name = name;
    found.key = {static_cast<std::uint32_t>(keyOffset), static_cast<std::uint32_t>(key.raw.size() + 2)};
    const std::size_t index = m_facts.members.size();
    m_facts.members.push_back(std::move(found));
    const std::size_t from = m_reader.offset();
    act(role, m_facts.members[index].name);
    if (m_reader.offset() == from)
        m_reader.skip();
    m_facts.members[index].value = since(from);
    if (role == Role::Maximum)
        maximum(m_facts.members[index], {});
}

void Scanner::act(Role role, const std::string& name)
{
    PromptWalk walk(m_reader, m_facts);
    switch (role) {
    case Role::Model:
        modelMember();
        break;
    case Role::Stream:
        streamMember();
        break;
    case Role::StreamOptions:
        streamOptions();
        break;
    case Role::Count:
        count(name);
        break;
    case Role::Prompts:
        prompts();
        break;
    case Role::WebSearch:
        webSearch();
        break;
    case Role::Nested:
        nested(nestedName(name));
        break;
    case Role::Messages:
        walk.messages();
        break;
    case Role::Content:
        if (m_reader.peek() != Kind::Null)
            walk.content();
        break;
    case Role::Tools:
        walk.tools();
        break;
    case Role::ToolConfig:
        toolConfig();
        break;
    case Role::Remote:
        remote();
        break;
    case Role::Background:
        background();
        break;
    case Role::CacheOptions:
        walk.cacheMark();
        break;
    case Role::Maximum: // read from its range once that is known
    case Role::Editable:
    case Role::Unknown:
    case Role::Ignored:
        break;
    }
}

void Scanner::modelMember()
{
    if (m_reader.peek() != Kind::String) {
        fault("model must be a string", "model");
        return;
    }
    const JsonString model = m_reader.string();
    if (model.size > kMaxModelName)
        fault("model is too long", "model");
    else
        m_facts.model = model.text();
}

void Scanner::streamMember()
{
    if (m_reader.peek() == Kind::Null)
        return;
    const std::optional<bool> value = m_reader.boolean();
    if (!value)
        fault("stream must be true or false", "stream");
    m_facts.stream = value.value_or(false);
}

void Scanner::streamOptions()
{
    if (m_reader.peek() == Kind::Null)
        return;
    if (m_reader.peek() != Kind::Object) {
        fault("stream_options must be an object", "stream_options");
        return;
    }
    m_reader.object([this](const JsonString& key, std::size_t) {
        if (!key.is("include_usage"))
            return;
        if (m_facts.includeUsageValue)
            fault("a member is given twice", "stream_options.include_usage");
        const std::size_t from = m_reader.offset();
        m_facts.includeUsage = m_reader.boolean().value_or(false);
        m_facts.includeUsageValue = since(from);
    });
}

void Scanner::count(const std::string& name)
{
    static constexpr std::int64_t kMost = 1'024;
    if (m_reader.peek() == Kind::Null)
        return;
    const std::optional<std::int64_t> value = m_reader.integer();
    if (!value || *value < 1 || *value > kMost)
        fault("a whole number from 1 to 1024 is needed", name);
    else
        m_facts.choices = std::max(m_facts.choices, *value);
}

/// A text, a list of token ids, or a list of either, each of which is answered.
void Scanner::prompts()
{
    static constexpr std::int64_t kMost = 2'048;
    PromptWalk walk(m_reader, m_facts);
    if (m_reader.peek() != Kind::Array) {
        if (m_reader.peek() != Kind::Null)
            walk.content();
        return;
    }
    std::int64_t answered = 0;
    m_reader.array([&] {
        answered += m_reader.peek() == Kind::Number ? 0 : 1;
        walk.content();
    });
    m_prompts = std::max<std::int64_t>(answered, 1);
    if (m_prompts > kMost)
        fault("more than 2048 prompts", "prompt");
}

void Scanner::webSearch()
{
    m_facts.serverToolsUnbounded = m_facts.serverToolsUnbounded || m_reader.peek() != Kind::Null;
    remote();
}

void Scanner::maximum(Member member, std::string_view inside)
{
    const std::string_view text = member.value.of(m_body);
    if (text == "null" || !m_reader.ok())
        return;
    JsonReader value(text);
    const std::optional<std::int64_t> number = value.integer();
    if (!number) {
        const std::string field = inside.empty() ? member.name : std::string(inside) + "." + member.name;
        fault("a whole number is needed", field);
        return;
    }
    m_facts.maxima.push_back({std::move(member), inside, *number});
}

void Scanner::nested(std::string_view name)
{
    if (m_reader.peek() == Kind::Null)
        return;
    if (m_reader.peek() != Kind::Object) {
        fault("an object is needed", name);
        return;
    }
    m_reader.object([this, name](const JsonString& key, std::size_t keyOffset) {
        std::string inner = key.text();
        if (!isNestedMaximum(inner))
            return;
        Member found{std::move(inner),
                     {static_cast<std::uint32_t>(keyOffset), static_cast<std::uint32_t>(key.raw.size() + 2)},
                     {}};
        const std::size_t from = m_reader.offset();
        m_reader.skip();
        found.value = since(from);
        for (const MaximumMember& each : m_facts.maxima) {
            if (each.inside == name && each.member.name == found.name)
                fault("a member is given twice", found.name);
        }
        maximum(std::move(found), name);
    });
}

void Scanner::toolConfig()
{
    PromptWalk walk(m_reader, m_facts);
    if (m_reader.peek() != Kind::Object) {
        walk.json();
        return;
    }
    m_reader.object([&walk](const JsonString& key, std::size_t) {
        if (key.is("tools"))
            walk.tools();
        else
            walk.json();
    });
}

void Scanner::remote()
{
    m_facts.prompt.remoteContext = m_facts.prompt.remoteContext || m_reader.peek() != Kind::Null;
    PromptWalk(m_reader, m_facts).json();
}

void Scanner::background()
{
    // Its usage would only be told to a later request that the gateway does not offer.
    if (m_reader.peek() != Kind::Null && m_reader.boolean() != std::optional(false))
        fault("background responses are not supported: their usage cannot be metered", "background");
}

} // namespace

const Member* RequestFacts::find(std::string_view name) const
{
    const auto found =
        std::find_if(members.begin(), members.end(), [name](const Member& each) { return each.name == name; });
    return found == members.end() ? nullptr : &*found;
}

Result<RequestFacts> scanRequest(Dialect dialect, std::string_view body)
{
    if (body.size() > std::numeric_limits<std::uint32_t>::max())
        return invalid("the body is too large");
    return Scanner(dialect, body).run();
}

} // namespace sb::providers
