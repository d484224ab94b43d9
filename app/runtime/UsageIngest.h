// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/LogSink.h"
#include "base/Result.h"

#include <chrono>
#include <memory>
#include <optional>

namespace sb {
class ZoneRules;
}
namespace sb::journal {
class Journal;
}
namespace sb::storage {
class StorageService;
}

namespace sb::runtime {

/// Brings finished requests from the journal into the database, on a thread of its own: batches of up to 500 or 250 ms
/// (more per batch when behind), acknowledged in the journal after the commit. While the database is away it tries
/// again with backoff; nothing is lost, since what is not acknowledged stays in the journal, and nothing is there
/// twice, since writing is idempotent. Everything passed by reference outlives it; the journal must not be appended to
/// any more when it is destroyed.
class UsageIngest {
public:
    UsageIngest(journal::Journal& journal, storage::StorageService& storage, std::shared_ptr<const ZoneRules> zone,
                LogSink& log);
    ~UsageIngest(); ///< stops at once; what is undelivered stays in the journal

    /// Days of later records are counted in this zone. Any thread.
    void setZone(std::shared_ptr<const ZoneRules> zone);

    /// Delivers without waiting for a batch to fill, until nothing is left (true) or the time is over. Blocks: not for
    /// the main thread.
    bool drain(std::chrono::milliseconds timeout);

    /// Why the last batch could not be written; absent when it could. Any thread.
    std::optional<Error> lastError() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::runtime
