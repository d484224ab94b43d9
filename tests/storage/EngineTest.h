// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/TempDatabase.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace sb::test {

using Engine = storage::DatabaseUrl::Engine;

/// A test that runs once per engine, each time on a fresh, migrated database.
class EngineTest : public testing::TestWithParam<Engine> {
protected:
    void SetUp() override
    {
        if (const QString reason = TempDatabase::whyNot(GetParam()); !reason.isEmpty())
            GTEST_SKIP() << reason.toStdString();
        database.emplace(GetParam());
        db = database->open();
    }
    void TearDown() override
    {
        db.reset();
        database.reset();
    }

    std::optional<TempDatabase> database;
    std::unique_ptr<storage::DbSession> db;
};

inline std::string engineName(const testing::TestParamInfo<Engine>& info)
{
    return info.param == Engine::Sqlite ? "Sqlite" : "PostgreSql";
}

/// The value, or a failed test that says why there is none.
template <class T>
T valueOf(Result<T> result)
{
    if (!result)
        ADD_FAILURE() << result.error().what << " [" << result.error().field << "]";
    return result ? std::move(*result) : T{};
}

inline testing::AssertionResult succeeded(const Result<void>& result)
{
    if (result)
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << result.error().what << " [" << result.error().field << "]";
}

} // namespace sb::test

#define SB_ON_BOTH_ENGINES(Suite)                                                                                      \
    INSTANTIATE_TEST_SUITE_P(On, Suite, testing::Values(sb::test::Engine::Sqlite, sb::test::Engine::PostgreSql),       \
                             sb::test::engineName)
