// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/JsonReader.h"

#include <charconv>
#include <cstring>

namespace sb::protocol {

namespace {

constexpr std::uint64_t repeated(std::uint8_t byte)
{
    return 0x0101010101010101ULL * byte;
}

/// Whether one of eight bytes is not plain text inside a string: a quote, a backslash, a control or a non-ASCII byte.
/// May report a byte that follows one of these wrongly, which only costs the slow way.
bool needsCare(std::uint64_t word)
{
    const std::uint64_t quote = word ^ repeated('"');
    const std::uint64_t backslash = word ^ repeated('\\');
    const std::uint64_t found = ((quote - repeated(1)) & ~quote) | ((backslash - repeated(1)) & ~backslash) |
                                ((word - repeated(0x20)) & ~word) | word;
    return (found & repeated(0x80)) != 0;
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// Four hexadecimal digits at `at`, -1 if there are none.
int unit(std::string_view text, std::size_t at)
{
    if (text.size() < at + 4)
        return -1;
    int value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const int digit = hexDigit(text[at + i]);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

bool isHighSurrogate(int value)
{
    return value >= 0xd800 && value < 0xdc00;
}
bool isLowSurrogate(int value)
{
    return value >= 0xdc00 && value < 0xe000;
}

/// Length of the UTF-8 sequence at the front of `bytes`, 0 if it is not well-formed (Unicode, table 3-7).
std::size_t sequenceLength(std::string_view bytes)
{
    const auto at = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U; };
    const auto isTail = [&](std::size_t i) { return (at(i) & 0xc0U) == 0x80U; };
    const unsigned lead = at(0);
    if (lead >= 0xc2 && lead <= 0xdf)
        return isTail(1) ? 2 : 0;
    if (lead >= 0xe0 && lead <= 0xef) {
        const unsigned low = lead == 0xe0 ? 0xa0 : 0x80;
        const unsigned high = lead == 0xed ? 0x9f : 0xbf;
        return at(1) >= low && at(1) <= high && isTail(2) ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        const unsigned low = lead == 0xf0 ? 0x90 : 0x80;
        const unsigned high = lead == 0xf4 ? 0x8f : 0xbf;
        return at(1) >= low && at(1) <= high && isTail(2) && isTail(3) ? 4 : 0;
    }
    return 0;
}

std::size_t utf8Length(int codePoint)
{
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
}

void appendUtf8(std::string& to, int codePoint)
{
    const auto put = [&to](int byte) { to += static_cast<char>(byte); };
    if (codePoint < 0x80) {
        put(codePoint);
    } else if (codePoint < 0x800) {
        put(0xc0 | codePoint >> 6);
        put(0x80 | (codePoint & 0x3f));
    } else if (codePoint < 0x10000) {
        put(0xe0 | codePoint >> 12);
        put(0x80 | (codePoint >> 6 & 0x3f));
        put(0x80 | (codePoint & 0x3f));
    } else {
        put(0xf0 | codePoint >> 18);
        put(0x80 | (codePoint >> 12 & 0x3f));
        put(0x80 | (codePoint >> 6 & 0x3f));
        put(0x80 | (codePoint & 0x3f));
    }
}

struct CodePoint {
    int value = -1;            ///< -1: not an escape
    std::size_t rawLength = 0; ///< from the 'u' on
};

/// The code point of "uXXXX" or "uXXXX\uXXXX" at `at`.
CodePoint escapedCodePoint(std::string_view text, std::size_t at)
{
    const int first = unit(text, at + 1);
    if (first < 0)
        return {};
    if (isHighSurrogate(first) && text.substr(at + 5, 2) == "\\u") {
        const int second = unit(text, at + 7);
        if (isLowSurrogate(second))
            return {0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00), 11};
    }
    const bool lone = isHighSurrogate(first) || isLowSurrogate(first);
    return {lone ? 0xfffd : first, 5};
}

} // namespace

std::string JsonString::text() const
{
    if (isPlain())
        return std::string(raw);
    std::string result;
    result.reserve(size);
    for (std::size_t i = 0; i < raw.size();) {
        if (raw[i] != '\\') {
            result += raw[i++];
            continue;
        }
        ++i;
        switch (raw[i]) {
        case 'b':
            result += '\b';
            ++i;
            break;
        case 'f':
            result += '\f';
            ++i;
            break;
        case 'n':
            result += '\n';
            ++i;
            break;
        case 'r':
            result += '\r';
            ++i;
            break;
        case 't':
            result += '\t';
            ++i;
            break;
        case 'u': {
            const CodePoint point = escapedCodePoint(raw, i);
            appendUtf8(result, point.value);
            i += point.rawLength;
            break;
        }
        default:
            result += raw[i++];
            break;
        }
    }
    return result;
}

void JsonReader::fail()
{
    m_failed = true;
    m_at = m_text.size();
}

void JsonReader::space()
{
    while (m_at < m_text.size()) {
        const char c = m_text[m_at];
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            return;
        ++m_at;
    }
}

JsonReader::Kind JsonReader::peek()
{
    space();
    if (!m_failed && m_at < m_text.size()) {
        switch (m_text[m_at]) {
        case '{':
            return Kind::Object;
        case '[':
            return Kind::Array;
        case '"':
            return Kind::String;
        case 't':
            return Kind::True;
        case 'f':
            return Kind::False;
        case 'n':
            return Kind::Null;
        case '-':
        case '0':
        case '1':
        case '2':
        case '3':
        case '4':
        case '5':
        case '6':
        case '7':
        case '8':
        case '9':
            return Kind::Number;
        default:
            break;
        }
    }
    fail();
    return Kind::Invalid;
}

bool JsonReader::open(char bracket)
{
    space();
    if (m_failed || m_at >= m_text.size() || m_text[m_at] != bracket || m_depth == kMaxDepth) {
        fail();
        return false;
    }
    ++m_at;
    ++m_depth;
    return true;
}

bool JsonReader::closes(char bracket, bool first)
{
    space();
    if (m_at >= m_text.size()) {
        fail();
        return false;
    }
    if (m_text[m_at] == bracket) {
        ++m_at;
        return true;
    }
    if (!first) {
        if (m_text[m_at] != ',') {
            fail();
            return false;
        }
        ++m_at;
        space();
    }
    if (bracket == '}' && (m_at >= m_text.size() || m_text[m_at] != '"'))
        fail();
    return false;
}

bool JsonReader::close()
{
    --m_depth;
    return !m_failed;
}

bool JsonReader::colon()
{
    space();
    if (m_failed || m_at >= m_text.size() || m_text[m_at] != ':') {
        fail();
        return false;
    }
    ++m_at;
    space();
    return true;
}

bool JsonReader::escape(std::size_t& decoded)
{
    if (m_at + 1 >= m_text.size())
        return false;
    switch (m_text[m_at + 1]) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        m_at += 2;
        decoded += 1;
        return true;
    case 'u': {
        const CodePoint point = escapedCodePoint(m_text, m_at + 1);
        if (point.value < 0)
            return false;
        m_at += 1 + point.rawLength;
        decoded += utf8Length(point.value);
        return true;
    }
    default:
        return false;
    }
}

