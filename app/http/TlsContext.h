// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <memory>
#include <string>

namespace sb::http {

/// How providers are verified: TLS 1.2 or newer, the chain against the system's authorities (and those of a file), the
/// name against the certificate, ALPN http/1.1. There is no way to switch any of it off. Shared by all workers;
/// immutable.
class TlsContext {
public:
    /// `caFile`: further trusted certificates (PEM), empty for none. InvalidArgument with field "caFile" if it cannot
    /// be read.
    static Result<std::shared_ptr<TlsContext>> create(const std::string& caFile);
    ~TlsContext();

    struct Impl; ///< http/internal
    Impl& impl() { return *m_impl; }

private:
    explicit TlsContext(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::http
