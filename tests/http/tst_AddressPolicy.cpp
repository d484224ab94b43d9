// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/AddressPolicy.h"
#include "http/Origin.h"

#include <gtest/gtest.h>

namespace sb::http {
namespace {

AddressClass classOf(const char* text)
{
    const auto address = parseAddress(text);
    EXPECT_TRUE(address) << text;
    return address ? classify(*address) : AddressClass::Public;
}

TEST(AddressPolicy, KnowsTheSpecialRangesInEveryForm)
{
    for (const char* text : {"127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1"})
        EXPECT_EQ(classOf(text), AddressClass::Loopback) << text;
    for (const char* text : {"10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "fc00::1", "fdff::1", "fec0::1", "::ffff:10.0.0.1"})
        EXPECT_EQ(classOf(text), AddressClass::Private) << text;
    for (const char* text : {"169.254.169.254", "fe80::1", "::ffff:169.254.169.254"})
        EXPECT_EQ(classOf(text), AddressClass::LinkLocal) << text;
    for (const char* text : {"0.0.0.0", "::", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.9", "ff02::1",
                             "2001:db8::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::", "2001::1", "::7f00:1", "100::1"})
        EXPECT_EQ(classOf(text), AddressClass::Special) << text;
    for (const char* text : {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::"})
        EXPECT_EQ(classOf(text), AddressClass::Public) << text;
}

TEST(AddressPolicy, TakesNoOddSpellingForAnAddress)
{
    for (const char* text : {"0x7f.0.0.1", "127.1", "2130706433", "0177.0.0.1", "127.0.0.1 ", "127.0.0.1.", "localhost", "", "[::1]", "::1%lo"})
        EXPECT_FALSE(parseAddress(text)) << text;
}

TEST(AddressPolicy, LetsOnlyALiterallyConfiguredLoopbackHostReachLoopback)
{
    EXPECT_TRUE(mayConnect(true, *parseAddress("127.0.0.1")));
    EXPECT_FALSE(mayConnect(false, *parseAddress("127.0.0.1")));
    EXPECT_FALSE(mayConnect(true, *parseAddress("10.0.0.1")));
    EXPECT_FALSE(mayConnect(true, *parseAddress("8.8.8.8")));
    EXPECT_TRUE(mayConnect(false, *parseAddress("8.8.8.8")));
    EXPECT_FALSE(mayConnect(false, *parseAddress("169.254.169.254")));
}

TEST(ServiceUrl, SplitsIntoOriginAndPath)
{
    const auto url = ServiceUrl::parse("https://API.OpenAI.com/v1/");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->origin.toString(), "https://api.openai.com:443");
    EXPECT_EQ(url->origin.hostHeader(), "api.openai.com");
    EXPECT_EQ(url->path, "/v1");
    EXPECT_FALSE(url->origin.isLiterallyLoopback());
}

TEST(ServiceUrl, ReadsPortsAndIpv6)
{
    const auto url = ServiceUrl::parse("http://[::1]:11434");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->origin.host, "::1");
    EXPECT_EQ(url->origin.hostHeader(), "[::1]:11434");
    EXPECT_EQ(url->path, "");
    EXPECT_TRUE(url->origin.isLiterallyLoopback());
    EXPECT_TRUE(ServiceUrl::parse("http://localhost:1")->origin.isLiterallyLoopback());
}

TEST(ServiceUrl, RefusesWhatIsNoServiceAddress)
{
    for (const char* text : {"api.openai.com", "ftp://h", "https://", "https://user@h", "https://h?x=1", "https://h#x", "https://h:0", "https://h:65536",
                             "https://h:", "https://h:x", "https://[::1", "https://[::1]x", "https://[zz]", "https://h/a b", "https:///v1"})
        EXPECT_FALSE(ServiceUrl::parse(text)) << text;
}

} // namespace
} // namespace sb::http
