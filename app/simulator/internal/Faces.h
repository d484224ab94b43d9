// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/internal/Conversation.h"
#include "simulator/internal/HttpRequest.h"
#include "simulator/internal/Reply.h"

#include <boost/json/fwd.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace sb::simulator {

/// One provider's operation on a parsed body. `model` is the path's (Azure deployment, Bedrock model id) or empty: the
/// body's.
struct Call {
    Face face = Face::OpenAi;
    const HttpRequest& http;
    const boost::json::object& body;
    std::string model = {};
};

Reply chatCompletion(const Call& call);  ///< OpenAI, Azure OpenAI, Mistral
Reply responsesCreate(const Call& call); ///< OpenAI, Azure OpenAI
Reply embeddings(const Call& call);      ///< OpenAI, Azure OpenAI, Mistral
Reply anthropicMessages(const Call& call);
Reply anthropicCountTokens(const Call& call);
Reply bedrockConverse(const Call& call, bool stream);
Reply bedrockInvoke(const Call& call, bool stream);
Reply bedrockCountTokens(const Call& call);
Reply listModels(Face face);
Reply oneModel(Face face, std::string_view id);

/// Shared by the Anthropic face and Bedrock's InvokeModel.
Prompt anthropicPrompt(const boost::json::object& body, std::string_view model);
void appendAnthropicMessage(std::string& out, const Prompt& prompt, const Answer& answer, const Trigger& trigger);
/// The stream's events in order: name, JSON, completion tokens so far.
using EventSink = std::function<void(std::string_view name, std::string_view json, std::int64_t tokens)>;
void anthropicEvents(const Prompt& prompt, const Answer& answer, const Trigger& trigger, const EventSink& sink);

/// Starts a reply: latency, pace, fault and ledger entry as the trigger and the answer say.
Reply beginReply(const Call& call, const Prompt& prompt, const Answer& answer, const Trigger& trigger);
/// The refusal that a trigger asks for instead of an answer, if it does.
std::optional<Reply> triggeredRefusal(Face face, const Prompt& prompt, const Trigger& trigger);

/// How many words of the answer a stream carries before the trigger's error: all of them without one.
std::size_t wordsBeforeError(const Answer& answer, const Trigger& trigger);

} // namespace sb::simulator
