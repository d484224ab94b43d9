// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Secret.h"

#include <gtest/gtest.h>

#include <ostream>
#include <type_traits>

using sb::Secret;

namespace {
template <class T>
concept Printable = requires(std::ostream& out, const T& value)
{
    out << value;
};
} // namespace

static_assert(!std::is_copy_constructible_v<Secret>);
static_assert(!std::is_copy_assignable_v<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<Secret, std::string_view>);
static_assert(!Printable<Secret>);

TEST(Secret, takesTheTextAndWipesTheSource)
{
    std::string typed = "sk-a-secret-that-is-longer-than-the-small-string-buffer";
    const char* buffer = typed.data();
    const Secret secret(std::move(typed));
    EXPECT_EQ(secret.reveal().substr(0, 11), "sk-a-secret");
    EXPECT_TRUE(typed.empty());
    EXPECT_EQ(buffer[0], '\0');
}

TEST(Secret, movingLeavesNothingBehind)
{
    Secret first(std::string("short"));
    const Secret second(std::move(first));
    EXPECT_TRUE(first.isEmpty());
    EXPECT_EQ(second.reveal(), "short");
}
