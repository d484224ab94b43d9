// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/EventStreamReader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <zlib.h>

using namespace sb::protocol;
using namespace std::string_literals;

namespace {

/// The published empty message: 16 bytes, no headers, no payload.
const std::string kEmpty = "\x00\x00\x00\x10\x00\x00\x00\x00\x05\xc2\x48\xeb\x7d\x98\xc8\xff"s;

std::string twoMessages()
{
    return encodeEventStreamMessage({{":message-type", "event"}, {":event-type", "contentBlockDelta"}},
                                    R"({"delta":{"text":"hi"}})") +
           encodeEventStreamMessage({{":message-type", "exception"}, {":exception-type", "throttlingException"}},
                                    R"({"message":"slow"})");
}

struct Heard {
    std::vector<std::string> types;
    std::vector<std::string> eventTypes;
    std::vector<std::string> payloads;
    std::string relayed;
    bool isCorrupt = false;
};

Heard hear(const std::vector<std::string>& pieces)
{
    Heard heard;
    EventStreamReader reader([&](const EventStreamMessage& message) {
        heard.types.emplace_back(message.messageType == "event" ? message.eventType : message.exceptionType);
        heard.eventTypes.emplace_back(message.eventType);
        heard.payloads.emplace_back(message.payload);
    });
    for (const std::string& piece : pieces)
        heard.relayed += reader.feed(piece);
    heard.isCorrupt = reader.isCorrupt();
    return heard;
}

void putU32(std::string& to, unsigned long value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        to += static_cast<char>(value >> shift & 0xff);
}

unsigned long crc(const std::string& bytes)
{
    return ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
}

std::string framed(const std::string& headers, const std::string& payload)
{
    std::string message;
    putU32(message, headers.size() + payload.size() + 16);
    putU32(message, headers.size());
    putU32(message, crc(message));
    message += headers + payload;
    putU32(message, crc(message));
    return message;
}

} // namespace

TEST(EventStreamReader, readsTheEmptyMessage)
{
    EXPECT_EQ(encodeEventStreamMessage({}, ""), kEmpty);
    const Heard heard = hear({kEmpty});
    EXPECT_EQ(heard.payloads, (std::vector<std::string>{""}));
    EXPECT_EQ(heard.relayed, kEmpty);
    EXPECT_FALSE(heard.isCorrupt);
}

TEST(EventStreamReader, readsMessagesHoweverTheyArrive)
{
    const std::string stream = twoMessages();
    for (std::size_t at = 0; at <= stream.size(); ++at) {
        const Heard heard = hear({stream.substr(0, at), stream.substr(at)});
        EXPECT_EQ(heard.types, (std::vector<std::string>{"contentBlockDelta", "throttlingException"}))
            << "split at " << at;
        EXPECT_EQ(heard.payloads[1], R"({"message":"slow"})");
        EXPECT_EQ(heard.relayed, stream);
    }
    std::vector<std::string> bytes;
    for (const char c : stream)
        bytes.emplace_back(1, c);
    EXPECT_EQ(hear(bytes).relayed, stream);
}

TEST(EventStreamReader, passesOverHeadersOfOtherTypes)
{
    // true, byte, int16, int32, int64, bytes, timestamp and uuid before the one that matters.
    std::string block;
    const auto header = [&block](const std::string& name, char type, const std::string& value) {
        block += static_cast<char>(name.size());
        block += name + type + value;
    };
    header(":event-typo", '\0', "");
    header("b", '\2', "\x01");
    header("s", '\3', "\0\1"s);
    header("i", '\4', "\0\0\0\1"s);
    header("l", '\5', std::string(8, '\0'));
    header("x", '\6', "\0\2ab"s);
    header("d", '\x08', std::string(8, '\0'));
    header("u", '\x09', std::string(16, '\1'));
    header(":event-type", '\7', "\0\x08metadata"s);
    const std::string message = framed(block, "{}");
    const Heard heard = hear({message});
    EXPECT_FALSE(heard.isCorrupt);
    EXPECT_EQ(heard.payloads, (std::vector<std::string>{"{}"}));
    EXPECT_EQ(heard.eventTypes, (std::vector<std::string>{"metadata"}));
    EXPECT_EQ(heard.relayed, message);
}

TEST(EventStreamReader, refusesHeadersThatDoNotAddUp)
{
    EXPECT_TRUE(hear({framed("\x01x\x0a"s, "")}).isCorrupt) << "an unknown type";
    EXPECT_TRUE(hear({framed("\x01x\x07\0\5ab"s, "")}).isCorrupt) << "a value longer than the block";
    EXPECT_TRUE(hear({framed("\x05x"s, "")}).isCorrupt) << "a name longer than the block";
    EXPECT_FALSE(hear({framed("", "")}).isCorrupt);
}

TEST(EventStreamReader, noticesAnyBitThatFlips)
{
    const std::string stream = twoMessages().substr(
        0, encodeEventStreamMessage({{":message-type", "event"}, {":event-type", "contentBlockDelta"}},
                                    R"({"delta":{"text":"hi"}})")
               .size());
    for (std::size_t at = 0; at < stream.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string damaged = stream;
            damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
            // Enough bytes behind it that a grown length cannot hide the damage.
            const Heard heard = hear({damaged + std::string(64, '\0')});
            EXPECT_TRUE(heard.isCorrupt) << "byte " << at << " bit " << bit;
            EXPECT_TRUE(heard.types.empty());
            EXPECT_EQ(heard.relayed, "");
        }
    }
}

TEST(EventStreamReader, keepsWhatWasWholeBeforeTheDamage)
{
    std::string stream = twoMessages();
    const std::size_t first =
        encodeEventStreamMessage({{":message-type", "event"}, {":event-type", "contentBlockDelta"}},
                                 R"({"delta":{"text":"hi"}})")
            .size();
    stream.back() = static_cast<char>(stream.back() ^ 1);
    const Heard heard = hear({stream});
    EXPECT_TRUE(heard.isCorrupt);
    EXPECT_EQ(heard.relayed, stream.substr(0, first));
}
