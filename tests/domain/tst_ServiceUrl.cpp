// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/validation/HostAddress.h"
#include "domain/validation/ServiceValidation.h"

#include <gtest/gtest.h>

namespace sb {
namespace {

std::string first(const FieldIssues& issues)
{
    if (issues.empty())
        return {};
    return issues.front().code + (issues.front().severity == FieldIssue::Severity::Warning ? "?" : "");
}

TEST(ServiceUrl, HttpsAnywhereAndHttpOnLoopback)
{
    for (const char* url :
         {"https://api.openai.com/v1", "https://api.openai.com", "HTTPS://API.OpenAI.com:8443/v1/", "https://8.8.8.8/x",
          "https://[2606:4700::1111]/v1", "http://localhost:11434/v1", "http://127.0.0.1:8080", "http://127.9.9.9",
          "http://[::1]:9/", "https://host_1.internal.example/a%20b", "  https://api.mistral.ai/v1 "})
        EXPECT_EQ(first(validation::checkServiceUrl(url, false)), "") << url;
}

TEST(ServiceUrl, OtherHttpNeedsTheTickBoxAndStaysAWarning)
{
    EXPECT_EQ(first(validation::checkServiceUrl("http://models.example/v1", false)), "insecure");
    EXPECT_EQ(first(validation::checkServiceUrl("http://models.example/v1", true)), "insecure_accepted?");
    EXPECT_EQ(first(validation::checkServiceUrl("http://localhost.example/v1", false)), "insecure");
}

TEST(ServiceUrl, SaysWhatIsWrong)
{
    const struct {
        std::string url, issue;
    } cases[] = {
        {"", "required"},
        {"api.openai.com", "bad_url"},
        {"https:/api.openai.com", "bad_url"},
        {"ftp://api.openai.com", "bad_scheme"},
        {"file:///etc/passwd", "bad_scheme"},
        {"https://user:pw@api.openai.com", "user_info"},
        {"https://api.openai.com@evil.example", "user_info"},
        {"https://api.openai.com/v1?key=1", "query"},
        {"https://api.openai.com?key=1", "query"},
        {"https://api.openai.com/v1#x", "fragment"},
        {"https://{resource}.openai.azure.com", "placeholder"},
        {"https://", "bad_host"},
        {"https:///v1", "bad_host"},
        {"https://-a.example", "bad_host"},
        {"https://a..example", "bad_host"},
        {"https://exämple.org", "bad_host"},
        {"https://%6c.example", "bad_host"},
        {"https://[::1", "bad_host"},
        {"https://[fe80::1%25eth0]/", "bad_host"},
        {"https://[127.0.0.1]/", "bad_host"},
        {"https://[::1]x/", "bad_host"},
        {"https://a.example:0", "bad_port"},
        {"https://a.example:65536", "bad_port"},
        {"https://a.example:", "bad_port"},
        {"https://a.example:80:80", "bad_port"},
        {"https://a.example:8a", "bad_port"},
        {"https://a.example/a/../b", "bad_url"},
        {"https://a.example/a/%2e%2E/b", "bad_url"},
        {"https://a.example/a%2fb", "bad_url"},
        {"https://a.example/a%", "bad_url"},
        {"https://a.example/a b", "bad_url"},
        {"https://a.example\\@evil.example/", "bad_url"},
        {"https://a.example/\r\nHost: evil", "bad_url"},
        {"https://a.example/" + std::string(2048, 'a'), "too_long"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(first(validation::checkServiceUrl(c.url, true)), c.issue) << c.url;
}

TEST(ServiceUrl, RefusesSpecialDestinationsInEveryNotation)
{
    const struct {
        std::string host, issue;
    } cases[] = {
        {"169.254.169.254", "link_local"},
        {"169.254.0.1", "link_local"},
        {"[fe80::1]", "link_local"},
        {"[febf::1]", "link_local"},
        {"100.100.100.200", "metadata_address"},
        {"168.63.129.16", "metadata_address"},
        {"[fd00:ec2::254]", "metadata_address"},
        {"[fd20:ce::254]", "metadata_address"},
        {"metadata.google.internal", "metadata_address"},
        {"Metadata.Google.Internal.", "metadata_address"},
        {"metadata", "metadata_address"},
        {"0.0.0.0", "special_address"},
        {"0.1.2.3", "special_address"},
        {"224.0.0.1", "special_address"},
        {"255.255.255.255", "special_address"},
        {"[::]", "special_address"},
        {"[ff02::1]", "special_address"},
        {"[::ffff:169.254.169.254]", "address_form"},
        {"[::ffff:a9fe:a9fe]", "address_form"},
        {"[::ffff:127.0.0.1]", "address_form"},
        {"[::127.0.0.1]", "address_form"},
        {"[::ffff:0:127.0.0.1]", "address_form"},
        {"[64:ff9b::a9fe:a9fe]", "address_form"},
        {"[64:ff9b:1::a9fe:a9fe]", "address_form"},
        {"[2002:a9fe:a9fe::]", "address_form"},
        {"[2001:0:a9fe::1]", "address_form"},
        {"2130706433", "bad_host"},
        {"0x7f000001", "bad_host"},
        {"0x7f.1", "bad_host"},
        {"127.1", "bad_host"},
        {"0177.0.0.1", "bad_host"},
        {"169.254.43518", "bad_host"},
        {"127.0.0.1.5", "bad_host"},
        {"127.0.0.0x1", "bad_host"},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(first(validation::checkServiceUrl("https://" + c.host + "/v1", true)), c.issue) << c.host;
        EXPECT_FALSE(validation::parseServiceUrl("https://" + c.host + "/v1")) << c.host;
    }
}

TEST(ServiceUrl, APrivateAddressIsAllowedButSaid)
{
    for (const char* host : {"10.0.0.7", "172.31.0.1", "192.168.1.5", "100.64.0.1", "[fd12::1]"})
        EXPECT_EQ(first(validation::checkServiceUrl(std::string("https://") + host, false)), "private_address?")
            << host;
    EXPECT_EQ(first(validation::checkServiceUrl("https://172.32.0.1", false)), "");
}

TEST(ServiceUrl, IsTakenApart)
{
    const auto url = validation::parseServiceUrl(" HTTPS://API.Example.com.:8443/v1/// ");
    ASSERT_TRUE(url);
    EXPECT_TRUE(url->tls);
    EXPECT_EQ(url->host, "api.example.com");
    EXPECT_EQ(url->port, 8443);
    EXPECT_EQ(url->path, "/v1");
    EXPECT_EQ(url->origin(), "https://api.example.com:8443");
    EXPECT_FALSE(url->isLoopback());
}

TEST(ServiceUrl, OriginsAreEqualExactlyWhenSchemeHostAndPortAre)
{
    const auto origin = [](std::string_view url) { return validation::parseServiceUrl(url)->origin(); };
    EXPECT_EQ(origin("https://a.example/v1"), origin("https://A.example:443/other"));
    EXPECT_NE(origin("https://a.example"), origin("http://a.example:443"));
    EXPECT_NE(origin("https://a.example"), origin("https://a.example:444"));
    EXPECT_EQ(origin("http://[::1]:80"), "http://[::1]:80");
    EXPECT_TRUE(validation::parseServiceUrl("http://[::1]:80")->isLoopback());
}

TEST(HostAddress, OnlyStrictNotationsAreAddresses)
{
    for (const char* text : {"127.0.0.1", "::1", "2001:db8::1", "::ffff:1.2.3.4"})
        EXPECT_TRUE(validation::HostAddress::parse(text)) << text;
    for (const char* text :
         {"", "127.1", "0177.0.0.1", "0x7f.0.0.1", "1.2.3.4 ", "fe80::1%lo", "256.0.0.1", "localhost"})
        EXPECT_FALSE(validation::HostAddress::parse(text)) << text;
}

TEST(HostAddress, RangesEndWhereTheyEnd)
{
    using A = validation::AddressClass;
    const struct {
        const char* text;
        A kind;
    } cases[] = {
        {"9.255.255.255", A::Public},  {"10.0.0.0", A::Private},
        {"11.0.0.0", A::Public},       {"172.15.255.255", A::Public},
        {"172.16.0.0", A::Private},    {"172.31.255.255", A::Private},
        {"100.63.255.255", A::Public}, {"100.127.255.255", A::Private},
        {"100.128.0.0", A::Public},    {"126.255.255.255", A::Public},
        {"128.0.0.1", A::Public},      {"169.253.255.255", A::Public},
        {"169.255.0.0", A::Public},    {"223.255.255.255", A::Public},
        {"224.0.0.0", A::Special},     {"198.19.255.255", A::Special},
        {"198.20.0.0", A::Public},     {"fbff::", A::Public},
        {"fc00::", A::Private},        {"fdff::", A::Private},
        {"fec0::1", A::Special},       {"::2", A::Embedded},
        {"::1", A::Loopback},          {"2001:1::1", A::Public},
    };
    for (const auto& c : cases)
        EXPECT_EQ(validation::classify(*validation::HostAddress::parse(c.text)), c.kind) << c.text;
}

} // namespace
} // namespace sb
