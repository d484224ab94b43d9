// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/validation/HostAddress.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sb::http {

/// Turns names into addresses in threads of its own (four, started when first needed), so that a slow name holds up
/// nobody else. Answers are kept for 60 s; equal names are asked for once; when asking fails an answer of the last ten
/// minutes still serves. Any thread.
class Resolver {
public:
    using Addresses = std::vector<validation::HostAddress>;
    using Lookup = std::function<Result<Addresses>(const std::string& host)>;
    using Done = std::function<void(Result<Addresses>)>;

    explicit Resolver(Lookup lookup = systemLookup);
    ~Resolver(); ///< calls no Done any more; a lookup that hangs is left to itself

    /// `done` is called once, from any thread or at once, and must not block.
    void resolve(const std::string& host, Done done);

    static Result<Addresses> systemLookup(const std::string& host);

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace sb::http
