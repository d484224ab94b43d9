// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/Finding.h"

namespace sb::gateway {

std::string Finding::object() const
{
    std::string text;
    switch (subject) {
    case Subject::Service:
        text = "service ";
        break;
    case Subject::Route:
        text = "route ";
        break;
    case Subject::Key:
        text = "key ";
        break;
    case Subject::Limit:
        text = "limit ";
        break;
    case Subject::Journal:
        return "journal";
    }
    text += name;
    if (!environmentName.empty())
        text += " in " + environmentName;
    return text;
}

std::string Finding::what() const
{
    const std::string why = cause ? ": " + cause->what : std::string();
    switch (problem) {
    case Problem::ContextPathUnusable:
        return "its context path " + detail + " is not usable";
    case Problem::ContextPathTaken:
        return "its context path " + detail + " is taken by another service";
    case Problem::EnvironmentMissing:
        return "its environment does not exist";
    case Problem::UrlUnusable:
        return "its service URL is not usable" + why;
    case Problem::HeaderUnusable:
        return "its authorization header " + detail + " cannot be sent";
    case Problem::SecretUnreadable:
        return "its secret " + detail + " cannot be read" + why;
    case Problem::SecretUnusable:
        return "its secret " + detail + " contains a control character";
    case Problem::TargetUnusable:
        return "its target " + detail + " is no usable service";
    case Problem::NoUsableTarget:
        return "none of its targets is a usable service";
    case Problem::ConnectionMissing:
        return "its connection does not exist";
    case Problem::ConnectionWithoutTarget:
        return "its connection names neither a service nor a route that exists";
    case Problem::NotConfigured:
        return "what its connection calls is not configured there";
    case Problem::SameDigest:
        return "another key has the same digest";
    case Problem::Unreachable:
        return "no request can reach it: what it limits is not configured or has no key";
    case Problem::Unpriced:
        return "it limits money, but no model has a price";
    case Problem::JournalDamaged:
        return detail;
    }
    return {};
}

} // namespace sb::gateway