JsonString JsonReader::string()
{
    if (peek() != Kind::String) {
        fail();
        return {};
    }
    const std::size_t start = ++m_at;
    std::size_t run = start; // where the current run without escapes began
    std::size_t decoded = 0;
    for (;;) {
        std::uint64_t word = 0;
        while (m_at + sizeof word <= m_text.size()) {
            std::memcpy(&word, m_text.data() + m_at, sizeof word);
            if (needsCare(word))
                break;
            m_at += sizeof word;
        }
        if (m_at >= m_text.size())
            break;
        const auto c = static_cast<unsigned char>(m_text[m_at]);
        if (c == '"') {
            decoded += m_at - run;
            const JsonString result{m_text.substr(start, m_at - start), decoded};
            ++m_at;
            return result;
        }
        if (c == '\\') {
            decoded += m_at - run;
            if (!escape(decoded))
                break;
            run = m_at;
        } else if (c < 0x20) {
            break;
        } else if (c < 0x80) {
            ++m_at;
        } else {
            const std::size_t length = sequenceLength(m_text.substr(m_at, 4));
            if (length == 0)
                break;
            m_at += length;
        }
    }
    fail();
    return {};
}

std::string_view JsonReader::number()
{
    if (peek() != Kind::Number) {
        fail();
        return {};
    }
    const std::size_t start = m_at;
    const auto digits = [this] {
        const std::size_t from = m_at;
        while (m_at < m_text.size() && m_text[m_at] >= '0' && m_text[m_at] <= '9')
            ++m_at;
        return m_at - from;
    };
    const auto is = [this](char c) { return m_at < m_text.size() && m_text[m_at] == c; };
    bool good = true;
    if (is('-'))
        ++m_at;
    if (is('0'))
        ++m_at;
    else
        good = digits() > 0;
    if (good && is('.')) {
        ++m_at;
        good = digits() > 0;
    }
    if (good && (is('e') || is('E'))) {
        ++m_at;
        if (is('+') || is('-'))
            ++m_at;
        good = digits() > 0;
    }
    if (!good) {
        fail();
        return {};
    }
    return m_text.substr(start, m_at - start);
}

