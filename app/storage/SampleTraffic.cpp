// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/SampleTraffic.h"

#include "base/Random.h"
#include "pricing/Cost.h"
#include "storage/SampleCatalogue.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace sb::storage {
namespace {

constexpr std::chrono::hours kHour{1};

/// The shape of a working day (UTC) and of a week.
constexpr std::array<double, 24> kHourWeights{2,  1.5, 1,  1,  1,  2,  4, 8, 13, 16, 17, 15,
                                              13, 15,  17, 16, 14, 11, 8, 6, 5,  4,  3,  2.5};
constexpr std::array<double, 7> kDayWeights{0.35, 1, 1.1, 1.12, 1.08, 0.95, 0.4}; // Sunday first

class SeededBytes final : public Random {
public:
    explicit SeededBytes(std::mt19937_64& engine) : m_engine(engine) {}
    void fill(std::span<std::uint8_t> bytes) override
    {
        for (std::uint8_t& byte : bytes)
            byte = static_cast<std::uint8_t>(m_engine() >> 24);
    }

private:
    std::mt19937_64& m_engine;
};

double weightOf(Timestamp hour, double progress)
{
    const auto days = std::chrono::floor<std::chrono::days>(hour);
    const auto weekday = std::chrono::weekday(days).c_encoding();
    const auto hourOfDay =
        static_cast<std::size_t>(std::chrono::duration_cast<std::chrono::hours>(hour - days).count());
    const double growth = 0.7 + 0.6 * progress;
    return kHourWeights.at(hourOfDay) * kDayWeights.at(weekday) * growth;
}

} // namespace

class SampleTraffic::Impl {
public:
    Impl(SampleCatalogue catalogue, const SampleOptions& options, Timestamp now)
        : m_catalogue(std::move(catalogue)), m_options(options), m_dice(options.seed), m_now(now)
    {
        planHours();
        std::vector<double> weights;
        for (const SampleKey& key : m_catalogue.keys)
            weights.push_back(key.weight);
        m_keyChoice = std::discrete_distribution<std::size_t>(weights.begin(), weights.end());
    }

    std::vector<journal::CloseRecord> next(std::size_t most);

    SampleCatalogue m_catalogue;
    SampleOptions m_options;
    std::int64_t m_produced = 0;

private:
    struct HourPlan {
        Timestamp start;
        std::int64_t count = 0;
    };

    void planHours();
    void drawTimes();
    journal::CloseRecord record(Timestamp time);
    void fillTokens(const SampleModel& model, UsageRecord& record);
    void fillTimings(const SampleModel& model, UsageRecord& record);

    bool chance(double probability) { return std::uniform_real_distribution<>(0, 1)(m_dice) < probability; }
    double logNormal(double median, double sigma)
    {
        return median * std::exp(sigma * std::normal_distribution<>(0, 1)(m_dice));
    }
    std::uint64_t tokens(double median, double sigma, double most)
    {
        return static_cast<std::uint64_t>(std::clamp(logNormal(median, sigma), 1.0, most));
    }

    std::mt19937_64 m_dice;
    Timestamp m_now;
    std::vector<HourPlan> m_hours;
    std::size_t m_hour = 0;
    std::vector<Timestamp> m_times; ///< of the current hour, latest first
    std::discrete_distribution<std::size_t> m_keyChoice;
};

/// Distributes the requests over the hours so that they add up exactly.
void SampleTraffic::Impl::planHours()
{
    const Timestamp first = std::chrono::floor<std::chrono::days>(m_now - std::chrono::days{m_options.days});
    double total = 0;
    std::vector<double> weights;
    for (Timestamp hour = first; hour < m_now; hour += kHour) {
        const double progress =
            static_cast<double>((hour - first).count()) / static_cast<double>((m_now - first).count());
        const double part = std::min(1.0, static_cast<double>((m_now - hour).count()) /
                                              static_cast<double>(std::chrono::microseconds{kHour}.count()));
        weights.push_back(weightOf(hour, progress) * part * logNormal(1, 0.15));
        total += weights.back();
    }
    double cumulative = 0;
    std::int64_t planned = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        cumulative += weights[i];
        const std::int64_t upTo = i + 1 == weights.size()
                                      ? m_options.requests
                                      : std::llround(cumulative / total * static_cast<double>(m_options.requests));
        m_hours.push_back({first + kHour * static_cast<int>(i), upTo - planned});
        planned = upTo;
    }
}

void SampleTraffic::Impl::drawTimes()
{
    while (m_times.empty() && m_hour < m_hours.size()) {
        const HourPlan& plan = m_hours[m_hour++];
        const auto length = std::min<std::chrono::microseconds>(kHour, m_now - plan.start);
        std::uniform_int_distribution<std::int64_t> offset(0, std::max<std::int64_t>(length.count() - 1, 0));
        for (std::int64_t i = 0; i < plan.count; ++i)
            m_times.push_back(plan.start + std::chrono::microseconds{offset(m_dice)});
        std::sort(m_times.begin(), m_times.end(), std::greater<>());
    }
}

std::vector<journal::CloseRecord> SampleTraffic::Impl::next(std::size_t most)
{
    std::vector<journal::CloseRecord> batch;
    batch.reserve(most);
    while (batch.size() < most) {
        drawTimes();
        if (m_times.empty())
            break;
        batch.push_back(record(m_times.back()));
        m_times.pop_back();
    }
    m_produced += static_cast<std::int64_t>(batch.size());
    return batch;
}

