// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/Resolver.h"

#include "base/ThreadName.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#ifdef _WIN32
#include <ws2tcpip.h>
#else
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#endif

namespace sb::http {

namespace {

constexpr std::size_t kThreads = 4;
constexpr std::size_t kMaxNames = 1024;
constexpr std::chrono::seconds kFresh{60};
constexpr std::chrono::minutes kStale{10};

using SteadyTime = std::chrono::steady_clock::time_point;

} // namespace

struct Resolver::State {
    struct Entry {
        Addresses addresses;
        SteadyTime taken{};
        std::vector<Done> waiting;
        bool asking = false;
    };

    void work();

    Lookup lookup;
    std::mutex mutex;
    std::condition_variable wake;
    std::map<std::string, Entry> entries;
    std::deque<std::string> queue;
    std::size_t threads = 0;
    std::size_t idle = 0;
    bool stopping = false;
};

Resolver::Resolver(Lookup lookup) : m_state(std::make_shared<State>())
{
    m_state->lookup = std::move(lookup);
}

Resolver::~Resolver()
{
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->stopping = true;
        for (auto& [name, entry] : m_state->entries)
            entry.waiting.clear();
    }
    m_state->wake.notify_all();
}

void Resolver::resolve(const std::string& host, Done done)
{
    if (const auto literal = validation::HostAddress::parse(host)) {
        done(Addresses{*literal});
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    std::unique_lock lock(m_state->mutex);
    State::Entry& entry = m_state->entries[host];
    if (!entry.addresses.empty() && now - entry.taken < kFresh) {
        const Addresses addresses = entry.addresses;
        lock.unlock();
        done(addresses);
        return;
    }
    entry.waiting.push_back(std::move(done));
    if (entry.asking)
        return;
    entry.asking = true;
    m_state->queue.push_back(host);
    if (m_state->idle == 0 && m_state->threads < kThreads) {
        ++m_state->threads;
        // Detached, because a lookup cannot be interrupted: the state is shared, so a late end harms nobody.
        std::thread([state = m_state] {
            nameThisThread("resolver");
            state->work();
        }).detach();
    } else {
        m_state->wake.notify_one();
    }
}

void Resolver::State::work()
{
    std::unique_lock lock(mutex);
    for (;;) {
        ++idle;
        wake.wait(lock, [this] { return stopping || !queue.empty(); });
        --idle;
        if (stopping)
            return;
        const std::string host = std::move(queue.front());
        queue.pop_front();
        lock.unlock();
        Result<Addresses> answer = lookup(host);
        lock.lock();
        if (stopping)
            return;
        Entry& entry = entries[host];
        entry.asking = false;
        const auto now = std::chrono::steady_clock::now();
        if (answer) {
            entry.addresses = *answer;
            entry.taken = now;
        } else if (!entry.addresses.empty() && now - entry.taken < kStale) {
            answer = entry.addresses;
        } else {
            entry.addresses.clear();
        }
        // Under the lock, so that none is called once the destructor has begun.
        const std::vector<Done> waiting = std::exchange(entry.waiting, {});
        for (const Done& done : waiting)
            done(answer);
        if (entries.size() > kMaxNames)
            std::erase_if(entries,
                          [now](const auto& item) { return !item.second.asking && now - item.second.taken > kFresh; });
    }
}

Result<Resolver::Addresses> Resolver::systemLookup(const std::string& host)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* list = nullptr;
    const int outcome = getaddrinfo(host.c_str(), nullptr, &hints, &list);
    if (outcome != 0)
        return Error{ErrorCode::Unavailable, "the name " + host + " cannot be resolved: " + gai_strerror(outcome)};
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(list, freeaddrinfo);
    Addresses addresses;
    for (const addrinfo* item = list; item; item = item->ai_next) {
        validation::HostAddress address;
        if (item->ai_family == AF_INET) {
            sockaddr_in v4{};
            std::memcpy(&v4, item->ai_addr, sizeof v4);
            std::memcpy(address.bytes.data(), &v4.sin_addr, 4);
        } else if (item->ai_family == AF_INET6) {
            sockaddr_in6 v6{};
            std::memcpy(&v6, item->ai_addr, sizeof v6);
            address.v4 = false;
            std::memcpy(address.bytes.data(), &v6.sin6_addr, 16);
        } else {
            continue;
        }
        if (std::find(addresses.begin(), addresses.end(), address) == addresses.end())
            addresses.push_back(address);
    }
    if (addresses.empty())
        return Error{ErrorCode::Unavailable, "the name " + host + " has no address"};
    return addresses;
}

} // namespace sb::http
