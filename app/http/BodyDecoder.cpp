// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/BodyDecoder.h"

#include "http/Chars.h"

#include <algorithm>
#include <cstring>

namespace sb::http {

using namespace chars;

namespace {

constexpr std::size_t kSizeDigits = 15; ///< 60 bits: no sum of sizes can overflow

/// *( BWS ";" BWS token [ BWS "=" BWS ( token / quoted-string ) ] ), RFC 9112, 7.1.1
bool isChunkExtension(std::string_view text)
{
    std::size_t i = 0;
    auto skipBlanks = [&] {
        while (i < text.size() && isBlank(text[i]))
            ++i;
    };
    auto skipToken = [&] {
        const std::size_t start = i;
        while (i < text.size() && isToken(text[i]))
            ++i;
        return i > start;
    };
    while (i < text.size()) {
        skipBlanks();
        if (i == text.size() || text[i] != ';')
            return false;
        ++i;
        skipBlanks();
        if (!skipToken())
            return false;
        const std::size_t afterName = i;
        skipBlanks();
        if (i == text.size() || text[i] != '=') {
            i = afterName;
            continue;
        }
        ++i;
        skipBlanks();
        if (i < text.size() && text[i] == '"') {
            ++i;
            while (i < text.size() && text[i] != '"') {
                if (!isFieldValue(text[i]))
                    return false;
                i += text[i] == '\\' ? 2u : 1u;
            }
            if (i >= text.size())
                return false;
            ++i;
        } else if (!skipToken()) {
            return false;
        }
    }
    return true;
}

} // namespace

BodyDecoder::BodyDecoder(Framing framing, std::uint64_t contentLength, BodyLimits limits)
    : m_framing(framing), m_limits(limits)
{
    switch (framing) {
    case Framing::None:
        m_state = State::Complete;
        break;
    case Framing::Length:
        m_state = contentLength > 0 ? State::NeedMore : State::Complete;
        m_part = Part::Data;
        m_left = contentLength;
        break;
    case Framing::Chunked:
        m_state = State::NeedMore;
        m_part = Part::Size;
        break;
    case Framing::UntilClose:
        m_state = State::NeedMore;
        m_part = Part::Data;
        break;
    }
}

void BodyDecoder::fail(std::string_view why)
{
    m_state = State::Failed;
    m_why = why;
}

void BodyDecoder::finish()
{
    if (m_state != State::NeedMore)
        return;
    if (m_framing == Framing::UntilClose)
        m_state = State::Complete;
    else
        fail("the body ends early");
}

BodyDecoder::Step BodyDecoder::feed(std::string_view input)
{
    if (m_state != State::NeedMore || input.empty())
        return {};
    if (m_framing == Framing::UntilClose)
        return {input.size(), input};
    if (m_part != Part::Data)
        return feedLine(input);
    const std::size_t taken = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, input.size()));
    m_left -= taken;
    m_dataBytes += taken;
    if (m_left == 0) {
        if (m_framing == Framing::Length)
            m_state = State::Complete;
        else
            m_part = Part::DataEnd;
    }
    return {taken, input.substr(0, taken)};
}

BodyDecoder::Step BodyDecoder::feedLine(std::string_view input)
{
    const void* found = std::memchr(input.data(), '\n', input.size());
    const std::size_t taken =
        found ? static_cast<std::size_t>(static_cast<const char*>(found) - input.data()) + 1 : input.size();
    std::size_t most = 2; // behind a chunk's data
    if (m_part == Part::Size)
        most = kSizeDigits + m_limits.extensionBytes + 2;
    else if (m_part == Part::Trailer)
        most = m_limits.trailerBytes;
    if (m_line.size() + taken > most) {
        fail(m_part == Part::DataEnd ? "a chunk is longer than its size" : "a chunk's framing is too long");
        return {};
    }
    m_line.append(input.substr(0, taken));
    // Judged before the line is complete, or a peer could keep us waiting behind a byte that is already wrong.
    if (m_part == Part::DataEnd && m_line[0] != '\r') {
        fail("a chunk is longer than its size");
        return {};
    }
    if (!found)
        return {taken, {}};
    if (m_line.size() < 2 || m_line[m_line.size() - 2] != '\r') {
        fail("a line of the chunk framing ends without a carriage return");
        return {};
    }
    m_line.resize(m_line.size() - 2);
    bool good = true;
    switch (m_part) {
    case Part::Size:
        good = takeSizeLine();
        break;
    case Part::DataEnd:
        m_part = Part::Size;
        break;
    case Part::Trailer:
        good = takeTrailerLine();
        break;
    case Part::Data:
        break;
    }
    m_line.clear();
    return good ? Step{taken, {}} : Step{};
}

bool BodyDecoder::takeSizeLine()
{
    std::size_t digits = 0;
    std::uint64_t size = 0;
    while (digits < m_line.size() && isHex(m_line[digits])) {
        if (digits == kSizeDigits)
            return fail("a chunk size has too many digits"), false;
        size = size * 16 + hexValue(m_line[digits]);
        ++digits;
    }
    if (digits == 0)
        return fail("a chunk size is malformed"), false;
    const std::string_view extension = std::string_view(m_line).substr(digits);
    if (!extension.empty()) {
        m_extensionBytes += extension.size();
        if (extension.size() > m_limits.extensionBytes || !isChunkExtension(extension))
            return fail("a chunk extension is malformed"), false;
        // A quarter of the body, beyond one extension of full length.
        if (m_extensionBytes > m_limits.extensionBytes + m_dataBytes / 4)
            return fail("there are too many chunk extensions"), false;
    }
    m_left = size;
    m_part = size > 0 ? Part::Data : Part::Trailer;
    return true;
}

bool BodyDecoder::takeTrailerLine()
{
    if (m_line.empty()) {
        m_state = State::Complete;
        return true;
    }
    m_trailerBytes += m_line.size();
    if (++m_trailerFields > m_limits.trailerFields || m_trailerBytes > m_limits.trailerBytes)
        return fail("the trailer is too large"), false;
    std::size_t colon = 0;
    while (colon < m_line.size() && isToken(m_line[colon]))
        ++colon;
    if (colon == 0 || colon == m_line.size() || m_line[colon] != ':')
        return fail("a trailer field is malformed"), false;
    for (const char c : std::string_view(m_line).substr(colon)) {
        if (!isFieldValue(c))
            return fail("a control character is in a trailer field"), false;
    }
    return true;
}

} // namespace sb::http
