// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/validation/ServiceValidation.h"
#include "domain/validation/Text.h"

#include <algorithm>
#include <array>

namespace sb::validation {

namespace {

struct Preset {
    std::string_view header;
    std::string_view prefix;
};

constexpr Preset presetOf(ProviderKind provider)
{
    switch (provider) {
    case ProviderKind::AzureOpenAi:
        return {"api-key", ""};
    case ProviderKind::Anthropic:
        return {"x-api-key", ""};
    case ProviderKind::OpenAi:
    case ProviderKind::Mistral:
    case ProviderKind::AwsBedrock:
    case ProviderKind::OpenAiCompatible:
        return {"Authorization", "Bearer "};
    }
    return {};
}

/// Authentication schemes that stand between a header's name and its token.
constexpr std::array<std::string_view, 6> kSchemes{"Bearer", "Basic", "Token", "Api-Key", "ApiKey", "Key"};

/// Names that frame the message or belong to one hop: a credential there would break or smuggle.
constexpr std::array<std::string_view, 18> kForbidden{"host",
                                                      "content-length",
                                                      "content-type",
                                                      "content-encoding",
                                                      "transfer-encoding",
                                                      "connection",
                                                      "keep-alive",
                                                      "te",
                                                      "trailer",
                                                      "upgrade",
                                                      "expect",
                                                      "proxy-authorization",
                                                      "proxy-authenticate",
                                                      "proxy-connection",
                                                      "http2-settings",
                                                      "accept-encoding",
                                                      "via",
                                                      "forwarded"};

std::string_view schemeOf(std::string_view word)
{
    const auto found = std::find_if(kSchemes.begin(), kSchemes.end(),
                                    [word](std::string_view s) { return equalsIgnoringCase(s, word); });
    return found == kSchemes.end() ? std::string_view{} : *found;
}

/// RFC 9110 token.
bool isToken(std::string_view text)
{
    constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    return !text.empty() && text.size() <= 128 && std::all_of(text.begin(), text.end(), [&](char c) {
        return isAlnum(c) || kMarks.find(c) != std::string_view::npos;
    });
}

std::vector<std::string_view> words(std::string_view text)
{
    std::vector<std::string_view> result;
    while (!(text = trimmed(text)).empty()) {
        const auto end = std::find_if(text.begin(), text.end(), isBlank);
        const auto length = static_cast<std::size_t>(end - text.begin());
        result.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return result;
}

struct Reading {
    HeaderChoice choice;
    std::string_view issue = {};
    std::string detail = {};
};

Reading read(std::string_view typed, ProviderKind provider)
{
    typed = trimmed(typed);
    if (typed.empty())
        return {{}, "required"};

    Reading reading;
    std::vector<std::string_view> rest;
    const std::size_t colon = typed.find(':');
    if (colon != std::string_view::npos) {
        reading.choice.header = trimmed(typed.substr(0, colon));
        rest = words(typed.substr(colon + 1));
    } else {
        rest = words(typed);
        // "api-key" alone is a header's name; only these two schemes stand for Authorization.
        if (!equalsIgnoringCase(rest.front(), "Bearer") && !equalsIgnoringCase(rest.front(), "Basic")) {
            reading.choice.header = rest.front();
            rest.erase(rest.begin());
        } else {
            reading.choice.header = "Authorization";
        }
    }

    std::string& header = reading.choice.header;
    if (!isToken(header))
        return {{}, "bad_header"};
    std::string lower = header;
    std::transform(lower.begin(), lower.end(), lower.begin(), lowered);
    if (std::find(kForbidden.begin(), kForbidden.end(), lower) != kForbidden.end() || lower.starts_with("x-signalbox-"))
        return {{}, "forbidden_header", header};

    const Preset preset = presetOf(provider);
    const bool isPreset = equalsIgnoringCase(header, preset.header);
    if (isPreset)
        header = preset.header;
    if (rest.empty()) {
        if (isPreset)
            reading.choice.prefix = preset.prefix;
        return reading;
    }
    if (const std::string_view scheme = schemeOf(rest.front()); !scheme.empty()) {
        reading.choice.prefix = std::string(scheme) + ' ';
        rest.erase(rest.begin());
    }
    if (rest.size() > 1 || (!rest.empty() && plainLength(rest.front()) < 0))
        return {{}, "bad_header"};
    if (!rest.empty())
        reading.choice.pasted = Secret(rest.front());
    return reading;
}

} // namespace

Result<HeaderChoice> readAuthorizationHeader(std::string_view typed, ProviderKind provider)
{
    Reading reading = read(typed, provider);
    if (!reading.issue.empty())
        return Error{ErrorCode::InvalidArgument, "authorization header refused: " + std::string(reading.issue),
                     "authorization_header"};
    return std::move(reading.choice);
}

FieldIssues checkAuthorizationHeader(std::string_view typed, ProviderKind provider)
{
    const Reading reading = read(typed, provider);
    if (reading.issue.empty())
        return {};
    return {{"authorization_header", std::string(reading.issue), reading.detail}};
}

} // namespace sb::validation
