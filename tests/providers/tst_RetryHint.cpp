// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/UpstreamError.h"

#include <gtest/gtest.h>

#include <map>

using namespace sb;
using namespace sb::providers;
using std::chrono::milliseconds;

namespace {

const Timestamp kNow = std::chrono::sys_days{std::chrono::year{2026} / 11 / 21} + std::chrono::hours{10};

std::optional<milliseconds> hint(std::map<std::string, std::string, std::less<>> headers)
{
    return retryHint(
        [headers = std::move(headers)](std::string_view name) -> std::optional<std::string_view> {
            const auto found = headers.find(name);
            return found == headers.end() ? std::nullopt : std::optional<std::string_view>(found->second);
        },
        kNow);
}

} // namespace

TEST(RetryHint, readsSecondsAndDates)
{
    EXPECT_EQ(hint({{"retry-after", "7"}}), milliseconds{7000});
    EXPECT_EQ(hint({{"retry-after", " 0.5 "}}), milliseconds{500});
    EXPECT_EQ(hint({{"retry-after", "Sat, 21 Nov 2026 10:01:30 GMT"}}), milliseconds{90'000});
    EXPECT_EQ(hint({{"retry-after", "Sat, 21 Nov 2026 09:00:00 GMT"}}), milliseconds{0}) << "already past";
}

TEST(RetryHint, prefersMilliseconds)
{
    EXPECT_EQ(hint({{"retry-after", "7"}, {"retry-after-ms", "6800"}}), milliseconds{6800});
    EXPECT_EQ(hint({{"retry-after", "7"}, {"x-ms-retry-after-ms", "250.4"}}), milliseconds{251});
}

TEST(RetryHint, readsTheResetOfALimitThatIsUsedUp)
{
    EXPECT_EQ(hint({{"x-ratelimit-reset-requests", "120ms"},
                    {"x-ratelimit-remaining-requests", "0"},
                    {"x-ratelimit-reset-tokens", "6m0s"},
                    {"x-ratelimit-remaining-tokens", "900"}}),
              milliseconds{120});
    EXPECT_EQ(hint({{"x-ratelimit-reset-tokens", "1h2m3.5s"}}), milliseconds{3'723'500});
    EXPECT_EQ(hint({{"anthropic-ratelimit-tokens-reset", "2026-11-21T10:00:30Z"},
                    {"anthropic-ratelimit-tokens-remaining", "0"}}),
              milliseconds{30'000});
    EXPECT_EQ(hint({{"anthropic-ratelimit-requests-reset", "2026-11-21T11:00:30.25+01:00"}}), milliseconds{30'000});
    EXPECT_EQ(hint({{"x-ratelimit-reset-requests", "5s"}, {"x-ratelimit-remaining-requests", "12"}}), std::nullopt);
}

TEST(RetryHint, ignoresWhatIsNoWait)
{
    EXPECT_EQ(hint({}), std::nullopt);
    for (const char* value : {"", "soon", "-5", "1e9", "nan", "99999999999999999999", "5x",
                              "Sun, 32 Nov 2026 10:00:00 GMT", "Sun, 06 Nov 1994"})
        EXPECT_EQ(hint({{"retry-after", value}}), std::nullopt) << value;
    EXPECT_EQ(hint({{"retry-after", "soon"}, {"x-ratelimit-reset-tokens", "2s"}}), milliseconds{2000})
        << "the next hint is taken";
}

TEST(ParseHttpDate, readsTheOnlyFormThatIsStillSent)
{
    EXPECT_EQ(parseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT"), fromMicros(784'111'777'000'000));
    EXPECT_EQ(parseHttpDate("Sunday, 06-Nov-94 08:49:37 GMT"), std::nullopt);
    EXPECT_EQ(parseHttpDate("Sun, 06 Nov 1994 24:00:00 GMT"), std::nullopt);
    EXPECT_EQ(parseHttpDate("Sun, 06 Nov 1994 08:49:37 CET"), std::nullopt);
}
