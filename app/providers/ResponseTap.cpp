// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ResponseTap.h"

#include "protocol/EventStreamReader.h"
#include "protocol/SseReader.h"
#include "providers/internal/AnswerReader.h"

#include <algorithm>
#include <utility>

namespace sb::providers {

using internal::AnswerReader;
using internal::Observation;
using protocol::EventStreamMessage;
using protocol::Relay;
using protocol::SseEvent;

/// On the heap, because the framing readers call back into it.
class ResponseTap::Impl {
public:
    explicit Impl(const TapOptions& given)
        : options(given), reader(given.dialect), sse([this](const SseEvent& event) { return onEvent(event); },
                                                     {std::min<std::size_t>(given.maxEvent, kMaxLine), given.maxEvent}),
          eventStream([this](const EventStreamMessage& message) { onMessage(message); })
    {
    }

    static constexpr std::size_t kMaxLine = 1024 * 1024;

    Relay onEvent(const SseEvent& event)
    {
        const Observation seen = reader.event(event.type, event.data);
        count(seen);
        return seen.usageOnly && options.removeUsageChunk ? Relay::Drop : Relay::Keep;
    }

    void onMessage(const EventStreamMessage& message) { count(reader.message(message)); }

    void count(const Observation& seen)
    {
        ++events;
        content = content || seen.content;
        end = end || seen.end;
    }

    TapOptions options;
    AnswerReader reader;
    protocol::SseReader sse;
    protocol::EventStreamReader eventStream;
    std::uint64_t events = 0;
    bool content = false;
    bool end = false;
};

Framing framingOf(std::string_view contentType)
{
    std::string type;
    for (const char c : contentType.substr(0, contentType.find(';'))) {
        if (c != ' ' && c != '\t')
            type += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    if (type == "text/event-stream")
        return Framing::Sse;
    return type == "application/vnd.amazon.eventstream" ? Framing::AwsEventStream : Framing::None;
}

ResponseTap::ResponseTap(TapOptions options) : m_impl(std::make_unique<Impl>(options)) {}
ResponseTap::~ResponseTap() = default;
ResponseTap::ResponseTap(ResponseTap&&) noexcept = default;
ResponseTap& ResponseTap::operator=(ResponseTap&&) noexcept = default;

std::string_view ResponseTap::feed(std::string_view bytes)
{
    switch (m_impl->options.framing) {
    case Framing::Sse:
        return m_impl->sse.feed(bytes);
    case Framing::AwsEventStream:
        return m_impl->eventStream.feed(bytes);
    case Framing::None:
        break;
    }
    m_impl->content = m_impl->content || !bytes.empty();
    return bytes;
}

std::string_view ResponseTap::finish()
{
    // Formats without a marker of their own end where the body does.
    const bool hasMarker = m_impl->options.framing != Framing::None && m_impl->options.dialect != Dialect::Opaque;
    std::string_view rest;
    if (m_impl->options.framing == Framing::Sse && !m_impl->end) {
        const std::string_view last = m_impl->sse.finish();
        if (m_impl->end || !hasMarker)
            rest = last;
    }
    if (!hasMarker && !corrupt())
        m_impl->end = true;
    return rest;
}

std::uint64_t ResponseTap::events() const
{
    return m_impl->events;
}

bool ResponseTap::contentSeen() const
{
    return m_impl->content;
}

bool ResponseTap::endSeen() const
{
    return m_impl->end;
}

bool ResponseTap::corrupt() const
{
    return m_impl->sse.isOverflown() || m_impl->eventStream.isCorrupt();
}

std::string_view ResponseTap::whyCorrupt() const
{
    return m_impl->sse.isOverflown() ? std::string_view("an event is too long") : m_impl->eventStream.fault();
}

const ResponseFacts& ResponseTap::facts() const
{
    return m_impl->reader.facts();
}

ResponseFacts ResponseTap::takeFacts()
{
    return std::move(m_impl->reader.facts());
}

} // namespace sb::providers
