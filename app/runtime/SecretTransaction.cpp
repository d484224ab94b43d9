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
    const bool moves = !entry.boundBefore.empty();
    // A write that timed out may still arrive; it is taken back like one that succeeded.
    if (!existing || moves)
        m_done.push_back(index);
    auto future = existing ? m_store.bind(entry.reference, m_origin)
                           : m_store.write(entry.reference, entry.secret.clone(), m_origin);
    onResult(future, this, [this, index, moves, then = std::move(then)](Result<void> done) mutable {
        // What is to move and is not on this machine cannot be sent from it to the wrong place.
        if (done || (moves && done.error().code == ErrorCode::NotFound)) {
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
    if (m_done.empty()) {
        then(std::move(leftBehind));
        return;
    }
    const RegistrationPlan::Entry& entry = m_entries[m_done.back()];
    m_done.pop_back();
    const bool moved = !entry.boundBefore.empty();
    auto future = moved ? m_store.bind(entry.reference, entry.boundBefore) : m_store.remove(entry.reference);
    onResult(future, this,
             [this, reference = entry.reference, moved, leftBehind = std::move(leftBehind),
              then = std::move(then)](Result<void> undone) mutable {
                 if (!undone && undone.error().code != ErrorCode::NotFound &&
                     undone.error().code != ErrorCode::Unavailable)
                     leftBehind += (moved ? "; not bound back: " : "; left behind: ") + reference.toString();
                 undoNext(std::move(leftBehind), std::move(then));
             });
}

} // namespace sb::runtime
