// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace sb::test {

/// A client on plain sockets, so that no code under test reads its own output. Every wait ends after ten seconds.
class RawClient {
public:
    explicit RawClient(std::uint16_t port) : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_connected = ::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~RawClient() { ::close(m_socket); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    bool isConnected() const { return m_connected; }

    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const auto sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    void endSending() { ::shutdown(m_socket, SHUT_WR); }

    /// Reads until `end` appeared (it is kept), the other side closed, or time ran out.
    std::string readUntil(std::string_view end)
    {
        while (m_pending.find(end) == std::string::npos && receive()) {
        }
        const auto at = m_pending.find(end);
        const std::size_t count = at == std::string::npos ? m_pending.size() : at + end.size();
        std::string text = m_pending.substr(0, count);
        m_pending.erase(0, count);
        return text;
    }

    std::string readExactly(std::size_t count)
    {
        while (m_pending.size() < count && receive()) {
        }
        std::string text = m_pending.substr(0, count);
        m_pending.erase(0, text.size());
        return text;
    }

    std::string readToEnd()
    {
        while (receive()) {
        }
        return std::exchange(m_pending, {});
    }

    /// True once the other side has closed (or reset) and everything was read.
    bool isClosed() const { return m_closed; }

private:
    bool receive()
    {
        pollfd waiting{m_socket, POLLIN, 0};
        if (m_closed || ::poll(&waiting, 1, 10'000) != 1)
            return false;
        char buffer[16'384];
        const auto count = ::recv(m_socket, buffer, sizeof buffer, 0);
        if (count <= 0) {
            m_closed = true;
            return false;
        }
        m_pending.append(buffer, static_cast<std::size_t>(count));
        return true;
    }

    int m_socket;
    bool m_connected = false;
    bool m_closed = false;
    std::string m_pending;
};

/// One answer, taken apart.
struct RawAnswer {
    int status = 0;
    std::string head;
    std::string body;      ///< chunked framing removed
    bool complete = false; ///< the framing said so; false: cut

    /// A header's value, empty when absent. `lowerName` as the server spells it in lower case.
    std::string header(std::string_view lowerName) const
    {
        std::string lower = head;
        for (char& c : lower)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        const auto at = lower.find("\r\n" + std::string(lowerName) + ": ");
        if (at == std::string::npos)
            return {};
        const auto begin = at + lowerName.size() + 4;
        return head.substr(begin, head.find("\r\n", begin) - begin);
    }
};

inline RawAnswer readAnswer(RawClient& client)
{
    RawAnswer answer;
    while (answer.status < 200) { // interim answers are skipped
        answer.head = client.readUntil("\r\n\r\n");
        if (answer.head.size() < 12)
            return answer;
        answer.status = std::stoi(answer.head.substr(9, 3));
    }
    if (const std::string length = answer.header("content-length"); !length.empty()) {
        answer.body = client.readExactly(std::stoul(length));
        answer.complete = answer.body.size() == std::stoul(length);
        return answer;
    }
    if (answer.header("transfer-encoding") != "chunked") {
        answer.body = client.readToEnd();
        return answer;
    }
    while (true) {
        const std::string line = client.readUntil("\r\n");
        if (line.size() < 3)
            return answer;
        const std::size_t size = std::stoul(line, nullptr, 16);
        const std::string data = client.readExactly(size + 2);
        if (data.size() != size + 2)
            return answer;
        answer.body.append(data, 0, size);
        if (size == 0) {
            answer.complete = true;
            return answer;
        }
    }
}

/// "METHOD target HTTP/1.1" with Host, Content-Length and the further header lines (each with its CRLF).
inline std::string rawRequest(std::string_view method, std::string_view target, std::string_view headers,
                              std::string_view body, std::string_view host = "127.0.0.1")
{
    std::string text(method);
    text.append(" ").append(target).append(" HTTP/1.1\r\nHost: ").append(host).append("\r\n").append(headers);
    if (method != "GET")
        text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    return text.append("\r\n").append(body);
}

} // namespace sb::test
