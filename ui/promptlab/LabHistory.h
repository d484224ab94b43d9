// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "async/OnResult.h"
#include "base/Clock.h"
#include "kit/EntityTableModel.h"
#include "storage/repositories/PromptRunRepository.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QLineEdit;
class QPushButton;
class QTableView;

namespace sb::storage {
class StorageService;
}

namespace sb::ui {

class AsyncView;
class UndoBar;

/// Earlier questions with their answers, newest first, searched in the database. Reads more as the person asks for it.
class LabHistory : public QWidget {
    Q_OBJECT
public:
    LabHistory(storage::StorageService& storage, const Clock& clock, UndoBar& undo, QWidget* parent = nullptr);

    void load();
    /// Keeps a run and shows it on top.
    void add(const storage::PromptRun& run);

Q_SIGNALS:
    void selected(const sb::storage::PromptRun& run);
    void reuseRequested(const sb::storage::PromptRun& run);

private:
    using Runs = std::vector<storage::PromptRun>;
    using Model = EntityTableModel<storage::PromptRun, std::int64_t>;

    void loadOlder();
    void show(Runs runs, bool more);
    void fail(const Error& error);
    void removeCurrent();
    void showSelection();
    std::optional<storage::PromptRun> current() const;

    storage::StorageService& m_storage;
    const Clock& m_clock;
    UndoBar& m_undo;
    Latest<Runs> m_latest;
    QTimer m_searchSoon;
    QLineEdit* m_search;
    Model* m_model;
    QTableView* m_table;
    AsyncView* m_view;
    QPushButton* m_reuse;
    QPushButton* m_remove;
    QPushButton* m_older;
};

} // namespace sb::ui
