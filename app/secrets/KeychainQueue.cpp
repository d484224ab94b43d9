// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/KeychainQueue.h"

#include <qt6keychain/keychain.h>

#include <QByteArray>

namespace sb::secrets {

namespace {

constexpr std::string_view kOriginMark = "signalbox-origin:";

Error failure(const QKeychain::Job& job)
{
    const std::string entry = "keychain entry \"" + job.key().toStdString() + "\": ";
    switch (job.error()) {
    case QKeychain::NoError:
        break;
    case QKeychain::EntryNotFound:
        return {ErrorCode::NotFound, entry + "not found, or the keychain is locked"};
    case QKeychain::CouldNotDeleteEntry:
        return {ErrorCode::Unavailable, entry + "could not be removed"};
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return {ErrorCode::PermissionDenied, entry + "access was denied, or the keychain is locked", "keychain"};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return {ErrorCode::Unavailable,
                "no keychain service is running: without one, refer to secrets by env: or file:"};
    case QKeychain::OtherError:
        return {ErrorCode::Unavailable, "the keychain service cannot be used (" + job.errorString().toStdString() +
                                            "): without one, refer to secrets by env: or file:"};
    }
    return {ErrorCode::Internal, entry + "failed without a reason"};
}

void wipe(QByteArray& bytes)
{
    bytes.fill('\0');
    bytes.clear();
}

} // namespace

KeychainQueue::KeychainQueue(QString application, int limitMs, QObject* parent)
    : QObject(parent), m_application(std::move(application))
{
    m_limit.setSingleShot(true);
    m_limit.setInterval(limitMs);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        answer(Error{ErrorCode::Timeout,
                     "the keychain did not answer in time; it may be locked and waiting for its password", "keychain"});
    });
}

KeychainQueue::~KeychainQueue() = default;

void KeychainQueue::enqueue(std::function<void(Done)> task)
{
    m_tasks.push_back(std::move(task));
    runNext();
}

void KeychainQueue::runNext()
{
    if (m_busy || m_tasks.empty())
        return;
    m_busy = true;
    auto task = std::move(m_tasks.front());
    m_tasks.pop_front();
    task([guard = QPointer(this)] {
        if (!guard)
            return;
        guard->m_busy = false;
        QMetaObject::invokeMethod(
            guard, [guard] { guard->runNext(); }, Qt::QueuedConnection);
    });
}

void KeychainQueue::run(QKeychain::Job* job, std::function<void(Result<QKeychain::Job*>)> then)
{
    m_then = std::move(then);
    m_limit.start();
    const std::uint64_t generation = ++m_generation;
    // The backend keeps a bare pointer to a running job, so nothing here ever deletes one: it deletes itself when it
    // ends.
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    const auto begin = [this, job, generation] {
        m_job = job;
        connect(job, &QKeychain::Job::finished, this, [this, job, generation] {
            m_job.clear();
            if (generation != m_generation) { // its time was up, the caller knows
                Q_EMIT answeredLate();
                return;
            }
            if (job->error() == QKeychain::NoError)
                answer(job);
            else
                answer(failure(*job));
        });
        job->start();
    };
    if (!m_job) {
        begin();
        return;
    }
    // An earlier job is stuck (an unlock prompt, most likely). This one starts only if that ends within its own time,
    // so that nothing is written or removed after its caller was told that it failed.
    const auto givesUp = connect(&m_limit, &QTimer::timeout, job, [job] { job->deleteLater(); });
    const auto starts = [givesUp, begin] {
        QObject::disconnect(givesUp);
        begin();
    };
    connect(m_job, &QKeychain::Job::finished, job, starts, Qt::QueuedConnection);
}

void KeychainQueue::answer(Result<QKeychain::Job*> result)
{
    m_limit.stop();
    ++m_generation;
    if (auto then = std::exchange(m_then, nullptr))
        then(std::move(result));
}

void KeychainQueue::read(const QString& name, std::function<void(Result<KeychainEntry>)> then)
{
    auto* job = new QKeychain::ReadPasswordJob(m_application);
    job->setKey(name);
    run(job, [then = std::move(then)](Result<QKeychain::Job*> finished) {
        if (!finished) {
            then(std::move(finished).error());
            return;
        }
        QByteArray bytes = static_cast<QKeychain::ReadPasswordJob*>(*finished)->binaryData();
        std::string text(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        wipe(bytes);
        KeychainEntry entry;
        if (text.starts_with(kOriginMark)) {
            const std::size_t end = text.find('\n');
            entry.origin = text.substr(kOriginMark.size(), end == std::string::npos ? end : end - kOriginMark.size());
            entry.secret = Secret(std::string_view(text).substr(end == std::string::npos ? text.size() : end + 1));
            sb::wipe(text);
        } else {
            entry.secret = Secret(std::move(text));
        }
        if (entry.secret.isEmpty())
            then(Error{ErrorCode::NotFound, "the keychain entry is empty"});
        else
            then(std::move(entry));
    });
}

void KeychainQueue::write(const QString& name, const KeychainEntry& entry, std::function<void(Result<void>)> then)
{
    QByteArray bytes;
    if (!entry.origin.empty()) {
        bytes.append(kOriginMark.data(), static_cast<qsizetype>(kOriginMark.size()));
        bytes.append(entry.origin.data(), static_cast<qsizetype>(entry.origin.size()));
        bytes.append('\n');
    }
    const std::string_view secret = entry.secret.reveal();
    bytes.append(secret.data(), static_cast<qsizetype>(secret.size()));
    auto* job = new QKeychain::WritePasswordJob(m_application);
    job->setKey(name);
    job->setBinaryData(bytes);
    run(job, [then = std::move(then)](Result<QKeychain::Job*> finished) {
        then(finished ? Result<void>() : Result<void>(finished.error()));
    });
}

void KeychainQueue::remove(const QString& name, std::function<void(Result<void>)> then)
{
    auto* job = new QKeychain::DeletePasswordJob(m_application);
    job->setKey(name);
    run(job, [then = std::move(then)](Result<QKeychain::Job*> finished) {
        then(finished ? Result<void>() : Result<void>(finished.error()));
    });
}

} // namespace sb::secrets
