// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <optional>

namespace sb::secrets {

/// Asks the Secret Service whether its default collection is locked, without making it ask the person for a password.
class KeychainLock : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// No value: there is no such service, or it does not say. Never answers from within this call.
    void ask(std::function<void(std::optional<bool> locked)> then);
};

} // namespace sb::secrets
