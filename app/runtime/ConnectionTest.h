// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/ServiceDraft.h"

#include <QObject>
#include <QString>

#include <memory>
#include <string>
#include <vector>

namespace sb::runtime {

/// The registration's "Test connection": address, TCP, TLS, credential, model list and, if asked, one token. Uses the
/// typed values without saving anything. Asynchronous and cancellable; one at a time per object. Deleting it cancels.
///
/// Every address is judged as the gateway judges it and then connected to as judged. The credential goes to the typed
/// origin only: redirects are reported, not followed; a certificate fault ends the test before anything is sent.
class ConnectionTest : public QObject {
    Q_OBJECT
public:
    enum class Step { Address, Connect, Certificate, Credential, Models, OneToken };
    Q_ENUM(Step)
    enum class Outcome { Running, Passed, Failed, Skipped };
    Q_ENUM(Outcome)

    explicit ConnectionTest(QObject* parent = nullptr);
    ~ConnectionTest() override;

    /// Literal secrets come from the draft; references are resolved by `resolve` of the caller beforehand.
    struct Request {
        Service service;
        BackendSecurity security;
        std::string apiVersion;
        std::shared_ptr<const Secret> secret;
        std::shared_ptr<const Secret> accessKey;
        std::shared_ptr<const Secret> secretKey;
        std::shared_ptr<const Secret> sessionToken;
        std::string oneTokenModel;           ///< empty: no paid call
        std::vector<std::string> localHosts; ///< as the gateway's: names that may lead into private networks
    };
    struct Limits {
        int lookUpMs = 3'000;
        int connectMs = 5'000;
        int totalMs = 30'000;
    };
    void setLimits(Limits limits); ///< for the next start

    void start(Request request); ///< a running one is cancelled first
    void cancel();
    bool isRunning() const;

Q_SIGNALS:
    /// `detail`: what was found ("3 addresses", "TLS 1.3", "42 models") or the provider's own message.
    void stepChanged(sb::runtime::ConnectionTest::Step step, sb::runtime::ConnectionTest::Outcome outcome,
                     int milliseconds, const QString& detail);
    void finished(bool passed);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::runtime
