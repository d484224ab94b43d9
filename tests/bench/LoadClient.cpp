// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A keep-alive load client on loopback for tests/bench: a fixed number of equal requests over a fixed number of
// connections, each as soon as the one before is answered, or not more than RATE of them in a second.
// Usage: bench_load PORT CONNECTIONS REQUESTS FILE [RATE], where FILE holds the bytes of one request. Prints one JSON
// line; exits 1 as soon as an answer is not a complete 200.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPatience{30'000};

/// Follows the framing of one answer without keeping its body.
class AnswerReader {
public:
    enum class State { More, Complete, Broken };

    State feed(std::string& pending)
    {
        while (true) {
            switch (m_step) {
            case Step::Head: {
                const auto end = pending.find("\r\n\r\n");
                if (end == std::string::npos)
                    return State::More;
                if (!pending.starts_with("HTTP/1.1 200"))
                    return State::Broken;
                readHead(std::string_view(pending).substr(0, end + 2));
                pending.erase(0, end + 4);
                m_step = m_chunked ? Step::Size : Step::Data;
                break;
            }
            case Step::Size: {
                const auto end = pending.find("\r\n");
                if (end == std::string::npos)
                    return State::More;
                if (std::from_chars(pending.data(), pending.data() + end, m_left, 16).ec != std::errc{})
                    return State::Broken;
                pending.erase(0, end + 2);
                m_last = m_left == 0;
                m_left += 2; // the line end after the data
                chunks += m_last ? 0 : 1;
                m_step = Step::Data;
                break;
            }
            case Step::Data: {
                const std::size_t taken = std::min(m_left, pending.size());
                pending.erase(0, taken);
                bytes += taken;
                m_left -= taken;
                if (m_left > 0)
                    return State::More;
                if (m_chunked && !m_last) {
                    m_step = Step::Size;
                    break;
                }
                m_step = Step::Head;
                return State::Complete;
            }
            }
        }
    }

    std::uint64_t chunks = 0;
    std::uint64_t bytes = 0;

private:
    enum class Step { Head, Size, Data };

    void readHead(std::string_view head)
    {
        std::string lower(head);
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        m_chunked = lower.find("\r\ntransfer-encoding: chunked") != std::string::npos;
        m_last = false;
        m_left = 0;
        constexpr std::string_view kLength = "\r\ncontent-length: ";
        if (const auto at = lower.find(kLength); at != std::string::npos)
            std::from_chars(lower.data() + at + kLength.size(), lower.data() + lower.size(), m_left);
    }

    Step m_step = Step::Head;
    bool m_chunked = false;
    bool m_last = false;
    std::size_t m_left = 0;
};

struct Client {
    int socket = -1;
    AnswerReader reader;
    std::string pending;
    SteadyClock::time_point sentAt;
    bool busy = false;
};

int openSocket(std::uint16_t port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ? descriptor : -1;
}

int fail(const char* what)
{
    std::fprintf(stderr, "bench_load: %s\n", what);
    return 1;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 5 && argc != 6)
        return fail("usage: bench_load PORT CONNECTIONS REQUESTS FILE [RATE]");
    const auto port = static_cast<std::uint16_t>(std::atoi(argv[1]));
    const auto connections = static_cast<std::size_t>(std::atoi(argv[2]));
    const auto requests = static_cast<std::size_t>(std::atoi(argv[3]));
    const double rate = argc == 6 ? std::atof(argv[5]) : 0.0;
    std::ifstream file(argv[4], std::ios::binary);
    const std::string request{std::istreambuf_iterator<char>(file), {}};
    if (request.empty() || connections == 0)
        return fail("nothing to send");

    std::vector<Client> clients(connections);
    std::vector<pollfd> waiting(connections);
    for (std::size_t i = 0; i < connections; ++i) {
        clients[i].socket = openSocket(port);
        if (clients[i].socket < 0)
            return fail("cannot connect");
        waiting[i] = {clients[i].socket, POLLIN, 0};
    }
    std::vector<double> micros;
    micros.reserve(requests);
    std::size_t sent = 0;
    const auto begin = SteadyClock::now();
    /// How long the next request still has to wait for its turn.
    const auto early = [&]() -> std::chrono::duration<double> {
        if (rate <= 0.0)
            return {};
        return std::chrono::duration<double>(static_cast<double>(sent) / rate) - (SteadyClock::now() - begin);
    };
    const auto send = [&](Client& client) {
        client.busy = sent < requests && early().count() <= 0.0;
        if (!client.busy)
            return true;
        ++sent;
        client.sentAt = SteadyClock::now();
        return ::send(client.socket, request.data(), request.size(), MSG_NOSIGNAL) ==
               static_cast<ssize_t>(request.size());
    };
    std::vector<char> buffer(65'536);
    auto answered = begin;
    while (micros.size() < requests) {
        for (Client& client : clients) {
            if (!client.busy && !send(client))
                return fail("cannot send");
        }
        const bool paused = sent < requests && rate > 0.0;
        const int patience =
            paused ? std::max(1, static_cast<int>(early().count() * 1000.0)) : static_cast<int>(kPatience.count());
        if (::poll(waiting.data(), waiting.size(), patience) <= 0 && SteadyClock::now() - answered > kPatience)
            return fail("no answer for 30 s");
        for (std::size_t i = 0; i < connections; ++i) {
            Client& client = clients[i];
            if ((waiting[i].revents & (POLLIN | POLLHUP | POLLERR)) == 0 || !client.busy)
                continue;
            const auto count = ::recv(client.socket, buffer.data(), buffer.size(), 0);
            if (count <= 0)
                return fail("the connection was closed");
            client.pending.append(buffer.data(), static_cast<std::size_t>(count));
            const auto state = client.reader.feed(client.pending);
            if (state == AnswerReader::State::Broken)
                return fail(("not a 200: " + client.pending.substr(0, 300)).c_str());
            if (state == AnswerReader::State::More)
                continue;
            answered = SteadyClock::now();
            micros.push_back(std::chrono::duration<double, std::micro>(answered - client.sentAt).count());
            if (!send(client))
                return fail("cannot send");
        }
    }
    const double seconds = std::chrono::duration<double>(SteadyClock::now() - begin).count();
    std::uint64_t chunks = 0;
    std::uint64_t bytes = 0;
    for (Client& client : clients) {
        chunks += client.reader.chunks;
        bytes += client.reader.bytes;
        ::close(client.socket);
    }
    std::sort(micros.begin(), micros.end());
    const auto quantile = [&](double q) {
        return micros[std::min(micros.size() - 1, static_cast<std::size_t>(q * static_cast<double>(micros.size())))];
    };
    std::printf("{\"requests\": %zu, \"seconds\": %.3f, \"chunks\": %llu, \"bytes\": %llu, \"p50_us\": %.0f, "
                "\"p99_us\": %.0f}\n",
                micros.size(), seconds, static_cast<unsigned long long>(chunks), static_cast<unsigned long long>(bytes),
                quantile(0.5), quantile(0.99));
    return 0;
}
