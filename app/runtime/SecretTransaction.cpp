// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/SecretTransaction.h"

#include "async/OnResult.h"

namespace sb::runtime {

SecretTransaction::SecretTransaction(secrets::SecretStore& store, std::vector<RegistrationPlan::Entry> entries,
                                     std::string origin, QObject* parent)
    : QObject(parent), m_store(store), m_entries(std::move(entries)), m_origin(std::move(origin))
{
}

void SecretTransaction::commit(std::function<void(Result<void>)> then)
{
    next(0, std::move(then));
}

void SecretTransaction::next(std::size_t index, std::function<void(Result<void>)> then)
{
    if (index == m_entries.size()) {
        then({});
        return;
    }
    RegistrationPlan::Entry& entry = m_entries[index];
    const bool existing = entry.secret.isEmpty();
    // A write that timed out may still arrive; it is taken back like one that succeeded.
    if (!existing)
        m_written.push_back(entry.reference);
    auto future = existing ? m_store.bind(entry.reference, m_origin)
                           : m_store.write(entry.reference, entry.secret.clone(), m_origin);
    onResult(future, this, [this, index, then = std::move(then)](Result<void> done) mutable {
        if (done) {
            next(index + 1, std::move(then));
            return;
        }
        Error error = std::move(done).error();
        error.field = m_entries[index].field;
        undo([error = std::move(error), then = std::move(then)](const std::string& leftBehind) mutable {
            error.what += leftBehind;
            then(std::move(error));
        });
    });
}

void SecretTransaction::undo(std::function<void(std::string)> then)
{
    undoNext({}, std::move(then));
}

void SecretTransaction::undoNext(std::string leftBehind, std::function<void(std::string)> then)
{
    if (m_written.empty()) {
        then(std::move(leftBehind));
        return;
    }
    const SecretRef reference = m_written.back();
    m_written.pop_back();
    onResult(
        m_store.remove(reference), this,
        [this, reference, leftBehind = std::move(leftBehind), then = std::move(then)](Result<void> removed) mutable {
            if (!removed && removed.error().code != ErrorCode::NotFound &&
                removed.error().code != ErrorCode::Unavailable)
                leftBehind += "; left behind: " + reference.toString();
            undoNext(std::move(leftBehind), std::move(then));
        });
}

} // namespace sb::runtime
