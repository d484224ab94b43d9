// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/TempDatabase.h"

#include <QCoreApplication>

#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>

/// `--postgres`: only the tests on PostgreSQL, else all the others. Exit 77: no server to test on, with the reason.
int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    const bool postgres = argc > 1 && std::strcmp(argv[1], "--postgres") == 0;
    if (testing::GTEST_FLAG(filter) == "*")
        testing::GTEST_FLAG(filter) = postgres ? "*/PostgreSql" : "-*/PostgreSql";
    if (postgres) {
        const QString reason = sb::test::TempDatabase::whyNot(sb::test::TempDatabase::Engine::PostgreSql);
        if (!reason.isEmpty()) {
            std::fprintf(stderr, "skipped: %s\n", qPrintable(reason));
            return 77;
        }
    }
    return RUN_ALL_TESTS();
}
