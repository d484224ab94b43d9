// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/EventId.h"
#include "base/Money.h"
#include "base/StrongId.h"
#include "base/Time.h"
#include "storage/DatabaseUrl.h"

#include <QByteArray>
#include <QString>
#include <QVariant>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// Conversions between the program's values and what the two drivers bind and return. NULL is an invalid QVariant.
/// Integers are bound as signed 64-bit (SQLite's STRICT tables refuse what Qt makes of unsigned ones), UUIDs as 16
/// bytes on SQLite and as text on PostgreSQL.
namespace sb::storage::sql {

inline QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}
inline std::string utf8(const QString& value)
{
    return value.toStdString();
}

inline QVariant bind(std::int64_t value)
{
    return QVariant(static_cast<qlonglong>(value));
}
inline QVariant bind(int value)
{
    return QVariant(static_cast<qlonglong>(value));
}
inline QVariant bind(std::uint32_t value)
{
    return QVariant(static_cast<qlonglong>(value));
}
inline QVariant bind(bool value)
{
    return QVariant(value);
}
inline QVariant bind(double value)
{
    return QVariant(value);
}
inline QVariant bind(std::string_view value)
{
    return QVariant(text(value));
}
inline QVariant bind(const std::string& value)
{
    return QVariant(text(value));
}
inline QVariant bind(const char* value)
{
    return QVariant(text(value));
}
inline QVariant bind(Timestamp value)
{
    return bind(toMicros(value));
}
inline QVariant bind(Money value)
{
    return bind(value.nano);
}
template <class Tag>
QVariant bind(StrongId<Tag> value)
{
    return bind(value.value);
}
template <class T>
QVariant bind(const std::optional<T>& value)
{
    return value ? bind(*value) : QVariant();
}
QVariant bind(const EventId& id, DatabaseUrl::Engine engine);
QVariant bind(std::span<const std::uint8_t> bytes);

/// NULL for 0: for foreign keys that are "none".
template <class Tag>
QVariant bindOrNull(StrongId<Tag> value)
{
    return value.isNone() ? QVariant() : bind(value.value);
}
/// NULL for an empty text.
inline QVariant bindOrNull(std::string_view value)
{
    return value.empty() ? QVariant() : bind(value);
}

inline std::int64_t int64Of(const QVariant& value)
{
    return value.toLongLong();
}
inline int intOf(const QVariant& value)
{
    return value.toInt();
}
inline std::string textOf(const QVariant& value)
{
    return utf8(value.toString());
}
inline Timestamp timeOf(const QVariant& value)
{
    return fromMicros(int64Of(value));
}
template <class Id>
Id idOf(const QVariant& value)
{
    return Id(static_cast<std::int32_t>(value.toLongLong()));
}
template <class T>
std::optional<T> optionalOf(const QVariant& value)
{
    if (value.isNull())
        return std::nullopt;
    return static_cast<T>(value.toLongLong());
}
inline std::optional<Timestamp> optionalTimeOf(const QVariant& value)
{
    if (value.isNull())
        return std::nullopt;
    return timeOf(value);
}
inline std::optional<Money> optionalMoneyOf(const QVariant& value)
{
    if (value.isNull())
        return std::nullopt;
    return Money{int64Of(value)};
}
EventId eventIdOf(const QVariant& value);

} // namespace sb::storage::sql
