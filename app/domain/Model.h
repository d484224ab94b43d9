// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Money.h"
#include "base/Time.h"
#include "domain/Ids.h"
#include "domain/Provider.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sb {

/// A model of the catalogue. `code` is the maker's id, "azure/..." and "bedrock/..." for resold ones.
struct Model {
    ModelId id;
    std::string code;
    std::string name;
    ProviderKind provider = ProviderKind::OpenAi;
    std::optional<std::int64_t> contextWindow = {};
    std::optional<std::int64_t> maxOutput = {};
    std::string capabilities = "[]"; ///< JSON array of words: vision, tools, json_schema, reasoning
    std::string status = "available";

    bool operator==(const Model&) const = default;

    /// The name on the wire: resold models are "azure/..." and "bedrock/..." in the catalogue only.
    std::string_view wireName() const
    {
        const std::string_view full = code;
        for (const std::string_view reseller : {"azure/", "bedrock/"}) {
            if (full.starts_with(reseller))
                return full.substr(reseller.size());
        }
        return full;
    }
};

/// One dated row of the price book, valid in [from, to). Prices in nano-USD per million tokens; an absent optional
/// price falls back as `Cost.h` says. Immutable once a record was charged by it.
struct PriceRow {
    PriceId id;
    ModelId model;
    ServiceId service; ///< none: list price; else negotiated for that service
    std::string region;
    int tier = 0;                 ///< 0 standard, 1 long context, 2 batch, 3 flex, 4 priority
    std::int64_t contextOver = 0; ///< tier 1: all tokens of a request with more prompt tokens than this pay this row
    Timestamp from{};
    std::optional<Timestamp> to = {};
    NanoPerMillion input = 0;
    NanoPerMillion output = 0;
    std::optional<NanoPerMillion> cacheRead = {};
    std::optional<NanoPerMillion> cacheWrite5m = {};
    std::optional<NanoPerMillion> cacheWrite1h = {};
    std::optional<NanoPerMillion> reasoning = {};
    std::optional<NanoPerMillion> imageIn = {};
    std::optional<NanoPerMillion> audioIn = {};
    std::optional<NanoPerMillion> imageOut = {};
    std::optional<NanoPerMillion> audioOut = {};
    std::optional<std::int64_t> webSearchNano = {}; ///< nano-USD per search
    std::string source;

    bool operator==(const PriceRow&) const = default;
    bool isValidAt(Timestamp t) const { return from <= t && (!to || t < *to); }
};

} // namespace sb
