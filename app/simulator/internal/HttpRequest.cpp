// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/HttpRequest.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace sb::simulator {
namespace {

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

constexpr std::size_t kMaxBody = 32U * 1024 * 1024;

bool equalsIgnoringCase(std::string_view a, std::string_view lower)
{
    return std::ranges::equal(
        a, lower, [](char x, char y) { return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + 32) : x) == y; });
}

} // namespace

std::string_view HttpRequest::header(std::string_view lowerName) const
{
    for (const auto& [name, value] : headers) {
        if (name == lowerName)
            return value;
    }
    return {};
}

std::string_view HttpRequest::parameter(std::string_view name) const
{
    std::string_view rest = query;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        const std::string_view pair = rest.substr(0, end);
        if (pair.starts_with(name) && pair.size() > name.size() && pair[name.size()] == '=')
            return pair.substr(name.size() + 1);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {};
}

BodyFraming parseHead(std::string& head, std::size_t headSize, HttpRequest& request)
{
    BodyFraming framing;
    const auto refuse = [&framing] {
        framing.valid = false;
        return framing;
    };
    std::string_view text(head.data(), headSize);
    const auto lineEnd = text.find("\r\n");
    const std::string_view line = text.substr(0, lineEnd);
    const auto firstBlank = line.find(' ');
    const auto lastBlank = line.rfind(' ');
    if (firstBlank == std::string_view::npos || lastBlank <= firstBlank + 1)
        return refuse();
    request.method = line.substr(0, firstBlank);
    request.target = line.substr(firstBlank + 1, lastBlank - firstBlank - 1);
    const std::string_view version = line.substr(lastBlank + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return refuse();
    request.keepAlive = version == "HTTP/1.1";
    const auto question = request.target.find('?');
    request.path = request.target.substr(0, question);
    request.query = question == std::string_view::npos ? std::string_view{} : request.target.substr(question + 1);

    bool lengthSeen = false;
    std::size_t position = lineEnd + 2;
    while (position + 2 < headSize) {
        const auto end = text.find("\r\n", position);
        const auto colon = text.find(':', position);
        if (colon == std::string_view::npos || colon >= end || colon == position)
            return refuse();
        for (std::size_t i = position; i < colon; ++i) {
            if (head[i] >= 'A' && head[i] <= 'Z')
                head[i] = static_cast<char>(head[i] + 32);
        }
        const std::string_view name = text.substr(position, colon - position);
        const std::string_view value = trimmed(text.substr(colon + 1, end - colon - 1));
        request.headers.emplace_back(name, value);
        if (name == "content-length") {
            const auto [stop, fault] = std::from_chars(value.data(), value.data() + value.size(), framing.length);
            if (fault != std::errc{} || stop != value.data() + value.size() || lengthSeen || framing.length > kMaxBody)
                return refuse();
            lengthSeen = true;
        } else if (name == "transfer-encoding") {
            if (!equalsIgnoringCase(value, "chunked") || framing.chunked)
                return refuse();
            framing.chunked = true;
        } else if (name == "connection") {
            if (equalsIgnoringCase(value, "close"))
                request.keepAlive = false;
            else if (equalsIgnoringCase(value, "keep-alive"))
                request.keepAlive = true;
        } else if (name == "expect") {
            framing.expectsContinue = true;
        }
        position = end + 2;
    }
    if (framing.chunked && lengthSeen)
        return refuse();
    return framing;
}

ChunkedBody::State ChunkedBody::decode(std::string& buffer, std::size_t begin)
{
    if (!m_started) {
        m_started = true;
        m_raw = begin;
    }
    while (true) {
        if (m_step == Step::Data) {
            const std::size_t available = std::min(m_left, buffer.size() - m_raw);
            std::memmove(buffer.data() + begin + m_size, buffer.data() + m_raw, available);
            m_size += available;
            m_raw += available;
            m_left -= available;
            if (m_left > 0)
                return State::NeedMore;
            m_step = Step::DataEnd;
            continue;
        }
        const auto end = buffer.find("\r\n", m_raw);
        if (end == std::string::npos)
            return buffer.size() - m_raw > 1024 ? State::Bad : State::NeedMore;
        const std::string_view line(buffer.data() + m_raw, end - m_raw);
        m_raw = end + 2;
        if (m_step == Step::DataEnd) {
            if (!line.empty())
                return State::Bad;
            m_step = Step::Size;
        } else if (m_step == Step::Trailer) {
            if (line.empty())
                return State::Done;
        } else {
            const auto [stop, fault] = std::from_chars(line.data(), line.data() + line.size(), m_left, 16);
            if (fault != std::errc{} || (stop != line.data() + line.size() && *stop != ';') ||
                m_left > kMaxBody - m_size)
                return State::Bad;
            m_step = m_left == 0 ? Step::Trailer : Step::Data;
        }
    }
}

} // namespace sb::simulator
