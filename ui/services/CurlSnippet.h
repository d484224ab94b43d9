// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Provider.h"

#include <QString>

namespace sb::ui {

/// A command that works when pasted into a shell: the call that `provider` understands natively, through the gateway at
/// `invokeUrl` ("http://127.0.0.1:8484/openai") with a connection key.
QString curlSnippet(ProviderKind provider, const QString& invokeUrl, const QString& key);

} // namespace sb::ui
