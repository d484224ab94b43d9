// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/SigV4Check.h"

#include "base/Sha256.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace sb::simulator {
namespace {

using Digest = std::array<std::uint8_t, 32>;

Digest hmac(std::string_view key, std::string_view text)
{
    Digest digest{};
    unsigned length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
         text.size(), digest.data(), &length);
    return digest;
}

std::string_view bytesOf(const Digest& digest)
{
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

/// Encodes everything but unreserved characters, once more if it was encoded already.
std::string encoded(std::string_view segment, std::string_view keep)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : segment) {
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                           keep.find(c) != std::string_view::npos;
        if (plain) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += kDigits[byte >> 4U];
        out += kDigits[byte & 15U];
    }
    return out;
}

std::string canonicalQuery(std::string_view query)
{
    std::vector<std::string> pairs;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        const auto equals = std::min(pair.find('='), pair.size());
        // Arrives encoded: '%' stays as it is.
        pairs.push_back(encoded(pair.substr(0, equals), "-._~%") + '=' +
                        encoded(pair.substr(std::min(equals + 1, pair.size())), "-._~%"));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    std::ranges::sort(pairs);
    std::string out;
    for (const std::string& pair : pairs)
        out.append(out.empty() ? "" : "&").append(pair);
    return out;
}

std::string collapsed(std::string_view value)
{
    std::string out;
    for (const char c : value) {
        if (c != ' ' || out.empty() || out.back() != ' ')
            out += c;
    }
    return out;
}

/// `name=value` inside the Authorization header.
std::string_view part(std::string_view header, std::string_view name)
{
    const auto at = header.find(name);
    if (at == std::string_view::npos)
        return {};
    const std::string_view rest = header.substr(at + name.size());
    return rest.substr(0, std::min(rest.find(','), rest.size()));
}

bool isRecent(std::string_view date, Timestamp now)
{
    const auto number = [date](std::size_t at, std::size_t count) {
        int value = 0;
        std::from_chars(date.data() + at, date.data() + at + count, value);
        return value;
    };
    if (date.size() != 16 || date[8] != 'T' || date[15] != 'Z')
        return false;
    using namespace std::chrono;
    const sys_days day{year{number(0, 4)} / number(4, 2) / number(6, 2)};
    const auto signedAt = day + hours{number(9, 2)} + minutes{number(11, 2)} + seconds{number(13, 2)};
    return abs(signedAt - now) <= minutes{5};
}

} // namespace

std::string checkSigV4(const HttpRequest& request, std::string_view secretKey, Timestamp now)
{
    const std::string_view authorization = request.header("authorization");
    const std::string_view credential = part(authorization, "Credential=");
    const std::string_view signedHeaders = part(authorization, "SignedHeaders=");
    const std::string_view signature = part(authorization, "Signature=");
    const std::string_view date = request.header("x-amz-date");
    const auto slash = credential.find('/');
    if (slash == std::string_view::npos || slash == 0 || signedHeaders.empty() || signature.size() != 64 ||
        date.size() != 16)
        return "The request signature is incomplete.";
    const std::string_view scope = credential.substr(slash + 1);
    if (!scope.starts_with(date.substr(0, 8)) || !scope.ends_with("/bedrock/aws4_request"))
        return "Credential should be scoped to correct service: 'bedrock'.";
    if (!isRecent(date, now))
        return "Signature expired: " + std::string(date) + ".";

    std::string canonical(request.method);
    canonical += '\n' + encoded(request.path, "-._~/") + '\n' + canonicalQuery(request.query) + '\n';
    std::string_view names = signedHeaders;
    bool hostSigned = false;
    bool tokenSigned = request.header("x-amz-security-token").empty();
    while (!names.empty()) {
        const auto end = std::min(names.find(';'), names.size());
        const std::string_view name = names.substr(0, end);
        hostSigned = hostSigned || name == "host";
        tokenSigned = tokenSigned || name == "x-amz-security-token";
        canonical.append(name).append(":").append(collapsed(request.header(name))).append("\n");
        names.remove_prefix(std::min(end + 1, names.size()));
    }
    if (!hostSigned || !tokenSigned)
        return "'Host' and 'X-Amz-Security-Token' must be signed headers.";
    canonical += '\n';
    canonical.append(signedHeaders).append("\n").append(toHex(sha256(request.body)));

    std::string toSign = "AWS4-HMAC-SHA256\n";
    toSign.append(date).append("\n").append(scope).append("\n").append(toHex(sha256(canonical)));

    const auto region = scope.substr(9, scope.find('/', 9) - 9);
    const Digest dateKey = hmac("AWS4" + std::string(secretKey), scope.substr(0, 8));
    const Digest regionKey = hmac(bytesOf(dateKey), region);
    const Digest serviceKey = hmac(bytesOf(regionKey), "bedrock");
    const Digest signingKey = hmac(bytesOf(serviceKey), "aws4_request");
    if (toHex(hmac(bytesOf(signingKey), toSign)) != signature)
        return "The request signature we calculated does not match the signature you provided.";
    return {};
}

} // namespace sb::simulator
