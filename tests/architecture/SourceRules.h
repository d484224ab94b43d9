// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sb::test {

/// One breach of a firm rule, worded for whoever has to mend it.
struct Breach {
    std::string file;
    int line = 0;
    std::string rule;
    std::string text;
};

/// The firm rules of ARCHITECTURE.md that a look at one source file can check. `path` is relative to the repository:
/// "app/http/Listener.cpp".
std::vector<Breach> checkSource(std::string_view path, std::string_view text);

/// Comments and string literals blanked out, line structure kept: rules about code must not fire on words about code.
std::string codeOnly(std::string_view text);

} // namespace sb::test
