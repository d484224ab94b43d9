// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "StatusStrip.h"

#include "kit/Icons.h"
#include "kit/UiText.h"
#include "runtime/AppContext.h"
#include "runtime/GatewayHost.h"
#include "secrets/SecretStore.h"
#include "storage/StorageService.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>

namespace sb::ui {

namespace {

void display(QPushButton* button, Tone tone, const QString& text, const QString& toolTip)
{
    button->setIcon(Icons::get(Tones::iconName(tone), tone));
    if (button->text() != text) {
        button->setText(text);
        button->setAccessibleName(text);
    }
    button->setToolTip(toolTip);
    button->setAccessibleDescription(toolTip);
}

} // namespace

StatusStrip::StatusStrip(runtime::AppContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_gateway(addButton("statusGateway", QStringLiteral("Gateway"))),
      m_live(addButton("statusLive", QStringLiteral("Requests"))),
      m_database(addButton("statusDatabase", QStringLiteral("Databases"))),
      m_secrets(addButton("statusSecrets", QStringLiteral("Settings")))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    for (QPushButton* button : {m_gateway, m_live, m_database, m_secrets})
        row->addWidget(button);
    connect(&m_context.gateway(), &runtime::GatewayHost::stateChanged, this, [this] {
        showGateway();
        showLive();
    });
    connect(&m_context.gateway(), &runtime::GatewayHost::liveChanged, this, &StatusStrip::showLive);
    connect(&m_context.storage(), &storage::StorageService::healthChanged, this, &StatusStrip::showDatabase);
    connect(&m_context.secrets(), &secrets::SecretStore::keychainStateChanged, this, &StatusStrip::showSecrets);
    showGateway();
    showLive();
    showDatabase();
    showSecrets();
}

QPushButton* StatusStrip::addButton(const char* name, const QString& entry)
{
    auto* button = new QPushButton(this);
    button->setFlat(true);
    button->setObjectName(QLatin1String(name));
    connect(button, &QPushButton::clicked, this, [this, entry] { Q_EMIT navigate(entry); });
    return button;
}

void StatusStrip::showGateway()
{
    using State = runtime::GatewayHost::State;
    const runtime::GatewayHost& gateway = m_context.gateway();
    switch (gateway.state()) {
    case State::Running:
        display(m_gateway, Tone::Good, tr("Gateway running: %1").arg(gateway.url()), tr("Clients call this address."));
        break;
    case State::Starting:
        display(m_gateway, Tone::Info, tr("Gateway starting"), {});
        break;
    case State::Stopping:
        display(m_gateway, Tone::Info, tr("Gateway stopping"), tr("Running requests are finished first."));
        break;
    case State::Failed:
        display(m_gateway, Tone::Bad, tr("Gateway failed"), UiText::sentence(gateway.lastError()));
        break;
    case State::Stopped:
        display(m_gateway, Tone::Neutral, tr("Gateway stopped"), tr("Nothing is served until it is started."));
        break;
    }
}

void StatusStrip::showLive()
{
    const bool running = m_context.gateway().state() == runtime::GatewayHost::State::Running;
    m_live->setVisible(running);
    if (!running)
        return;
    const runtime::GatewayHost::Live live = m_context.gateway().live();
    QString text =
        tr("%1 requests/s").arg(locale().toString(live.requestsPerSecond, 'f', live.requestsPerSecond < 10 ? 1 : 0));
    if (live.counters.activeStreams > 0)
        text += tr(", %n stream(s)", nullptr, static_cast<int>(live.counters.activeStreams));
    const bool behind = live.oldestUndeliveredMs > 30'000;
    if (behind)
        text += tr(", %1 not yet in the database").arg(UiText::count(static_cast<std::int64_t>(live.undelivered)));
    if (live.diskFull) {
        display(m_live, Tone::Bad, tr("Disk full"),
                tr("Requests that a limit counts are refused. Free some space: they go on by themselves."));
        return;
    }
    display(m_live, behind ? Tone::Warning : Tone::Neutral, text,
            tr("%1 requests since the start").arg(UiText::count(static_cast<std::int64_t>(live.counters.requests))));
}

void StatusStrip::showDatabase()
{
    using State = storage::StorageHealth::State;
    const storage::StorageHealth health = m_context.storage().health();
    switch (health.state) {
    case State::Ready:
        display(m_database, Tone::Good, tr("Database ok"), health.location);
        break;
    case State::Opening:
        display(m_database, Tone::Info, tr("Database opening"), health.location);
        break;
    case State::Unavailable:
        display(m_database, Tone::Bad, tr("Database not reachable"),
                tr("%1. Nothing saved is lost; it is tried again by itself.").arg(health.location));
        break;
    case State::NewerSchema:
        display(m_database, Tone::Bad, tr("Database is of a newer Signalbox"),
                tr("%1. Update this program; nothing was changed.").arg(health.location));
        break;
    case State::Damaged:
        display(m_database, Tone::Bad, tr("Database damaged"), tr("%1. Restore a backup.").arg(health.location));
        break;
    }
}

void StatusStrip::showSecrets()
{
    using State = secrets::KeychainState;
    switch (m_context.secrets().keychainState()) {
    case State::Available:
        display(m_secrets, Tone::Good, tr("Keychain ok"), tr("Provider keys are kept in the system keychain."));
        break;
    case State::Unknown:
        display(m_secrets, Tone::Neutral, tr("Keychain not checked yet"), {});
        break;
    case State::LockedOrAbsent:
        display(m_secrets, Tone::Warning, tr("Keychain locked or unavailable"),
                tr("Unlock it, or keep keys in environment variables or 0600 files."));
        break;
    case State::NoService:
        display(m_secrets, Tone::Warning, tr("No keychain service"),
                tr("Keys can be kept in environment variables or 0600 files."));
        break;
    }
}

} // namespace sb::ui
