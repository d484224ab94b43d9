// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/Origin.h"

#include <gtest/gtest.h>

namespace sb::http {
namespace {

using validation::HostAddress;

bool reaches(const char* host, const char* address, bool listed = false)
{
    return mayConnect(Origin{true, host, 443}, listed, *HostAddress::parse(address));
}

TEST(Origin, IsWrittenAsTheHostHeaderWantsIt)
{
    EXPECT_EQ((Origin{true, "api.openai.com", 443}.hostHeader()), "api.openai.com");
    EXPECT_EQ((Origin{true, "api.openai.com", 80}.hostHeader()), "api.openai.com:80");
    EXPECT_EQ((Origin{false, "::1", 11434}.hostHeader()), "[::1]:11434");
}

TEST(MayConnect, GivesLoopbackOnlyToAHostWrittenAsLoopback)
{
    EXPECT_TRUE(reaches("127.0.0.1", "127.0.0.1"));
    EXPECT_TRUE(reaches("localhost", "127.0.0.1"));
    EXPECT_TRUE(reaches("localhost", "::1"));
    EXPECT_FALSE(reaches("rebound.example", "127.0.0.1"));
    EXPECT_FALSE(reaches("rebound.example", "127.0.0.1", true)) << "listing a host as local does not make it loopback";
    EXPECT_FALSE(reaches("localhost", "8.8.8.8"));
    EXPECT_FALSE(reaches("localhost", "10.0.0.1"));
}

TEST(MayConnect, GivesPrivateRangesOnlyToListedOrLiteralHosts)
{
    EXPECT_FALSE(reaches("models.example", "10.0.0.5"));
    EXPECT_TRUE(reaches("models.example", "10.0.0.5", true));
    EXPECT_TRUE(reaches("10.0.0.5", "10.0.0.5"));
    EXPECT_TRUE(reaches("api.openai.com", "8.8.8.8"));
}

TEST(MayConnect, GivesNobodyMetadataOrSpecialRanges)
{
    for (const char* address : {"169.254.169.254", "0.0.0.0", "::", "224.0.0.1", "100.100.100.200", "::ffff:127.0.0.1",
                                "64:ff9b::7f00:1", "fe80::1"}) {
        EXPECT_FALSE(reaches("x.example", address, true)) << address;
        EXPECT_FALSE(reaches("localhost", address, true)) << address;
        EXPECT_FALSE(reaches(address, address, true)) << address;
    }
}

} // namespace
} // namespace sb::http
