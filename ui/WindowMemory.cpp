// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowMemory.h"

#include "kit/ListColumns.h"
#include "settings/AppSettings.h"
#include "settings/Settings.h"

#include <QDataStream>
#include <QGuiApplication>
#include <QIODevice>
#include <QMainWindow>
#include <QScreen>
#include <QSplitter>
#include <QStyle>

namespace sb::ui {

namespace Settings = settings::Settings;

WindowMemory::WindowMemory(settings::AppSettings& settings) : m_settings(settings)
{
    QDataStream splitters(m_settings.value(Settings::windowState));
    splitters >> m_splitters;
    QDataStream lists(m_settings.value(Settings::windowLists));
    lists >> m_lists;
}

void WindowMemory::restoreWindow(QMainWindow& window) const
{
    // The window manager's frame is not known before the window is shown.
    const QSize frame(0, window.style()->pixelMetric(QStyle::PM_TitleBarHeight));
    window.resize(QSize(1280, 800).boundedTo(QGuiApplication::primaryScreen()->availableSize() - frame));
    window.restoreGeometry(m_settings.value(Settings::windowGeometry));
    if (!QGuiApplication::screenAt(window.geometry().center()))
        window.move(QGuiApplication::primaryScreen()->availableGeometry().topLeft());
}

void WindowMemory::restorePage(const QWidget& page) const
{
    for (QSplitter* splitter : page.findChildren<QSplitter*>()) {
        if (m_splitters.contains(splitter->objectName()))
            splitter->restoreState(m_splitters.value(splitter->objectName()));
    }
    for (ListColumns* list : page.findChildren<ListColumns*>())
        list->restore(m_lists.value(list->listName()));
}

void WindowMemory::save(const QMainWindow& window, const QString& currentPage)
{
    for (const QSplitter* splitter : window.findChildren<QSplitter*>()) {
        if (!splitter->objectName().isEmpty())
            m_splitters.insert(splitter->objectName(), splitter->saveState());
    }
    for (const ListColumns* list : window.findChildren<ListColumns*>())
        m_lists.insert(list->listName(), list->state());
    const auto bytes = [](const QMap<QString, QByteArray>& states) {
        QByteArray all;
        QDataStream stream(&all, QIODevice::WriteOnly);
        stream << states;
        return all;
    };
    for (const Result<void>& kept :
         {m_settings.set(Settings::windowGeometry, window.saveGeometry()),
          m_settings.set(Settings::windowState, bytes(m_splitters)),
          m_settings.set(Settings::windowLists, bytes(m_lists)), m_settings.set(Settings::lastPage, currentPage)}) {
        if (!kept)
            qWarning("The window's place is not remembered: %s", kept.error().what.c_str());
    }
}

} // namespace sb::ui
