// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/MessageHead.h"

#include "http/Chars.h"

#include <cassert>
#include <cstring>

namespace sb::http {

using namespace chars;

std::string_view methodName(Method method)
{
    switch (method) {
    case Method::Get:
        return "GET";
    case Method::Head:
        return "HEAD";
    case Method::Post:
        return "POST";
    case Method::Put:
        return "PUT";
    case Method::Delete:
        return "DELETE";
    case Method::Patch:
        return "PATCH";
    case Method::Options:
        return "OPTIONS";
    }
    return "";
}

std::string_view FieldTable::value(std::string_view name) const
{
    for (const Field& field : all()) {
        if (equalsIgnoringCase(field.name, name))
            return field.value;
    }
    return {};
}

bool FieldTable::listContains(std::string_view name, std::string_view member) const
{
    for (const Field& field : all()) {
        if (!equalsIgnoringCase(field.name, name))
            continue;
        std::string_view rest = field.value;
        while (!rest.empty()) {
            const std::size_t comma = rest.find(',');
            if (equalsIgnoringCase(trimBlanks(rest.substr(0, comma)), member))
                return true;
            rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
        }
    }
    return false;
}

// ---------------------------------------------------------------------------------------------------------- HeadReader

HeadReader::State HeadReader::fail(int status, std::string_view why)
{
    m_failed = true;
    m_fault = {status, why};
    return State::Failed;
}

HeadReader::State HeadReader::feed(std::string_view bytes)
{
    if (m_failed)
        return State::Failed;
    // One empty line before the start line is allowed (RFC 9112, 2.2).
    if (!m_haveStartLine && m_lineStart == 0 && !bytes.empty() && bytes[0] == '\r') {
        if (bytes.size() < 2)
            return State::NeedMore;
        if (bytes[1] != '\n')
            return fail(400, "a carriage return stands alone");
        m_lineStart = m_scanned = 2;
    }
    for (;;) {
        const std::size_t limit = m_haveStartLine ? m_limits.bytes : m_lineStart + m_limits.startLine + 2;
        const void* found =
            bytes.size() > m_scanned ? std::memchr(bytes.data() + m_scanned, '\n', bytes.size() - m_scanned) : nullptr;
        const std::size_t end =
            found ? static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data()) + 1 : bytes.size();
        if (end > limit)
            return m_haveStartLine ? fail(431, "the header is too large") : fail(414, "the request line is too long");
        if (!found) {
            m_scanned = bytes.size();
            return State::NeedMore;
        }
        if (end < m_lineStart + 2 || bytes[end - 2] != '\r')
            return fail(400, "a line ends without a carriage return");
        const std::size_t offset = m_lineStart;
        const std::string_view line = bytes.substr(offset, end - 2 - offset);
        m_lineStart = m_scanned = end;
        if (!m_haveStartLine) {
            for (const char c : line) {
                if (!isFieldValue(c) || c == '\t')
                    return fail(400, "a control character is in the start line");
            }
            if (line.empty())
                return fail(400, "the start line is empty");
            m_haveStartLine = true;
            m_startLine = offset;
            m_startLineSize = line.size();
        } else if (line.empty()) {
            return State::Complete;
        } else if (!takeLine(line, offset)) {
            return State::Failed;
        }
    }
}

bool HeadReader::takeLine(std::string_view line, std::size_t offset)
{
    if (isBlank(line.front()))
        return fail(400, "a header field is folded over two lines"), false;
    if (m_count == m_limits.fields || m_count == kMaxFields)
        return fail(431, "there are too many header fields"), false;
    std::size_t colon = 0;
    while (colon < line.size() && isToken(line[colon]))
        ++colon;
    if (colon == line.size() || line[colon] != ':')
        return fail(400, "a header field has a malformed name"), false;
    if (colon == 0)
        return fail(400, "a header field has no name"), false;
    if (colon > 0xffff)
        return fail(431, "a header field has too long a name"), false;
    std::size_t begin = colon + 1;
    std::size_t end = line.size();
    for (std::size_t i = begin; i < end; ++i) {
        if (!isFieldValue(line[i]))
            return fail(400, "a control character is in a header field"), false;
    }
    while (begin < end && isBlank(line[begin]))
        ++begin;
    while (end > begin && isBlank(line[end - 1]))
        --end;
    m_fields[m_count++] = {static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(offset + begin),
                           static_cast<std::uint32_t>(end - begin), static_cast<std::uint16_t>(colon)};
    return true;
}

std::string_view HeadReader::startLine(std::string_view bytes) const
{
    return bytes.substr(m_startLine, m_startLineSize);
}

void HeadReader::fields(std::string_view bytes, FieldTable& table) const
{
    for (std::size_t i = 0; i < m_count; ++i) {
        table.m_fields[i].name = bytes.substr(m_fields[i].name, m_fields[i].nameSize);
        table.m_fields[i].value = bytes.substr(m_fields[i].value, m_fields[i].valueSize);
    }
    table.m_count = m_count;
}

// ------------------------------------------------------------------------------------------------------------- shared

