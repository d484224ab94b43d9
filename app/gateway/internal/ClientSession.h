// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/internal/Exchange.h"
#include "gateway/internal/WorkerSlot.h"
#include "gateway/stages/Forward.h"
#include "http/BodyDecoder.h"
#include "http/Buffer.h"
#include "http/Task.h"
#include "http/TcpStream.h"
#include "providers/ResponseTap.h"
#include "providers/UpstreamError.h"

#include <optional>
#include <string>
#include <string_view>

namespace sb::gateway {

/// One client connection: reads its requests one after another and takes each through the stages. Lives on one worker,
/// in the list of its slot; run() is its whole life.
class ClientSession {
public:
    ClientSession(WorkerSlot& slot, std::unique_ptr<http::TcpStream> stream);
    ~ClientSession();

    http::Task<void> run();

    void closeIfIdle();     ///< the gateway is stopping
    void breakOffRequest(); ///< the grace period is over: streams end with an error event, everything is settled
    void cancel();          ///< and that took too long

private:
    using Refused = std::optional<ApiError>;

    // ClientSession.cpp: HTTP towards the client
    http::Task<bool> serve(Exchange& exchange);
    http::Task<bool> readHead(Exchange& exchange, Refused& refused);
    http::Task<Refused> readBody(Exchange& exchange);
    http::Task<void> answerError(Exchange& exchange, ApiError error);
    http::Task<void> answerPlain(Exchange& exchange, int status, std::string_view contentType, std::string_view body);
    http::Task<void> discardRest();
    void beginHead(std::string& out, const Exchange& exchange, int status) const;
    static void addKnownHeaders(std::string& out, const Exchange& exchange);
    http::Task<bool> send(Exchange& exchange, std::string_view first, std::string_view second = {});
    void watchClient();
    static void clientReadable(void* self);
    void clientGone();

    // Pipeline.cpp: the order of the stages
    http::Task<Refused> pipeline(Exchange& exchange);
    http::Task<Refused> attempts(Exchange& exchange);
    http::Task<Refused> attempt(Exchange& exchange);
    static void aim(Exchange& exchange);
    http::Task<void> answerModels(Exchange& exchange);
    http::Task<Refused> ownEndpoint(Exchange& exchange, std::string_view context);
    Refused openJournal(Exchange& exchange);
    void close(Exchange& exchange);

    // Attempt.cpp: asking the provider
    struct Attempt;
    http::Task<Refused> forward(Exchange& exchange);
    http::Task<Refused> exchangeHeads(Exchange& exchange, Attempt& attempt);
    http::Task<http::IoStatus> readUpstream(Exchange& exchange, Attempt& attempt, std::chrono::milliseconds within);
    void failedOver(Exchange& exchange, const ApiError& error);
    static Refused askAgain(Exchange& exchange);
    Refused upstreamRefused(Exchange& exchange, const providers::UpstreamError& error);
    Refused brokenOff(Exchange& exchange, http::IoStatus status, std::string_view what);
    void release(Attempt& attempt);
    std::chrono::milliseconds leftOf(const Exchange& exchange) const;

    // Relay.cpp: handing the answer on
    http::Task<Refused> answerWhole(Exchange& exchange, Attempt& attempt);
    http::Task<Refused> relayStream(Exchange& exchange, Attempt& attempt);
    http::Task<Refused> cutShort(Exchange& exchange, Attempt& attempt, const providers::ResponseTap& tap,
                                 http::IoStatus status, std::string_view broken);
    void addAnswerHeaders(std::string& out, const Exchange& exchange, const Attempt& attempt) const;

    WorkerSlot& m_slot;
    GatewayCore& m_core;
    std::unique_ptr<http::TcpStream> m_stream;
    http::Buffer m_in;
    std::string m_ahead; ///< pipelined bytes that came while an answer was on its way
    std::string m_out;
    std::unique_ptr<Exchange> m_exchange;
    http::Deadline m_drainLimit;
    std::string m_clientIp;
    bool m_idle = false;
    bool m_drainCounted = false;
    bool m_peerClosed = false;
};

} // namespace sb::gateway
