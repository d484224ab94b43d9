// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/SecretTransaction.h"
#include "runtime/ServiceRegistrar.h"

namespace sb::runtime {

/// What ServiceRegistrar does to a service that is registered already. Main thread.
class ServiceEdits : public QObject {
    Q_OBJECT
public:
    explicit ServiceEdits(const ServiceRegistrar::Parts& parts) : m_parts(parts) {}

    /// With `expected` it does not matter how often the row was written, but what is in it now.
    QFuture<Result<void>> updateService(Service service, const std::optional<Service>& expected = {});
    QFuture<Result<void>> updateEnvironment(ServiceId service, std::shared_ptr<EnvironmentDraft> draft);
    QFuture<Result<bool>> restoreEnvironment(ServiceId service, const ServiceRegistration::PerEnvironment& former);

private:
    struct Present;
    using Finish = std::function<void(Result<void>)>;

    std::string secretFolder() const { return secretFolderOf(m_parts.profileDirectory); }
    std::string actor() const { return m_parts.actor.toStdString(); }
    void bindElsewhere(std::vector<RegistrationPlan::Entry> entries, std::string origin, const Service& before,
                       Finish finish);
    void readMoved(const Present& present, const std::shared_ptr<EnvironmentDraft>& draft, Finish finish);
    void putEnvironment(const Present& present, const EnvironmentDraft& draft, Finish finish);
    void removeReplaced(const std::vector<SecretRef>& references);

    const ServiceRegistrar::Parts& m_parts;
};

} // namespace sb::runtime
