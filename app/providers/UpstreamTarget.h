// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "catalog/ProviderDescriptor.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace sb::providers {

/// An allowed path of a preset that a request's path matches.
struct PathMatch {
    const catalog::NativePath* path = nullptr;
    std::string model; ///< the path's {id} or {d}, percent-decoded; empty: the body names the model
};

/// Finds the allowed path for what stands behind the context ("/v1/chat/completions"), in wire bytes. nullopt: 404,
/// before anything goes upstream. Placeholders never match an empty segment, "." or "..", encoded or not.
std::optional<PathMatch> matchPath(const catalog::ProviderDescriptor& preset, std::string_view method,
                                   std::string_view path);
/// Whether the path is known under another method, for 405 and its Allow header; empty: it is not.
std::string allowedMethods(const catalog::ProviderDescriptor& preset, std::string_view path);

/// How a service environment is addressed.
struct TargetAddress {
    ProviderKind provider = ProviderKind::OpenAi;
    std::string_view basePath;   ///< path of the service URL; a trailing slash does not matter
    std::string_view apiVersion; ///< Azure: a date = classic paths, otherwise v1 paths
    const std::map<std::string, std::string>* deployments = nullptr; ///< Azure: model -> deployment
};

struct UpstreamTarget {
    std::string target;                   ///< path and query as written into the request line (and signed)
    std::optional<std::string> bodyModel; ///< to be written into the body: the Azure deployment of the model
};

/// Joins the service URL with the client's path. A version segment is not doubled: under "https://api.openai.com/v1"
/// the path
/// "/v1/models" becomes "/v1/models". Azure: "/v1/X" becomes "/openai/v1/X", or with an api-version the classic
/// deployment path. Everything else, Bedrock's encoded ids in particular, stays byte for byte. `query` without its '?':
/// names off the preset's list are left out on contract paths and refused (InvalidArgument, `field` = the name) on
/// native ones.
Result<UpstreamTarget> joinUrl(const TargetAddress& address, const PathMatch& match, std::string_view path,
                               std::string_view query, std::string_view model);

} // namespace sb::providers
