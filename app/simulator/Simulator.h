// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace sb::simulator {

struct SimulatorOptions {
    std::string listenHost = "127.0.0.1"; ///< loopback only
    std::uint16_t port = 0;               ///< 0 picks a free one
    std::string apiKey = "sim-key";       ///< the credential every face expects; SigV4 uses it as secret key
    std::chrono::milliseconds latency{0}; ///< before the first byte of every answer
    double tokensPerSecond = 0;           ///< pace of streams; 0: as fast as possible
    double failRate = 0;                  ///< share of requests answered with `failStatus`, deterministic by body
    int failStatus = 500;
    std::filesystem::path ledger; ///< appended: one JSON line per request really served
    unsigned workers = 1;
};

/// The built-in stand-in for the five providers, on their own paths and in their own wire formats. Answers are a pure
/// function of (model, messages); usage is exact by the rule of internal/Conversation.h. Uses none of the gateway's
/// codecs, or a codec fault would cancel itself out.
///
/// OpenAI and Azure OpenAI, Anthropic and Bedrock are told apart by path. Mistral shares OpenAI's paths: it answers
/// below
/// `/mistral` (register the address with that path) and for Mistral's own model names.
///
/// A model name that holds "sim-" and one of the words of internal/Trigger.h misbehaves accordingly; any other name is
/// a model that works. Callable from any thread.
class Simulator {
public:
    explicit Simulator(SimulatorOptions options);
    ~Simulator();

    Result<std::uint16_t> start();        ///< the bound port; accepting when it returns
    void stop();                          ///< idempotent, joins; open connections are closed
    std::uint64_t requestsServed() const; ///< answers sent, refusals included

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::simulator
