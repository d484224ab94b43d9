// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/stages/Authenticate.h"

#include "http/Chars.h"

#include <array>

namespace sb::gateway {

using http::chars::equalsIgnoringCase;
using http::chars::trimBlanks;

namespace {

/// Shorter ones are typing errors or worse; generated keys have 54 characters and more.
constexpr std::size_t kShortestKey = 16;

ApiError refuse(std::string message)
{
    return ApiError{ApiCode::InvalidApiKey, std::move(message)};
}

} // namespace

Authentication authenticate(const http::FieldTable& fields, const RuntimeConfig::Data& config, Timestamp now)
{
    std::string_view key;
    bool differing = false;
    auto take = [&](std::string_view value) {
        if (value.empty())
            return;
        if (!key.empty() && key != value)
            differing = true;
        key = value;
    };
    constexpr std::string_view kBearer = "bearer ";
    const std::string_view authorization = fields.value("authorization");
    if (equalsIgnoringCase(authorization.substr(0, kBearer.size()), kBearer))
        take(trimBlanks(authorization.substr(kBearer.size())));
    take(fields.value("x-api-key"));
    take(fields.value("api-key"));
    if (key.empty())
        return refuse("no key was sent: use the header Authorization: Bearer, x-api-key or api-key");
    if (differing)
        return refuse("two different keys were sent");
    if (key.size() < kShortestKey)
        return refuse("the key is not known");

    const Sha256Digest digest = sha256(key);
    const auto found = config.keys.find(digest);
    if (found == config.keys.end() || !equalConstantTime(found->second.hash, digest))
        return refuse("the key is not known");
    if (!found->second.isUsableAt(now))
        return refuse("the key has expired");
    return &found->second;
}

} // namespace sb::gateway
