// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "async/OnResult.h"
#include "kit/Page.h"
#include "storage/repositories/DatabaseRepository.h"

#include <QTimer>

#include <functional>

class QFormLayout;
class QLabel;
class QPushButton;

namespace sb::storage {
class StorageService;
}

namespace sb::ui {

class MessageBar;
class StatePill;

/// What Databases gets of the program.
struct DatabasesSlice {
    storage::StorageService& storage;
    QString origin; ///< where the address comes from: "command line", "environment", "setting", "default"
    /// Usage records that wait in the journal, and the age of the oldest in milliseconds.
    std::function<std::pair<std::uint64_t, qint64>()> undelivered;
    std::function<bool()> gatewayIsRunning;
};

/// "Databases": the store Signalbox itself keeps its data in: reachable or not and why, how fast it answers, schema,
/// size, what is waiting to be written. Measured every two seconds while the page shows.
class DatabasesPage : public Page {
    Q_OBJECT
public:
    explicit DatabasesPage(DatabasesSlice slice, QWidget* parent = nullptr);

    void activate() override;

public Q_SLOTS:
    void showHealth(); ///< of the database, and what that means to the gateway

private:
    QLabel* addRow(QFormLayout* form, const char* name, const QString& title);
    void measure();
    void showFigures(const storage::DatabaseFigures& figures);

    const DatabasesSlice m_slice;
    Latest<storage::DatabaseFigures> m_latest;
    QTimer m_timer;
    MessageBar* m_message;
    StatePill* m_state;
    QLabel* m_address;
    QLabel* m_engine;
    QLabel* m_latency;
    QLabel* m_schema;
    QLabel* m_size;
    QLabel* m_requests;
    QLabel* m_queue;
    QLabel* m_undelivered;
    QLabel* m_deadLetters;
    QLabel* m_backup;
};

} // namespace sb::ui
