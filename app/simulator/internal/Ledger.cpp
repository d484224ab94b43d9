// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/Ledger.h"

#include "simulator/internal/Text.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace sb::simulator {

Ledger::~Ledger()
{
    if (m_file != nullptr)
        std::fclose(m_file);
}

Result<void> Ledger::open(const std::filesystem::path& path)
{
    if (path.empty())
        return {};
    m_file = std::fopen(path.c_str(), "ab");
    if (m_file == nullptr)
        return Error{ErrorCode::InvalidArgument,
                     "cannot write the ledger " + path.string() + ": " + std::strerror(errno), "ledger"};
    return {};
}

void Ledger::append(const Served& served, std::string_view requestId, bool complete, std::int64_t tokensSent)
{
    if (m_file == nullptr)
        return;
    std::string line = R"({"request_id":")";
    line.append(requestId).append(R"(","provider":")").append(faceName(served.face)).append(R"(","model":)");
    appendQuoted(line, served.model);
    line.append(R"(,"stream":)").append(served.stream ? "true" : "false");
    line.append(R"(,"complete":)").append(complete ? "true" : "false");
    const auto number = [&line](std::string_view name, std::int64_t value) {
        line.append(",\"").append(name).append("\":");
        appendNumber(line, value);
    };
    number("prompt_tokens", served.promptTokens);
    number("cache_read_tokens", served.cacheRead);
    number("cache_write_tokens", served.cacheWrite);
    number("completion_tokens", served.completionTokens);
    number("reasoning_tokens", served.reasoning);
    number("completion_tokens_sent", complete ? served.completionTokens : tokensSent);
    line += R"(,"last_user":)";
    appendQuoted(line, served.lastUser);
    line += "}\n";
    const std::lock_guard lock(m_mutex);
    std::fwrite(line.data(), 1, line.size(), m_file);
    std::fflush(m_file);
}

} // namespace sb::simulator
