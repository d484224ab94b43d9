// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace sb::runtime {

/// How services of this folder consume a future: `fn(Result<T>)` runs in the thread of `context`, once, never after
/// `context` died; a cancelled future arrives as ErrorCode::Cancelled. (QFuture::then with a context is unsafe on
/// Qt 6.4; screens use ui/kit/OnResult.h, which is this for widgets.)
template <class T, class F>
void whenDone(QFuture<Result<T>> future, QObject* context, F fn)
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

} // namespace sb::runtime
