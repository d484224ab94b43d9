// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>

#include <memory>

namespace sb::test {

/// A private PostgreSQL cluster of the installed server: a Unix socket in a folder of its own, no network, no password,
/// gone with the test program. Running as root it becomes an unprivileged user, because the server refuses root. Main
/// thread.
class TempPostgres {
public:
    /// One per test program, started on first use. nullptr with `whyNot()` when no server is installed or it does not
    /// start.
    static TempPostgres* shared();
    static QString whyNot();

    ~TempPostgres();

    /// URL of a database of this cluster, whether it exists or not.
    QString url(const QString& database) const;
    /// SQL of ours on the maintenance database; returns the error text, empty when all went well.
    QString administer(const QString& statement) const;

    void stop();  ///< as a crash: connections break at once
    bool start(); ///< again, with the data it had; nothing when it runs

private:
    TempPostgres() = default;
    static TempPostgres& instance();
    QString prepare();
    void run(QProcess& process, const QString& program, const QStringList& arguments) const;

    QString m_problem;
    QString m_bin;
    QString m_folder;
    QProcess m_server;
};

} // namespace sb::test
