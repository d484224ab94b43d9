// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/Buffer.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace sb::http {

char* Buffer::prepare(std::size_t room)
{
    if (m_capacity - m_end >= room)
        return m_data.get() + m_end;
    const std::size_t held = size();
    if (m_capacity >= held + room && m_begin >= m_capacity / 2) {
        std::memmove(m_data.get(), m_data.get() + m_begin, held);
    } else {
        const std::size_t capacity = std::max({kBlock, m_capacity * 2, held + room});
        auto data = std::make_unique_for_overwrite<char[]>(capacity);
        if (held > 0)
            std::memcpy(data.get(), m_data.get() + m_begin, held);
        m_data = std::move(data);
        m_capacity = capacity;
    }
    m_begin = 0;
    m_end = held;
    return m_data.get() + m_end;
}

void Buffer::append(std::string_view bytes)
{
    if (bytes.empty())
        return;
    std::memcpy(prepare(bytes.size()), bytes.data(), bytes.size());
    commit(bytes.size());
}

void Buffer::consume(std::size_t bytes)
{
    assert(bytes <= size());
    m_begin += bytes;
    if (m_begin == m_end)
        m_begin = m_end = 0;
}

void Buffer::release()
{
    m_data.reset();
    m_capacity = m_begin = m_end = 0;
}

} // namespace sb::http
