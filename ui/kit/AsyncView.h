// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <QWidget>

#include <memory>

namespace sb::ui {

/// Gives a page or panel the same states everywhere: loading (only when there is no content yet), nothing yet, filtered
/// out, failed with Retry and Details, ready. Content stays visible, with a note of its age, while newer content loads
/// or fails.
class AsyncView : public QWidget {
    Q_OBJECT
public:
    explicit AsyncView(QWidget* content, QWidget* parent = nullptr);
    ~AsyncView() override;

    void showLoading();
    void showContent();
    /// One sentence and at most one action.
    void showEmpty(const QString& sentence, const QString& actionText = {});
    void showFilteredOut(const QString& sentence); ///< offers "Clear filters"
    void showFailed(const Error& error);           ///< keeps content that was shown before

Q_SIGNALS:
    void retryRequested();
    void emptyActionTriggered();
    void clearFiltersRequested();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::ui
