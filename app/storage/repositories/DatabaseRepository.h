// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Time.h"
#include "storage/DbSession.h"

#include <cstdint>
#include <optional>
#include <string>

namespace sb::storage {

/// What the Databases page and `signalboxctl doctor` show about our own database.
struct DatabaseFigures {
    double pingMs = 0;         ///< one `SELECT 1`, there and back
    std::string serverVersion; ///< "SQLite 3.40.1", "PostgreSQL 15.5"
    std::int64_t sizeBytes = 0;
    std::int64_t requests = 0;    ///< ever recorded, also those whose details are gone
    std::int64_t deadLetters = 0; ///< records that it refused; tried again when a gateway starts
    std::string deadLetterError;  ///< why the newest of them was refused
};

/// What a clock can be compared with.
struct DatabaseTimes {
    std::optional<Timestamp> server;        ///< of a PostgreSQL server; absent: the file is on this machine
    std::optional<Timestamp> newestRequest; ///< absent: none was recorded
};

class DatabaseRepository {
public:
    explicit DatabaseRepository(DbSession& db) : m_db(db) {}

    Result<DatabaseFigures> figures();
    Result<DatabaseTimes> times();

private:
    DbSession& m_db;
};

} // namespace sb::storage
