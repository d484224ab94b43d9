// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ServiceDraft.h"
#include "runtime/ConnectionTest.h"

#include <functional>

class QObject;

namespace sb::secrets {
class SecretStore;
}

namespace sb::ui {

/// Whether every secret typed in the draft is a literal key rather than the text of a reference.
bool namesNoReference(const EnvironmentDraft& draft);

/// Turns what is typed into a connection test: literals are used as they are, references (typed, or those of `stored`
/// where a field is empty) are read for the service's origin. `done` runs in the thread of `context`, never after it
/// died.
void makeTestRequest(Service service, const EnvironmentDraft& draft, const BackendSecurity& stored,
                     secrets::SecretStore& secrets, QObject* context,
                     std::function<void(Result<runtime::ConnectionTest::Request>)> done);

} // namespace sb::ui
