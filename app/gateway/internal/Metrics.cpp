// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/internal/Metrics.h"

#include <cstdio>

namespace sb::gateway {

namespace {

constexpr std::array<std::string_view, 8> kClasses{"input_uncached", "cache_read",  "cache_write", "image_in",
                                                   "audio_in",       "output_text", "reasoning",   "media_out"};

std::array<std::uint64_t, 8> classesOf(const TokenUsage& usage)
{
    return {usage.inputUncached.value_or(0),
            usage.cacheRead.value_or(0),
            usage.cacheWrite5m.value_or(0) + usage.cacheWrite1h.value_or(0),
            usage.imageIn.value_or(0),
            usage.audioIn.value_or(0),
            usage.outputText.value_or(0),
            usage.reasoning.value_or(0),
            usage.imageOut.value_or(0) + usage.audioOut.value_or(0)};
}

/// The inside of a label value; names of models come from clients.
std::string labelText(std::string_view text)
{
    std::string result;
    for (const char c : text.substr(0, 100)) {
        if (c == '\\' || c == '"')
            result += '\\';
        if (c == '\n')
            result += "\\n";
        else
            result += c;
    }
    return result;
}

std::string number(double value)
{
    char text[32];
    const int size = std::snprintf(text, sizeof text, "%.9g", value);
    return {text, static_cast<std::size_t>(size)};
}

void header(std::string& out, std::string_view name, std::string_view type, std::string_view help)
{
    out += "# HELP signalbox_";
    out += name;
    out += ' ';
    out += help;
    out += "\n# TYPE signalbox_";
    out += name;
    out += ' ';
    out += type;
    out += '\n';
}

void sample(std::string& out, std::string_view name, std::string_view labels, std::string_view value)
{
    out += "signalbox_";
    out += name;
    if (!labels.empty()) {
        out += '{';
        out += labels;
        out += '}';
    }
    out += ' ';
    out += value;
    out += '\n';
}

} // namespace

void Metrics::Histogram::observe(double seconds)
{
    for (std::size_t i = 0; i < kSeconds.size(); ++i) {
        if (seconds <= kSeconds[i]) {
            ++buckets[i];
            break;
        }
    }
    ++count;
    sum += seconds;
}

void Metrics::finished(const UsageRecord& record, std::string_view environment)
{
    std::string labels = "provider=\"";
    labels += record.service.isNone() ? std::string_view("none") : providerCode(record.provider);
    labels += "\",model=\"";
    labels += labelText(record.modelSelected);
    labels += "\",env=\"";
    labels += labelText(environment);
    labels += "\",status_class=\"";
    labels += record.httpStatus == 0 ? std::string("gone") : std::to_string(record.httpStatus / 100) + "xx";
    labels += '"';
    const auto classes = classesOf(record.usage);

    const std::lock_guard lock(m_mutex);
    auto found = m_series.find(labels);
    if (found == m_series.end()) {
        if (m_series.size() >= kMaxSeries)
            labels = "provider=\"other\",model=\"other\",env=\"other\",status_class=\"other\"";
        found = m_series.try_emplace(labels).first;
    }
    Series& series = found->second;
    ++series.requests;
    for (std::size_t i = 0; i < classes.size(); ++i)
        series.tokens[i] += classes[i];
    if (record.cost)
        series.costNano += record.cost->nano;
    else if (record.usage.source != UsageSource::None)
        ++series.unpriced;
    m_duration.observe(record.latencyMs / 1000.0);
    if (record.ttftMs)
        m_firstToken.observe(*record.ttftMs / 1000.0);
    if (record.attempts > 0)
        m_overhead.observe(record.overheadUs / 1'000'000.0);
}

void Metrics::authenticationFailed()
{
    const std::lock_guard lock(m_mutex);
    ++m_authenticationFailures;
}

void Metrics::write(std::string& out, std::string_view name, const Histogram& histogram)
{
    const std::string bucket = std::string(name) + "_bucket";
    std::uint64_t cumulated = 0;
    for (std::size_t i = 0; i < kSeconds.size(); ++i) {
        cumulated += histogram.buckets[i];
        sample(out, bucket, "le=\"" + number(kSeconds[i]) + '"', std::to_string(cumulated));
    }
    sample(out, bucket, "le=\"+Inf\"", std::to_string(histogram.count));
    sample(out, std::string(name) + "_sum", {}, number(histogram.sum));
    sample(out, std::string(name) + "_count", {}, std::to_string(histogram.count));
}

std::string Metrics::text(const Gauges& gauges) const
{
    std::string out;
    const std::lock_guard lock(m_mutex);
    header(out, "requests_total", "counter", "Requests of known keys, refused ones included.");
    for (const auto& [labels, series] : m_series)
        sample(out, "requests_total", labels, std::to_string(series.requests));
    header(out, "tokens_total", "counter", "Tokens by disjoint class.");
    for (const auto& [labels, series] : m_series) {
        for (std::size_t i = 0; i < kClasses.size(); ++i) {
            if (series.tokens[i] > 0)
                sample(out, "tokens_total", labels + ",class=\"" + std::string(kClasses[i]) + '"',
                       std::to_string(series.tokens[i]));
        }
    }
    header(out, "cost_usd_total", "counter", "Cost of priced requests.");
    for (const auto& [labels, series] : m_series)
        sample(out, "cost_usd_total", labels, toDecimalUsd(Money{series.costNano}));
    header(out, "unpriced_requests_total", "counter", "Requests with usage and without a price.");
    for (const auto& [labels, series] : m_series) {
        if (series.unpriced > 0)
            sample(out, "unpriced_requests_total", labels, std::to_string(series.unpriced));
    }
    header(out, "request_duration_seconds", "histogram", "From the head of the request to the end of the answer.");
    write(out, "request_duration_seconds", m_duration);
    header(out, "time_to_first_token_seconds", "histogram", "Of streamed answers.");
    write(out, "time_to_first_token_seconds", m_firstToken);
    header(out, "gateway_overhead_seconds", "histogram", "Our own time up to the response head.");
    write(out, "gateway_overhead_seconds", m_overhead);
    header(out, "authentication_failures_total", "counter", "Requests without a usable key.");
    sample(out, "authentication_failures_total", {}, std::to_string(m_authenticationFailures));
    header(out, "holds_inflight", "gauge", "Requests that hold capacity of their limits.");
    sample(out, "holds_inflight", {}, std::to_string(gauges.activeRequests));
    header(out, "streams_active", "gauge", "Streamed answers on their way.");
    sample(out, "streams_active", {}, std::to_string(gauges.activeStreams));
    header(out, "answers_awaited", "gauge", "Answers awaited for their usage, though the client is gone.");
    sample(out, "answers_awaited", {}, std::to_string(gauges.drains));
    header(out, "connections_open", "gauge", "Client connections.");
    sample(out, "connections_open", {}, std::to_string(gauges.openConnections));
    header(out, "spool_records", "gauge", "Journal records that are not in the database yet.");
    sample(out, "spool_records", {}, std::to_string(gauges.undelivered));
    return out;
}

} // namespace sb::gateway
