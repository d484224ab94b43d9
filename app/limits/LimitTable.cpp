// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "limits/LimitTable.h"

#include "limits/WindowCounter.h"

#include <algorithm>
#include <limits>
#include <map>
#include <mutex>
#include <tuple>
#include <unordered_map>

namespace sb::limits {

namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

/// What one request can take at most of a counter: 2.8 * 10^14 tokens or USD 281 474. With it, and with what a window
/// can book (WindowCounter), no sum below can overflow.
constexpr std::int64_t kLargestAmount = std::int64_t{1} << 48;

std::int64_t atLeastZero(std::int64_t value)
{
    return std::max<std::int64_t>(value, 0);
}

std::int64_t bounded(std::int64_t amount)
{
    return std::clamp<std::int64_t>(amount, 0, kLargestAmount);
}

/// Order in which refusals are reported: money, tokens, requests.
int rank(LimitDimension dimension)
{
    switch (dimension) {
    case LimitDimension::CostNano:
        return 0;
    case LimitDimension::PromptTokens:
    case LimitDimension::CompletionTokens:
    case LimitDimension::TotalTokens:
        return 1;
    case LimitDimension::Requests:
        return 2;
    }
    return 2;
}

bool isToken(LimitDimension dimension)
{
    return rank(dimension) == 1;
}

milliseconds roundUp(nanoseconds duration)
{
    return std::chrono::ceil<milliseconds>(std::max(duration, nanoseconds{0}));
}

} // namespace

std::int64_t Amounts::of(LimitDimension dimension) const
{
    switch (dimension) {
    case LimitDimension::PromptTokens:
        return bounded(promptTokens);
    case LimitDimension::CompletionTokens:
        return bounded(completionTokens);
    case LimitDimension::TotalTokens:
        return bounded(promptTokens) + bounded(completionTokens);
    case LimitDimension::Requests:
        return bounded(requests);
    case LimitDimension::CostNano:
        return bounded(costNano);
    }
    return 0;
}

/// A counter and its window. Guarded by the table's mutex.
struct Counter {
    CounterSpec spec;
    WindowCounter window;
    std::int64_t held = 0;
    std::uint32_t openHolds = 0; ///< reservations that point here, those of amount 0 included
    std::uint64_t refused = 0;
    std::uint64_t overruns = 0;
    bool active = true; ///< false: no longer configured, kept while something is booked or held

    /// Largest amount that could be held now; negative when the window is overrun.
    std::int64_t room() const { return spec.maximum - window.booked() - held; }
    bool admits(std::int64_t amount) const { return window.booked() + held + amount <= spec.maximum; }
};

class LimitTable::Impl {
public:
    Impl(const Clock& tableClock, CalendarReset reset) : clock(tableClock), calendarReset(std::move(reset)) {}

    struct KeyHash {
        std::size_t operator()(const ScopeKey& key) const noexcept
        {
            return std::hash<std::int64_t>{}((static_cast<std::int64_t>(key.scope) << 32) ^
                                             static_cast<std::int64_t>(static_cast<std::uint32_t>(key.scopeId)));
        }
    };
    static CounterKey keyOf(const CounterSpec& spec) { return {spec.scope, spec.scopeId, spec.dimension, spec.per}; }

    Moment moment() const { return {clock.bootTime(), clock.now()}; }

    /// Calls `fn` for every active counter of the path, each once, with its window advanced to `now`.
    template <class F>
    void forEachOn(std::span<const ScopeKey> path, const Moment& now, F fn)
    {
        for (std::size_t i = 0; i < path.size(); ++i) {
            const auto before = path.first(i);
            if (std::find(before.begin(), before.end(), path[i]) != before.end())
                continue;
            const auto found = byScope.find(path[i]);
            if (found == byScope.end())
                continue;
            for (Counter* counter : found->second) {
                counter->window.advance(now, calendarReset);
                fn(*counter);
            }
        }
    }

    nanoseconds waitOf(const Counter& counter, std::int64_t amount, const Moment& now) const
    {
        const std::int64_t target = counter.spec.maximum - counter.held - amount;
        if (target >= 0)
            return counter.window.waitUntilBooked(target, now);
        // Only when open holds end can it fit; how long holds last is known from those that ended.
        return std::clamp<nanoseconds>(meanHold, std::chrono::seconds{1}, std::chrono::minutes{1});
    }

