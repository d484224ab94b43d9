// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "storage/SampleTraffic.h"
#include "storage/StorageService.h"

#include <QFuture>

#include <functional>

namespace sb::storage {

/// Fills the database with sample traffic batch by batch through the writer, so that real traffic gets its turn between
/// them. `progress` (may be empty) is called on the writer thread with the share done, 0 to 1. Cancelling the future
/// stops after the batch that is running; what was written stays and can be removed. Resolves with the number of
/// requests written.
QFuture<Result<std::int64_t>> seedSample(StorageService& storage, const SampleOptions& options, const Clock& clock,
                                         std::function<void(double)> progress);

/// Removes all sample traffic; signals usageWritten.
QFuture<Result<void>> removeSample(StorageService& storage);

} // namespace sb::storage
