// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/Format.h"

#include <QDateTime>

#include <algorithm>

namespace sb::ctl {

QString isoTime(std::optional<Timestamp> time)
{
    if (!time)
        return {};
    return QDateTime::fromMSecsSinceEpoch(toMicros(*time) / 1000, Qt::UTC)
        .toString(QStringLiteral("yyyy-MM-ddTHH:mm:ssZ"));
}

void printTable(QTextStream& out, const QStringList& header, const std::vector<QStringList>& rows)
{
    std::vector<int> widths;
    for (int column = 0; column < header.size(); ++column) {
        int width = static_cast<int>(header[column].size());
        for (const QStringList& row : rows)
            width = std::max(width, static_cast<int>(row.value(column).size()));
        widths.push_back(width);
    }
    const auto print = [&](const QStringList& cells) {
        QString line;
        for (int column = 0; column < header.size(); ++column)
            line += cells.value(column).leftJustified(widths[static_cast<std::size_t>(column)] + 2);
        out << line.trimmed() << '\n';
    };
    print(header);
    for (const QStringList& row : rows)
        print(row);
}

} // namespace sb::ctl
