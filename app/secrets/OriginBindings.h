// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/SecretRef.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sb::secrets {

/// Which origin a variable or file may be sent to: `bindings.json` in the profile. Keychain entries carry theirs
/// themselves and are only listed. Other processes with the same profile write it too, `apply` beside a running
/// gateway: what is on disk counts, at every call. Blocking, one thread. A damaged file is an Error (Corrupt), never an
/// empty one: forgetting would bind anew.
class OriginBindings {
public:
    explicit OriginBindings(QString file) : m_file(std::move(file)) {}

    Result<std::optional<std::string>> originOf(const SecretRef& ref);
    Result<void> bind(const SecretRef& ref, const std::string& origin);
    Result<void> forget(const SecretRef& ref);
    Result<std::vector<SecretRef>> references(); ///< all of them

private:
    using Origins = std::map<std::string, std::string>; ///< by reference text

    Result<void> load();
    Result<void> change(const std::function<void(Origins&)>& edit);
    Result<void> save(const Origins& origins) const;

    QString m_file;
    QByteArray m_text; ///< what m_origins was read from
    Origins m_origins;
};

} // namespace sb::secrets
