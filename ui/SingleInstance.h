// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

namespace sb::ui {

/// One window per profile: the first start holds a lock file and listens; a later one asks it to come to the front and
/// ends.
class SingleInstance : public QObject {
    Q_OBJECT
public:
    explicit SingleInstance(const QString& profileDirectory, QObject* parent = nullptr);

    /// True: this is the first. False: another one holds the profile and was asked to raise its window; `finished`
    /// follows when it was told.
    bool acquire();

Q_SIGNALS:
    void raiseRequested();
    void finished();

private:
    QString m_name;
    QLockFile m_lock;
    QLocalServer m_server;
};

} // namespace sb::ui
