// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/internal/ProbeRequest.h"

#include "catalog/ProviderDescriptor.h"
#include "http/Origin.h"
#include "providers/SigV4.h"
#include "providers/UpstreamTarget.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

namespace sb::runtime {

namespace {

using Request = ConnectionTest::Request;

std::string_view textOf(const std::shared_ptr<const Secret>& secret)
{
    return secret ? secret->reveal() : std::string_view{};
}

bool hasLineBreak(std::string_view text)
{
    return text.find_first_of("\r\n") != std::string_view::npos;
}

std::string json(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

/// Method, path behind the context and body become the bytes of a request to the service.
Result<std::string> assemble(const Request& request, const validation::ServiceUrl& url, std::string_view method,
                             const std::string& path, std::string_view model, const std::string& body, Timestamp now)
{
    const auto& preset = catalog::descriptor(request.service.provider);
    const auto match = providers::matchPath(preset, method, path);
    if (!match)
        return Error{ErrorCode::Internal, "the provider's preset lacks the path " + path};
    const providers::TargetAddress address{request.service.provider, url.path, request.apiVersion, nullptr};
    auto joined = providers::joinUrl(address, *match, path, {}, model);
    if (!joined)
        return std::move(joined).error();

    const std::string host = http::Origin{url.tls, url.host, url.port}.hostHeader();
    std::string bytes =
        std::string(method) + ' ' + joined->target + " HTTP/1.1\r\nHost: " + host +
        "\r\nUser-Agent: Signalbox\r\nAccept: application/json\r\nAccept-Encoding: identity\r\nConnection: close\r\n";
    for (const catalog::HeaderDefault& header : preset.defaultHeaders) {
        const bool version = header.name == "anthropic-version" && !request.apiVersion.empty();
        bytes += std::string(header.name) + ": " + (version ? request.apiVersion : std::string(header.value)) + "\r\n";
    }
    const std::string_view contentType = body.empty() ? "" : "application/json";
    if (!body.empty())
        bytes += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";

    switch (request.security.kind) {
    case AuthKind::None:
        break;
    case AuthKind::Header: {
        const std::string_view secret = textOf(request.secret);
        if (hasLineBreak(secret) || hasLineBreak(request.security.header) || hasLineBreak(request.security.prefix))
            return Error{ErrorCode::InvalidArgument, "the key contains a line break", "api_key"};
        bytes += request.security.header + ": " + request.security.prefix;
        bytes += secret;
        bytes += "\r\n";
        break;
    }
    case AuthKind::SigV4: {
        const providers::SigV4Signer signer(std::string(textOf(request.accessKey)), Secret(textOf(request.secretKey)),
                                            Secret(textOf(request.sessionToken)), request.security.region);
        const providers::SigV4Headers headers = signer.sign({method, host, joined->target, contentType, body}, now);
        bytes += "X-Amz-Date: " + headers.date + "\r\nAuthorization: " + headers.authorization + "\r\n";
        if (!headers.securityToken.empty())
            bytes += "X-Amz-Security-Token: " + std::string(headers.securityToken) + "\r\n";
        break;
    }
    }
    bytes += "\r\n" + body;
    return bytes;
}

std::string conversePath(const std::string& model)
{
    return "/model/" + QUrl::toPercentEncoding(QString::fromStdString(model)).toStdString() + "/converse";
}

Result<ProbeRequest> wrapped(Result<std::string> bytes, bool listsModels)
{
    if (!bytes)
        return std::move(bytes).error();
    return ProbeRequest{std::move(*bytes), listsModels};
}

} // namespace

Result<ProbeRequest> ProbeRequest::credential(const Request& request, const validation::ServiceUrl& url, Timestamp now)
{
    const auto& preset = catalog::descriptor(request.service.provider);
    if (!preset.modelsPath.empty() && preset.controlHostPrefix.empty())
        return wrapped(assemble(request, url, "GET", std::string(preset.modelsPath), {}, {}, now), true);
    // Bedrock lists models at another host, and the key goes to the typed one only. A conversation without messages is
    // refused, but only after the signature or key was accepted.
    const std::string model = request.oneTokenModel.empty() ? std::string(preset.probeModel) : request.oneTokenModel;
    const std::string body = json({{QStringLiteral("messages"), QJsonArray()}});
    return wrapped(assemble(request, url, "POST", conversePath(model), model, body, now), false);
}

Result<ProbeRequest> ProbeRequest::oneToken(const Request& request, const validation::ServiceUrl& url, Timestamp now)
{
    const QString model = QString::fromStdString(request.oneTokenModel);
    const auto body = [&model](const QString& maximum, const QJsonValue& content) {
        return QJsonObject{
            {QStringLiteral("model"), model},
            {maximum, 1},
            {QStringLiteral("messages"), QJsonArray{QJsonObject{{QStringLiteral("role"), QStringLiteral("user")},
                                                                {QStringLiteral("content"), content}}}}};
    };
    const QJsonValue hi = QStringLiteral("Hi");
    switch (request.service.provider) {
    case ProviderKind::Anthropic:
        return wrapped(assemble(request, url, "POST", "/v1/messages", request.oneTokenModel,
                                json(body(QStringLiteral("max_tokens"), hi)), now),
                       false);
    case ProviderKind::AwsBedrock: {
        QJsonObject converse =
            body(QStringLiteral("max_tokens"), QJsonArray{QJsonObject{{QStringLiteral("text"), hi}}});
        converse.remove(QStringLiteral("model"));
        converse.remove(QStringLiteral("max_tokens"));
        converse.insert(QStringLiteral("inferenceConfig"), QJsonObject{{QStringLiteral("maxTokens"), 1}});
        return wrapped(assemble(request, url, "POST", conversePath(request.oneTokenModel), request.oneTokenModel,
                                json(converse), now),
                       false);
    }
    case ProviderKind::OpenAi:
    case ProviderKind::AzureOpenAi:
        // Reasoning models refuse max_tokens; every current model takes this one.
        return wrapped(assemble(request, url, "POST", "/v1/chat/completions", request.oneTokenModel,
                                json(body(QStringLiteral("max_completion_tokens"), hi)), now),
                       false);
    case ProviderKind::Mistral:
    case ProviderKind::OpenAiCompatible:
        return wrapped(assemble(request, url, "POST", "/v1/chat/completions", request.oneTokenModel,
                                json(body(QStringLiteral("max_tokens"), hi)), now),
                       false);
    }
    return Error{ErrorCode::Internal, "unknown provider"};
}

} // namespace sb::runtime
