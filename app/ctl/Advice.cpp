// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/Advice.h"

namespace sb::ctl {
namespace {

QString onDatabase(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Corrupt:
        return QStringLiteral("nothing was changed in it: restore a backup, or name another one with --database");
    case ErrorCode::PermissionDenied:
        return QStringLiteral(
            "check user and password of a server; a file and its folder must be writable for this user");
    default:
        return QStringLiteral(
            "check what --database or DATABASE_URL names: a server that runs and takes connections, or a "
            "file in a folder that this user can write");
    }
}

} // namespace

QString adviceOn(const Error& error)
{
    if (error.field == "database")
        return onDatabase(error.code);
    if (error.field == "schema")
        return QStringLiteral(
            "nothing was changed in it: upgrade this program, or name another database with --database");
    if (error.field == "disk")
        return QStringLiteral("make room on the disk");
    if (error.field == "port")
        return QStringLiteral(
            "end the program that uses it, or choose another with --listen HOST:PORT: from 1024 on any user "
            "may, and 0 picks a free one");
    if (error.field == "host" || error.field == "beyond_loopback")
        return QStringLiteral(
            "--listen takes an address of this machine such as 127.0.0.1:8484; for one that other machines "
            "reach, put a proxy that does TLS in front and say --behind-tls-proxy");
    if (error.field == "caFile")
        return QStringLiteral("--ca-file takes a file with certificates in PEM form");
    if (error.field == "profile" && error.code == ErrorCode::Conflict)
        return QStringLiteral(
            "stop the gateway that runs there, in a window or without one, or give this one a folder of its "
            "own with --profile");
    if (error.field == "profile")
        return QStringLiteral("make it writable for this user, or choose another with --profile");
    return {};
}

} // namespace sb::ctl