namespace {

/// What the fields say about framing, alike for requests and responses.
struct FramingFields {
    std::string_view contentLength; ///< no data(): absent
    std::string_view transferEncoding;
    std::optional<HeadFault> fault;
};

FramingFields framingFields(const FieldTable& fields)
{
    FramingFields result;
    for (const Field& field : fields.all()) {
        if (equalsIgnoringCase(field.name, "content-length")) {
            if (result.contentLength.data())
                result.fault = HeadFault{400, "Content-Length is given twice"};
            result.contentLength = field.value;
        } else if (equalsIgnoringCase(field.name, "transfer-encoding")) {
            if (result.transferEncoding.data())
                result.fault = HeadFault{400, "Transfer-Encoding is given twice"};
            result.transferEncoding = field.value;
        }
    }
    if (result.contentLength.data() && result.transferEncoding.data())
        result.fault = HeadFault{400, "Content-Length and Transfer-Encoding are both given"};
    if (result.transferEncoding.data() && !equalsIgnoringCase(result.transferEncoding, "chunked"))
        result.fault = HeadFault{400, "the transfer coding is not chunked"};
    return result;
}

std::optional<std::uint64_t> parseLength(std::string_view digits)
{
    if (digits.empty())
        return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : digits) {
        if (!isDigit(c) || value > (std::uint64_t{1} << 62) / 10)
            return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value;
}

std::optional<Method> parseMethod(std::string_view text)
{
    for (const Method method :
         {Method::Post, Method::Get, Method::Head, Method::Put, Method::Delete, Method::Patch, Method::Options}) {
        if (text == methodName(method))
            return method;
    }
    return std::nullopt;
}

/// "HTTP/1.0" or "HTTP/1.1"; otherwise the fault.
std::optional<HeadFault> parseVersion(std::string_view text, bool& http10)
{
    if (text == "HTTP/1.1" || text == "HTTP/1.0") {
        http10 = text.back() == '0';
        return std::nullopt;
    }
    if (text.size() == 8 && text.starts_with("HTTP/") && isDigit(text[5]) && text[6] == '.' && isDigit(text[7]))
        return HeadFault{505, "only HTTP/1.0 and HTTP/1.1 are spoken here"};
    return HeadFault{400, "the HTTP version is malformed"};
}

bool isValidTarget(std::string_view target)
{
    for (std::size_t i = 0; i < target.size(); ++i) {
        if (!isTarget(target[i]))
            return false;
        if (target[i] == '%' && (i + 2 >= target.size() || !isHex(target[i + 1]) || !isHex(target[i + 2])))
            return false;
    }
    return true;
}

/// Names that some other server might read as one that decides framing or identity.
bool imitatesCriticalName(std::string_view name)
{
    if (name.find('_') == std::string_view::npos)
        return false;
    constexpr std::array<std::string_view, 5> kCritical{"content-length", "transfer-encoding", "content-type",
                                                        "x-api-key", "api-key"};
    for (const std::string_view critical : kCritical) {
        if (name.size() != critical.size())
            continue;
        bool same = true;
        for (std::size_t i = 0; i < name.size() && same; ++i)
            same = (name[i] == '_' ? '-' : lower(name[i])) == critical[i];
        if (same)
            return true;
    }
    return false;
}

std::optional<HeadFault> checkRequestFields(const FieldTable& fields)
{
    constexpr std::array<std::string_view, 5> kSingle{"host", "content-type", "authorization", "x-api-key", "api-key"};
    std::array<bool, kSingle.size()> seen{};
    for (const Field& field : fields.all()) {
        if (imitatesCriticalName(field.name))
            return HeadFault{400, "a header field imitates another name"};
        for (std::size_t i = 0; i < kSingle.size(); ++i) {
            if (!equalsIgnoringCase(field.name, kSingle[i]))
                continue;
            if (seen[i])
                return HeadFault{400, "a header field that must be unique is given twice"};
            seen[i] = true;
        }
    }
    return std::nullopt;
}

} // namespace

// ------------------------------------------------------------------------------------------------------------ requests

HeadReader::State RequestParser::feed(std::string_view bytes, RequestHead& head)
{
    const HeadReader::State state = m_reader.feed(bytes);
    if (state == HeadReader::State::Failed)
        m_fault = m_reader.fault();
    if (state != HeadReader::State::Complete)
        return state;
    if (const auto fault = interpret(bytes, head)) {
        m_fault = *fault;
        return HeadReader::State::Failed;
    }
    return state;
}

void RequestParser::rebase(std::string_view bytes, RequestHead& head) const
{
    [[maybe_unused]] const auto fault = interpret(bytes, head); // equal bytes, equal outcome
    assert(!fault);
}

