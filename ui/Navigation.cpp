// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Navigation.h"

#include "LaterPage.h"
#include "connections/ConnectionsPage.h"
#include "dashboards/DashboardsPage.h"
#include "databases/DatabasesPage.h"
#include "gateway/FindingText.h"
#include "gateway/GatewayPage.h"
#include "home/HomePage.h"
#include "kit/Prompts.h"
#include "promptlab/PromptLabPage.h"
#include "requests/RequestsPage.h"
#include "runtime/AppContext.h"
#include "runtime/GatewayHost.h"
#include "runtime/LocalHosts.h"
#include "services/ServicesPage.h"
#include "settings/AppSettings.h"
#include "settings/Settings.h"
#include "settings/SettingsPage.h"

#include <QCoreApplication>

namespace sb::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Navigation)
};

/// Where the gateway answers, or will answer when it is started.
QString gatewayAddress(runtime::AppContext& context)
{
    QString running = context.gateway().url();
    if (!running.isEmpty())
        return running;
    const runtime::LaunchOptions& options = context.options();
    QString host = options.listenHost.isEmpty() ? QStringLiteral("127.0.0.1") : options.listenHost;
    if (host.contains(QLatin1Char(':')))
        host = QLatin1Char('[') + host + QLatin1Char(']');
    return QStringLiteral("http://%1:%2").arg(host).arg(options.listenPort);
}

bool gatewayIsRunning(runtime::AppContext& context)
{
    return context.gateway().state() == runtime::GatewayHost::State::Running;
}

bool gatewayIsStopped(runtime::AppContext& context)
{
    using State = runtime::GatewayHost::State;
    const State state = context.gateway().state();
    return state == State::Stopped || state == State::Failed;
}

ServingFaults servingFaults(runtime::AppContext& context)
{
    ServingFaults faults;
    for (const gateway::Finding& finding : context.gateway().findings()) {
        if (finding.severity == gateway::Finding::Severity::Error && !finding.service.isNone())
            faults.emplace(std::pair(finding.service, finding.environment), FindingText::what(finding));
    }
    return faults;
}

ServicesSlice servicesSlice(const Program& program)
{
    runtime::AppContext& context = program.context;
    return {context.storage(),
            context.secrets(),
            program.registrar,
            context.clock(),
            program.prompts,
            program.undo,
            context.actor().toStdString(),
            [&context] {
                return Workplace{context.organization(), context.projects(), context.environments()};
            },
            [&context] { return gatewayAddress(context); },
            [&context] { return gatewayIsRunning(context); },
            [&context] { context.gateway().start(); },
            [&context] {
                auto hosts = runtime::readLocalHosts(context.settings().value(settings::Settings::localHosts));
                return hosts ? *std::move(hosts) : std::vector<std::string>();
            },
            [&context] { return servingFaults(context); }};
}

Page* makeHome(const Program& program, QWidget* parent)
{
    runtime::AppContext& context = program.context;
    auto* page =
        new HomePage({context.storage(), context.clock(), [&context] { return gatewayAddress(context); },
                      [&context] { return gatewayIsStopped(context); }, [&context] { context.gateway().start(); },
                      [&context] { return context.environments(); }, program.simulator,
                      [&context]() -> std::optional<Error> {
                          const runtime::GatewayHost& gateway = context.gateway();
                          if (gateway.state() != runtime::GatewayHost::State::Failed)
                              return std::nullopt;
                          return gateway.lastError();
                      },
                      [&context] { return servingFaults(context); }},
                     parent);
    QObject::connect(&context.gateway(), &runtime::GatewayHost::stateChanged, page, &HomePage::gatewayChanged);
    QObject::connect(&context.gateway(), &runtime::GatewayHost::findingsChanged, page, &HomePage::servingChanged);
    return page;
}

} // namespace

