// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/JsonReader.h"

#include <gtest/gtest.h>

using namespace sb::protocol;

namespace {

bool isJson(std::string_view text)
{
    JsonReader reader(text);
    reader.skip();
    return reader.atEnd();
}

std::string nested(int depth)
{
    return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
}

} // namespace

TEST(JsonReader, acceptsWhatTheStandardAllows)
{
    for (const char* text :
         {"{}", "[]", " [ 1 , 2.5e-3 , -0 , 1E+2 ] ", "\"\"", "null", "true", "false", "0", "-0.0e0",
          "{\"a\":{\"b\":[null]}}", "\"\\u00e9\\ud83d\\ude00\\n\\/\"", "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"",
          "\"\x7f\"", "{\"a\":1,\"a\":2}", "\t\r\n 1", "\"\\ud83d alone\""})
        EXPECT_TRUE(isJson(text)) << text;
}

TEST(JsonReader, refusesEverythingElse)
{
    for (const char* text : {"",
                             " ",
                             "{",
                             "}",
                             "[1,]",
                             "{\"a\":1,}",
                             "{a:1}",
                             "{\"a\"}",
                             "{\"a\":}",
                             "{,}",
                             "[,]",
                             "[1 2]",
                             "01",
                             "1.",
                             ".5",
                             "+1",
                             "1e",
                             "1e+",
                             "--1",
                             "NaN",
                             "Infinity",
                             "True",
                             "nul",
                             "truex",
                             "'a'",
                             "\"a",
                             "\"\\x\"",
                             "\"\\u12\"",
                             "\"\\u12g4\"",
                             "\"tab\there\"",
                             "\"line\nbreak\"",
                             "[1]]",
                             "1 2",
                             "{} {}",
                             "[1",
                             "{\"a\":1",
                             "\xef\xbb\xbf{}",
                             "/**/1",
                             "[\"a\":1]",
                             "{\"a\",1}",
                             "\"\\\""})
        EXPECT_FALSE(isJson(text)) << text;
}

TEST(JsonReader, refusesTextThatIsNotUtf8)
{
    for (const char* text : {"\"\x80\"", "\"\xc0\xaf\"", "\"\xc3\"", "\"\xe0\x80\x80\"", "\"\xed\xa0\x80\"",
                             "\"\xf4\x90\x80\x80\"", "\"\xf5\x80\x80\x80\"", "\"\xff\"", "\"\xe2\x82\""})
        EXPECT_FALSE(isJson(text)) << text;
    EXPECT_TRUE(isJson("\"\xf4\x8f\xbf\xbf\xed\x9f\xbf\xee\x80\x80\""))
        << "the last code points before and after the gaps";
}

TEST(JsonReader, nestsSixtyFourDeepAndNoDeeper)
{
    EXPECT_TRUE(isJson(nested(64)));
    EXPECT_FALSE(isJson(nested(65)));
    EXPECT_FALSE(isJson(std::string(1'000'000, '[')));
}

TEST(JsonReader, tellsWhereAValueStands)
{
    const std::string text = R"( {"model" : "gpt" ,"n":2})";
    JsonReader reader(text);
    std::string model;
    std::size_t at = 0;
    reader.object([&](const JsonString& key, std::size_t keyOffset) {
        if (!key.is("model"))
            return;
        EXPECT_EQ(text.substr(keyOffset, 7), "\"model\"");
        at = reader.offset();
        model = reader.string().text();
        EXPECT_EQ(reader.between(at, reader.offset()), "\"gpt\"");
    });
    EXPECT_TRUE(reader.atEnd());
    EXPECT_EQ(model, "gpt");
    EXPECT_EQ(text[at], '"');
}

TEST(JsonReader, undoesEscapesAndCountsTheirBytes)
{
    JsonReader reader(R"("a\u00e9\ud83d\ude00\n\\\"\/\ud800x")");
    const JsonString value = reader.string();
    EXPECT_EQ(value.text(), "a\xc3\xa9\xf0\x9f\x98\x80\n\\\"/\xef\xbf\xbdx");
    EXPECT_EQ(value.size, value.text().size());
    EXPECT_FALSE(value.isPlain());
}

TEST(JsonReader, recognisesAKeyHoweverItIsSpelled)
{
    JsonReader reader(R"({"m\u006fdel":1})");
    bool found = false;
    reader.object([&](const JsonString& key, std::size_t) { found = key.is("model"); });
    EXPECT_TRUE(found);
}

TEST(JsonReader, takesOnlyPlainWholeNumbersAsIntegers)
{
    const auto read = [](std::string_view text) { return JsonReader(text).integer(); };
    EXPECT_EQ(read("0"), 0);
    EXPECT_EQ(read("9223372036854775807"), 9223372036854775807);
    for (const char* text : {"9223372036854775808", "-1", "1.0", "1e3", "null", "\"5\"", "[5]"})
        EXPECT_EQ(read(text), std::nullopt) << text;
}

TEST(JsonReader, stopsAtTheFirstFault)
{
    JsonReader reader(R"({"a":1,"b":nope,"c":3})");
    int members = 0;
    EXPECT_FALSE(reader.object([&](const JsonString&, std::size_t) { ++members; }));
    EXPECT_EQ(members, 2);
    EXPECT_FALSE(reader.ok());
    EXPECT_EQ(reader.peek(), JsonReader::Kind::Invalid);
}

TEST(ToJsonString, escapesWhatMustBe)
{
    EXPECT_EQ(toJsonString("a\"b\\c\n\t\r\x01\xc3\xa9"), "\"a\\\"b\\\\c\\n\\t\\r\\u0001\xc3\xa9\"");
}
