// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/ServiceSql.h"

#include "storage/LimitSql.h"
#include "storage/SqlValues.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace sb::storage::servicesql {
namespace {

constexpr std::array kStates{u"not_configured", u"not_deployed", u"deploying", u"active",
                             u"outdated",       u"failed",       u"stopped"};

DeploymentState stateFrom(const QString& name)
{
    const auto found =
        std::find_if(kStates.begin(), kStates.end(), [&](const char16_t* n) { return name == QStringView(n); });
    return static_cast<DeploymentState>(found - kStates.begin());
}

AuthKind authFrom(const QString& name)
{
    return name == u"header" ? AuthKind::Header : name == u"sigv4" ? AuthKind::SigV4 : AuthKind::None;
}

/// The column's constraint admits only the three forms, so what cannot be parsed cannot be there.
SecretRef refOf(const QVariant& value)
{
    return SecretRef::parse(sql::textOf(value)).value_or(SecretRef{});
}

std::map<std::string, std::string> deploymentsOf(const QVariant& json)
{
    std::map<std::string, std::string> deployments;
    const QJsonObject object = QJsonDocument::fromJson(json.toString().toUtf8()).object();
    for (auto it = object.begin(); it != object.end(); ++it)
        deployments.emplace(sql::utf8(it.key()), sql::utf8(it.value().toString()));
    return deployments;
}

MarketplaceState marketplaceFrom(const QString& name)
{
    return name == u"published" ? MarketplaceState::Published
           : name == u"removed" ? MarketplaceState::Removed
                                : MarketplaceState::Draft;
}

QJsonValue orNull(const std::optional<std::int64_t>& value)
{
    return value ? QJsonValue(static_cast<qint64>(*value)) : QJsonValue();
}

} // namespace

QString stateName(DeploymentState state)
{
    return QString::fromUtf16(kStates.at(static_cast<std::size_t>(state)));
}

QString authName(AuthKind kind)
{
    return kind == AuthKind::Header  ? QStringLiteral("header")
           : kind == AuthKind::SigV4 ? QStringLiteral("sigv4")
                                     : QStringLiteral("none");
}

