// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config/ConfigFile.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sb::config {

/// One YAML value with the line it stands on. Built from the parser's events, because a finished tree no longer knows
/// about anchors and repeated keys.
struct YamlValue {
    enum class Kind { Null, Scalar, List, Map };
    struct Key {
        std::string name;
        int line = 0;
    };

    Kind kind = Kind::Null;
    int line = 0;
    std::string text = {}; ///< Scalar
    std::vector<YamlValue> items = {};
    std::vector<std::pair<Key, YamlValue>> members = {};

    const YamlValue* find(std::string_view key) const;
};

struct YamlDocument {
    YamlValue root;
    ConfigIssues issues;
};

/// Refuses what ConfigFile.h says; stops at the first such fault.
YamlDocument parseYaml(std::string_view text);

} // namespace sb::config
