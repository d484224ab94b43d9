// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Time.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QTextStream>

#include <optional>
#include <vector>

namespace sb::ctl {

/// "2026-11-21T10:30:00Z"; empty when absent.
QString isoTime(std::optional<Timestamp> time);

/// Columns padded to their widest cell, two blanks between them, the header first.
void printTable(QTextStream& out, const QStringList& header, const std::vector<QStringList>& rows);

template <class Document>
void printJson(QTextStream& out, const Document& value)
{
    out << QString::fromUtf8(QJsonDocument(value).toJson(QJsonDocument::Indented));
}

} // namespace sb::ctl
