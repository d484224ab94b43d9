// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Secret.h"

#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>

namespace QKeychain {
class Job;
}

namespace sb::secrets {

/// One keychain entry's content: the secret and the origin it may be sent to.
struct KeychainEntry {
    Secret secret;
    std::string origin; ///< empty: not bound yet
};

/// Operations on the system keychain, strictly one after another: a second job beside an unlock prompt would queue
/// inside QtKeychain and run long after its caller gave up. Main thread.
class KeychainQueue : public QObject {
    Q_OBJECT
public:
    KeychainQueue(QString application, int limitMs, QObject* parent = nullptr);
    ~KeychainQueue() override;

    /// A task is a chain of the calls below; it owns the keychain until it calls `done`.
    using Done = std::function<void()>;
    void enqueue(std::function<void(Done done)> task);

    void read(const QString& name, std::function<void(Result<KeychainEntry>)> then);
    void write(const QString& name, const KeychainEntry& entry, std::function<void(Result<void>)> then);
    void remove(const QString& name, std::function<void(Result<void>)> then);

Q_SIGNALS:
    void answeredLate(); ///< a job has ended whose caller was told that its time was up

private:
    void runNext();
    void run(QKeychain::Job* job, std::function<void(Result<QKeychain::Job*>)> then);
    void answer(Result<QKeychain::Job*> result);

    QString m_application;
    std::deque<std::function<void(Done)>> m_tasks;
    bool m_busy = false;
    QPointer<QKeychain::Job> m_job; ///< running, or stuck after its time was up; never deleted by us while it runs
    std::function<void(Result<QKeychain::Job*>)> m_then;
    std::uint64_t m_generation = 0; ///< of the call that m_then belongs to
    QTimer m_limit;
};

} // namespace sb::secrets
