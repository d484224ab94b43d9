// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/DomainSnapshot.h"
#include "storage/DbSession.h"

#include <vector>

namespace sb::storage {

/// What the gateway starts from.
class SnapshotRepository {
public:
    explicit SnapshotRepository(DbSession& db) : m_db(db) {}

    Result<DomainSnapshot> load(Timestamp now);

private:
    Result<std::vector<Connection>> connections();
    Result<std::vector<ConnectionEnvironment>> connectionEnvironments();

    DbSession& m_db;
};

} // namespace sb::storage
