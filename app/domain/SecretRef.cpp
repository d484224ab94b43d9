// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/SecretRef.h"

#include <algorithm>

namespace sb {

namespace {

bool isVariableName(std::string_view text)
{
    const auto isWord = [](char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    };
    return !text.empty() && !(text.front() >= '0' && text.front() <= '9') &&
           std::all_of(text.begin(), text.end(), isWord);
}

bool isPlainText(std::string_view text)
{
    return !text.empty() && text.size() <= 4096 && std::none_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
}

} // namespace

std::string SecretRef::toString() const
{
    switch (kind) {
    case Kind::None:
        return {};
    case Kind::Keychain:
        return "keychain:" + name;
    case Kind::Environment:
        return "env:" + name;
    case Kind::File:
        return "file:" + name;
    }
    return {};
}

Result<SecretRef> SecretRef::parse(std::string_view text)
{
    if (text.empty())
        return SecretRef{};
    const auto after = [text](std::string_view prefix) { return text.substr(prefix.size()); };
    if (text.starts_with("keychain:") && isPlainText(after("keychain:")))
        return SecretRef{Kind::Keychain, std::string(after("keychain:"))};
    if (text.starts_with("env:") && isVariableName(after("env:")))
        return SecretRef{Kind::Environment, std::string(after("env:"))};
    if (text.starts_with("file:/") && isPlainText(after("file:")))
        return SecretRef{Kind::File, std::string(after("file:"))};
    return Error{ErrorCode::InvalidArgument,
                 "not a secret reference; expected keychain:NAME, env:NAME or file:/absolute/path"};
}

} // namespace sb
