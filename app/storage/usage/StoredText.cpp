// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/usage/StoredText.h"

#include "protocol/JsonReader.h"
#include "storage/SqlValues.h"

#include <QJsonDocument>

namespace sb::storage {

std::string clean(std::string_view text, std::size_t longest)
{
    QString value = sql::text(text.substr(0, longest * 4));
    value.remove(QChar(u'\0'));
    value.truncate(static_cast<qsizetype>(longest));
    if (!value.isEmpty() && value.back().isHighSurrogate())
        value.chop(1);
    return sql::utf8(value);
}

std::string cleanJson(const std::string& text)
{
    if (text.empty())
        return {};
    // Nearly every document is in order, which a pass without a tree can tell: it stays as it is.
    if (text.find("\\u") == std::string::npos) {
        protocol::JsonReader reader(text);
        reader.skip();
        if (reader.atEnd())
            return text;
    }
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(text), &problem);
    if (problem.error == QJsonParseError::NoError && text.find("\\u0000") == std::string::npos)
        return document.toJson(QJsonDocument::Compact).toStdString();
    QString plain = sql::text(text);
    plain.remove(QChar(u'\0'));
    plain.replace(QStringLiteral("\\u0000"), QStringLiteral("\uFFFD"));
    QByteArray quoted = QJsonDocument::fromVariant(QVariantList{plain}).toJson(QJsonDocument::Compact);
    return quoted.mid(1, quoted.size() - 2).toStdString();
}

} // namespace sb::storage
