// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/Splice.h"

#include "protocol/JsonReader.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sb::providers {

using protocol::JsonReader;
using protocol::JsonString;
using protocol::toJsonString;

namespace {

/// Members of OpenAI's chat request that Mistral answers with 422 and that have no effect on the answer.
constexpr std::array<std::string_view, 4> kMistralDrops{"stream_options", "user", "store", "safety_identifier"};

struct Rename {
    std::string_view from;
    std::string_view to;
};
constexpr Rename kMistralSeed{"seed", "random_seed"};

bool speaksOpenAi(ProviderKind provider)
{
    return provider == ProviderKind::OpenAi || provider == ProviderKind::AzureOpenAi;
}

/// Models that refuse max_tokens.
bool isReasoningModel(std::string_view model)
{
    if (model.starts_with("ft:"))
        model.remove_prefix(3);
    const bool isSeriesO = model.size() >= 2 && model[0] == 'o' && model[1] >= '1' && model[1] <= '9';
    return isSeriesO || model.starts_with("gpt-5") || model.starts_with("codex-");
}

/// Models from before max_completion_tokens.
bool isOlderModel(std::string_view model)
{
    if (model.starts_with("ft:"))
        model.remove_prefix(3);
    return model.starts_with("gpt-3.5") || model.starts_with("gpt-35") || model.starts_with("gpt-4") ||
           model.starts_with("chatgpt-4o") || model.starts_with("davinci") || model.starts_with("babbage");
}

/// How the makers whose bodies InvokeModel passes on name the maximum, the name to write first.
struct Maker {
    std::string_view idPart;
    std::string_view name;
    std::string_view otherName;
};
constexpr std::array kInvokeMakers{
    Maker{"anthropic.", "max_tokens", {}},
    Maker{"amazon.nova", "inferenceConfig.maxTokens", "inferenceConfig.max_new_tokens"},
    Maker{"amazon.titan-text", "textGenerationConfig.maxTokenCount", {}},
    Maker{"meta.llama", "max_gen_len", {}},
    Maker{"mistral.", "max_tokens", {}},
    Maker{"ai21.jamba", "max_tokens", {}},
    Maker{"cohere.command", "max_tokens", {}},
    Maker{"deepseek.", "max_tokens", {}},
    Maker{"qwen.", "max_tokens", {}},
    Maker{"openai.", "max_completion_tokens", "max_tokens"},
};

const Maker* invokeMaker(std::string_view model)
{
    const auto found = std::find_if(kInvokeMakers.begin(), kInvokeMakers.end(), [model](const Maker& maker) {
        return model.find(maker.idPart) != std::string_view::npos;
    });
    return found == kInvokeMakers.end() ? nullptr : &*found;
}

/// Whether the model reads that member as its maximum. Of an unknown maker any name is believed.
bool isUnderstood(const MaximumMember& maximum, Dialect dialect, std::string_view model)
{
    const Maker* maker = dialect == Dialect::BedrockInvoke ? invokeMaker(model) : nullptr;
    if (!maker)
        return true;
    const std::string name =
        maximum.inside.empty() ? maximum.member.name : std::string(maximum.inside) + '.' + maximum.member.name;
    return name == maker->name || name == maker->otherName;
}

/// The name the client's maximum has to take; the client's own name where both would do.
std::string_view adaptedName(const MaximumMember& maximum, const RequestFacts& facts, const UpstreamEdits& edits)
{
    const std::string_view name = maximum.member.name;
    if (facts.dialect != Dialect::OpenAiChat || !edits.adaptMembers)
        return name;
    if (speaksOpenAi(edits.provider) && isReasoningModel(edits.providerModel))
        return "max_completion_tokens";
    return edits.provider == ProviderKind::Mistral ? std::string_view("max_tokens") : name;
}

bool isEmptyObject(std::string_view body, std::size_t brace)
{
    const std::size_t next = body.find_first_not_of(" \t\r\n", brace + 1);
    return next != std::string_view::npos && body[next] == '}';
}

/// Puts `members` (`"name":value`, several with commas between) first into the object whose brace stands at `brace`.
Splice insertion(std::string_view body, std::uint32_t brace, std::string members)
{
    if (!isEmptyObject(body, brace))
        members += ',';
    return {brace + 1, 0, std::move(members)};
}

/// The splices of one body. Members new to the top object are collected, because they share one place and its commas.
struct Plan {
    std::vector<Splice> splices;
    std::string newMembers;

