// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/stages/Forward.h"

#include "http/Chars.h"
#include "providers/UpstreamTarget.h"

#include <algorithm>
#include <charconv>

namespace sb::gateway {

using catalog::Dialect;
using catalog::PathKind;
using http::chars::equalsIgnoringCase;

namespace {

/// Obs-text has no agreed meaning: it may come in, but it is not passed on.
bool isAscii(std::string_view value)
{
    return std::all_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void addField(std::string& head, std::string_view name, std::string_view value)
{
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
}

ApiError refuseHeader(std::string_view name)
{
    return {ApiCode::InvalidRequest, "the header " + std::string(name) + " has a character that cannot be passed on", 0,
            std::string(name)};
}

} // namespace

std::string providerModelOf(const Target& target, std::string_view model)
{
    if (target.provider == ProviderKind::AzureOpenAi && !target.deployments.contains(std::string(model))) {
        for (const auto& [maker, deployment] : target.deployments) {
            if (deployment == model)
                return maker;
        }
    }
    return std::string(model);
}

std::variant<UpstreamRequest, ApiError> buildUpstreamRequest(const Exchange& exchange, Timestamp now)
{
    const Target& target = exchange.target();
    const Resolved& resolved = exchange.resolved;
    const catalog::NativePath& path = *resolved.match.path;
    const catalog::ProviderDescriptor& preset = *target.descriptor;

    const providers::TargetAddress address{target.provider, target.basePath, target.apiVersion, &target.deployments};
    const auto joined = providers::joinUrl(address, resolved.match, resolved.address.path, resolved.address.query,
                                           exchange.targetModel);
    if (!joined)
        return ApiError{ApiCode::InvalidRequest, joined.error().what + ": " + joined.error().field, 0,
                        joined.error().field};

    UpstreamRequest request;
    const bool contractPath = path.kind == PathKind::Contract;
    if (!exchange.body.empty() && path.dialect != Dialect::Opaque) {
        providers::UpstreamEdits edits;
        edits.provider = target.provider;
        edits.providerModel = exchange.providerModel;
        if (joined->bodyModel)
            edits.renameModel = *joined->bodyModel;
        else if (exchange.isRouted() && exchange.targetModel != exchange.facts.model)
            edits.renameModel = exchange.targetModel;
        edits.completionMaximum = exchange.held->spend.completionToWrite;
        edits.askUsage = contractPath && exchange.facts.stream;
        edits.adaptMembers = contractPath;
        providers::UpstreamBody body = providers::buildUpstreamBody(exchange.facts, exchange.body, edits);
        request.rewritten = std::move(body.bytes);
        request.usageAdded = body.usageAdded;
        for (const std::string& member : body.dropped) {
            if (!request.dropped.empty())
                request.dropped += ", ";
            request.dropped += member;
        }
    }

    const std::string_view body = request.body(exchange.body);
    std::string& head = request.head;
    head.reserve(512 + joined->target.size());
    head += http::methodName(exchange.head.method);
    head += ' ';
    head += joined->target;
    head += " HTTP/1.1\r\nhost: ";
    head += target.hostHeader;
    head += "\r\nuser-agent: signalbox/1\r\naccept-encoding: identity\r\n";
    const bool hasBody = exchange.head.method == http::Method::Post || !body.empty();
    constexpr std::string_view kJson = "application/json";
    if (hasBody) {
        char digits[24];
        const auto end = std::to_chars(digits, digits + sizeof digits, body.size()).ptr;
        addField(head, "content-type", kJson);
        addField(head, "content-length", {digits, static_cast<std::size_t>(end - digits)});
    }
    for (const http::Field& field : exchange.head.fields.all()) {
        const bool passes =
            equalsIgnoringCase(field.name, "accept") || catalog::isListed(preset.forwardedHeaders, field.name);
        if (!passes || equalsIgnoringCase(field.name, target.credential.header) ||
            exchange.head.fields.listContains("connection", field.name))
            continue;
        if (!isAscii(field.value))
            return refuseHeader(field.name);
        addField(head, field.name, field.value);
    }
    for (const catalog::HeaderDefault& usual : preset.defaultHeaders) {
        if (exchange.head.fields.contains(usual.name))
            continue;
        const bool chosen = usual.name == "anthropic-version" && !target.apiVersion.empty();
        addField(head, usual.name, chosen ? std::string_view(target.apiVersion) : usual.value);
    }
    switch (target.credential.kind) {
    case AuthKind::None:
        break;
    case AuthKind::Header:
        addField(head, target.credential.header, target.credential.value.reveal());
        break;
    case AuthKind::SigV4: {
        const providers::SigV4Headers signature =
            target.credential.signer->sign({http::methodName(exchange.head.method), target.hostHeader, joined->target,
                                            hasBody ? kJson : std::string_view{}, body},
                                           now);
        addField(head, "x-amz-date", signature.date);
        if (!signature.securityToken.empty())
            addField(head, "x-amz-security-token", signature.securityToken);
        addField(head, "authorization", signature.authorization);
        break;
    }
    }
    head += "\r\n";
    return request;
}

} // namespace sb::gateway
