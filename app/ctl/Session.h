// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Random.h"
#include "base/Result.h"
#include "ctl/Command.h"
#include "runtime/CommandLine.h"
#include "settings/AppSettings.h"
#include "storage/DatabaseUrl.h"

#include <QCommandLineParser>
#include <QString>

#include <memory>

namespace sb::secrets {
class SecretStore;
}
namespace sb::storage {
class StorageService;
}

namespace sb::ctl {

/// What the commands work with: profile, settings, database address, secrets. Main thread.
class Session {
public:
    /// InvalidArgument: an option's value cannot be used (wrong usage).
    static Result<std::unique_ptr<Session>> start(const QCommandLineParser& parser);
    ~Session();

    /// Opens the database, migrating it first; blocks. Says which database when it fails.
    Result<void> openDatabase();

    const QString& profileDirectory() const;
    const storage::DatabaseUrl& databaseUrl() const;
    const runtime::ListenText& listen() const;
    settings::AppSettings& settings();
    storage::StorageService& storage(); ///< after openDatabase
    secrets::SecretStore& secrets();
    const Clock& clock() const;
    std::shared_ptr<Random> random() const;
    QString actor() const; ///< for the audit trail: the login name

private:
    struct Impl;
    explicit Session(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Runs `fn(Session&)`; when there is no session says why and gives the exit code for that.
template <class F>
int withSession(const QCommandLineParser& parser, Console& console, F&& fn)
{
    auto session = Session::start(parser);
    if (session) {
        for (const Error& problem : (*session)->settings().problems())
            console.err << "warning: " << QString::fromStdString(problem.what) << Qt::endl;
        return fn(**session);
    }
    if (session.error().code == ErrorCode::InvalidArgument)
        return console.misused(session.error());
    return console.failed(session.error());
}

/// The same with the database open.
template <class F>
int withDatabase(const QCommandLineParser& parser, Console& console, F&& fn)
{
    return withSession(parser, console, [&](Session& session) -> int {
        if (auto opened = session.openDatabase(); !opened)
            return console.failed(opened.error());
        return fn(session);
    });
}

} // namespace sb::ctl
