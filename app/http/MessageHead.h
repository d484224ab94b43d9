// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sb::http {

/// Sizes of a message head; each is tested at the limit and one beyond.
struct HeadLimits {
    std::size_t startLine = 8 * 1024; ///< beyond: 414
    std::size_t fields = 100;         ///< beyond: 431
    std::size_t bytes = 64 * 1024;    ///< of the whole head; beyond: 431
};
inline constexpr std::size_t kMaxFields = 100;

/// Why a message is refused: the status for the client (a response that is at fault has 502) and an English reason.
struct HeadFault {
    int status = 400;
    std::string_view why;
};

enum class Method { Get, Head, Post, Put, Delete, Patch, Options };
std::string_view methodName(Method method);

/// How the end of a body is found (RFC 9112, 6.3).
enum class Framing { None, Length, Chunked, UntilClose };

/// One header field; views into the buffer that was parsed.
struct Field {
    std::string_view name;
    std::string_view value; ///< without surrounding blanks
};

/// The header fields in order of arrival. Trailers never get in here.
class FieldTable {
public:
    std::span<const Field> all() const { return {m_fields.data(), m_count}; }
    /// The first field of that name, whatever its case; absent fields have no data().
    std::string_view value(std::string_view name) const;
    bool contains(std::string_view name) const { return value(name).data() != nullptr; }
    /// Whether a list-valued field such as Connection has this member.
    bool listContains(std::string_view name, std::string_view member) const;

private:
    friend class HeadReader;
    std::array<Field, kMaxFields> m_fields;
    std::size_t m_count = 0;
};

struct RequestHead {
    Method method = Method::Get;
    std::string_view target;          ///< in origin-form: path and query
    std::string_view targetAuthority; ///< of an absolute-form target, else empty; the caller compares it with Host
    bool http10 = false;
    FieldTable fields;
    Framing framing = Framing::None;
    std::uint64_t contentLength = 0;
    bool keepAlive = true;
    bool expectContinue = false;
};

struct ResponseHead {
    int status = 0;
    bool http10 = false;
    FieldTable fields;
    Framing framing = Framing::None;
    std::uint64_t contentLength = 0;
    bool keepAlive = true;
};

/// Splits a head into start line and fields, strictly: every line ends in CR LF, no folding, token names, no blank
/// before the colon, no control character in a value (design: gateway, section 3.2). Fed with the buffer as it grows; a
/// line is judged as soon as it is complete, a length as soon as it is exceeded. Positions are kept as offsets until
/// the head is complete, so the buffer may move between calls.
class HeadReader {
public:
    enum class State { NeedMore, Complete, Failed };

    explicit HeadReader(HeadLimits limits = {}) : m_limits(limits) {}

    /// `bytes` starts at the first byte of the message and includes everything given before.
    State feed(std::string_view bytes);

    const HeadFault& fault() const { return m_fault; }
    std::size_t headBytes() const { return m_lineStart; } ///< when Complete: where the body starts
    std::string_view startLine(std::string_view bytes) const;
    /// Fills `table` with views into `bytes`.
    void fields(std::string_view bytes, FieldTable& table) const;

private:
    struct Position {
        std::uint32_t name = 0;
        std::uint32_t value = 0;
        std::uint32_t valueSize = 0;
        std::uint16_t nameSize = 0;
    };

    State fail(int status, std::string_view why);
    bool takeLine(std::string_view line, std::size_t offset);

    HeadLimits m_limits;
    HeadFault m_fault;
    std::array<Position, kMaxFields> m_fields;
    std::size_t m_count = 0;
    std::size_t m_scanned = 0;   ///< no line end before this offset
    std::size_t m_lineStart = 0; ///< of the line that is not complete yet
    std::size_t m_startLine = 0;
    std::size_t m_startLineSize = 0;
    bool m_haveStartLine = false;
    bool m_failed = false;
};

/// HeadReader plus the meaning of a request head.
class RequestParser {
public:
    explicit RequestParser(HeadLimits limits = {}) : m_reader(limits) {}

    HeadReader::State feed(std::string_view bytes, RequestHead& head);
    const HeadFault& fault() const { return m_fault; }
    std::size_t headBytes() const { return m_reader.headBytes(); }

    /// After Complete: lets the views of `head` point into a copy of the same bytes.
    void rebase(std::string_view bytes, RequestHead& head) const;

private:
    std::optional<HeadFault> interpret(std::string_view bytes, RequestHead& head) const;

    HeadReader m_reader;
    HeadFault m_fault;
};

/// HeadReader plus the meaning of a response head. Interim (1xx) responses are returned like any other, for the caller
/// to skip and count; 101 is a fault, since nothing is ever upgraded.
class ResponseParser {
public:
    explicit ResponseParser(Method requestMethod, HeadLimits limits = {}) : m_reader(limits), m_method(requestMethod) {}

    HeadReader::State feed(std::string_view bytes, ResponseHead& head);
    const HeadFault& fault() const { return m_fault; }
    std::size_t headBytes() const { return m_reader.headBytes(); }
    void rebase(std::string_view bytes, ResponseHead& head) const; ///< as RequestParser's

private:
    std::optional<HeadFault> interpret(std::string_view bytes, ResponseHead& head) const;

    HeadReader m_reader;
    Method m_method;
    HeadFault m_fault;
};

} // namespace sb::http
