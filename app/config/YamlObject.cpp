// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/YamlObject.h"

#include <charconv>

namespace sb::config {

YamlObject::YamlObject(const YamlValue& value, std::string what, ConfigIssues& issues)
    : m_value(value), m_what(std::move(what)), m_issues(issues)
{
    if (value.kind != YamlValue::Kind::Map && value.kind != YamlValue::Kind::Null)
        fault(value.line, m_what + " must be a map of keys and values");
}

YamlObject::~YamlObject()
{
    for (const auto& [key, value] : m_value.members) {
        if (!m_known.contains(key.name))
            fault(key.line, "unknown key '" + key.name + "' in " + m_what);
    }
}

const YamlValue* YamlObject::member(std::string_view key)
{
    m_known.emplace(key);
    return m_value.find(key);
}

const YamlValue* YamlObject::list(std::string_view key)
{
    const YamlValue* value = member(key);
    if (value == nullptr || value->kind == YamlValue::Kind::List || value->kind == YamlValue::Kind::Null)
        return value;
    fault(value->line, "'" + std::string(key) + "' must be a list");
    return nullptr;
}

const YamlValue* YamlObject::map(std::string_view key)
{
    const YamlValue* value = member(key);
    if (value == nullptr || value->kind == YamlValue::Kind::Map || value->kind == YamlValue::Kind::Null)
        return value;
    fault(value->line, "'" + std::string(key) + "' must be a map of keys and values");
    return nullptr;
}

std::string YamlObject::text(std::string_view key)
{
    const YamlValue* value = member(key);
    if (value == nullptr || value->kind == YamlValue::Kind::Null)
        return {};
    if (value->kind != YamlValue::Kind::Scalar) {
        fault(value->line, "'" + std::string(key) + "' must be a single value");
        return {};
    }
    return value->text;
}

std::string YamlObject::required(std::string_view key)
{
    const std::size_t before = m_issues.size();
    std::string value = text(key);
    if (value.empty() && m_issues.size() == before)
        fault(lineOf(key), m_what + ": '" + std::string(key) + "' is missing");
    return value;
}

std::optional<bool> YamlObject::truth(std::string_view key)
{
    const std::string value = text(key);
    if (value.empty())
        return {};
    if (value == "true" || value == "yes" || value == "on")
        return true;
    if (value == "false" || value == "no" || value == "off")
        return false;
    fault(lineOf(key), "'" + std::string(key) + "' must be true or false");
    return {};
}

std::optional<std::int64_t> YamlObject::count(std::string_view key)
{
    const std::string value = text(key);
    if (value.empty())
        return {};
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error == std::errc{} && end == value.data() + value.size() && number >= 1)
        return number;
    fault(lineOf(key), "'" + std::string(key) + "' must be a whole number of at least 1");
    return {};
}

int YamlObject::lineOf(std::string_view key) const
{
    for (const auto& [name, value] : m_value.members) {
        if (name.name == key)
            return value.line > 0 ? value.line : name.line;
    }
    return m_value.line;
}

} // namespace sb::config
