// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Limit.h"
#include "domain/ServiceDraft.h"

namespace sb::ui {

/// The form's texts for what is stored; secrets stay empty, as they are never shown.
EnvironmentDraft draftFromStored(const ServiceEnvironment& stored, const LimitRule& limit, const RequestCaps& caps);

} // namespace sb::ui
