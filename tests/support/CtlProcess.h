// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <optional>

namespace sb::test {

/// What a finished run said.
struct CtlResult {
    int exitCode = -1; ///< -1: it did not end by itself
    QString out;
    QString err;
};

/// signalboxctl in a profile of its own. SB_CTL is the program, a compile definition of the test.
class CtlProfile {
public:
    QString path() const { return m_folder.path(); }
    QString file(const QString& name) const { return m_folder.filePath(name); }

    QString write(const QString& name, const QByteArray& content) const
    {
        QFile out(file(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(out.fileName()));
        return out.fileName();
    }

    void setVariable(const QString& name, const QString& value) { m_environment.insert(name, value); }
    const QProcessEnvironment& environment() const { return m_environment; }

    CtlResult run(QStringList arguments) const
    {
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.start(QStringLiteral(SB_CTL), arguments << QStringLiteral("--profile") << path());
        CtlResult result;
        if (!process.waitForFinished(30'000)) {
            process.kill();
            process.waitForFinished();
            return result;
        }
        result.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
        result.out = QString::fromUtf8(process.readAllStandardOutput());
        result.err = QString::fromUtf8(process.readAllStandardError());
        return result;
    }

private:
    QTemporaryDir m_folder;
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
};

/// A command that runs until it is told to stop: `gateway`, `simulate`.
class CtlServer {
public:
    CtlServer(const CtlProfile& profile, QStringList arguments)
    {
        m_process.setProcessEnvironment(profile.environment());
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(SB_CTL), arguments << QStringLiteral("--profile") << profile.path());
    }
    ~CtlServer()
    {
        if (m_process.state() != QProcess::NotRunning)
            stop();
    }
    CtlServer(const CtlServer&) = delete;
    CtlServer& operator=(const CtlServer&) = delete;

    /// The port of "listening on http://HOST:PORT", or nothing when it ended first.
    std::optional<quint16> waitForPort()
    {
        while (!m_output.contains('\n')) {
            if (!m_process.waitForReadyRead(20'000))
                return std::nullopt;
            m_output += m_process.readAllStandardOutput();
        }
        const QByteArray line = m_output.left(m_output.indexOf('\n'));
        if (!line.startsWith("listening on http://"))
            return std::nullopt;
        return static_cast<quint16>(line.mid(line.lastIndexOf(':') + 1).toUShort());
    }

    /// SIGTERM; the exit code, -1 when it had to be killed.
    int stop()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(40'000)) {
            m_process.kill();
            m_process.waitForFinished();
            return -1;
        }
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }

    QProcess& process() { return m_process; }

private:
    QProcess m_process;
    QByteArray m_output;
};

} // namespace sb::test
