// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"
#include "domain/Model.h"
#include "storage/DbSession.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sb::storage {

/// A model of the sample and how it behaves.
struct SampleModel {
    ModelId id;
    std::string name;
    ProviderKind provider = ProviderKind::OpenAi;
    double promptMedian = 0;
    double outputMedian = 0; ///< 0: embeddings
    double firstTokenMs = 0;
    double tokensPerSecond = 0;
    double cacheShare = 0;
    bool reasoning = false;
};

/// A key of the sample: who calls what.
struct SampleKey {
    GatewayKeyId id;
    ConnectionId connection;
    ProjectId project;
    EnvironmentId environment;
    ServiceId service;
    std::vector<std::size_t> models; ///< indices; the first is used most
    std::vector<std::string> users;
    std::string task;
    double weight = 1;
};

struct SampleCatalogue {
    OrganizationId organization;
    std::vector<SampleModel> models;
    std::vector<SampleKey> keys;
    std::vector<PriceRow> prices;
};

/// Finds or makes the sample's projects, services, connections and keys: rows with deleted_us = 0, keys that never
/// work.
Result<SampleCatalogue> makeSampleCatalogue(DbSession& db, std::uint32_t seed);

/// Removes what makeSampleCatalogue made and every usage row of source Sample.
Result<void> removeSampleRows(DbSession& db);

/// Whether makeSampleCatalogue's rows are there.
Result<bool> sampleRowsExist(DbSession& db);

} // namespace sb::storage