std::vector<NavigationEntry> navigationEntries(const Program& program)
{
    const auto s = [](const char* text) { return QString::fromLatin1(text); };
    return {
        {s("Home"), Words::tr("Home"), s("home"), false, [=](QWidget* parent) { return makeHome(program, parent); }},
        {s("GenAI Services"), Words::tr("GenAI Services"), s("services"), true,
         [=](QWidget* parent) {
             auto* page = new ServicesPage(servicesSlice(program), parent);
             QObject::connect(&program.context.gateway(), &runtime::GatewayHost::findingsChanged, page,
                              &ServicesPage::servingChanged);
             return page;
         }},
        {s("Databases"), Words::tr("Databases"), s("database"), true,
         [=](QWidget* parent) {
             runtime::AppContext& context = program.context;
             auto* page = new DatabasesPage({context.storage(), context.options().databaseUrlOrigin,
                                             [&context] {
                                                 const runtime::GatewayHost::Live live = context.gateway().live();
                                                 return std::pair(live.undelivered, live.oldestUndeliveredMs);
                                             },
                                             [&context] { return gatewayIsRunning(context); }},
                                            parent);
             QObject::connect(&context.gateway(), &runtime::GatewayHost::stateChanged, page,
                              &DatabasesPage::showHealth);
             return page;
         }},
        {s("Marketplace"), Words::tr("Marketplace"), s("marketplace"), true,
         [=](QWidget* parent) {
             return new LaterPage(
                 Words::tr("Marketplace"), Words::tr("Browsing published services comes with a later release."),
                 Words::tr("Today every registered service is listed in GenAI Services, with its address and whether "
                           "it is published; a connection gives a team its key."),
                 {{Words::tr("Open GenAI Services"), QStringLiteral("GenAI Services")},
                  {Words::tr("Open Connections"), QStringLiteral("Connections")}},
                 parent);
         }},
        {s("Connections"), Words::tr("Connections"), s("connections"), true,
         [=](QWidget* parent) {
             runtime::AppContext& context = program.context;
             return new ConnectionsPage({context.storage(), program.registrar, context.clock(), program.prompts,
                                         program.undo, context.actor().toStdString(),
                                         [&context] { return gatewayAddress(context); }},
                                        parent);
         }},
        {s("Routes"), Words::tr("Routes"), s("routes"), false,
         [=](QWidget* parent) {
             return new LaterPage(
                 Words::tr("Routes"),
                 Words::tr("Choosing among several services by policy comes with a later release."),
                 Words::tr("Today a client calls one service by its context path; the address is on the service's "
                           "page."),
                 {{Words::tr("Open GenAI Services"), QStringLiteral("GenAI Services")}}, parent);
         }},
        {s("Models"), Words::tr("Models"), s("models"), false,
         [=](QWidget* parent) {
             return new LaterPage(
                 Words::tr("Models"),
                 Words::tr("Editing the model catalogue and its prices comes with a later release."),
                 Words::tr("Today the built-in dated price book is used; each request shows which of its rows it was "
                           "charged by, and models without a price are counted as unpriced."),
                 {{Words::tr("Open Requests"), QStringLiteral("Requests")},
                  {Words::tr("Open Dashboards"), QStringLiteral("Dashboards")}},
                 parent);
         }},
        {s("Dashboards"), Words::tr("Dashboards"), s("dashboards"), false,
         [=](QWidget* parent) {
             return new DashboardsPage(program.context.storage(), program.context.clock(), program.scope,
                                       program.prompts, parent);
         }},
        {s("Requests"), Words::tr("Requests"), s("requests"), false,
         [=](QWidget* parent) {
             runtime::AppContext& context = program.context;
             return new RequestsPage(
                 context.storage(), context.clock(), program.scope, [&context] { return context.gateway().url(); },
                 parent);
         }},
        {s("Prompt Lab"), Words::tr("Prompt Lab"), s("promptlab"), false,
         [=](QWidget* parent) {
             runtime::AppContext& context = program.context;
             return new PromptLabPage({context.storage(), context.gateway(), context.settings(), context.clock(),
                                       program.prompts, program.undo, program.scope},
                                      parent);
         }},
        {s("Gateway"), Words::tr("Gateway"), s("gateway"), false,
         [=](QWidget* parent) { return new GatewayPage(program.context.gateway(), program.context.clock(), parent); }},
        {s("Access"), Words::tr("Access"), s("access"), false,
         [=](QWidget* parent) {
             return new LaterPage(
                 Words::tr("Access"), Words::tr("Users, roles and the audit browser come with a later release."),
                 Words::tr("Today whoever can read the profile or log in to the database can change everything. Every "
                           "change is already written to the audit trail."),
                 {}, parent);
         }},
        {s("Settings"), Words::tr("Settings"), s("settings"), false,
         [=](QWidget* parent) {
             runtime::AppContext& context = program.context;
             return new SettingsPage(
                 context.settings(), context.storage(), context.secrets(),
                 [&context](const QString& host, quint16 port) { context.gateway().setListen(host, port); }, parent);
         }},
    };
}

} // namespace sb::ui