std::optional<HeadFault> RequestParser::interpret(std::string_view bytes, RequestHead& head) const
{
    const std::string_view line = m_reader.startLine(bytes);
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return HeadFault{400, "the request line is malformed"};
    const std::string_view method = line.substr(0, first);
    std::string_view target = line.substr(first + 1, last - first - 1);
    if (method.empty())
        return HeadFault{400, "the method is missing"};
    for (const char c : method) {
        if (!isToken(c))
            return HeadFault{400, "the method is malformed"};
    }
    if (const auto fault = parseVersion(line.substr(last + 1), head.http10))
        return fault;
    const std::optional<Method> known = parseMethod(method);
    if (!known)
        return HeadFault{501, "the method is not supported"};
    head.method = *known;

    if (!isValidTarget(target))
        return HeadFault{400, "the request target is malformed"};
    head.targetAuthority = {};
    if (target.size() > 7 && equalsIgnoringCase(target.substr(0, 7), "http://")) {
        target.remove_prefix(7);
        const std::size_t slash = target.find('/');
        if (slash == 0 || slash == std::string_view::npos)
            return HeadFault{400, "the request target is malformed"};
        head.targetAuthority = target.substr(0, slash);
        target.remove_prefix(slash);
    }
    if (target.empty() || target.front() != '/')
        return HeadFault{400, "the request target is not a path"};
    head.target = target;

    m_reader.fields(bytes, head.fields);
    if (const auto fault = checkRequestFields(head.fields))
        return fault;
    if (!head.fields.contains("host"))
        return HeadFault{400, "Host is missing"};

    const FramingFields framing = framingFields(head.fields);
    if (framing.fault)
        return framing.fault;
    head.framing = Framing::None;
    head.contentLength = 0;
    if (framing.transferEncoding.data()) {
        if (head.http10)
            return HeadFault{400, "HTTP/1.0 has no Transfer-Encoding"};
        head.framing = Framing::Chunked;
    } else if (framing.contentLength.data()) {
        const auto length = parseLength(framing.contentLength);
        if (!length)
            return HeadFault{400, "Content-Length is not a number"};
        head.contentLength = *length;
        head.framing = *length > 0 ? Framing::Length : Framing::None;
    }
    const bool bodyless = head.method == Method::Get || head.method == Method::Head || head.method == Method::Delete;
    if (bodyless && head.framing != Framing::None)
        return HeadFault{400, "this method takes no body"};

    head.expectContinue = false;
    if (const std::string_view expect = head.fields.value("expect"); expect.data()) {
        if (!equalsIgnoringCase(expect, "100-continue"))
            return HeadFault{417, "the expectation is not supported"};
        head.expectContinue = !head.http10;
    }
    head.keepAlive = !head.http10 && !head.fields.listContains("connection", "close");
    return std::nullopt;
}

// ----------------------------------------------------------------------------------------------------------- responses

HeadReader::State ResponseParser::feed(std::string_view bytes, ResponseHead& head)
{
    const HeadReader::State state = m_reader.feed(bytes);
    if (state == HeadReader::State::Failed)
        m_fault = {502, m_reader.fault().why};
    if (state != HeadReader::State::Complete)
        return state;
    if (const auto fault = interpret(bytes, head)) {
        m_fault = {502, fault->why};
        return HeadReader::State::Failed;
    }
    return state;
}

void ResponseParser::rebase(std::string_view bytes, ResponseHead& head) const
{
    [[maybe_unused]] const auto fault = interpret(bytes, head);
    assert(!fault);
}

std::optional<HeadFault> ResponseParser::interpret(std::string_view bytes, ResponseHead& head) const
{
    const std::string_view line = m_reader.startLine(bytes);
    // "HTTP/1.1 200" and then nothing, or a blank and the reason, which is ignored
    if (line.size() < 12 || line[8] != ' ' || (line.size() > 12 && line[12] != ' '))
        return HeadFault{502, "the status line is malformed"};
    if (const auto fault = parseVersion(line.substr(0, 8), head.http10))
        return fault;
    if (!isDigit(line[9]) || !isDigit(line[10]) || !isDigit(line[11]))
        return HeadFault{502, "the status is not a number"};
    head.status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
    if (head.status < 100 || head.status > 599)
        return HeadFault{502, "the status is out of range"};
    if (head.status == 101)
        return HeadFault{502, "an upgrade was answered that was not asked for"};

    m_reader.fields(bytes, head.fields);
    const FramingFields framing = framingFields(head.fields);
    if (framing.fault)
        return framing.fault;
    if (framing.transferEncoding.data() && head.http10)
        return HeadFault{502, "HTTP/1.0 has no Transfer-Encoding"};
    std::optional<std::uint64_t> length;
    if (framing.contentLength.data()) {
        length = parseLength(framing.contentLength);
        if (!length)
            return HeadFault{502, "Content-Length is not a number"};
    }
    head.contentLength = 0;
    if (head.status < 200 || head.status == 204) {
        if (framing.transferEncoding.data() || length.value_or(0) > 0)
            return HeadFault{502, "a response without body announces one"};
        head.framing = Framing::None;
    } else if (m_method == Method::Head || head.status == 304) {
        head.framing = Framing::None;
    } else if (framing.transferEncoding.data()) {
        head.framing = Framing::Chunked;
    } else if (length) {
        head.framing = *length > 0 ? Framing::Length : Framing::None;
        head.contentLength = *length;
    } else {
        head.framing = Framing::UntilClose;
    }
    head.keepAlive =
        !head.http10 && head.framing != Framing::UntilClose && !head.fields.listContains("connection", "close");
    return std::nullopt;
}

} // namespace sb::http
