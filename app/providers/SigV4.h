// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Secret.h"
#include "base/Time.h"

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace sb::providers {

/// What is signed. `target` is the request line's path and query, byte for byte as written to the socket.
struct SigV4Request {
    std::string_view method;
    std::string_view host; ///< value of the Host header
    std::string_view target;
    std::string_view contentType; ///< empty: no such header is sent
    std::string_view body;
};

/// Headers to send besides Host and Content-Type.
struct SigV4Headers {
    std::string date;               ///< x-amz-date: 20150830T123600Z
    std::string authorization;      ///< Authorization
    std::string_view securityToken; ///< x-amz-security-token, empty: none; a view into the signer
    std::string stringToSign;       ///< for tests and diagnosis; holds no secret
};

/// AWS Signature Version 4 for one credential, region and service. The path is encoded once more than on the wire, as
/// every service but S3 wants it. The key of the day is kept. Any thread.
class SigV4Signer {
public:
    SigV4Signer(std::string accessKey, Secret secretKey, Secret sessionToken, std::string region,
                std::string service = "bedrock");
    ~SigV4Signer();

    /// `now` corrected for the provider's clock by the caller.
    SigV4Headers sign(const SigV4Request& request, Timestamp now) const;

private:
    using Key = std::array<std::uint8_t, 32>;
    Key keyOf(std::string_view day) const;

    std::string m_accessKey;
    Secret m_secretKey;
    Secret m_sessionToken;
    std::string m_region;
    std::string m_service;
    mutable std::mutex m_mutex; ///< guards the two below
    mutable std::string m_keyDay;
    mutable Key m_key{};
};

} // namespace sb::providers
