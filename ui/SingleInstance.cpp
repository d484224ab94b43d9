// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SingleInstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>

namespace sb::ui {

namespace {

constexpr qint64 kLongestAddress = 4096;

} // namespace

SingleInstance::SingleInstance(const QString& profileDirectory, QObject* parent)
    : QObject(parent),
      m_name(QStringLiteral("signalbox-") +
             QString::fromLatin1(
                 QCryptographicHash::hash(QDir(profileDirectory).absolutePath().toUtf8(), QCryptographicHash::Sha256)
                     .toHex()
                     .left(24))),
      m_lock(QDir(profileDirectory).filePath(QStringLiteral("window.lock")))
{
    m_lock.setStaleLockTime(0); // a long-running window is not stale; a dead owner is recognised by its process id
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket* peer = m_server.nextPendingConnection()) {
            peer->setReadBufferSize(kLongestAddress);
            connect(peer, &QLocalSocket::disconnected, this, [this, peer] {
                peer->deleteLater();
                Q_EMIT raiseRequested(QString::fromUtf8(peer->read(kLongestAddress)));
            });
        }
    });
}

bool SingleInstance::acquire(const QString& address)
{
    if (m_lock.tryLock(0) || m_lock.error() != QLockFile::LockFailedError) {
        QLocalServer::removeServer(m_name);
        m_server.listen(m_name); // without it a second start still ends, it only cannot raise this window
        return true;
    }
    auto* socket = new QLocalSocket(this);
    connect(socket, &QLocalSocket::connected, socket, [socket, address] {
        socket->write(address.toUtf8());
        socket->disconnectFromServer(); // after what was written
    });
    // Queued: an answer comes from within connectToServer, before the caller could listen.
    connect(socket, &QLocalSocket::disconnected, this, &SingleInstance::finished, Qt::QueuedConnection);
    connect(socket, &QLocalSocket::errorOccurred, this, &SingleInstance::unanswered, Qt::QueuedConnection);
    socket->connectToServer(m_name);
    return false;
}

qint64 SingleInstance::holder() const
{
    qint64 process = 0;
    m_lock.getLockInfo(&process, nullptr, nullptr);
    return process;
}

} // namespace sb::ui
