// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/Overview.h"
#include "base/Error.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace sb::storage {
class StorageService;
}

namespace sb::ui {

/// Says, as long as it is so, that the figures below are invented or mixed with invented ones, and takes those out of
/// the view or out of the database. It cannot be dismissed: a figure without it is one's own.
class SampleMark final : public QFrame {
    Q_OBJECT
public:
    explicit SampleMark(storage::StorageService& storage, QWidget* parent = nullptr);

    void setShare(analytics::SampleShare share);

Q_SIGNALS:
    void ownDataWanted(); ///< leave the invented requests out of the view
    void failed(const sb::Error& error);

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyTone();
    void remove();

    storage::StorageService& m_storage;
    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_leaveOut;
    QPushButton* m_remove;
};

} // namespace sb::ui
