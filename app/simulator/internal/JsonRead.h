// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace sb::simulator {

/// Members that may be absent, null or of another type: then absent.
inline std::string_view textOf(const boost::json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    const auto* text = value != nullptr ? value->if_string() : nullptr;
    return text != nullptr ? std::string_view(*text) : std::string_view{};
}

inline std::optional<std::int64_t> numberOf(const boost::json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    if (value == nullptr)
        return {};
    if (const auto* number = value->if_int64())
        return *number;
    return {};
}

inline bool truthOf(const boost::json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    const auto* truth = value != nullptr ? value->if_bool() : nullptr;
    return truth != nullptr && *truth;
}

inline const boost::json::object* objectOf(const boost::json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    return value != nullptr ? value->if_object() : nullptr;
}

inline const boost::json::array* arrayOf(const boost::json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    return value != nullptr ? value->if_array() : nullptr;
}

} // namespace sb::simulator
