// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/JsonReader.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace sb::protocol;

namespace {

bool acceptedHere(std::string_view text)
{
    JsonReader reader(text);
    reader.skip();
    return reader.atEnd();
}

bool acceptedByBoost(std::string_view text)
{
    boost::json::parse_options options;
    options.max_depth = JsonReader::kMaxDepth;
    boost::system::error_code error;
    boost::json::parse(text, error, {}, options);
    return !error;
}

/// Rebuilt from what the reader sees, to be compared with the other parser's tree.
boost::json::value tree(JsonReader& reader)
{
    switch (reader.peek()) {
    case JsonReader::Kind::Object: {
        boost::json::object result;
        reader.object([&](const JsonString& key, std::size_t) { result[key.text()] = tree(reader); });
        return result;
    }
    case JsonReader::Kind::Array: {
        boost::json::array result;
        reader.array([&] { result.push_back(tree(reader)); });
        return result;
    }
    case JsonReader::Kind::String:
        return boost::json::value(reader.string().text());
    case JsonReader::Kind::Number:
        return boost::json::parse(reader.number());
    case JsonReader::Kind::True:
        reader.skip();
        return true;
    case JsonReader::Kind::False:
        reader.skip();
        return false;
    default:
        reader.skip();
        return nullptr;
    }
}

/// Pieces of JSON glued together: often nearly right, which is where readers differ.
rc::Gen<std::string> soup()
{
    const auto piece = rc::gen::element<std::string>(
        "{", "}", "[", "]", ",", ":", "\"a\"", "\"", "\\x", "\\n", "\\u00e9", "\\ud83d\\ude00", "1", "-", "0", ".", "e",
        "E+", "12.5e-3", "true", "false", "null", " ", "\n", "\t", "x", "\xc3\xa9", "\xc3", "\xf0\x9f\x98\x80", "\x01",
        "{\"k\":", "[1,", "\"\\\"\"");
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                        [](const std::vector<std::string>& pieces) {
                            std::string text;
                            for (const std::string& each : pieces)
                                text += each;
                            return text;
                        });
}

boost::json::value document(int depth)
{
    const int kind = *rc::gen::inRange(0, depth > 0 ? 7 : 5);
    switch (kind) {
    case 0:
        return nullptr;
    case 1:
        return *rc::gen::arbitrary<bool>();
    case 2:
        return *rc::gen::inRange<std::int64_t>(-1'000'000'000,
                                               1'000'000'000); // no exponent made of it exceeds the other parser's
    case 3:
        return *rc::gen::inRange(-1'000'000, 1'000'000) / 128.0;
    case 4: {
        const auto letters = rc::gen::element<std::string>("a", "\"", "\\", "\n", "\x1f", "\xc3\xa9", "\xe2\x82\xac",
                                                           "\xf0\x9f\x98\x80", "/", "12345678");
        std::string text;
        for (const std::string& each : *rc::gen::container<std::vector<std::string>>(letters))
            text += each;
        return boost::json::value(text);
    }
    case 5: {
        boost::json::array result;
        const int size = *rc::gen::inRange(0, 4);
        for (int i = 0; i < size; ++i)
            result.push_back(document(depth - 1));
        return result;
    }
    default: {
        boost::json::object result;
        const int size = *rc::gen::inRange(0, 4);
        for (int i = 0; i < size; ++i)
            result["k" + std::to_string(i) + std::string(static_cast<std::size_t>(i), '"')] = document(depth - 1);
        return result;
    }
    }
}

} // namespace

TEST(JsonOracle, agreesWithAnotherParserOnWhatIsJson)
{
    EXPECT_TRUE(rc::check("same verdict", [] {
        const std::string text = *soup();
        RC_CLASSIFY(acceptedByBoost(text), "valid");
        RC_ASSERT(acceptedHere(text) == acceptedByBoost(text));
    }));
}

TEST(JsonOracle, readsEveryDocumentAsItWasWritten)
{
    EXPECT_TRUE(rc::check("same tree", [] {
        const boost::json::value original = document(4);
        const std::string text = boost::json::serialize(original);
        JsonReader reader(text);
        const boost::json::value read = tree(reader);
        RC_ASSERT(reader.atEnd());
        RC_ASSERT(read == original);
    }));
}

TEST(JsonOracle, breakingADocumentAnywhereIsSeenByBothOrNeither)
{
    EXPECT_TRUE(rc::check("same verdict after one byte changed", [] {
        std::string text = boost::json::serialize(document(3));
        const std::size_t at = *rc::gen::inRange<std::size_t>(0, text.size());
        text[at] = *rc::gen::element('{', '}', '[', ']', '"', '\\', ',', ':', '0', 'e', ' ', '\x01', '\xff', '\xc3');
        RC_ASSERT(acceptedHere(text) == acceptedByBoost(text));
    }));
}
