// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <cstdint>
#include <memory>
#include <utility>

namespace sb {

/// The one way a future is consumed, by screens and by services: `fn(Result<T>)` runs in the thread of `context`, once,
/// and never after `context` died. A cancelled future arrives as ErrorCode::Cancelled. (QFuture::then with a context is
/// unsafe on Qt 6.4 when the context dies first.)
template <class T, class F>
void onResult(QFuture<Result<T>> future, QObject* context, F fn)
{
    auto* watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, fn = std::move(fn)]() mutable {
        watcher->deleteLater();
        auto finished = watcher->future();
        if (finished.isCanceled() || finished.resultCount() == 0)
            fn(Result<T>(Error{ErrorCode::Cancelled, "cancelled"}));
        else
            fn(finished.takeResult());
    });
    watcher->setFuture(future);
}

/// For queries that a newer one makes pointless: only the answer to the last `start` is delivered, older futures are
/// cancelled, destruction drops everything.
template <class T>
class Latest {
public:
    template <class F>
    void start(QFuture<Result<T>> future, QObject* context, F fn)
    {
        cancel();
        m_current = future;
        const std::uint64_t generation = ++*m_generation;
        std::weak_ptr<std::uint64_t> alive = m_generation;
        onResult(future, context, [alive, generation, fn = std::move(fn)](Result<T> result) mutable {
            const auto current = alive.lock();
            if (current && *current == generation)
                fn(std::move(result));
        });
    }

    void cancel()
    {
        ++*m_generation;
        m_current.cancel();
    }

    bool isRunning() const { return m_current.isRunning(); }

private:
    std::shared_ptr<std::uint64_t> m_generation = std::make_shared<std::uint64_t>(0);
    QFuture<Result<T>> m_current;
};

} // namespace sb
