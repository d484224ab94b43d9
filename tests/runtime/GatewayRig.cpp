// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/GatewayRig.h"

#include "runtime/ServiceRegistrar.h"
#include "storage/LimitSql.h"
#include "storage/repositories/ConnectionRepository.h"
#include "storage/repositories/OrganizationRepository.h"
#include "storage/repositories/ServiceRepository.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTest>
#include <QUrl>

#include <span>

namespace sb::test {

using runtime::GatewayHost;

namespace {

constexpr const char* kVariable = "SB_TEST_PROVIDER_KEY";

/// 32 hex digits: SQLite keeps the bytes, PostgreSQL gives a UUID's text.
std::string idOf(const QVariant& value)
{
    if (value.typeId() == QMetaType::QByteArray)
        return value.toByteArray().toHex().toStdString();
    QString text = value.toString();
    text.remove(u'-').remove(u'{').remove(u'}');
    return text.toStdString();
}

simulator::SimulatorOptions simulatorOptions(std::filesystem::path ledger)
{
    simulator::SimulatorOptions options;
    options.apiKey = "sim-key";
    options.ledger = std::move(ledger);
    return options;
}

} // namespace

GatewayRig::GatewayRig(const QString& databaseUrl)
    : m_simulator(simulatorOptions(ledger())), m_secrets(QStringLiteral("io.signalbox.Test"), m_folder.path())
{
    qputenv(kVariable, "sim-key");
    const auto port = m_simulator.start();
    if (!port)
        qFatal("%s", port.error().what.c_str());
    m_simulatorPort = *port;

    storage::StorageOptions options;
    const QString inProfile = QStringLiteral("sqlite://") + m_folder.filePath(QStringLiteral("signalbox.db"));
    options.url = *storage::DatabaseUrl::parse(databaseUrl.isEmpty() ? inProfile : databaseUrl);
    m_storage = std::make_unique<storage::StorageService>(std::move(options));
    if (const auto opened = finish(m_storage->open()); !opened)
        qFatal("%s", opened.error().what.c_str());
}

GatewayRig::~GatewayRig()
{
    m_host.reset();
    m_simulator.stop();
}

void GatewayRig::registerService(std::vector<LimitRule> limits)
{
    m_service = write<ServiceId>([&](storage::DbSession& db) -> Result<ServiceId> {
        storage::OrganizationRepository organizations(db);
        m_environment = organizations.environments()->at(0).id;
        ServiceRegistration wanted;
        wanted.service.organization = organizations.current()->id;
        wanted.service.provider = ProviderKind::OpenAiCompatible;
        wanted.service.name = "Simulator";
        wanted.service.contextPath = "/openai";
        wanted.service.url = "http://127.0.0.1:" + std::to_string(m_simulatorPort) + "/v1";
        ServiceRegistration::PerEnvironment one;
        one.configuration.environment = m_environment;
        one.configuration.security = {.kind = AuthKind::Header,
                                      .header = "Authorization",
                                      .prefix = "Bearer ",
                                      .secret = {SecretRef::Kind::Environment, kVariable},
                                      .region = {},
                                      .accessKey = {},
                                      .secretKey = {},
                                      .sessionToken = {}};
        one.limits = limits;
        wanted.environments = {one};
        return storage::ServiceRepository(db).insert(wanted, "test", m_clock.now());
    });
}

void GatewayRig::setLimits(const std::vector<LimitRule>& limits)
{
    write<bool>([&](storage::DbSession& db) -> Result<bool> {
        auto details = storage::ServiceRepository(db).get(m_service);
        if (!details)
            return std::move(details).error();
        const auto id = details->environments.front().id.value;
        if (auto written = storage::limitsql::replaceRules(db, LimitScope::ServiceEnvironment, id, limits); !written)
            return std::move(written).error();
        return true;
    });
}

std::string GatewayRig::addConnection(const std::string& name)
{
    auto key = runtime::ServiceRegistrar::generateKey(m_random);
    m_lastPublicId = key.publicId;
    write<GatewayKeyId>([&](storage::DbSession& db) -> Result<GatewayKeyId> {
        storage::ConnectionRepository connections(db);
        Connection connection;
        connection.project = storage::OrganizationRepository(db).projects()->at(0).id;
        connection.name = name;
        connection.service = m_service;
        const auto id = connections.insert(connection, {m_environment}, "test", m_clock.now());
        if (!id)
            return id.error();
        GatewayKey row;
        row.connection = *id;
        row.environment = m_environment;
        row.publicId = key.publicId;
        row.hash = key.hash;
        row.created = m_clock.now();
        return connections.insertKey(row, "test");
    });
    return std::string(key.text.reveal());
}

void GatewayRig::revokeLastKey()
{
    auto done = finish(m_storage->write([&](storage::DbSession& db) {
        return storage::ConnectionRepository(db).revokeKey(m_lastPublicId, "test", m_clock.now());
    }));
    if (!done)
        qFatal("%s", done.error().what.c_str());
}

QString GatewayRig::startHost()
{
    GatewayHost::Options options;
    options.profileDirectory = m_folder.path();
    options.gateway.port = 0;
    options.gateway.workers = 2;
    m_host = std::make_unique<GatewayHost>(options, *m_storage, m_secrets, m_clock, m_log);
    m_host->start();
    wait([this] {
        return m_host->state() == GatewayHost::State::Running || m_host->state() == GatewayHost::State::Failed;
    });
    return m_host->state() == GatewayHost::State::Running
               ? QString()
               : QString::fromStdString("not running: " + m_host->lastError().what);
}

void GatewayRig::stopHost()
{
    m_host->stop();
    wait([this] { return m_host->state() == GatewayHost::State::Stopped; });
}

std::uint16_t GatewayRig::port() const
{
    return static_cast<std::uint16_t>(QUrl(m_host->url()).port());
}

RawAnswer GatewayRig::chatAt(std::uint16_t port, const std::string& key, const std::string& content)
{
    const std::string body =
        R"({"model":"sim-small","max_tokens":20,"messages":[{"role":"user","content":")" + content + R"("}]})";
    RawClient client(port);
    client.send("POST /openai/v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                "\r\nAuthorization: Bearer " + key + "\r\nContent-Type: application/json\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body);
    return readAnswer(client);
}

std::vector<GatewayRig::Row> GatewayRig::rows()
{
    auto result = finish(m_storage->read([](storage::DbSession& db) {
        return storage::selectAll(
            db,
            QStringLiteral(
                "SELECT r.id, r.in_unc + r.in_cr, r.out_txt + r.out_rsn, coalesce(r.cost_nano, -1), r.flags, d.source "
                "FROM req r JOIN dim d ON d.dim_id = r.dim_id ORDER BY r.ts_us"),
            {}, [](const QSqlQuery& q) {
                return Row{idOf(q.value(0)),        q.value(1).toLongLong(), q.value(2).toLongLong(),
                           q.value(3).toLongLong(), q.value(4).toLongLong(), q.value(5).toLongLong()};
            });
    }));
    if (!result)
        qFatal("%s", result.error().what.c_str());
    return *std::move(result);
}

bool GatewayRig::waitForRows(std::size_t count)
{
    QElapsedTimer timer;
    timer.start();
    while (rows().size() < count) {
        if (timer.elapsed() > 10'000)
            return false;
        QTest::qWait(20);
    }
    return true;
}

bool GatewayRig::wait(const std::function<bool()>& done, int milliseconds)
{
    return QTest::qWaitFor(done, milliseconds);
}

} // namespace sb::test
