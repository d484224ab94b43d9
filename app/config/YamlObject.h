// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config/YamlTree.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace sb::config {

/// Reads the members of a map one by one and reports, when it is done, those that nobody asked for. A value that is no
/// map is an issue and reads as an empty map.
class YamlObject {
public:
    YamlObject(const YamlValue& value, std::string what, ConfigIssues& issues);
    ~YamlObject();
    YamlObject(const YamlObject&) = delete;
    YamlObject& operator=(const YamlObject&) = delete;

    int line() const { return m_value.line; }
    bool has(std::string_view key) const { return m_value.find(key) != nullptr; }

    const YamlValue* member(std::string_view key);
    const YamlValue* list(std::string_view key); ///< null when absent; an issue when it is no list
    const YamlValue* map(std::string_view key);
    std::string text(std::string_view key);     ///< empty when absent
    std::string required(std::string_view key); ///< an issue when absent or empty
    std::optional<bool> truth(std::string_view key);
    std::optional<std::int64_t> count(std::string_view key); ///< a whole number >= 1

    int lineOf(std::string_view key) const; ///< the object's own when absent
    void fault(int line, std::string what) { m_issues.push_back({line, std::move(what)}); }

private:
    const YamlValue& m_value;
    std::string m_what; ///< "service", "limit": for messages
    ConfigIssues& m_issues;
    std::set<std::string, std::less<>> m_known;
};

} // namespace sb::config
