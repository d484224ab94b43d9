// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

namespace sb::ui {

/// One window per profile: the first start holds a lock file and listens; a later one asks it to come to the front,
/// tells it where to go, and ends.
class SingleInstance : public QObject {
    Q_OBJECT
public:
    explicit SingleInstance(const QString& profileDirectory, QObject* parent = nullptr);

    /// True: this is the first, also where the lock itself cannot be written, as on a full disk. False: another one
    /// holds the profile; `finished` follows when it was asked to raise its window and to open `address` (empty: to
    /// stay where it is), `unanswered` when it could not be asked.
    bool acquire(const QString& address = {});
    qint64 holder() const; ///< process id of that other one; 0 when it is not known

Q_SIGNALS:
    void raiseRequested(const QString& address);
    void finished();
    void unanswered();

private:
    QString m_name;
    QLockFile m_lock;
    QLocalServer m_server;
};

} // namespace sb::ui
