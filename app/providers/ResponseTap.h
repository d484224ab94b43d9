// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/ResponseFacts.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sb::providers {

enum class Framing { None, Sse, AwsEventStream };

/// By media type: "text/event-stream; charset=utf-8" is Sse. Anything not streamed is None.
Framing framingOf(std::string_view contentType);

struct TapOptions {
    Dialect dialect = Dialect::Opaque;
    Framing framing = Framing::Sse;
    bool removeUsageChunk = false;          ///< the client did not ask for the usage chunk that we asked for
    std::size_t maxEvent = 4 * 1024 * 1024; ///< SSE event; event-stream frames have their own 24 MiB
};

/// Listens to a streamed answer on its way to the client. Give it the body bytes in any pieces; it hands back those
/// that may be written now: complete events, unchanged. One per attempt, one thread.
class ResponseTap {
public:
    explicit ResponseTap(TapOptions options);
    ~ResponseTap();
    ResponseTap(ResponseTap&&) noexcept;
    ResponseTap& operator=(ResponseTap&&) noexcept;

    /// Complete events up to and including these bytes. The view lives until the next call, and no longer than `bytes`.
    std::string_view feed(std::string_view bytes);

    /// The upstream body ended in an orderly way. Returns what may still be relayed: a last line without its line end,
    /// where the dialect's end marker was otherwise complete.
    std::string_view finish();

    std::uint64_t events() const; ///< complete events seen, comments not counted
    bool contentSeen() const;     ///< the first token is there (text, reasoning or tool arguments): time to first token
    bool endSeen() const;         ///< the dialect's end marker was seen: anything else is a cut
    /// The framing is broken (checksum, length, oversized event): stop reading, nothing more will be relayed. A cut.
    bool corrupt() const;
    std::string_view whyCorrupt() const;

    /// What was learnt so far; `error` is set by an in-band error event, which feed() relays like any other.
    const ResponseFacts& facts() const;
    ResponseFacts takeFacts();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::providers
