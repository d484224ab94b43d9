// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/SseReader.h"

#include <algorithm>

namespace sb::protocol {

void SseReader::resetEvent()
{
    m_type = {};
    m_firstData = {};
    m_joined.clear();
    m_dataLines = 0;
}

void SseReader::line(std::string_view buffer, Span span)
{
    std::string_view text = buffer.substr(span.offset, span.length);
    if (m_atStart && text.starts_with("\xef\xbb\xbf")) {
        span = {span.offset + 3, span.length - 3};
        text.remove_prefix(3);
    }
    m_atStart = false;
    const std::size_t colon = text.find(':');
    const std::string_view field = text.substr(0, colon);
    Span value{span.offset + span.length, 0};
    if (colon != std::string_view::npos) {
        const std::size_t blank = colon + 1 < text.size() && text[colon + 1] == ' ' ? 1 : 0;
        value = {span.offset + colon + 1 + blank, span.length - colon - 1 - blank};
    }
    if (field == "data") {
        if (m_dataLines == 0) {
            m_firstData = value;
        } else {
            if (m_dataLines == 1)
                m_joined.assign(buffer.substr(m_firstData.offset, m_firstData.length));
            m_joined += '\n';
            m_joined += buffer.substr(value.offset, value.length);
        }
        ++m_dataLines;
    } else if (field == "event") {
        m_type = value;
    }
}

Relay SseReader::dispatch(std::string_view buffer)
{
    Relay relay = Relay::Keep;
    if (m_dataLines > 0) {
        SseEvent event;
        event.type = buffer.substr(m_type.offset, m_type.length);
        event.data =
            m_dataLines == 1 ? buffer.substr(m_firstData.offset, m_firstData.length) : std::string_view(m_joined);
        relay = m_onEvent(event);
    }
    resetEvent();
    return relay;
}

std::string_view SseReader::feed(std::string_view bytes)
{
    if (m_overflown)
        return {};
    const bool wasHolding = !m_held.empty();
    if (wasHolding)
        m_held += bytes;
    // From here on `whole` may be m_held: it must not change before the end.
    const std::string_view whole = wasHolding ? std::string_view(m_held) : bytes;

    std::size_t base = 0;     // where the current event starts in `whole`
    std::size_t keptFrom = 0; // start of the run of kept events that is not yet in `pieces`
    std::string pieces;       // kept events, once one was dropped
    bool dropped = false;
    std::size_t lineFeed = 0; // first LF in `whole` at or behind the byte to look at; found once, not per line
    bool lineFeedKnown = false;
    for (;;) {
        if (m_afterCr && base + m_at < whole.size()) {
            m_afterCr = false;
            if (whole[base + m_at] == '\n') {
                // Behind the CR that ended an event it still belongs to that one.
                if (m_at == 0)
                    ++base;
                else
                    m_lineStart = ++m_at;
            }
        }
        const std::string_view event = whole.substr(base);
        if (!lineFeedKnown || lineFeed < base + m_at) {
            lineFeed = std::min(whole.find('\n', base + m_at), whole.size());
            lineFeedKnown = true;
        }
        std::size_t end = event.substr(0, lineFeed - base).find('\r', m_at);
        if (end == std::string_view::npos)
            end = lineFeed - base;
        if (end == event.size()) {
            m_at = event.size();
            break;
        }
        const std::size_t next = end + 1;
        m_afterCr = event[end] == '\r';
        if (end - m_lineStart > m_limits.line) {
            m_overflown = true;
            break;
        }
        const bool bomOnly = m_atStart && event.substr(m_lineStart, end - m_lineStart) == "\xef\xbb\xbf";
        if (end > m_lineStart && !bomOnly) {
            line(event, {m_lineStart, end - m_lineStart});
            m_at = m_lineStart = next;
            continue;
        }
        m_atStart = false;
        // A CRLF belongs to the event it ends, if all of it is here.
        std::size_t eventEnd = next;
        if (m_afterCr && next < event.size()) {
            m_afterCr = false;
            if (event[next] == '\n')
                ++eventEnd;
        }
        if (dispatch(event) == Relay::Drop) {
            pieces += whole.substr(keptFrom, base - keptFrom);
            keptFrom = base + eventEnd;
            dropped = true;
        }
        base += eventEnd;
        m_at = m_lineStart = 0;
    }
    const std::string_view rest = whole.substr(base);
    if (rest.size() > m_limits.event || m_at - m_lineStart > m_limits.line)
        m_overflown = true;

    std::string_view result;
    if (dropped) {
        pieces += whole.substr(keptFrom, base - keptFrom);
        m_held = std::string(rest);
        m_out = std::move(pieces);
        result = m_out;
    } else if (wasHolding) {
        std::string held(rest);
        m_out.swap(m_held);
        m_held = std::move(held);
        result = std::string_view(m_out).substr(0, base);
    } else {
        m_held.assign(rest);
        result = bytes.substr(0, base);
    }
    return result;
}

std::string_view SseReader::finish()
{
    if (m_overflown || m_held.empty())
        return {};
    m_out.swap(m_held);
    m_held.clear();
    if (m_lineStart < m_out.size())
        line(m_out, {m_lineStart, m_out.size() - m_lineStart});
    const Relay relay = dispatch(m_out);
    m_at = m_lineStart = 0;
    return relay == Relay::Keep ? std::string_view(m_out) : std::string_view();
}

} // namespace sb::protocol
