// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/Splice.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace sb;
using namespace sb::providers;
namespace json = boost::json;

namespace {

std::string blank()
{
    return *rc::gen::element<std::string>("", "", "", " ", "\n\t", "  ");
}

/// A member with its value spelled in some way that a rewriting serialiser would not keep.
std::string oddValue()
{
    return *rc::gen::element<std::string>("1.50", "1e2", "-0.0", "12345678901234567890123", "\"\\u0061\\/\"", "[ 1,2 ]",
                                          "{\"k\" :null}", "true", "\"\xc3\xa9\"", "{}", "[]", "\"model\"",
                                          "{\"model\":\"inner\",\"max_tokens\":1}");
}

struct Case {
    std::string body;
    bool stream = false;
};

Case chatBody()
{
    Case result;
    std::vector<std::string> members;
    const auto add = [&members](const std::string& name, const std::string& value) {
        members.push_back("\"" + name + "\"" + blank() + ":" + blank() + value);
    };
    if (*rc::gen::arbitrary<bool>())
        add("model", *rc::gen::element<std::string>("\"gpt-4o\"", "\"m\\u006f\"", "\"o3\""));
    if (*rc::gen::arbitrary<bool>()) {
        result.stream = *rc::gen::arbitrary<bool>();
        add("stream", result.stream ? "true" : "false");
    }
    switch (*rc::gen::inRange(0, 4)) {
    case 0:
        add("max_tokens", std::to_string(*rc::gen::inRange(0, 5000)));
        break;
    case 1:
        add("max_completion_tokens", std::to_string(*rc::gen::inRange(0, 5000)));
        break;
    case 2:
        add("max_tokens", "null");
        break;
    default:
        break;
    }
    switch (*rc::gen::inRange(0, 4)) {
    case 0:
        add("stream_options", "{" + blank() + "}");
        break;
    case 1:
        add("stream_options",
            "{\"include_usage\":" + blank() + *rc::gen::element<std::string>("true", "false", "null") + "}");
        break;
    case 2:
        add("stream_options", "null");
        break;
    default:
        break;
    }
    const int others = *rc::gen::inRange(0, 4);
    for (int i = 0; i < others; ++i)
        add("other" + std::to_string(i), oddValue());
    for (std::size_t i = members.size(); i > 1; --i)
        std::swap(members[i - 1], members[*rc::gen::inRange<std::size_t>(0, i)]);
    result.body = "{" + blank();
    for (std::size_t i = 0; i < members.size(); ++i)
        result.body += (i == 0 ? "" : blank() + "," + blank()) + members[i];
    result.body += blank() + "}";
    return result;
}

UpstreamEdits someEdits()
{
    UpstreamEdits edits;
    edits.provider = *rc::gen::element(ProviderKind::OpenAi, ProviderKind::AzureOpenAi, ProviderKind::OpenAiCompatible);
    edits.providerModel = *rc::gen::element<std::string_view>("gpt-4o", "o3", "gpt-5", "other");
    if (*rc::gen::arbitrary<bool>())
        edits.renameModel = *rc::gen::element<std::string_view>("gpt-4o", "deployment");
    if (*rc::gen::arbitrary<bool>())
        edits.completionMaximum = *rc::gen::inRange(0, 5000);
    edits.askUsage = *rc::gen::arbitrary<bool>();
    edits.adaptMembers = *rc::gen::arbitrary<bool>();
    return edits;
}

} // namespace

// The same change made on a tree by another library gives the same document.
TEST(SpliceProperty, changesWhatItSaysAndNothingElse)
{
    EXPECT_TRUE(rc::check("edited tree equals spliced text", [] {
        const Case given = chatBody();
        const UpstreamEdits edits = someEdits();
        const auto facts = scanRequest(Dialect::OpenAiChat, given.body);
        RC_ASSERT(facts.has_value());
        const UpstreamBody result = buildUpstreamBody(*facts, given.body, edits);

        json::object expected = json::parse(given.body).as_object();
        const bool isReasoning = edits.providerModel == "o3" || edits.providerModel == "gpt-5";
        const bool speaksOpenAi = edits.provider != ProviderKind::OpenAiCompatible;
        if (edits.renameModel)
            expected["model"] = *edits.renameModel;
        std::string name;
        for (const char* candidate : {"max_tokens", "max_completion_tokens"}) {
            if (expected.contains(candidate) && !expected[candidate].is_null())
                name = candidate;
        }
        if (!name.empty()) {
            const json::value value = edits.completionMaximum ? json::value(*edits.completionMaximum) : expected[name];
            expected.erase(name);
            if (edits.adaptMembers && isReasoning && speaksOpenAi)
                name = "max_completion_tokens";
            expected[name] = value;
        } else if (edits.completionMaximum) {
            expected[speaksOpenAi && edits.providerModel != "gpt-4o" ? "max_completion_tokens" : "max_tokens"] =
                *edits.completionMaximum;
        }
        const bool asked = facts->includeUsage;
        RC_ASSERT(result.usageAdded == (edits.askUsage && given.stream && !asked));
        if (result.usageAdded) {
            if (!expected.contains("stream_options") || !expected["stream_options"].is_object())
                expected["stream_options"] = json::object();
            expected["stream_options"].as_object()["include_usage"] = true;
        }
        RC_ASSERT(json::parse(result.bytes) == json::value(expected));
    }));
}

// Every byte outside the splices is the client's, in order.
TEST(SpliceProperty, keepsTheSpellingOfEverythingElse)
{
    EXPECT_TRUE(rc::check("splices cover the difference", [] {
        const Case given = chatBody();
        const auto facts = scanRequest(Dialect::OpenAiChat, given.body);
        RC_ASSERT(facts.has_value());
        const std::vector<Splice> splices = planSplices(*facts, given.body, someEdits());
        const std::string result = applySplices(given.body, splices);
        std::size_t from = 0;
        std::size_t at = 0;
        for (const Splice& splice : splices) {
            RC_ASSERT(splice.offset >= from);
            const std::string_view kept = std::string_view(given.body).substr(from, splice.offset - from);
            RC_ASSERT(std::string_view(result).substr(at, kept.size()) == kept);
            at += kept.size() + splice.replacement.size();
            from = splice.offset + splice.length;
        }
        RC_ASSERT(std::string_view(result).substr(at) == std::string_view(given.body).substr(from));
        for (int i = 0; i < 4; ++i) {
            const std::string name = "\"other" + std::to_string(i) + "\"";
            RC_ASSERT((given.body.find(name) == std::string::npos) == (result.find(name) == std::string::npos));
        }
    }));
}
