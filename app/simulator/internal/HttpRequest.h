// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sb::simulator {

/// One parsed request; everything views the connection's buffer, which outlives it.
struct HttpRequest {
    std::string_view method;
    std::string_view target; ///< as on the wire
    std::string_view path;   ///< target without query
    std::string_view query;
    std::vector<std::pair<std::string_view, std::string_view>> headers; ///< names lower case, values trimmed, in order
    std::string_view body;
    bool keepAlive = true;

    /// The first value, empty when absent.
    std::string_view header(std::string_view lowerName) const;
    /// A query parameter's raw value, empty when absent.
    std::string_view parameter(std::string_view name) const;
};

/// How the body is delimited, read from the head.
struct BodyFraming {
    std::size_t length = 0;
    bool chunked = false;
    bool expectsContinue = false;
    bool valid = true; ///< false: 400 and close
};

/// Parses a head (everything up to and including the empty line). Header names in `head` are lower-cased in place.
BodyFraming parseHead(std::string& head, std::size_t headSize, HttpRequest& request);

/// Incremental removal of chunked framing, in place in one buffer.
class ChunkedBody {
public:
    enum class State { NeedMore, Done, Bad };

    /// Decodes what `buffer` holds from `begin` on; body bytes are compacted to `begin`. Call again with more bytes
    /// appended.
    State decode(std::string& buffer, std::size_t begin);
    std::size_t bodySize() const { return m_size; }
    std::size_t rawEnd() const { return m_raw; } ///< where the next request starts, once Done

private:
    enum class Step { Size, Data, DataEnd, Trailer };
    Step m_step = Step::Size;
    std::size_t m_raw = 0; ///< next byte to look at
    std::size_t m_size = 0;
    std::size_t m_left = 0;
    bool m_started = false;
};

} // namespace sb::simulator