void SampleTraffic::Impl::fillTokens(const SampleModel& model, UsageRecord& r)
{
    const std::uint64_t prompt = tokens(model.promptMedian, 1.0, 100'000);
    const std::uint64_t cached = chance(model.cacheShare) ? prompt * 6 / 10 : 0;
    r.usage.inputUncached = prompt - cached;
    if (model.cacheShare > 0)
        r.usage.cacheRead = cached;
    if (model.outputMedian > 0)
        r.usage.outputText = tokens(model.outputMedian, 0.8, 8000);
    if (model.reasoning)
        r.usage.reasoning = tokens(model.outputMedian * 1.5, 0.7, 16'000);
    r.usage.source = chance(0.004) ? UsageSource::Estimated : UsageSource::Reported;
}

void SampleTraffic::Impl::fillTimings(const SampleModel& model, UsageRecord& r)
{
    const double firstToken = logNormal(model.firstTokenMs, 0.45);
    const double generation = static_cast<double>(r.usage.completionTokens()) / model.tokensPerSecond * 1000;
    r.latencyMs = static_cast<std::uint32_t>(std::min(firstToken + generation * logNormal(1, 0.2), 300'000.0));
    r.upstreamMs = r.latencyMs;
    r.overheadUs = static_cast<std::uint32_t>(logNormal(180, 0.5));
    if (model.outputMedian > 0 && chance(0.6)) {
        r.flags.streamed = true;
        r.ttftMs = std::min(static_cast<std::uint32_t>(firstToken), r.latencyMs);
    }
}

journal::CloseRecord SampleTraffic::Impl::record(Timestamp time)
{
    const SampleKey& key = m_catalogue.keys[m_keyChoice(m_dice)];
    const SampleModel& model = m_catalogue.models[key.models[m_dice() % (chance(0.8) ? 1 : key.models.size())]];
    SeededBytes bytes(m_dice);

    journal::CloseRecord close;
    UsageRecord& r = close.record;
    r.id = EventId::generate(time, bytes);
    r.time = time;
    r.source = TrafficSource::Sample;
    r.organization = m_catalogue.organization;
    r.project = key.project;
    r.environment = key.environment;
    r.service = key.service;
    r.provider = model.provider;
    r.model = model.id;
    r.connection = key.connection;
    r.key = key.id;
    r.modelRequested = r.modelSelected = r.modelReported = model.name;
    r.task = key.task;
    if (!key.users.empty())
        r.user = key.users[m_dice() % key.users.size()];
    r.httpStatus = 200;

    const double fate = std::uniform_real_distribution<>(0, 1)(m_dice);
    if (fate < 0.006) {
        r.status = RequestStatus::Refused;
        r.errorCode = "model_not_found";
        r.httpStatus = 404;
    } else if (fate < 0.016) {
        r.status = RequestStatus::Limited;
        r.errorCode = "token_limit_exceeded";
        r.httpStatus = 429;
    }
    if (r.status != RequestStatus::Ok) { // nothing was sent
        r.attempts = 0;
        r.latencyMs = 1 + static_cast<std::uint32_t>(m_dice() % 3);
        r.overheadUs = static_cast<std::uint32_t>(logNormal(90, 0.3));
        r.cost = Money{0};
        return close;
    }
    fillTokens(model, r);
    fillTimings(model, r);
    if (fate < 0.030) {
        r.status = RequestStatus::UpstreamError;
        r.errorCode = chance(0.5) ? "upstream_error" : "upstream_rate_limited";
        r.httpStatus = r.errorCode == "upstream_error" ? 502 : 429;
        r.usage = {};
        r.cost = Money{0};
        r.attempts = 2;
        return close;
    }
    if (fate < 0.034) {
        r.status = RequestStatus::Timeout;
        r.errorCode = "upstream_timeout";
        r.httpStatus = 504;
        r.latencyMs = 60'000;
        r.usage = {};
        r.cost = Money{0};
        return close;
    }
    if (fate < 0.042) {
        r.status = RequestStatus::Aborted;
        r.usage.source = UsageSource::Partial;
    } else if (fate < 0.055) {
        r.attempts = 2;
        r.flags.fallbackTaken = chance(0.4);
    }
    const PriceRow* price = pricing::rowInForce(m_catalogue.prices, r.model, r.service, r.usage.promptTokens(), time);
    if (price != nullptr) {
        r.price = price->id;
        r.cost = pricing::costOf(r.usage, *price).total;
    }
    return close;
}

SampleTraffic::SampleTraffic(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

SampleTraffic::~SampleTraffic() = default;

Result<std::unique_ptr<SampleTraffic>> SampleTraffic::prepare(DbSession& db, const SampleOptions& options,
                                                              Timestamp now)
{
    if (options.requests < 1 || options.requests > 100'000'000)
        return Error{ErrorCode::InvalidArgument, "the number of requests must be from 1 to 100 000 000", "requests"};
    if (options.days < 1 || options.days > 400)
        return Error{ErrorCode::InvalidArgument, "the number of days must be from 1 to 400", "days"};
    auto catalogue = inSameTransaction(db, [&] { return makeSampleCatalogue(db, options.seed); });
    if (!catalogue)
        return std::move(catalogue).error();
    return std::unique_ptr<SampleTraffic>(
        new SampleTraffic(std::make_unique<Impl>(std::move(*catalogue), options, now)));
}

std::vector<journal::CloseRecord> SampleTraffic::next(std::size_t most)
{
    return m_impl->next(most);
}

std::int64_t SampleTraffic::produced() const
{
    return m_impl->m_produced;
}

std::int64_t SampleTraffic::total() const
{
    return m_impl->m_options.requests;
}

Result<void> SampleTraffic::remove(DbSession& db)
{
    return removeSampleRows(db);
}

Result<bool> SampleTraffic::exists(DbSession& db)
{
    return sampleRowsExist(db);
}

} // namespace sb::storage
