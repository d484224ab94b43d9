// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dashboards/OverviewText.h"

#include <QWidget>

#include <vector>

class QFrame;
class QGridLayout;
class QLabel;

namespace sb::ui {

/// The row of figures on top of the Overview; wraps into more rows where the page is narrow.
class FigureCards final : public QWidget {
    Q_OBJECT
public:
    explicit FigureCards(QWidget* parent = nullptr);

    void setFigures(const std::vector<OverviewText::Figure>& figures);
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Card {
        QFrame* frame = nullptr;
        QLabel* title = nullptr;
        QLabel* value = nullptr;
        QLabel* change = nullptr;
    };
    void arrange();
    int columnsWidth(int columns) const;

    QGridLayout* m_grid;
    std::vector<Card> m_cards;
    int m_columns = 0;
};

} // namespace sb::ui
