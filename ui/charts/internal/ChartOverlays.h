// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QGraphicsItem>
#include <QPalette>
#include <QString>

#include <vector>

namespace sb::ui {

/// A vertical line with a box of values beside it, drawn over the plot.
class CrosshairItem final : public QGraphicsItem {
public:
    struct Line {
        QColor colour; ///< invalid: no mark
        QString name;
        QString value;
    };

    CrosshairItem();

    void setLook(const QFont& font, const QPalette& palette);
    void place(const QRectF& plot, qreal x, QString heading, std::vector<Line> lines);

    QRectF boundingRect() const override { return m_plot; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    QFont m_font;
    QPalette m_palette;
    QRectF m_plot;
    qreal m_x = 0;
    QString m_heading;
    std::vector<Line> m_lines;
};

/// Names of the series at the right end of the plot, each as near its series as the others allow.
class EndLabelsItem final : public QGraphicsItem {
public:
    struct Label {
        QString text;
        QColor colour;
        qreal y = 0; ///< wanted centre, scene coordinates
    };

    void setLook(const QFont& font, const QPalette& palette);
    /// `area` is the strip right of the plot.
    void place(const QRectF& area, std::vector<Label> labels);
    static qreal widthFor(const QFont& font, const QStringList& texts);

    QRectF boundingRect() const override { return m_area; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    QFont m_font;
    QPalette m_palette;
    QRectF m_area;
    std::vector<Label> m_labels;
};

} // namespace sb::ui
