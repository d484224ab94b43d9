// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace sb::http {

/// A flat byte buffer: bytes are appended at the end and consumed at the front; what lies between is one contiguous
/// view. Holds no memory until the first `prepare`. Growing moves the bytes, so positions are kept as offsets, not
/// pointers.
class Buffer {
public:
    static constexpr std::size_t kBlock = 16 * 1024;

    std::string_view view() const { return {m_data.get() + m_begin, m_end - m_begin}; }
    const char* data() const { return m_data.get() + m_begin; }
    std::size_t size() const { return m_end - m_begin; }
    bool isEmpty() const { return m_begin == m_end; }

    /// At least `room` writable bytes behind the content; returns their start.
    char* prepare(std::size_t room);
    std::size_t room() const { return m_capacity - m_end; }
    void commit(std::size_t bytes) { m_end += bytes; }
    void append(std::string_view bytes);

    void consume(std::size_t bytes);
    void clear() { m_begin = m_end = 0; }
    void release(); ///< drops the content and gives the memory back

private:
    std::unique_ptr<char[]> m_data;
    std::size_t m_capacity = 0;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
};

} // namespace sb::http
