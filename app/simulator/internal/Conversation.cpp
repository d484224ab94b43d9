// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/Conversation.h"

#include "simulator/internal/Text.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace sb::simulator {
namespace json = boost::json;
namespace {

constexpr std::int64_t kPerMessage = 3;
constexpr std::int64_t kPerImage = 85;

constexpr std::array<std::string_view, 28> kSentences{
    "The short answer depends on what you want to optimise for.",
    "A good first step is to write down the goal in a single sentence.",
    "Start with the smallest version that can be checked, then widen it.",
    "Most teams find that measuring before changing anything saves a week of guessing.",
    "Keep the two concerns apart: what must never break, and what may improve over time.",
    "There are three parts to this, and they can be done in any order.",
    "If the numbers disagree with the plan, believe the numbers and adjust the plan.",
    "It helps to agree on names early, because names travel further than code.",
    "The usual trade-off is between latency and cost, and both can be measured.",
    "When in doubt, prefer the option that is easier to undo.",
    "A table with one row per case makes the gaps visible at a glance.",
    "Reading the error message aloud is often faster than searching for it.",
    "Two people should be able to follow the steps without asking a third.",
    "You can reuse the same approach for the next quarter with different inputs.",
    "The remaining risk is small, but it should be written down.",
    "Once that works, automate it and stop thinking about it.",
    "A weekly look at the figures is enough to notice a change in trend.",
    "Shorter prompts are cheaper, and they are usually clearer as well.",
    "Ask the people who use it every day; they know where it hurts.",
    "The details matter less than the order in which they are tackled.",
    "In practice the first estimate is off by half, so plan for a second one.",
    "That covers the common case; the rare ones deserve a note of their own.",
    "Everything else follows from this choice.",
    "It is worth testing the unhappy path first, since it is the one users remember.",
    "A simple rule that everybody follows beats a perfect one that nobody reads.",
    "Nothing here requires new tools, only a little discipline.",
    "Let the data decide between the last two candidates.",
    "With that in place, the rest is routine work.",
};

/// The first words of what was asked, so that an answer visibly belongs to its question.
std::string topicOf(std::string_view text)
{
    std::string topic;
    int words = 0;
    std::size_t i = 0;
    while (i < text.size() && words < 8) {
        while (i < text.size() && isBlank(text[i]))
            ++i;
        const std::size_t begin = i;
        while (i < text.size() && !isBlank(text[i]))
            ++i;
        if (i == begin || i - begin > 64)
            break;
        if (!topic.empty())
            topic += ' ';
        topic.append(text, begin, i - begin);
        ++words;
    }
    return topic;
}

/// Appends `words` to the answer one token each; false once `limit` tokens are there.
bool appendWords(Answer& answer, std::string_view words, std::int64_t limit)
{
    std::size_t i = 0;
    while (i < words.size()) {
        if (static_cast<std::int64_t>(answer.wordEnds.size()) == limit)
            return false;
        std::size_t end = i;
        while (end < words.size() && !isBlank(words[end]))
            ++end;
        if (!answer.text.empty()) {
            answer.text += ' ';
            answer.wordEnds.back() += 1;
        }
        answer.text.append(words, i, end - i);
        answer.wordEnds.push_back(static_cast<std::uint32_t>(answer.text.size()));
        i = end;
        while (i < words.size() && isBlank(words[i]))
            ++i;
    }
    return true;
}

void writeText(Answer& answer, const Prompt& prompt, const Trigger& trigger, std::int64_t limit)
{
    std::uint64_t random = prompt.hash;
    const std::string topic = topicOf(prompt.lastUser);
    if (trigger.words > 0) {
        const auto wanted = std::min(limit, trigger.words);
        while (appendWords(answer, kSentences[nextRandom(random) % kSentences.size()], wanted)) {
        }
        answer.finish = limit < trigger.words ? Answer::Finish::Length : Answer::Finish::Stop;
        return;
    }
    const std::string opening = topic.empty() ? "You sent an empty question." : "You asked: \"" + topic + "\".";
    const auto span = static_cast<std::uint64_t>(trigger.maxSentences - trigger.minSentences) + 1;
    const int sentences = trigger.minSentences + static_cast<int>(nextRandom(random) % span);
    bool complete = appendWords(answer, opening, limit);
    for (int i = 0; complete && i < sentences; ++i)
        complete = appendWords(answer, kSentences[nextRandom(random) % kSentences.size()], limit);
    if (!complete)
        answer.finish = Answer::Finish::Length;
}

} // namespace

