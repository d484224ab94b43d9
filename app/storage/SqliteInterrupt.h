// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QSqlDriver;

namespace sb::storage {

/// Stops a running SQLite statement from another thread, which QtSql cannot. The library that Qt's driver uses is found
/// at run time and only used when it is provably the same build (equal source id), since the handle belongs to that
/// build.
class SqliteInterrupt {
public:
    /// `ask` runs a one-value query on the connection.
    void attach(const QSqlDriver& driver, const std::function<QString(const QString&)>& ask);
    bool isAvailable() const { return m_interrupt != nullptr; }
    void fire() const; ///< any thread, while the connection is open

private:
    void (*m_interrupt)(void*) = nullptr;
    void* m_handle = nullptr;
};

} // namespace sb::storage
