// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QString>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sb::storage {

/// The contract's database URLs, parsed: `sqlite:///absolute/path.db` and
/// `postgresql://user:password@host:5432/name?sslmode=verify-full` (also host1,host2; a percent-encoded absolute path
/// as host is a folder with a Unix socket). The text is never handed to a driver: connections are built from the parsed
/// fields, so it cannot smuggle options. An Error's field is "database_url" and never quotes the password.
struct DatabaseUrl {
    enum class Engine { Sqlite, PostgreSql };

    Engine engine = Engine::Sqlite;
    QString path; ///< SQLite file
    std::vector<std::pair<QString, int>> hosts;
    QString user;
    QString password;
    QString database;
    QString sslMode;
    QString sslRootCert;

    bool operator==(const DatabaseUrl&) const = default;

    static Result<DatabaseUrl> parse(const QString& text);
    /// What a connection is opened with: as given, else verify-full as soon as one host is beyond this machine; empty:
    /// libpq's own default, which may be plain text.
    QString effectiveSslMode() const;
    QString masked() const; ///< for screens and logs: the password as ****
};

} // namespace sb::storage