    void add(ByteRange range, std::string replacement)
    {
        splices.push_back({range.offset, range.length, std::move(replacement)});
    }
    void addMember(const std::string& member) { newMembers += (newMembers.empty() ? "" : ",") + member; }
};

std::string memberText(std::string_view name, std::string_view value)
{
    return toJsonString(name) + ":" + std::string(value);
}

void planMaximum(const RequestFacts& facts, std::string_view body, const UpstreamEdits& edits, Plan& plan)
{
    bool isNamed = false;
    for (const MaximumMember& maximum : facts.maxima) {
        if (!isUnderstood(maximum, facts.dialect, edits.providerModel))
            continue;
        isNamed = true;
        const std::string_view name = adaptedName(maximum, facts, edits);
        if (name != maximum.member.name)
            plan.add(maximum.member.key, toJsonString(name));
        if (edits.completionMaximum && *edits.completionMaximum != maximum.value)
            plan.add(maximum.member.value, std::to_string(*edits.completionMaximum));
    }
    if (isNamed || !edits.completionMaximum)
        return;
    std::string_view name = maximumName(facts.dialect, edits.provider, edits.providerModel);
    if (name.empty())
        return;
    const std::string value = std::to_string(*edits.completionMaximum);
    std::string_view inside;
    if (const std::size_t dot = name.find('.'); dot != std::string_view::npos) {
        inside = name.substr(0, dot);
        name.remove_prefix(dot + 1);
    }
    const Member* null = facts.find(inside.empty() ? name : inside);
    if (!inside.empty() && null && body[null->value.offset] == '{') {
        // A maximum of null inside the object would be there twice: it is the value to replace.
        std::optional<ByteRange> given;
        JsonReader reader(null->value.of(body));
        reader.object([&](const JsonString& key, std::size_t) {
            if (!key.is(name))
                return;
            const std::size_t from = reader.offset();
            reader.skip();
            given = ByteRange{null->value.offset + static_cast<std::uint32_t>(from),
                              static_cast<std::uint32_t>(reader.offset() - from)};
        });
        if (given)
            plan.add(*given, value);
        else
            plan.splices.push_back(insertion(body, null->value.offset, memberText(name, value)));
        return;
    }
    const std::string written = inside.empty() ? value : "{" + memberText(name, value) + "}";
    if (null)
        plan.add(null->value, written);
    else
        plan.addMember(memberText(inside.empty() ? name : inside, written));
}

bool wantsUsageOption(const RequestFacts& facts, const UpstreamEdits& edits)
{
    return edits.askUsage && facts.stream && !facts.includeUsage && facts.dialect == Dialect::OpenAiChat &&
           edits.provider != ProviderKind::Mistral;
}

void planUsage(const RequestFacts& facts, std::string_view body, Plan& plan)
{
    static constexpr std::string_view kOption = "\"include_usage\":true";
    const Member* options = facts.find("stream_options");
    if (facts.includeUsageValue)
        plan.add(*facts.includeUsageValue, "true");
    else if (options && body[options->value.offset] == '{')
        plan.splices.push_back(insertion(body, options->value.offset, std::string(kOption)));
    else if (options)
        plan.add(options->value, "{" + std::string(kOption) + "}");
    else
        plan.addMember("\"stream_options\":{" + std::string(kOption) + "}");
}

/// The body without those members of its top object. Everything that is kept stays as spelled.
std::string withoutMembers(std::string_view body, std::span<const std::string_view> names)
{
    std::string result = "{";
    JsonReader reader(body);
    reader.object([&](const JsonString& key, std::size_t keyOffset) {
        reader.skip();
        if (std::find(names.begin(), names.end(), key.text()) != names.end())
            return;
        if (result.size() > 1)
            result += ',';
        result += reader.between(keyOffset, reader.offset());
    });
    result += '}';
    return result;
}

UpstreamBody splicedBody(const RequestFacts& facts, std::string_view body, const UpstreamEdits& edits)
{
    UpstreamBody result;
    result.bytes = applySplices(body, planSplices(facts, body, edits));
    result.usageAdded = wantsUsageOption(facts, edits);
    return result;
}

} // namespace

