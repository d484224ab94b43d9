// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <string>
#include <string_view>

namespace sb {

/// Where a secret is kept: the only thing about a secret that databases, settings, exports and logs may hold.
/// Text forms of the contract: `keychain:NAME`, `env:NAME`, `file:/absolute/path`.
struct SecretRef {
    enum class Kind { None, Keychain, Environment, File };

    Kind kind = Kind::None;
    std::string name; ///< keychain entry, variable name or absolute path

    bool operator==(const SecretRef&) const = default;
    bool isNone() const { return kind == Kind::None; }
    std::string toString() const; ///< empty for None

    /// Empty text is None. Anything that is not one of the three forms is refused, so a literal secret never passes as
    /// one.
    static Result<SecretRef> parse(std::string_view text);
};

} // namespace sb
