// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/ConnectionTest.h"
#include "runtime/internal/ProbeExchange.h"

#include <QString>

namespace sb::runtime {

/// What a provider's answer to a probe means, in words: what happened and the likely cause. Pure.
struct ProbeVerdict {
    using Outcome = ConnectionTest::Outcome;

    Outcome credential = Outcome::Failed;
    QString credentialText;
    Outcome models = Outcome::Skipped;
    QString modelsText;

    static ProbeVerdict ofCredentialProbe(const ConnectionTest::Request& request, const ProbeExchange::Answer& answer,
                                          bool listsModels);
    static ProbeVerdict ofOneToken(const ConnectionTest::Request& request,
                                   const ProbeExchange::Answer& answer); ///< in `credential`
};

} // namespace sb::runtime
