// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QEventLoop>
#include <QFuture>
#include <QFutureWatcher>

namespace sb::ctl {

/// Runs the event loop until the future is there: a command has nothing else to do meanwhile. (Screens never do this.)
template <class T>
void waitFor(QFuture<T> future)
{
    QEventLoop loop;
    QFutureWatcher<T> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished())
        loop.exec();
}

template <class T>
Result<T> await(QFuture<Result<T>> future)
{
    waitFor(future);
    if (future.isCanceled() || future.resultCount() == 0)
        return Error{ErrorCode::Cancelled, "cancelled"};
    return future.takeResult();
}

} // namespace sb::ctl
