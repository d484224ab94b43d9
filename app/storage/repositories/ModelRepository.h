// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Model.h"
#include "storage/DbSession.h"

#include <span>
#include <vector>

namespace sb::storage {

class ModelRepository {
public:
    explicit ModelRepository(DbSession& db) : m_db(db) {}

    Result<std::vector<Model>> models();
    Result<std::vector<PriceRow>> prices(ModelId model);
    Result<std::optional<PriceRow>> price(PriceId id);
    /// The row for that code, made if missing.
    Result<ModelId> ensure(std::string_view code, ProviderKind provider, Timestamp now);
    Result<PriceId> insertPrice(const PriceRow& price);

private:
    DbSession& m_db;
};

} // namespace sb::storage
