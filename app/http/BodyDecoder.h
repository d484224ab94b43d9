// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/MessageHead.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sb::http {

struct BodyLimits {
    std::size_t extensionBytes = 256; ///< chunk extension, per chunk
    std::size_t trailerBytes = 64 * 1024;
    std::size_t trailerFields = 100;
};

/// Takes the framing off a body, strictly and incrementally. Each call consumes what it can and yields at most one run
/// of body bytes, as a view into the input, so nothing is copied here. Chunk extensions are checked and dropped,
/// trailers too.
class BodyDecoder {
public:
    enum class State { NeedMore, Complete, Failed };

    struct Step {
        std::size_t consumed = 0; ///< bytes of the input that are done with
        std::string_view data;    ///< body bytes among them
    };

    BodyDecoder() = default;
    BodyDecoder(Framing framing, std::uint64_t contentLength, BodyLimits limits = {});

    /// Consumes from the front of `input`. Call again with the rest until it consumes nothing.
    Step feed(std::string_view input);

    /// The peer closed. Completes a body that ends by closing, fails any other that is not complete.
    void finish();

    State state() const { return m_state; }
    std::string_view why() const { return m_why; } ///< when Failed

private:
    enum class Part { Data, DataEnd, Size, Trailer };

    void fail(std::string_view why);
    bool takeSizeLine();
    bool takeTrailerLine();
    Step feedLine(std::string_view input);

    Framing m_framing = Framing::None;
    State m_state = State::Complete;
    Part m_part = Part::Size;
    std::uint64_t m_left = 0; ///< of the length or the current chunk
    std::uint64_t m_dataBytes = 0;
    std::uint64_t m_extensionBytes = 0;
    std::size_t m_trailerBytes = 0;
    std::size_t m_trailerFields = 0;
    std::string m_line; ///< of framing that is not complete yet
    std::string_view m_why;
    BodyLimits m_limits;
};

} // namespace sb::http
