// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "async/WriteFile.h"

#include <QPromise>
#include <QSaveFile>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace sb {

QFuture<Result<void>> writeFile(const QString& path, QByteArray bytes)
{
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    auto future = promise->future();
    QThreadPool::globalInstance()->start([promise, path, bytes = std::move(bytes)] {
        QSaveFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
        promise->addResult(written
                               ? Result<void>()
                               : Result<void>(Error{ErrorCode::Unavailable, file.errorString().toStdString(), "path"}));
        promise->finish();
    });
    return future;
}

} // namespace sb
