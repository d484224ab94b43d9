// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/usage/PgArray.h"

#include <array>
#include <charconv>

namespace sb::storage {

void PgArray::separate()
{
    if (m_text.size() > 1)
        m_text += u',';
}

void PgArray::add(std::int64_t value)
{
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    separate();
    m_text += QLatin1String(digits.data(), static_cast<qsizetype>(end.ptr - digits.data()));
}

void PgArray::add(std::optional<std::int64_t> value)
{
    if (value)
        add(*value);
    else
        addNull();
}

void PgArray::add(QStringView value)
{
    separate();
    m_text += u'"';
    for (const QChar c : value) {
        if (c == u'"' || c == u'\\')
            m_text += u'\\';
        m_text += c;
    }
    m_text += u'"';
}

void PgArray::addNull()
{
    separate();
    m_text += QLatin1String("NULL");
}

} // namespace sb::storage
