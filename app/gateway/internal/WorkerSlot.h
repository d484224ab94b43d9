// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Random.h"
#include "gateway/internal/GatewayCore.h"
#include "http/UpstreamPool.h"
#include "http/Worker.h"

#include <array>
#include <functional>
#include <list>
#include <memory>
#include <span>

namespace sb::gateway {

class ClientSession;

/// Random bytes by the block: one system call for about 400 request ids. One worker.
class RandomBlock final : public Random {
public:
    explicit RandomBlock(Random& source) : m_source(source) {}
    void fill(std::span<std::uint8_t> bytes) override;

private:
    Random& m_source;
    std::array<std::uint8_t, 4096> m_block{};
    std::size_t m_used = sizeof m_block;
};

/// One worker thread's share of the gateway.
struct WorkerSlot {
    WorkerSlot(GatewayCore& core_, unsigned index);
    ~WorkerSlot();

    GatewayCore& core;
    http::Worker worker;
    http::UpstreamPool pool;
    RandomBlock random;
    std::shared_ptr<const RuntimeConfig> config;
    std::list<std::unique_ptr<ClientSession>> sessions;
    std::function<void()> sessionsGone; ///< set while stopping
};

} // namespace sb::gateway