    std::optional<RateState> tightest(std::span<const ScopeKey> path, const Moment& now)
    {
        const Counter* tight = nullptr;
        forEachOn(path, now, [&](const Counter& counter) {
            if (!isToken(counter.spec.dimension) || counter.spec.mode != LimitMode::Enforce ||
                counter.spec.maximum <= 0)
                return;
            const auto share = [](const Counter& c) {
                return static_cast<double>(c.room()) / static_cast<double>(c.spec.maximum);
            };
            if (tight == nullptr || share(counter) < share(*tight))
                tight = &counter;
        });
        if (tight == nullptr)
            return std::nullopt;
        nanoseconds reset = tight->window.waitUntilBooked(0, now);
        if (tight->held > 0) // what is held now will be booked and stay for a whole window
            if (const auto width = bucketWidth(tight->spec.per))
                reset = std::max<nanoseconds>(reset, *width * 60);
        return RateState{tight->spec.maximum, atLeastZero(tight->room()), roundUp(reset)};
    }

    const Clock& clock;
    const CalendarReset calendarReset;
    std::mutex mutex;
    std::map<CounterKey, std::unique_ptr<Counter>> counters;
    std::unordered_map<ScopeKey, std::vector<Counter*>, KeyHash> byScope; ///< active ones
    nanoseconds meanHold{0};
};

// --- Reservation
// ---------------------------------------------------------------------------------------------------------------

struct Reservation::State {
    std::shared_ptr<LimitTable::Impl> table; ///< outlives the LimitTable while a hold is open
    std::vector<Counter*> counters;
    Amounts amounts;
    nanoseconds opened{0};
    bool sent = false;

    void close(const Amounts& actual)
    {
        const std::lock_guard lock(table->mutex);
        const Moment now = table->moment();
        for (Counter* counter : counters) {
            const LimitDimension dimension = counter->spec.dimension;
            const std::int64_t taken = amounts.of(dimension);
            const std::int64_t used = actual.of(dimension);
            counter->window.advance(now, table->calendarReset);
            counter->window.book(used);
            counter->held -= taken;
            --counter->openHolds;
            if (used > taken)
                ++counter->overruns;
        }
        table->meanHold += (now.boot - opened - table->meanHold) / 16;
    }
};

Reservation::Reservation() noexcept = default;
Reservation::Reservation(Reservation&&) noexcept = default;

Reservation& Reservation::operator=(Reservation&& other) noexcept
{
    if (this != &other) {
        const Reservation closing(std::move(*this)); // settles what was held here
        m_state = std::move(other.m_state);
    }
    return *this;
}

Reservation::~Reservation()
{
    if (!m_state)
        return;
    if (m_state->sent)
        settle(m_state->amounts);
    else
        release();
}

bool Reservation::isOpen() const
{
    return m_state != nullptr;
}

const Amounts& Reservation::amounts() const
{
    static constexpr Amounts kNothing{.requests = 0};
    return m_state ? m_state->amounts : kNothing;
}

void Reservation::markSent()
{
    if (m_state)
        m_state->sent = true;
}

void Reservation::settle(const Amounts& actual)
{
    if (const auto state = std::move(m_state))
        state->close(actual);
}

void Reservation::release()
{
    settle(Amounts{.requests = 0});
}

// --- LimitTable
// ----------------------------------------------------------------------------------------------------------------

LimitTable::LimitTable(const Clock& clock, CalendarReset calendarReset)
    : m_impl(std::make_shared<Impl>(clock, std::move(calendarReset)))
{
}

LimitTable::~LimitTable() = default;

