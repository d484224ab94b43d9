// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "base/Money.h"
#include "base/Time.h"
#include "domain/Service.h"
#include "domain/UsageRecord.h"
#include "domain/validation/FieldIssue.h"

#include <QString>

#include <chrono>
#include <optional>

namespace sb::ui {

/// The one place where values become words on a screen, in the user's language and locale.
namespace UiText {

/// UTF-8 to QString.
QString qs(std::string_view text);

/// What happened and what to do, for a person. The Error's own text goes to "Details".
QString sentence(const Error& error);
QString sentence(const FieldIssue& issue);

QString usd(Money amount);      ///< "$0.00" for people: 2 decimals from one dollar, else 4 significant digits
QString usdExact(Money amount); ///< every decimal there is
QString usd(const std::optional<Money>& amount); ///< "unpriced" when absent
QString count(std::int64_t value);               ///< grouped digits
QString compactCount(std::int64_t value);        ///< "18.2 k", "1.5 M"
QString percent(double share);
QString milliseconds(double ms); ///< "310 ms", "2.1 s", "< 1 ms"
QString dateTime(Timestamp t, const QString& zone = {});
QString ago(Timestamp t, Timestamp now);

QString provider(ProviderKind kind);
QString state(DeploymentState state);
QString status(RequestStatus status);

} // namespace UiText
} // namespace sb::ui
