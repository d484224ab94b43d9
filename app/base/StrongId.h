// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>

#include <compare> // after another standard header: Qt 6.4's moc cannot read it first (concepts:46, "Parse error at std")

namespace sb {

/// A database key that cannot be mixed up with another table's. 0 means "none", as in the usage tables.
template <class Tag>
struct StrongId {
    std::int32_t value = 0;

    constexpr StrongId() = default;
    constexpr explicit StrongId(std::int32_t v) : value(v) {}
    constexpr bool isNone() const { return value == 0; }
    constexpr auto operator<=>(const StrongId&) const = default;
};

} // namespace sb

template <class Tag>
struct std::hash<sb::StrongId<Tag>> {
    std::size_t operator()(sb::StrongId<Tag> id) const noexcept { return std::hash<std::int32_t>{}(id.value); }
};
