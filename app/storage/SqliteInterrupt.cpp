// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/SqliteInterrupt.h"

#include <QLibrary>
#include <QSqlDriver>
#include <QVariant>

#include <cstring>

namespace sb::storage {

void SqliteInterrupt::attach(const QSqlDriver& driver, const std::function<QString(const QString&)>& ask)
{
    const QVariant handle = driver.handle();
    if (!handle.isValid() || std::strcmp(handle.typeName(), "sqlite3*") != 0)
        return;

    using SourceId = const char* (*)();
    QLibrary library(QStringLiteral("sqlite3"), 0);
    const auto sourceId = reinterpret_cast<SourceId>(library.resolve("sqlite3_sourceid"));
    const auto interrupt = reinterpret_cast<void (*)(void*)>(library.resolve("sqlite3_interrupt"));
    if (sourceId == nullptr || interrupt == nullptr)
        return;
    if (ask(QStringLiteral("SELECT sqlite_source_id()")) != QLatin1String(sourceId()))
        return;
    m_handle = *static_cast<void* const*>(handle.constData());
    m_interrupt = interrupt;
}

void SqliteInterrupt::fire() const
{
    if (m_interrupt != nullptr)
        m_interrupt(m_handle);
}

} // namespace sb::storage