void LimitTable::configure(std::span<const CounterSpec> specs, std::span<const BookedBucket> booked)
{
    const std::lock_guard lock(m_impl->mutex);
    const Moment now = m_impl->moment();
    auto& counters = m_impl->counters;
    std::map<CounterKey, WindowCounter> begun; // what the windows of those that were not configured have seen
    for (auto& [key, counter] : counters) {
        counter->window.advance(now, m_impl->calendarReset);
        if (!counter->active)
            begun.try_emplace(key, counter->spec.per, now, m_impl->calendarReset);
        counter->active = false;
    }

    for (CounterSpec spec : specs) {
        spec.maximum = atLeastZero(spec.maximum);
        const CounterKey key = Impl::keyOf(spec);
        auto& counter = counters[key];
        if (!counter) {
            counter = std::make_unique<Counter>(Counter{spec, WindowCounter(spec.per, now, m_impl->calendarReset)});
            begun.try_emplace(key, spec.per, now, m_impl->calendarReset);
            continue;
        }
        const auto strictness = [](const CounterSpec& s) { return std::pair(s.mode == LimitMode::Shadow, s.maximum); };
        if (!counter->active || strictness(spec) < strictness(counter->spec))
            counter->spec = spec;
        counter->active = true;
        if (!bucketWidth(spec.per))
            counter->window.extendTo(m_impl->calendarReset(spec.per, now.wall));
    }

    for (const BookedBucket& bucket : booked) {
        const auto found = begun.find({bucket.scope, bucket.scopeId, bucket.dimension, bucket.per});
        if (found != begun.end())
            found->second.restore(bucket.start, atLeastZero(bucket.amount), now, m_impl->calendarReset);
    }
    for (auto& [key, window] : begun) {
        // One that comes back may remember more than the buckets say, or less, if it was away while requests ended.
        Counter& counter = *counters.at(key);
        if (window.booked() > counter.window.booked())
            counter.window = window;
    }

    m_impl->byScope.clear();
    for (auto it = counters.begin(); it != counters.end();) {
        Counter& counter = *it->second;
        if (!counter.active && counter.openHolds == 0 && counter.window.booked() == 0) {
            it = counters.erase(it);
            continue;
        }
        if (counter.active)
            m_impl->byScope[{counter.spec.scope, counter.spec.scopeId}].push_back(&counter);
        ++it;
    }
}

LimitTable::HoldResult LimitTable::hold(std::span<const ScopeKey> path, const Amounts& amounts)
{
    HoldResult result;
    auto state = std::make_unique<Reservation::State>();
    state->table = m_impl;
    state->amounts = amounts;
    state->counters.reserve(16);

    const std::lock_guard lock(m_impl->mutex);
    const Moment now = m_impl->moment();
    Counter* reported = nullptr;
    nanoseconds reportedWait{0};
    nanoseconds longest{0};
    m_impl->forEachOn(path, now, [&](Counter& counter) {
        state->counters.push_back(&counter);
        const std::int64_t amount = amounts.of(counter.spec.dimension);
        if (counter.admits(amount))
            return;
        ++counter.refused;
        if (counter.spec.mode == LimitMode::Shadow)
            return;
        const bool never = amount > counter.spec.maximum;
        const nanoseconds wait = never ? nanoseconds{0} : m_impl->waitOf(counter, amount, now);
        longest = std::max(longest, wait);
        const auto weight = [&](const Counter& c, nanoseconds w) {
            return std::tuple(rank(c.spec.dimension), amounts.of(c.spec.dimension) <= c.spec.maximum, -w);
        };
        if (reported == nullptr || weight(counter, wait) < weight(*reported, reportedWait)) {
            reported = &counter;
            reportedWait = wait;
        }
    });

    if (reported != nullptr) {
        const bool never = amounts.of(reported->spec.dimension) > reported->spec.maximum;
        result.refusal = Refusal{reported->spec, reported->window.booked(), reported->held,
                                 never ? milliseconds{0} : roundUp(longest), never};
    } else {
        for (Counter* counter : state->counters) {
            counter->held += amounts.of(counter->spec.dimension);
            ++counter->openHolds;
        }
        state->opened = now.boot;
        result.reservation.m_state = std::move(state);
    }
    result.rate = m_impl->tightest(path, now);
    return result;
}

std::optional<std::int64_t> LimitTable::completionRoom(std::span<const ScopeKey> path, std::int64_t promptTokens) const
{
    const std::lock_guard lock(m_impl->mutex);
    std::optional<std::int64_t> room;
    m_impl->forEachOn(path, m_impl->moment(), [&](const Counter& counter) {
        if (counter.spec.mode == LimitMode::Shadow)
            return;
        std::int64_t left = counter.room();
        if (counter.spec.dimension == LimitDimension::TotalTokens)
            left -= atLeastZero(promptTokens);
        else if (counter.spec.dimension != LimitDimension::CompletionTokens)
            return;
        room = std::min(room.value_or(std::numeric_limits<std::int64_t>::max()), atLeastZero(left));
    });
    return room;
}

std::vector<CounterState> LimitTable::states() const
{
    const std::lock_guard lock(m_impl->mutex);
    const Moment now = m_impl->moment();
    std::vector<CounterState> states;
    states.reserve(m_impl->counters.size());
    for (auto& [identity, counter] : m_impl->counters) {
        if (!counter->active)
            continue;
        counter->window.advance(now, m_impl->calendarReset);
        states.push_back({counter->spec, counter->window.booked(), counter->held, counter->refused, counter->overruns});
    }
    return states;
}

} // namespace sb::limits
