// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/JournalRecord.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <type_traits>

namespace sb::journal {

namespace {

/// Of the payload: raised whenever a field is added; older ones stay readable.
constexpr std::uint8_t kVersion = 1;

enum class Type : std::uint8_t { Open = 1, Close = 2, Ack = 3 };

/// Little base-128 numbers: a record is mostly small numbers and empty texts.
class Writer {
public:
    explicit Writer(std::string& out) : m_out(out) {}

    void byte(std::uint8_t value) { m_out.push_back(static_cast<char>(value)); }
    void number(std::uint64_t value)
    {
        for (; value >= 0x80; value >>= 7)
            byte(static_cast<std::uint8_t>(value | 0x80));
        byte(static_cast<std::uint8_t>(value));
    }
    void integer(std::int64_t value) // zigzag: small magnitudes stay small
    {
        number((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
    }
    void text(std::string_view value)
    {
        number(value.size());
        m_out.append(value);
    }
    template <class T>
    void id(T value)
    {
        integer(value.value);
    }
    template <class E>
    requires std::is_enum_v<E>
    void choice(E value) { byte(static_cast<std::uint8_t>(value)); }
    template <class T>
    void optional(const std::optional<T>& value)
    {
        byte(value ? 1 : 0);
        if (value)
            number(static_cast<std::uint64_t>(*value));
    }
    void bytes(const EventId& value)
    {
        for (const std::uint8_t b : value.bytes)
            byte(b);
    }

private:
    std::string& m_out;
};

/// Reads what Writer wrote. The first thing out of order fails the whole record; later reads then yield nothing.
class Reader {
public:
    explicit Reader(std::string_view in) : m_in(in) {}

    bool ok() const { return m_ok; }
    bool atEnd() const { return m_in.empty(); }
    void fail() { m_ok = false; }

    std::uint8_t byte()
    {
        if (!m_ok || m_in.empty()) {
            fail();
            return 0;
        }
        const auto value = static_cast<std::uint8_t>(m_in.front());
        m_in.remove_prefix(1);
        return value;
    }
    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const std::uint8_t b = byte();
            const std::uint64_t bits = b & 0x7fu;
            if (shift == 63 && bits > 1)
                break;
            value |= bits << shift;
            if ((b & 0x80) == 0) {
                if (b == 0 && shift != 0)
                    break; // a longer form than Writer's
                return value;
            }
        }
        fail();
        return 0;
    }
    template <class T>
    T numberAs()
    {
        const std::uint64_t value = number();
        if (value > static_cast<std::uint64_t>(std::numeric_limits<T>::max()))
            fail();
        return m_ok ? static_cast<T>(value) : T{};
    }
    std::int64_t integer()
    {
        const std::uint64_t value = number();
        return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
    }
    template <class T>
    T integerAs()
    {
        const std::int64_t value = integer();
        if (value < std::numeric_limits<T>::min() || value > std::numeric_limits<T>::max())
            fail();
        return m_ok ? static_cast<T>(value) : T{};
    }
    std::string text()
    {
        const std::uint64_t size = number();
        if (!m_ok || size > m_in.size()) {
            fail();
            return {};
        }
        std::string value(m_in.substr(0, size));
        m_in.remove_prefix(size);
        return value;
    }
    template <class T>
    T id()
    {
        return T{integerAs<std::int32_t>()};
    }
    template <class E>
    E choice(E first, E last)
    {
        const std::uint8_t value = byte();
        if (value < static_cast<std::uint8_t>(first) || value > static_cast<std::uint8_t>(last))
            fail();
        return m_ok ? static_cast<E>(value) : first;
    }
    bool flag()
    {
        const std::uint8_t value = byte();
        if (value > 1)
            fail();
        return value == 1;
    }
    template <class T>
    std::optional<T> optional()
    {
        if (!flag())
            return std::nullopt;
        return numberAs<T>();
    }
    EventId bytes()
    {
        EventId id;
        for (std::uint8_t& b : id.bytes)
            b = byte();
        return id;
    }

private:
    std::string_view m_in;
    bool m_ok = true;
};

void write(Writer& w, const TokenUsage& usage)
{
    for (const TokenUsage::Count* count :
         {&usage.inputUncached, &usage.cacheRead, &usage.cacheWrite5m, &usage.cacheWrite1h, &usage.imageIn,
          &usage.audioIn, &usage.outputText, &usage.reasoning, &usage.imageOut, &usage.audioOut, &usage.webSearches})
        w.optional(*count);
    w.choice(usage.source);
    w.byte(usage.inconsistent ? 1 : 0);
}

TokenUsage readUsage(Reader& r)
{
    TokenUsage usage;
    for (TokenUsage::Count* count :
         {&usage.inputUncached, &usage.cacheRead, &usage.cacheWrite5m, &usage.cacheWrite1h, &usage.imageIn,
          &usage.audioIn, &usage.outputText, &usage.reasoning, &usage.imageOut, &usage.audioOut, &usage.webSearches})
        *count = r.optional<std::uint64_t>();
    usage.source = r.choice(UsageSource::None, UsageSource::GatewayCache);
    usage.inconsistent = r.flag();
    return usage;
}

void write(Writer& w, const UsageRecord& record)
{
    w.bytes(record.id);
    w.integer(toMicros(record.time));
    w.id(record.organization);
    w.id(record.project);
    w.id(record.environment);
    w.id(record.service);
    w.choice(record.provider);
    w.id(record.model);
    w.id(record.connection);
    w.id(record.key);
    w.id(record.route);
    w.choice(record.source);
    for (const std::string* text : {&record.modelRequested, &record.modelSelected, &record.modelReported, &record.user,
                                    &record.session, &record.task, &record.tags, &record.clientIp, &record.userAgent})
        w.text(*text);
    w.choice(record.status);
    w.text(record.errorCode);
    w.text(record.errorText);
    w.integer(record.httpStatus);
    write(w, record.usage);
    w.byte(record.cost ? 1 : 0);
    if (record.cost)
        w.integer(record.cost->nano);
    w.integer(record.attemptsCost.nano);
    w.id(record.price);
    w.number(record.latencyMs);
    w.optional(record.ttftMs);
    w.optional(record.upstreamMs);
    w.number(record.overheadUs);
    w.number(record.attempts);
    w.number(record.flags.toBits());
    w.text(record.decision);
    w.text(record.rawUsage);
}

UsageRecord readUsageRecord(Reader& r)
{
    UsageRecord record;
    record.id = r.bytes();
    record.time = fromMicros(r.integer());
    record.organization = r.id<OrganizationId>();
    record.project = r.id<ProjectId>();
    record.environment = r.id<EnvironmentId>();
    record.service = r.id<ServiceId>();
    record.provider = r.choice(ProviderKind::OpenAi, ProviderKind::OpenAiCompatible);
    record.model = r.id<ModelId>();
    record.connection = r.id<ConnectionId>();
    record.key = r.id<GatewayKeyId>();
    record.route = r.id<RouteId>();
    record.source = r.choice(TrafficSource::Gateway, TrafficSource::Sample);
    for (std::string* text : {&record.modelRequested, &record.modelSelected, &record.modelReported, &record.user,
                              &record.session, &record.task, &record.tags, &record.clientIp, &record.userAgent})
        *text = r.text();
    record.status = r.choice(RequestStatus::Ok, RequestStatus::SupersededAttempt);
    record.errorCode = r.text();
    record.errorText = r.text();
    record.httpStatus = r.integerAs<int>();
    record.usage = readUsage(r);
    if (r.flag())
        record.cost = Money{r.integer()};
    record.attemptsCost = Money{r.integer()};
    record.price = r.id<PriceId>();
    record.latencyMs = r.numberAs<std::uint32_t>();
    record.ttftMs = r.optional<std::uint32_t>();
    record.upstreamMs = r.optional<std::uint32_t>();
    record.overheadUs = r.numberAs<std::uint32_t>();
    record.attempts = r.numberAs<std::uint32_t>();
    const auto bits = r.numberAs<std::uint32_t>();
    record.flags = UsageFlags::fromBits(bits);
    if (record.flags.toBits() != bits)
        r.fail();
    record.decision = r.text();
    record.rawUsage = r.text();
    return record;
}

void write(Writer& w, const std::vector<Hold>& holds)
{
    w.number(holds.size());
    for (const Hold& hold : holds) {
        w.integer(hold.limit);
        w.byte(hold.dimension);
        w.integer(hold.amount);
    }
}

std::vector<Hold> readHolds(Reader& r)
{
    std::vector<Hold> holds;
    for (std::uint64_t left = r.number(); left > 0 && r.ok(); --left) {
        Hold hold;
        hold.limit = r.integerAs<std::int32_t>();
        hold.dimension = r.byte();
        hold.amount = r.integer();
        holds.push_back(hold);
    }
    return holds;
}

void write(Writer& w, const OpenRecord& open)
{
    w.bytes(open.id);
    w.number(open.attempt);
    w.integer(toMicros(open.time));
    w.integer(open.bootNanos);
    w.integer(open.timeoutMicros);
    write(w, open.holds);
    write(w, open.bound);
}

OpenRecord readOpen(Reader& r)
{
    OpenRecord open;
    open.id = r.bytes();
    open.attempt = r.numberAs<std::uint32_t>();
    open.time = fromMicros(r.integer());
    open.bootNanos = r.integer();
    open.timeoutMicros = r.integer();
    open.holds = readHolds(r);
    open.bound = readUsageRecord(r);
    return open;
}

template <class F>
std::string payload(Type type, F body)
{
    std::string bytes;
    bytes.reserve(512); // a usual record: one allocation
    Writer w(bytes);
    w.choice(type);
    w.byte(kVersion);
    body(w);
    return bytes;
}

} // namespace

std::string encode(const OpenRecord& record)
{
    return payload(Type::Open, [&](Writer& w) { write(w, record); });
}

std::string encode(const CloseRecord& record)
{
    return payload(Type::Close, [&](Writer& w) {
        write(w, record.record);
        write(w, record.booked);
    });
}

std::string encode(const AckRecord& record)
{
    return payload(Type::Ack, [&](Writer& w) { w.number(record.sequence); });
}

Result<Record> decode(std::string_view bytes)
{
    Reader r(bytes);
    const Type type = r.choice(Type::Open, Type::Ack);
    if (const std::uint8_t version = r.byte(); r.ok() && version != kVersion)
        return Error{ErrorCode::Corrupt, "journal record of unknown version " + std::to_string(version)};
    Record record;
    switch (type) {
    case Type::Open:
        record = readOpen(r);
        break;
    case Type::Close: {
        CloseRecord close;
        close.record = readUsageRecord(r);
        close.booked = readHolds(r);
        record = std::move(close);
        break;
    }
    case Type::Ack:
        record = AckRecord{r.number()};
        break;
    }
    if (!r.ok() || !r.atEnd())
        return Error{ErrorCode::Corrupt, "journal record is not well-formed"};
    return record;
}

void addHolds(std::vector<Hold>& to, const std::vector<Hold>& more)
{
    for (const Hold& hold : more) {
        const auto same = std::find_if(to.begin(), to.end(), [&](const Hold& other) {
            return other.limit == hold.limit && other.dimension == hold.dimension;
        });
        if (same == to.end())
            to.push_back(hold);
        else
            same->amount += hold.amount;
    }
}

} // namespace sb::journal
