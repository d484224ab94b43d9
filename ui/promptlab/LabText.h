// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "promptlab/Lane.h"
#include "storage/repositories/PromptRunRepository.h"

#include <QString>

namespace sb::ui::LabText {

/// How an answer ended, in a word or two: "Complete", "Stopped".
QString end(promptlab::LaneResult::End end);

/// What went wrong and what to do; empty when nothing did.
QString explanation(const promptlab::LaneResult& result);

QString tokensPerSecond(const std::optional<double>& speed); ///< "84 tok/s", "–" when unknown
QString headers(const promptlab::LaneResult& result);
QString header(const promptlab::LaneResult& result, const char* lowerName); ///< empty: absent
/// Indented when it is one JSON document, else as received.
QString rawResponse(const promptlab::LaneResult& result);

/// A run as it is kept in the history. `cost`: what the database knows, if it does.
storage::PromptRun run(const promptlab::LabRequest& request, const promptlab::LaneResult& result, Timestamp at,
                       const std::optional<Money>& cost);

} // namespace sb::ui::LabText