std::string applySplices(std::string_view body, std::span<const Splice> splices)
{
    std::size_t size = body.size();
    for (const Splice& splice : splices)
        size += splice.replacement.size();
    std::string result;
    result.reserve(size);
    std::size_t from = 0;
    for (const Splice& splice : splices) {
        result += body.substr(from, splice.offset - from);
        result += splice.replacement;
        from = splice.offset + splice.length;
    }
    result += body.substr(from);
    return result;
}

std::vector<Splice> planSplices(const RequestFacts& facts, std::string_view body, const UpstreamEdits& edits)
{
    Plan plan;
    plan.splices.reserve(6);
    if (edits.renameModel && *edits.renameModel != facts.model) {
        if (const Member* model = facts.find("model"))
            plan.add(model->value, toJsonString(*edits.renameModel));
        else
            plan.addMember(memberText("model", toJsonString(*edits.renameModel)));
    }
    if (wantsUsageOption(facts, edits))
        planUsage(facts, body, plan);
    planMaximum(facts, body, edits, plan);
    if (edits.adaptMembers && edits.provider == ProviderKind::Mistral) {
        if (const Member* seed = facts.find(kMistralSeed.from))
            plan.add(seed->key, toJsonString(kMistralSeed.to));
    }
    if (!plan.newMembers.empty())
        plan.splices.push_back(insertion(body, facts.objectStart, std::move(plan.newMembers)));
    // An insertion comes before what is replaced at the same place.
    std::sort(plan.splices.begin(), plan.splices.end(), [](const Splice& a, const Splice& b) {
        return std::pair(a.offset, a.length) < std::pair(b.offset, b.length);
    });
    return std::move(plan.splices);
}

UpstreamBody buildUpstreamBody(const RequestFacts& facts, std::string_view body, const UpstreamEdits& edits)
{
    std::vector<std::string_view> drops;
    if (edits.adaptMembers && edits.provider == ProviderKind::Mistral) {
        for (const std::string_view name : kMistralDrops) {
            if (facts.find(name))
                drops.push_back(name);
        }
    }
    if (drops.empty())
        return splicedBody(facts, body, edits);
    const std::string rest = withoutMembers(body, drops);
    const Result<RequestFacts> again = scanRequest(facts.dialect, rest);
    if (!again) // cannot happen for a body that was read before; what was read then is sent as it is
        return splicedBody(facts, body, edits);
    UpstreamBody result = splicedBody(*again, rest, edits);
    result.dropped.assign(drops.begin(), drops.end());
    return result;
}

std::optional<std::int64_t> namedMaximum(const RequestFacts& facts, std::string_view providerModel)
{
    for (const MaximumMember& maximum : facts.maxima) {
        if (isUnderstood(maximum, facts.dialect, providerModel))
            return maximum.value;
    }
    return std::nullopt;
}

std::string_view maximumName(Dialect dialect, ProviderKind provider, std::string_view providerModel)
{
    switch (dialect) {
    case Dialect::OpenAiChat:
        return speaksOpenAi(provider) && !isOlderModel(providerModel) ? "max_completion_tokens" : "max_tokens";
    case Dialect::OpenAiResponses:
        return "max_output_tokens";
    case Dialect::AnthropicMessages:
        return "max_tokens";
    case Dialect::BedrockConverse:
        return "inferenceConfig.maxTokens";
    case Dialect::BedrockInvoke: {
        const Maker* maker = invokeMaker(providerModel);
        return maker ? maker->name : std::string_view();
    }
    case Dialect::OpenAiEmbeddings:
    case Dialect::Opaque:
        break;
    }
    return {};
}

} // namespace sb::providers
