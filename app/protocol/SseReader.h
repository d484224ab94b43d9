// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace sb::protocol {

struct SseEvent {
    std::string_view type; ///< value of the last `event` field, empty: none
    std::string_view data; ///< data lines joined by LF
};

enum class Relay { Keep, Drop };

/// Cuts a byte stream into server-sent events (HTML standard, section 9.2.6) in whatever pieces it comes, and hands
/// back the bytes of complete events unchanged, so that a stream can be listened to while it is passed on. A byte order
/// mark at the start, CR, LF and CRLF, comments and unknown fields are understood; fields `id` and `retry` are only
/// passed on.
class SseReader {
public:
    using OnEvent = std::function<Relay(const SseEvent&)>;

    struct Limits {
        std::size_t line = 1024 * 1024;
        std::size_t event = 4 * 1024 * 1024;
    };

    explicit SseReader(OnEvent onEvent) : SseReader(std::move(onEvent), Limits{}) {}
    SseReader(OnEvent onEvent, Limits limits) : m_onEvent(std::move(onEvent)), m_limits(limits) {}

    /// Calls onEvent for each event that became complete. Returns the bytes of complete events (and of blocks without
    /// data) that are kept; the view lives until the next call and no longer than `bytes`.
    std::string_view feed(std::string_view bytes);

    /// The stream ended: the event that no blank line ended is offered to onEvent all the same, and its bytes are
    /// returned unless it is dropped. (A parser by the standard discards it; whether it counts is the caller's
    /// decision.)
    std::string_view finish();

    /// A line or event is over its limit: nothing more is read.
    bool isOverflown() const { return m_overflown; }

private:
    struct Span {
        std::size_t offset = 0;
        std::size_t length = 0;
    };

    void line(std::string_view buffer, Span span);
    Relay dispatch(std::string_view buffer);
    void resetEvent();

    OnEvent m_onEvent;
    Limits m_limits;
    std::string m_held; ///< bytes of the incomplete event
    std::string m_out;  ///< keeps what feed() returned when it is not part of its argument
    // All offsets are relative to the first byte of the incomplete event.
    std::size_t m_at = 0; ///< next byte to look at
    std::size_t m_lineStart = 0;
    Span m_type;
    Span m_firstData;
    std::string m_joined; ///< data of an event with more than one data line
    int m_dataLines = 0;
    bool m_atStart = true;  ///< no line has been read yet
    bool m_afterCr = false; ///< the last line ended in CR: an LF now belongs to it
    bool m_overflown = false;
};

} // namespace sb::protocol