QString deploymentsJson(const ServiceEnvironment& environment)
{
    QJsonObject object;
    for (const auto& [model, deployment] : environment.deployments)
        object.insert(sql::text(model), sql::text(deployment));
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

Result<std::vector<Service>> services(DbSession& db, const QString& where, const QVariantList& values)
{
    auto rows = selectAll(
        db,
        QStringLiteral("SELECT id, org_id, scope, project_id, provider_id, name, context_path, url, version, summary, "
                       "marketplace_state, row_version, created_us, updated_us, deleted_us FROM service WHERE %1")
            .arg(where),
        values, [](const QSqlQuery& q) {
            return Service{.id = sql::idOf<ServiceId>(q.value(0)),
                           .organization = sql::idOf<OrganizationId>(q.value(1)),
                           .scope = q.value(2).toString() == u"project" ? Scope::Project : Scope::Organization,
                           .project = sql::idOf<ProjectId>(q.value(3)),
                           .provider = static_cast<ProviderKind>(q.value(4).toInt()),
                           .name = sql::textOf(q.value(5)),
                           .contextPath = sql::textOf(q.value(6)),
                           .url = sql::textOf(q.value(7)),
                           .version = sql::textOf(q.value(8)),
                           .summary = sql::textOf(q.value(9)),
                           .labels = {},
                           .marketplaceState = marketplaceFrom(q.value(10).toString()),
                           .rowVersion = sql::intOf(q.value(11)),
                           .created = sql::timeOf(q.value(12)),
                           .updated = sql::timeOf(q.value(13)),
                           .deleted = sql::optionalTimeOf(q.value(14))};
        });
    if (!rows)
        return rows;
    std::unordered_map<std::int32_t, std::size_t> position;
    for (std::size_t i = 0; i < rows->size(); ++i)
        position.emplace((*rows)[i].id.value, i);
    auto labels = db.exec(QStringLiteral(
        "SELECT s.service_id, l.name FROM service_label s JOIN label l ON l.id = s.label_id ORDER BY l.name"));
    if (!labels)
        return std::move(labels).error();
    while (labels->next()) {
        if (const auto found = position.find(labels->value(0).toInt()); found != position.end())
            (*rows)[found->second].labels.push_back(sql::textOf(labels->value(1)));
    }
    return rows;
}

Result<std::vector<ServiceEnvironment>> environments(DbSession& db, const QString& where, const QVariantList& values)
{
    return selectAll(
        db,
        QStringLiteral("SELECT id, service_id, env_id, auth_kind, header, prefix, secret_ref, region, access_key_ref, "
                       "secret_key_ref, session_token_ref, url_override, api_version, deployments, desired_rev, "
                       "deployed_rev, state, checked_us FROM service_env WHERE %1 ORDER BY service_id, env_id")
            .arg(where),
        values, [](const QSqlQuery& q) {
            return ServiceEnvironment{.id = sql::idOf<ServiceEnvironmentId>(q.value(0)),
                                      .service = sql::idOf<ServiceId>(q.value(1)),
                                      .environment = sql::idOf<EnvironmentId>(q.value(2)),
                                      .security = {.kind = authFrom(q.value(3).toString()),
                                                   .header = sql::textOf(q.value(4)),
                                                   .prefix = sql::textOf(q.value(5)),
                                                   .secret = refOf(q.value(6)),
                                                   .region = sql::textOf(q.value(7)),
                                                   .accessKey = refOf(q.value(8)),
                                                   .secretKey = refOf(q.value(9)),
                                                   .sessionToken = refOf(q.value(10))},
                                      .urlOverride = sql::textOf(q.value(11)),
                                      .apiVersion = sql::textOf(q.value(12)),
                                      .deployments = deploymentsOf(q.value(13)),
                                      .desiredRevision = sql::intOf(q.value(14)),
                                      .deployedRevision = sql::intOf(q.value(15)),
                                      .state = stateFrom(q.value(16).toString()),
                                      .checked = sql::optionalTimeOf(q.value(17))};
        });
}

QJsonObject toJson(const Service& service)
{
    QJsonArray labels;
    for (const std::string& label : service.labels)
        labels.append(sql::text(label));
    return {{QStringLiteral("name"), sql::text(service.name)},
            {QStringLiteral("context_path"), sql::text(service.contextPath)},
            {QStringLiteral("provider"), sql::text(providerCode(service.provider))},
            {QStringLiteral("scope"),
             service.scope == Scope::Project ? QStringLiteral("project") : QStringLiteral("organization")},
            {QStringLiteral("project_id"), service.project.value},
            {QStringLiteral("url"), sql::text(service.url)},
            {QStringLiteral("version"), sql::text(service.version)},
            {QStringLiteral("summary"), sql::text(service.summary)},
            {QStringLiteral("labels"), labels}};
}

QJsonObject toJson(const ServiceEnvironment& environment, const std::vector<LimitRule>& limits, const RequestCaps& caps)
{
    const BackendSecurity& security = environment.security;
    QJsonArray rules;
    for (const LimitRule& rule : limits) {
        rules.append(QJsonObject{{QStringLiteral("per"), limitsql::windowName(rule.per)},
                                 {QStringLiteral("max_prompt"), orNull(rule.maxPromptTokens)},
                                 {QStringLiteral("max_completion"), orNull(rule.maxCompletionTokens)},
                                 {QStringLiteral("max_total"), orNull(rule.maxTotalTokens)},
                                 {QStringLiteral("max_requests"), orNull(rule.maxRequests)},
                                 {QStringLiteral("max_cost_nano"), orNull(rule.maximum(LimitDimension::CostNano))},
                                 {QStringLiteral("mode"), rule.mode == LimitMode::Enforce ? QStringLiteral("enforce")
                                                                                          : QStringLiteral("shadow")}});
    }
    return {{QStringLiteral("environment_id"), environment.environment.value},
            {QStringLiteral("auth_kind"), authName(security.kind)},
            {QStringLiteral("header"), sql::text(security.header)},
            {QStringLiteral("prefix"), sql::text(security.prefix)},
            {QStringLiteral("secret_ref"), sql::text(security.secret.toString())},
            {QStringLiteral("region"), sql::text(security.region)},
            {QStringLiteral("access_key_ref"), sql::text(security.accessKey.toString())},
            {QStringLiteral("secret_key_ref"), sql::text(security.secretKey.toString())},
            {QStringLiteral("session_token_ref"), sql::text(security.sessionToken.toString())},
            {QStringLiteral("url_override"), sql::text(environment.urlOverride)},
            {QStringLiteral("api_version"), sql::text(environment.apiVersion)},
            {QStringLiteral("deployments"), QJsonDocument::fromJson(deploymentsJson(environment).toUtf8()).object()},
            {QStringLiteral("limits"), rules},
            {QStringLiteral("per_request"),
             QJsonObject{{QStringLiteral("max_prompt"), orNull(caps.maxPromptTokens)},
                         {QStringLiteral("max_completion"), orNull(caps.maxCompletionTokens)},
                         {QStringLiteral("max_total"), orNull(caps.maxTotalTokens)}}}};
}

} // namespace sb::storage::servicesql
