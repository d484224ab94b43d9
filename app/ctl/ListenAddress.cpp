// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/ListenAddress.h"

#include <charconv>

namespace sb::ctl {

Result<ListenAddress> ListenAddress::parse(std::string_view text)
{
    const auto wrong = [text] {
        return Error{ErrorCode::InvalidArgument, "--listen wants HOST:PORT, not '" + std::string(text) + "'", "listen"};
    };
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0)
        return wrong();
    std::string_view host = text.substr(0, colon);
    const std::string_view digits = text.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    else if (host.find(':') != std::string_view::npos)
        return wrong();
    ListenAddress address{std::string(host), 0};
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
    if (fault != std::errc{} || end != digits.data() + digits.size() || digits.empty())
        return wrong();
    return address;
}

} // namespace sb::ctl
