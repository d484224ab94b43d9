// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <cstdint>
#include <optional>

namespace sb::storage {

/// The text form of a PostgreSQL array, `{1,NULL,"a \"b\""}`: the only way to hand a column of a batch to QPSQL.
class PgArray {
public:
    void add(std::int64_t value);
    void add(std::optional<std::int64_t> value);
    void add(QStringView value); ///< quoted; backslashes and quotes escaped
    void addNull();
    QString text() const { return m_text + u'}'; }

private:
    void separate();

    QString m_text = QStringLiteral("{");
};

} // namespace sb::storage
