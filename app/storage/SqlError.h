// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "storage/DatabaseUrl.h"

#include <QSqlError>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace sb::storage {

/// What a driver reported, as an Error: by SQLite's result code or PostgreSQL's SQLSTATE, never by the words of a
/// message (only the name of the violated constraint is read from it). Unavailable names what is: "disk" when it is
/// full, else "database".
Error toError(const QSqlError& error, DatabaseUrl::Engine engine);

/// A Conflict whose `field` contains one of `columns` gets that column as field; anything else passes unchanged.
Error conflictOn(Error error, std::initializer_list<std::string_view> columns);

/// A Conflict for what is not deleted because others use it: `what` lists their names, `field` says what they are.
Error usedBy(const std::vector<std::string>& names, std::string_view kind);

} // namespace sb::storage
