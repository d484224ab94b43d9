// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/internal/Exchange.h"
#include "providers/ResponseFacts.h"

#include <string_view>

namespace sb::gateway {

/// Fill the record as soon as each becomes known, so that a refusal at any later stage is recorded with it.
void describeCaller(Exchange& exchange, std::string_view clientIp);
void describeRequest(Exchange& exchange);
void describeTarget(Exchange& exchange); ///< of the attempt, like the next
void describeModel(Exchange& exchange);

/// The record that recovery books if we die before the CLOSE: everything at the bound.
UsageRecord boundRecord(const Exchange& exchange);

/// Usage, price and booking of an attempt that was answered.
void settleAnswered(Exchange& exchange, const providers::ResponseFacts& facts);

/// Of an attempt that broke off: what was seen, estimated. Hidden reasoning cannot be seen, so a model that reasons is
/// booked at its hold.
void settleBroken(Exchange& exchange, const providers::ResponseFacts& facts);

/// Of an attempt without an answer: nothing if the provider cannot have begun or refused, else the prompt's bound.
enum class Billing { Nothing, Prompt };
void settleFailed(Exchange& exchange, Billing billing);

/// Turns a settled attempt, which another one is to replace, into what stays of it: its cost and what it booked.
void supersede(Exchange& exchange);

/// The CLOSE of a request that is settled or never held anything.
journal::CloseRecord closeRecord(Exchange& exchange);

void setStatus(UsageRecord& record, const ApiError& error);

} // namespace sb::gateway
