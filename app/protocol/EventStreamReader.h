// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace sb::protocol {

/// A message of an AWS event stream (application/vnd.amazon.eventstream): the headers that matter and the payload.
struct EventStreamMessage {
    std::string_view messageType;   ///< ":message-type": event, exception, error
    std::string_view eventType;     ///< ":event-type"
    std::string_view exceptionType; ///< ":exception-type"
    std::string_view errorCode;     ///< ":error-code"
    std::string_view errorMessage;  ///< ":error-message"
    std::string_view payload;
};

/// Cuts a byte stream into event-stream messages in whatever pieces it comes and hands back the bytes of complete ones.
/// Both checksums are verified; the first fault ends everything.
class EventStreamReader {
public:
    using OnMessage = std::function<void(const EventStreamMessage&)>;

    static constexpr std::size_t kMaxMessage = 24 * 1024 * 1024;

    explicit EventStreamReader(OnMessage onMessage) : m_onMessage(std::move(onMessage)) {}

    /// Calls onMessage for each message that became complete and returns the bytes of those; the view lives until the
    /// next call and no longer than `bytes`.
    std::string_view feed(std::string_view bytes);

    bool isCorrupt() const { return !m_fault.empty(); }
    std::string_view fault() const { return m_fault; }
    bool isBetweenMessages() const { return m_held.empty(); }

private:
    bool message(std::string_view bytes);

    OnMessage m_onMessage;
    std::string m_held;
    std::string m_out;
    std::string_view m_fault;
};

struct EventStreamHeader {
    std::string_view name;
    std::string_view value;
};

/// Encodes a message whose headers are all strings.
std::string encodeEventStreamMessage(std::initializer_list<EventStreamHeader> headers, std::string_view payload);

} // namespace sb::protocol
