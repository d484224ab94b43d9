// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/SigV4.h"

#include "base/Sha256.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <utility>
#include <vector>

namespace sb::providers {

namespace {

using Digest = std::array<std::uint8_t, 32>;

Digest hmac(std::string_view key, std::string_view text)
{
    Digest digest;
    ::HMAC(::EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), nullptr);
    return digest;
}

std::string_view bytesOf(const Digest& digest)
{
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

bool isUnreserved(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == '~';
}

void appendEncoded(std::string& out, std::string_view text, bool keepSlash)
{
    static constexpr char kHex[] = "0123456789ABCDEF";
    for (const char c : text) {
        if (isUnreserved(c) || (keepSlash && c == '/')) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += kHex[byte >> 4];
            out += kHex[byte & 0x0f];
        }
    }
}

/// Query parameters as they stand on the wire (already encoded), sorted by name, then value; "a" is "a=".
std::string canonicalQuery(std::string_view query)
{
    std::vector<std::pair<std::string_view, std::string_view>> parameters;
    while (!query.empty()) {
        const std::string_view one = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), one.size() + 1));
        if (one.empty())
            continue;
        const std::size_t equals = one.find('=');
        parameters.emplace_back(one.substr(0, equals),
                                equals == std::string_view::npos ? std::string_view{} : one.substr(equals + 1));
    }
    std::sort(parameters.begin(), parameters.end());
    std::string canonical;
    for (const auto& [name, value] : parameters) {
        if (!canonical.empty())
            canonical += '&';
        canonical.append(name).append("=").append(value);
    }
    return canonical;
}

/// Trimmed, runs of blanks collapsed.
std::string canonicalValue(std::string_view value)
{
    std::string out;
    for (const char c : value) {
        if (c == ' ' || c == '\t') {
            if (!out.empty() && out.back() != ' ')
                out += ' ';
        } else {
            out += c;
        }
    }
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

std::string amzDate(Timestamp now)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
    const auto day = std::chrono::floor<std::chrono::days>(seconds);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(seconds - day);
    char text[32];
    std::snprintf(text, sizeof text, "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text;
}

} // namespace

SigV4Signer::SigV4Signer(std::string accessKey, Secret secretKey, Secret sessionToken, std::string region,
                         std::string service)
    : m_accessKey(std::move(accessKey)), m_secretKey(std::move(secretKey)), m_sessionToken(std::move(sessionToken)),
      m_region(std::move(region)), m_service(std::move(service))
{
}

SigV4Signer::~SigV4Signer()
{
    ::OPENSSL_cleanse(m_key.data(), m_key.size());
}

SigV4Signer::Key SigV4Signer::keyOf(std::string_view day) const
{
    const std::lock_guard lock(m_mutex);
    if (m_keyDay != day) {
        std::string first = "AWS4";
        first += m_secretKey.reveal();
        const Digest dayKey = hmac(first, day);
        wipe(first);
        const Digest regionKey = hmac(bytesOf(dayKey), m_region);
        const Digest serviceKey = hmac(bytesOf(regionKey), m_service);
        m_key = hmac(bytesOf(serviceKey), "aws4_request");
        m_keyDay = day;
    }
    return m_key;
}

SigV4Headers SigV4Signer::sign(const SigV4Request& request, Timestamp now) const
{
    SigV4Headers headers;
    headers.date = amzDate(now);
    headers.securityToken = m_sessionToken.reveal();
    const std::string_view day = std::string_view(headers.date).substr(0, 8);

    const std::size_t question = request.target.find('?');
    const std::string_view path = request.target.substr(0, question);
    const std::string_view query =
        question == std::string_view::npos ? std::string_view{} : request.target.substr(question + 1);

    std::string canonical(request.method);
    canonical += '\n';
    appendEncoded(canonical, path, true);
    canonical += '\n';
    canonical += canonicalQuery(query);
    canonical += '\n';
    std::string signedHeaders;
    const auto header = [&](std::string_view name, std::string_view value) { // called in alphabetical order
        canonical.append(name).append(":").append(canonicalValue(value)).append("\n");
        if (!signedHeaders.empty())
            signedHeaders += ';';
        signedHeaders += name;
    };
    if (!request.contentType.empty())
        header("content-type", request.contentType);
    header("host", request.host);
    header("x-amz-date", headers.date);
    if (!headers.securityToken.empty())
        header("x-amz-security-token", headers.securityToken);
    canonical.append("\n").append(signedHeaders).append("\n").append(toHex(sha256(request.body)));

    std::string scope(day);
    scope.append("/").append(m_region).append("/").append(m_service).append("/aws4_request");
    headers.stringToSign = "AWS4-HMAC-SHA256\n" + headers.date + "\n" + scope + "\n" + toHex(sha256(canonical));

    Key key = keyOf(day);
    const Digest signature = hmac(bytesOf(key), headers.stringToSign);
    ::OPENSSL_cleanse(key.data(), key.size());
    headers.authorization = "AWS4-HMAC-SHA256 Credential=" + m_accessKey + "/" + scope +
                            ", SignedHeaders=" + signedHeaders + ", Signature=" + toHex(signature);
    return headers;
}

} // namespace sb::providers
