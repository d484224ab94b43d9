// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/DatabaseUrl.h"
#include "storage/DbSession.h"

#include <QString>
#include <QTemporaryDir>

#include <memory>

namespace sb::test {

/// A database of its own for one test, on either engine, dropped afterwards. Needs a QCoreApplication. Main thread.
class TempDatabase {
public:
    using Engine = storage::DatabaseUrl::Engine;
    enum class Schema { Empty, Newest };

    /// Why databases of this engine cannot be made here; empty: they can.
    static QString whyNot(Engine engine);

    explicit TempDatabase(Engine engine, Schema schema = Schema::Newest);
    ~TempDatabase();

    const storage::DatabaseUrl& url() const { return m_url; }
    QString urlText() const { return m_text; }
    /// A session in the calling thread; aborts the test program when it cannot be opened.
    std::unique_ptr<storage::DbSession> open(bool readOnly = false) const;

private:
    void createSqlite(Schema schema);
    void createPostgres(Schema schema);

    QTemporaryDir m_folder;
    QString m_name; ///< PostgreSQL
    QString m_text;
    storage::DatabaseUrl m_url;
};

} // namespace sb::test
