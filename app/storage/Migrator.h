// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Time.h"
#include "storage/DbSession.h"

#include <QString>

#include <string>
#include <vector>

namespace sb::storage {

/// One file of resources/sql/<engine>/NNNN_name.sql, compiled in.
struct Migration {
    int version = 0;
    QString name; ///< "foundation"
    QString text;
    std::string checksum; ///< SHA-256 of the file, hexadecimal
};

/// Where a database stands against the migrations this program knows.
struct SchemaStatus {
    enum class State {
        Empty, ///< nothing there yet
        Current,
        Older,   ///< can be migrated
        Newer,   ///< made by a newer program: refused
        Altered, ///< a step that was applied differs from ours: refused
        Foreign, ///< tables are there and none of them is ours: refused
    };
    State state = State::Empty;
    int version = 0; ///< highest applied
    int latest = 0;  ///< highest known to this program
    std::vector<QString> pending;
    QString problem; ///< which step, when Newer or Altered
    QString backup;  ///< file made by `migrate`, when one was made
};

/// Brings a schema to the newest version, one transaction per step. Writer session only; synchronous.
class Migrator {
public:
    struct Options {
        QString backupDirectory; ///< of an SQLite file's copy; empty: beside it
        QString appVersion;
        int lockTimeoutMs = 30'000; ///< PostgreSQL: how long to wait for another program that is migrating
    };

    static std::vector<Migration> known(DbSession::Engine engine);

    Migrator(DbSession& db, const DatabaseUrl& url, Options options);
    Migrator(DbSession& db, const DatabaseUrl& url, Options options, std::vector<Migration> migrations);

    Result<SchemaStatus> status();
    /// An SQLite file with content is copied first. Newer, Altered and Foreign are returned as they are and nothing is
    /// touched; a failing step is rolled back and leaves the version before it usable.
    Result<SchemaStatus> migrate(Timestamp now);

private:
    Result<void> apply(const Migration& migration, Timestamp now);
    Result<QString> backUp(int version, Timestamp now);
    Result<SchemaStatus> migrateLocked(Timestamp now);

    DbSession& m_db;
    DatabaseUrl m_url;
    Options m_options;
    std::vector<Migration> m_migrations;
};

} // namespace sb::storage
