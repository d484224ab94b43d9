// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/ChartSpec.h"

#include <QImage>
#include <QWidget>

#include <memory>
#include <optional>

namespace sb::ui {

class Prompts;

/// A titled chart with its summary sentence, a crosshair (mouse, arrow keys, Home, End), a table of the same numbers
/// (V) and export (image, CSV). What draws it stays behind this class.
class ChartView final : public QWidget {
    Q_OBJECT
public:
    /// `subject` names the buttons ("Cost as table"): one word, unique in the window. `objectName` prefixes those of
    /// the parts. `prompts` asks where to save and outlives the view.
    ChartView(const QString& subject, const QString& objectName, Prompts& prompts, QWidget* parent = nullptr);
    ~ChartView() override;

    /// Keeps the crosshair, hidden series and table or chart as they are.
    void setSpec(ChartSpec spec);
    const ChartSpec& spec() const; ///< as drawn: coarsened when it had too many buckets

    void showTable(bool table);
    bool isTableShown() const;

    void setCrosshair(std::optional<std::size_t> bucket);
    std::optional<std::size_t> crosshair() const;

    QImage image(); ///< of title, summary and plot
    QString csv() const;

Q_SIGNALS:
    /// By the user: synchronise the page's other charts. -1: gone.
    void crosshairMoved(int bucket);
    void exported(const QString& path); ///< the file is complete
    /// An export could not be written; `reason` is the operating system's.
    void exportFailed(const QString& reason);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::ui
