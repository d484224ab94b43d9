// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/ChartSpec.h"
#include "charts/ChartTicks.h"

#include <QPalette>
#include <QtCharts/QChartView>

#include <optional>
#include <vector>

class QCategoryAxis;
class QValueAxis;

namespace sb::ui {

class CrosshairItem;
class EndLabelsItem;

/// Draws a ChartSpec with Qt Charts: the only class that knows it. The x axis counts buckets, so bucket i is centred on
/// x = i whatever the kind of chart. A crosshair snaps to buckets, by mouse and by arrow keys.
class PlotView final : public QChartView {
    Q_OBJECT
public:
    explicit PlotView(QWidget* parent = nullptr);

    struct Look {
        QPalette palette; ///< of the whole chart: when the theme changes a parent hears of it before its children
        std::vector<QColor> colours; ///< one per series
        std::vector<bool> visible;   ///< whether series i is drawn
        bool endLabels = false;
    };
    void show(const ChartSpec& spec, Look look);

    std::optional<std::size_t> crosshair() const { return m_crosshair; }
    void setCrosshair(std::optional<std::size_t> bucket);

Q_SIGNALS:
    /// The user moved it: index of the bucket, or -1 when it left.
    void crosshairMoved(int bucket);

protected:
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    void addColumns();
    void addAreas();
    void addLines();
    void addRunOfArea(std::size_t series, std::size_t from, std::size_t to, bool unfinished,
                      const std::vector<double>& below, const std::vector<double>& above);
    void attach(QAbstractSeries* series);
    void placeOverlays();
    void moveByUser(std::optional<std::size_t> bucket);
    double drawn(std::size_t series, std::size_t bucket) const;

    ChartSpec m_spec;
    Look m_look;
    ValueScale m_scale;
    QCategoryAxis* m_time;
    QValueAxis* m_values;
    CrosshairItem* m_crosshairItem; ///< owned by the scene, as is the next
    EndLabelsItem* m_labelsItem;
    std::optional<std::size_t> m_crosshair;
};

} // namespace sb::ui