Prompt::Prompt(std::string_view modelName) : model(modelName), hash(hashText(modelName)) {}

void Prompt::addText(std::string_view role, std::string_view text)
{
    ++messages;
    tokens += kPerMessage + countWords(text);
    hash = hashText(text, hashText(role, hash));
    lastRole = role;
    if (role == "user")
        lastUser = text;
}

void Prompt::addMessage(std::string_view role, const json::value& content)
{
    ++messages;
    tokens += kPerMessage;
    hash = hashText(role, hash);
    lastRole = role;
    const bool isUser = role == "user";
    if (isUser)
        lastUser.clear();
    addContent(content, isUser);
}

void Prompt::addContent(const json::value& content, bool isUser)
{
    if (const auto* text = content.if_string()) {
        tokens += countWords(*text);
        hash = hashText(*text, hash);
        if (isUser) {
            if (!lastUser.empty())
                lastUser += ' ';
            lastUser += std::string_view(*text);
        }
        return;
    }
    const auto* parts = content.if_array();
    if (parts == nullptr)
        return;
    for (const json::value& part : *parts) {
        const auto* object = part.if_object();
        if (object == nullptr)
            continue;
        if (const auto* text = object->if_contains("text"); text != nullptr && text->is_string())
            addContent(*text, isUser);
        else if (object->contains("image_url") || object->contains("image") || object->contains("source"))
            tokens += kPerImage;
        else
            addStructured(part);
    }
}

void Prompt::addStructured(const json::value& value)
{
    if (const auto* text = value.if_string()) {
        tokens += countWords(*text);
        hash = hashText(*text, hash);
    } else if (const auto* array = value.if_array()) {
        for (const json::value& item : *array)
            addStructured(item);
    } else if (const auto* object = value.if_object()) {
        for (const auto& member : *object)
            addStructured(member.value());
    }
}

std::string_view Answer::piece(std::size_t index) const
{
    const std::uint32_t begin = index == 0 ? 0 : wordEnds[index - 1];
    return std::string_view(text).substr(begin, wordEnds[index] - begin);
}

Answer answer(const Prompt& prompt, const Trigger& trigger)
{
    Answer result;
    result.promptTokens = prompt.tokens;
    if (trigger.cache) {
        result.cacheRead = prompt.tokens / 2;
        result.cacheWrite = prompt.tokens / 4;
    }
    constexpr auto kNoLimit = std::numeric_limits<std::int64_t>::max();
    std::int64_t limit = prompt.maximum.value_or(kNoLimit);
    if (trigger.overrun && limit != kNoLimit) {
        // Answers half as much again as allowed, at least 16 more.
        const std::int64_t wanted = limit + std::max<std::int64_t>(16, limit / 2);
        Trigger exact = trigger;
        exact.words = wanted;
        writeText(result, prompt, exact, kNoLimit);
        result.completionTokens = wanted;
        return result;
    }
    if (trigger.reasoning) {
        std::uint64_t random = prompt.hash ^ 0x5EED;
        result.reasoning = std::min(limit, static_cast<std::int64_t>(48 + nextRandom(random) % 64));
        limit = limit == kNoLimit ? limit : limit - result.reasoning;
    }
    const bool callsTool = !prompt.tool.empty() && prompt.lastRole != "tool" && (prompt.toolDemanded || trigger.tools);
    if (callsTool) {
        result.finish = Answer::Finish::Tool;
        result.toolName = prompt.tool;
        result.toolArguments = R"({"query":)";
        const std::string topic = topicOf(prompt.lastUser);
        appendQuoted(result.toolArguments, topic);
        result.toolArguments += '}';
        result.completionTokens = result.reasoning + 8 + countWords(topic);
        return result;
    }
    writeText(result, prompt, trigger, limit);
    result.completionTokens = result.reasoning + static_cast<std::int64_t>(result.wordEnds.size());
    return result;
}

std::vector<float> embed(std::string_view model, std::string_view text, std::size_t dimensions)
{
    std::uint64_t random = hashText(text, hashText(model));
    std::vector<float> vector(dimensions);
    double squares = 0;
    for (float& x : vector) {
        const double value = static_cast<double>(nextRandom(random) >> 11U) * 0x1.0p-52 - 1.0;
        x = static_cast<float>(value);
        squares += value * value;
    }
    const double length = squares > 0 ? std::sqrt(squares) : 1;
    for (float& x : vector)
        x = static_cast<float>(x / length);
    return vector;
}

} // namespace sb::simulator
