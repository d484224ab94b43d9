// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Theme.h"

#include "Style.h"
#include "kit/Tone.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusInterface>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace sb::ui {

namespace {

constexpr int kPortalPrefersDark = 1;

QVariant unwrapped(QVariant value)
{
    while (value.userType() == qMetaTypeId<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

Theme::Theme(QObject* parent) : QObject(parent), m_systemIsDark(Tones::isDark(QApplication::palette()))
{
    QApplication::setStyle(new Style);
    apply();
    askPortal();
}

void Theme::setScheme(Scheme scheme)
{
    if (scheme == m_scheme)
        return;
    m_scheme = scheme;
    apply();
    Q_EMIT schemeChanged();
}

void Theme::apply()
{
    QApplication::setPalette(palette(m_scheme == Scheme::Dark || (m_scheme == Scheme::System && m_systemIsDark)));
}

void Theme::askPortal()
{
    QDBusMessage question = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.portal.Desktop"), QStringLiteral("/org/freedesktop/portal/desktop"),
        QStringLiteral("org.freedesktop.portal.Settings"), QStringLiteral("Read"));
    question << QStringLiteral("org.freedesktop.appearance") << QStringLiteral("color-scheme");
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QVariant> reply = *watcher;
        if (reply.isError())
            return; // no portal: the platform's palette decides
        m_systemIsDark = unwrapped(reply.value()).toInt() == kPortalPrefersDark;
        apply();
    });
}

QPalette Theme::palette(bool dark)
{
    const auto pick = [dark](const char* lightColor, const char* darkColor) {
        return QColor(QLatin1String(dark ? darkColor : lightColor));
    };
    QPalette palette;
    palette.setColor(QPalette::Window, pick("#f4f5f7", "#292d33"));
    palette.setColor(QPalette::WindowText, pick("#1c2026", "#e6e8eb"));
    palette.setColor(QPalette::Base, pick("#ffffff", "#1d2025"));
    palette.setColor(QPalette::AlternateBase, pick("#f3f5f8", "#23272d"));
    palette.setColor(QPalette::Text, pick("#1c2026", "#e6e8eb"));
    palette.setColor(QPalette::PlaceholderText, pick("#5c6570", "#a9b2bc"));
    palette.setColor(QPalette::Button, pick("#eceef1", "#2b3036"));
    palette.setColor(QPalette::ButtonText, pick("#1c2026", "#e6e8eb"));
    palette.setColor(QPalette::BrightText, pick("#a61b12", "#ff9d94"));
    palette.setColor(QPalette::Highlight, pick("#1f5f9e", "#2f6fae"));
    palette.setColor(QPalette::HighlightedText, QColor(Qt::white));
    palette.setColor(QPalette::Link, pick("#0a529b", "#8fc7ff"));
    palette.setColor(QPalette::LinkVisited, pick("#6a3d9a", "#c9a9ee"));
    palette.setColor(QPalette::ToolTipBase, pick("#1c2026", "#e6e8eb"));
    palette.setColor(QPalette::ToolTipText, pick("#ffffff", "#16191d"));
    palette.setColor(QPalette::Light, pick("#ffffff", "#3d434b"));
    palette.setColor(QPalette::Midlight, pick("#e3e6ea", "#363c44"));
    palette.setColor(QPalette::Mid, pick("#c3c8cf", "#4f5761"));
    palette.setColor(QPalette::Dark, pick("#9aa2ac", "#15181b"));
    palette.setColor(QPalette::Shadow, pick("#6b737d", "#08090b"));
    const QColor disabled = pick("#8a919b", "#7d868f");
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, pick("#c3c8cf", "#3a424b"));
    return palette;
}

} // namespace sb::ui
