// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/LocalHosts.h"

#include "domain/validation/ServiceValidation.h"

namespace sb::runtime {

Result<std::vector<std::string>> readLocalHosts(const QStringList& typed)
{
    std::vector<std::string> hosts;
    for (const QString& one : typed) {
        const std::string host = one.trimmed().toLower().toStdString();
        if (host.empty())
            continue;
        const auto url = validation::parseServiceUrl("https://" + host);
        if (!url || url->host != host)
            return Error{ErrorCode::InvalidArgument, "'" + host + "' is not the name of a host", "local-host"};
        hosts.push_back(host);
    }
    return hosts;
}

} // namespace sb::runtime
