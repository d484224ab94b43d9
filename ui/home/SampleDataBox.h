// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"

#include <QFuture>
#include <QGroupBox>

class QLabel;
class QProgressBar;
class QPushButton;

namespace sb::storage {
class StorageService;
}

namespace sb::ui {

/// "Explore with sample data": a month of invented, marked traffic, written behind the screen; one click removes it
/// again and leaves one's own rows.
class SampleDataBox : public QGroupBox {
    Q_OBJECT
public:
    SampleDataBox(storage::StorageService& storage, const Clock& clock, QWidget* parent = nullptr);

    void load(); ///< asks whether there is any

Q_SIGNALS:
    void exploreRequested();
    void failed(const sb::Error& error);

private:
    enum class State { Unknown, Absent, Writing, Present, Removing };

    void setState(State state);
    void write();
    void remove();

    storage::StorageService& m_storage;
    const Clock& m_clock;
    State m_state = State::Unknown;
    QFuture<Result<std::int64_t>> m_writing;
    QLabel* m_text;
    QProgressBar* m_progress;
    QPushButton* m_explore;
    QPushButton* m_cancel;
    QPushButton* m_open;
    QPushButton* m_remove;
};

} // namespace sb::ui
