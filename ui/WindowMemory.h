// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

class QMainWindow;
class QWidget;

namespace sb::settings {
class AppSettings;
}

namespace sb::ui {

/// What a window remembers from one run to the next: its place on the screen, its splitters and how its lists were
/// arranged. A page that is not made in a run keeps what is remembered of it.
class WindowMemory {
public:
    explicit WindowMemory(settings::AppSettings& settings);

    void restoreWindow(QMainWindow& window) const;
    void restorePage(const QWidget& page) const; ///< once it is made
    void save(const QMainWindow& window, const QString& currentPage);

private:
    settings::AppSettings& m_settings;
    QMap<QString, QByteArray> m_splitters; ///< by object name
    QMap<QString, QByteArray> m_lists;     ///< by object name of the table
};

} // namespace sb::ui
