// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Model.h"
#include "storage/DbSession.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sb::storage {

class ModelRepository {
public:
    explicit ModelRepository(DbSession& db) : m_db(db) {}

    Result<std::vector<Model>> models();
    Result<std::vector<PriceRow>> prices(ModelId model);             ///< newest first
    Result<std::vector<PriceRow>> pricesEndingAfter(Timestamp time); ///< of every model
    Result<std::optional<PriceRow>> price(PriceId id);
    /// The code of a model as one provider names it: "azure/" and "bedrock/" in front of resold ones. A name that
    /// already carries the prefix keeps it.
    static std::string codeOf(ProviderKind provider, std::string_view name);

    /// The row for that code (a name as the provider knows it is prefixed as `codeOf` says), made if missing.
    Result<ModelId> ensure(std::string_view code, ProviderKind provider, Timestamp now);
    /// Refused with Conflict (field "from") when it overlaps a row of the same model, service, region and tier; the
    /// open row before it is closed at its start. Starts and ends on whole UTC hours.
    Result<PriceId> insertPrice(const PriceRow& price);

private:
    DbSession& m_db;
};

} // namespace sb::storage
