// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "runtime/RegistrationPlan.h"
#include "secrets/SecretStore.h"

#include <QObject>

#include <functional>
#include <string>
#include <vector>

namespace sb::runtime {

/// Puts a plan's secrets into their stores one after another and can take back what it has put there. Main thread;
/// lives as long as its parent or until deleteLater().
class SecretTransaction : public QObject {
    Q_OBJECT
public:
    SecretTransaction(secrets::SecretStore& store, std::vector<RegistrationPlan::Entry> entries, std::string origin,
                      QObject* parent);

    /// `then` gets the Error of the first failure, its `field` naming the input; nothing is left behind then.
    void commit(std::function<void(Result<void>)> then);
    /// Removes what commit() has written and binds what it has bound elsewhere to where it was; failures to remove
    /// leave an entry that nothing refers to, and are returned as text.
    void undo(std::function<void(std::string leftBehind)> then);

private:
    void next(std::size_t index, std::function<void(Result<void>)> then);
    void undoNext(std::string leftBehind, std::function<void(std::string)> then);

    secrets::SecretStore& m_store;
    std::vector<RegistrationPlan::Entry> m_entries;
    std::string m_origin;
    std::vector<std::size_t> m_done; ///< indices of entries that undo() takes back
};

} // namespace sb::runtime
