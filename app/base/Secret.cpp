// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Secret.h"

#include <cstring>
#include <utility>

namespace sb {

void wipe(std::string& text)
{
    text.resize(text.capacity()); // short strings live inside the object: their whole buffer is cleared too
    ::explicit_bzero(text.data(), text.size());
    text.clear();
}

Secret::Secret(std::string&& text) : m_text(text)
{
    wipe(text);
}

Secret::Secret(Secret&& other) noexcept : m_text(std::move(other.m_text))
{
    wipe(other.m_text);
}

Secret& Secret::operator=(Secret&& other) noexcept
{
    if (this != &other) {
        wipe(m_text);
        m_text = std::move(other.m_text);
        wipe(other.m_text);
    }
    return *this;
}

Secret::~Secret()
{
    wipe(m_text);
}

} // namespace sb
