// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/repositories/RequestRepository.h"
#include "support/SeededRandom.h"

namespace sb::test {

inline Timestamp noon()
{
    return std::chrono::sys_days{std::chrono::year{2026} / 7 / 15} + std::chrono::hours(12);
}

/// A streamed request of 20 prompt and 45 completion tokens at 0.15 and 0.60 USD per million: 0.00003 USD.
inline storage::RequestDetail pricedDetail()
{
    SeededRandom random;
    storage::RequestDetail detail;
    UsageRecord& record = detail.record;
    record.time = noon();
    record.id = EventId::generate(record.time, random);
    record.modelRequested = "gpt-4o-mini";
    record.modelSelected = "gpt-4o-mini";
    record.modelReported = "gpt-4o-mini-2024-07-18";
    record.httpStatus = 200;
    record.usage.inputUncached = 20;
    record.usage.outputText = 45;
    record.usage.source = UsageSource::Reported;
    record.cost = Money{30'000};
    record.price = PriceId(7);
    record.latencyMs = 1200;
    record.ttftMs = 310;
    record.overheadUs = 400;
    record.flags.streamed = true;
    PriceRow price;
    price.id = PriceId(7);
    price.from = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
    price.input = 150'000'000;
    price.output = 600'000'000;
    price.source = "openai.com/pricing";
    detail.price = price;
    detail.keyPublicId = "k7f3";
    detail.row.service = "OpenAI";
    detail.row.environment = "development";
    detail.row.project = "Shop assistant";
    detail.row.connection = "web-frontend";
    return detail;
}

} // namespace sb::test
