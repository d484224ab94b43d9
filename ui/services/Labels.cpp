// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/Labels.h"

#include <QStringList>

namespace sb::ui {

QString labelsToText(const std::vector<std::string>& labels)
{
    QStringList list;
    for (const std::string& label : labels)
        list << QString::fromStdString(label);
    return list.join(QStringLiteral(", "));
}

std::vector<std::string> labelsFromText(const QString& text)
{
    std::vector<std::string> labels;
    for (const QString& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (!part.trimmed().isEmpty())
            labels.push_back(part.trimmed().toStdString());
    }
    return labels;
}

} // namespace sb::ui
