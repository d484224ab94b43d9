// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/SqlValues.h"

#include <algorithm>

namespace sb::storage::sql {

QVariant bind(const EventId& id, DatabaseUrl::Engine engine)
{
    if (engine == DatabaseUrl::Engine::PostgreSql)
        return QVariant(text(id.toString()));
    return bind(std::span<const std::uint8_t>(id.bytes));
}

QVariant bind(std::span<const std::uint8_t> bytes)
{
    return QVariant(QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())));
}

EventId eventIdOf(const QVariant& value)
{
    if (value.metaType().id() == QMetaType::QByteArray) {
        const QByteArray bytes = value.toByteArray();
        EventId id;
        if (bytes.size() == static_cast<qsizetype>(id.bytes.size()))
            std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
        return id;
    }
    return EventId::parse(textOf(value)).value_or(EventId{});
}

} // namespace sb::storage::sql
