// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/UpstreamTarget.h"

#include <algorithm>

namespace sb::providers {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// nullopt: broken escape or a control character.
std::optional<std::string> percentDecoded(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        int byte = static_cast<unsigned char>(text[i]);
        if (byte == '%') {
            if (i + 2 >= text.size())
                return std::nullopt;
            const int high = hexDigit(text[i + 1]);
            const int low = hexDigit(text[i + 2]);
            if (high < 0 || low < 0)
                return std::nullopt;
            byte = high * 16 + low;
            i += 2;
        }
        if (byte < 0x20 || byte == 0x7f)
            return std::nullopt;
        result += static_cast<char>(byte);
    }
    return result;
}

std::string percentEncoded(std::string_view text)
{
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                             c == '.' || c == '_' || c == '~';
        if (isPlain) {
            result += c;
        } else {
            result += '%';
            result += kHex[static_cast<unsigned char>(c) >> 4];
            result += kHex[static_cast<unsigned char>(c) & 0x0f];
        }
    }
    return result;
}

std::string_view nextSegment(std::string_view& path)
{
    const std::size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash);
    return segment;
}

/// Segment by segment in wire bytes: an encoded variant of a fixed segment is another path, so what is matched is what
/// is sent.
bool matches(std::string_view pattern, std::string_view path, std::string& model)
{
    while (!pattern.empty() && !path.empty()) {
        if (pattern.front() != '/' || path.front() != '/')
            return false;
        pattern.remove_prefix(1);
        path.remove_prefix(1);
        const std::string_view want = nextSegment(pattern);
        const std::string_view have = nextSegment(path);
        if (!want.starts_with('{')) {
            if (want != have)
                return false;
            continue;
        }
        std::optional<std::string> decoded = percentDecoded(have);
        if (!decoded || decoded->empty() || *decoded == "." || *decoded == "..")
            return false;
        model = std::move(*decoded);
    }
    return pattern.empty() && path.empty();
}

/// "v1", "v1beta", "v4".
bool isVersion(std::string_view segment)
{
    return segment.size() >= 2 && segment[0] == 'v' && segment[1] >= '0' && segment[1] <= '9';
}

bool hasVersion(std::string_view basePath)
{
    while (!basePath.empty()) {
        basePath.remove_prefix(1);
        if (isVersion(nextSegment(basePath)))
            return true;
    }
    return false;
}

std::string_view withoutSuffix(std::string_view text, std::string_view suffix)
{
    return text.ends_with(suffix) ? text.substr(0, text.size() - suffix.size()) : text;
}

std::string_view deploymentOf(const TargetAddress& address, std::string_view model)
{
    if (address.deployments) {
        // The map is small; a transparent lookup is not worth a copy of the key on every request.
        for (const auto& [name, deployment] : *address.deployments) {
            if (name == model)
                return deployment;
        }
    }
    return model;
}

/// The allowed part of a query, without "api-version" if `withoutVersion`.
Result<std::string> filteredQuery(const PathMatch& match, const catalog::ProviderDescriptor& preset,
                                  std::string_view query, bool withoutVersion)
{
    std::string result;
    while (!query.empty()) {
        const std::size_t ampersand = query.find('&');
        const std::string_view pair = query.substr(0, ampersand);
        query = ampersand == std::string_view::npos ? std::string_view() : query.substr(ampersand + 1);
        if (pair.empty())
            continue;
        const std::string_view name = pair.substr(0, pair.find('='));
        if (std::find(preset.allowedQuery.begin(), preset.allowedQuery.end(), name) == preset.allowedQuery.end()) {
            if (match.path->kind == catalog::PathKind::Contract)
                continue;
            return Error{ErrorCode::InvalidArgument, "unknown query parameter", std::string(name.substr(0, 64))};
        }
        if (withoutVersion && name == "api-version")
            continue;
        result += result.empty() ? "" : "&";
        result += pair;
    }
    return result;
}

std::string withQuery(std::string path, std::string_view query)
{
    if (!query.empty()) {
        path += path.find('?') == std::string::npos ? '?' : '&';
        path += query;
    }
    return path;
}

Result<UpstreamTarget> joinAzure(const TargetAddress& address, const PathMatch& match, std::string_view path,
                                 std::string_view query, std::string_view model)
{
    const catalog::ProviderDescriptor& preset = catalog::descriptor(address.provider);
    std::string_view base = withoutSuffix(address.basePath, "/v1");
    base = withoutSuffix(base, "/openai");
    const bool isNative = path.starts_with("/openai/");
    const std::string_view version = address.apiVersion;
    const bool isDated =
        !version.empty() && version.front() >= '0' && version.front() <= '9'; // the others are on the v1 paths
    const bool isClassicNative = isNative && !path.starts_with("/openai/v1/");
    Result<std::string> kept = filteredQuery(match, preset, query, !isNative && !version.empty());
    if (!kept)
        return std::move(kept).error();
    const std::string versionQuery = "api-version=" + percentEncoded(version);

    UpstreamTarget result;
    if (isNative) {
        result.target = withQuery(std::string(base) + std::string(path), *kept);
        if (!version.empty() && isClassicNative == isDated && kept->find("api-version=") == std::string::npos)
            result.target = withQuery(std::move(result.target), versionQuery);
        return result;
    }
    const std::string_view deployment = deploymentOf(address, model);
    if (deployment != model)
        result.bodyModel = std::string(deployment);
    const std::string_view operation = path.substr(std::string_view("/v1").size());
    std::string target(base);
    if (!isDated) {
        target += "/openai";
        target += path;
        if (!version.empty())
            target = withQuery(std::move(target), versionQuery);
    } else {
        const bool isPerDeployment =
            operation == "/chat/completions" || operation == "/completions" || operation == "/embeddings";
        target += "/openai";
        if (isPerDeployment)
            target += "/deployments/" + percentEncoded(deployment);
        target += operation;
        target = withQuery(std::move(target), versionQuery);
    }
    result.target = withQuery(std::move(target), *kept);
    return result;
}

} // namespace

std::optional<PathMatch> matchPath(const catalog::ProviderDescriptor& preset, std::string_view method,
                                   std::string_view path)
{
    for (const catalog::NativePath& candidate : preset.nativePaths) {
        PathMatch match;
        if (candidate.method == method && matches(candidate.pattern, path, match.model)) {
            match.path = &candidate;
            return match;
        }
    }
    return std::nullopt;
}

std::string allowedMethods(const catalog::ProviderDescriptor& preset, std::string_view path)
{
    std::string methods;
    std::string model;
    for (const catalog::NativePath& candidate : preset.nativePaths) {
        if (matches(candidate.pattern, path, model) && methods.find(candidate.method) == std::string::npos) {
            methods += methods.empty() ? "" : ", ";
            methods += candidate.method;
        }
    }
    return methods;
}

Result<UpstreamTarget> joinUrl(const TargetAddress& address, const PathMatch& match, std::string_view path,
                               std::string_view query, std::string_view model)
{
    TargetAddress plain = address;
    plain.basePath = withoutSuffix(address.basePath, "/");
    if (address.provider == ProviderKind::AzureOpenAi)
        return joinAzure(plain, match, path, query, model);

    Result<std::string> kept = filteredQuery(match, catalog::descriptor(address.provider), query, false);
    if (!kept)
        return std::move(kept).error();
    if (path.starts_with("/v1/") && hasVersion(plain.basePath))
        path.remove_prefix(std::string_view("/v1").size());
    UpstreamTarget result;
    result.target = withQuery(std::string(plain.basePath) + std::string(path), *kept);
    return result;
}

} // namespace sb::providers