std::optional<std::int64_t> JsonReader::integer()
{
    if (peek() != Kind::Number) {
        skip();
        return std::nullopt;
    }
    const std::string_view spelled = number();
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(spelled.data(), spelled.data() + spelled.size(), value);
    if (error != std::errc{} || end != spelled.data() + spelled.size() || spelled.empty() || spelled.front() == '-')
        return std::nullopt;
    return value;
}

std::optional<bool> JsonReader::boolean()
{
    const Kind kind = peek();
    skip();
    if (m_failed || (kind != Kind::True && kind != Kind::False))
        return std::nullopt;
    return kind == Kind::True;
}

std::optional<JsonString> JsonReader::stringOrSkip()
{
    if (peek() == Kind::String) {
        const JsonString value = string();
        return m_failed ? std::nullopt : std::optional(value);
    }
    skip();
    return std::nullopt;
}

void JsonReader::literal(std::string_view word)
{
    if (m_text.substr(m_at, word.size()) == word)
        m_at += word.size();
    else
        fail();
}

void JsonReader::skip()
{
    switch (peek()) {
    case Kind::Object:
        object([](const JsonString&, std::size_t) {});
        break;
    case Kind::Array:
        array([] {});
        break;
    case Kind::String:
        string();
        break;
    case Kind::Number:
        number();
        break;
    case Kind::True:
        literal("true");
        break;
    case Kind::False:
        literal("false");
        break;
    case Kind::Null:
        literal("null");
        break;
    case Kind::Invalid:
        break;
    }
}

bool JsonReader::atEnd()
{
    space();
    return !m_failed && m_at == m_text.size();
}

std::string toJsonString(std::string_view text)
{
    static constexpr char kHex[] = "0123456789abcdef";
    std::string result;
    result.reserve(text.size() + 2);
    result += '"';
    for (const char c : text) {
        switch (c) {
        case '"':
            result += "\\\"";
            break;
        case '\\':
            result += "\\\\";
            break;
        case '\n':
            result += "\\n";
            break;
        case '\r':
            result += "\\r";
            break;
        case '\t':
            result += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                result += "\\u00";
                result += kHex[static_cast<unsigned char>(c) >> 4];
                result += kHex[static_cast<unsigned char>(c) & 0x0f];
            } else {
                result += c;
            }
        }
    }
    result += '"';
    return result;
}

} // namespace sb::protocol
