// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/internal/PlotView.h"

#include "charts/internal/ChartOverlays.h"

#include <QtCharts/QAreaSeries>
#include <QtCharts/QBarSet>
#include <QtCharts/QCategoryAxis>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtCharts/QScatterSeries>
#include <QtCharts/QStackedBarSeries>
#include <QtCharts/QValueAxis>

#include <QGraphicsLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace sb::ui {

namespace {

constexpr std::size_t kMostColumns = 90;
constexpr qreal kColumnWidth = 0.85;
constexpr qreal kLineWidth = 2;
constexpr qreal kMargin = 6;

QBrush hatched(const QColor& colour)
{
    return QBrush(colour, Qt::BDiagPattern);
}

/// Runs of buckets without a gap, as half-open ranges.
template <class HasValue>
std::vector<std::pair<std::size_t, std::size_t>> runsOf(std::size_t size, HasValue hasValue)
{
    std::vector<std::pair<std::size_t, std::size_t>> runs;
    for (std::size_t i = 0; i < size; ++i) {
        if (!hasValue(i))
            continue;
        if (runs.empty() || runs.back().second != i)
            runs.emplace_back(i, i);
        runs.back().second = i + 1;
    }
    return runs;
}

} // namespace

PlotView::PlotView(QWidget* parent)
    : QChartView(parent), m_time(new QCategoryAxis), m_values(new QValueAxis), m_crosshairItem(new CrosshairItem),
      m_labelsItem(new EndLabelsItem)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setRenderHint(QPainter::Antialiasing);
    setViewportUpdateMode(QGraphicsView::MinimalViewportUpdate);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->legend()->hide();
    chart()->setBackgroundRoundness(0);
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->setLocalizeNumbers(true);
    chart()->addAxis(m_time, Qt::AlignBottom);
    chart()->addAxis(m_values, Qt::AlignLeft);
    m_time->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    m_time->setTruncateLabels(false);
    m_values->setTickType(QValueAxis::TicksDynamic);
    m_values->setTickAnchor(0);
    m_values->setTruncateLabels(false);
    scene()->addItem(m_labelsItem);
    scene()->addItem(m_crosshairItem);
    connect(chart(), &QChart::plotAreaChanged, this, [this] { placeOverlays(); });
}

QSize PlotView::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.averageCharWidth() * 90, metrics.height() * 9};
}

QSize PlotView::minimumSizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.averageCharWidth() * 30, metrics.height() * 7};
}

double PlotView::drawn(std::size_t series, std::size_t bucket) const
{
    const auto& value = m_spec.series[series].values[bucket];
    return value ? drawnValue(*value, m_spec.unit) / m_scale.divisor : 0;
}

void PlotView::show(const ChartSpec& spec, Look look)
{
    m_spec = spec;
    m_look = std::move(look);

    double largest = 0;
    for (std::size_t i = 0; i < spec.buckets.size(); ++i) {
        double sum = 0;
        for (std::size_t s = 0; s < spec.series.size(); ++s) {
            if (!m_look.visible[s] || !spec.series[s].values[i])
                continue;
            const double value = drawnValue(*spec.series[s].values[i], spec.unit);
            sum += value;
            if (spec.kind == ChartKind::Lines)
                largest = std::max(largest, value);
        }
        if (spec.kind == ChartKind::Stacked)
            largest = std::max(largest, sum);
    }
    m_scale = valueScale(largest, spec.unit);

    chart()->removeAllSeries();
    QFont small = font();
    small.setPointSizeF(std::max(small.pointSizeF() * 0.9, 6.0));
    const QColor base = m_look.palette.color(QPalette::Base);
    const QColor text = m_look.palette.color(QPalette::Text);
    QColor grid = text;
    grid.setAlphaF(0.15F);
    chart()->setBackgroundBrush(base);
    chart()->setLocale(QLocale());

    for (const QString& label : m_time->categoriesLabels())
        m_time->remove(label);
    m_time->setStartValue(-0.5);
    m_time->setRange(-0.5, static_cast<double>(std::max<std::size_t>(spec.buckets.size(), 1)) - 0.5);
    int repeats = 0;
    for (const TimeTick& tick : timeTicks(spec)) {
        // An axis drops a label that it already has, and "06:00" comes every day: invisible characters tell them apart.
        m_time->append(tick.label + QString(repeats++, QChar(0x200B)), static_cast<double>(tick.bucket));
    }
    // Both setters lay out their ticks at once. The wider step has to stand while the range changes, or a range of
    // dollars meets a step of nano-dollars and the window drowns in millions of ticks.
    if (m_scale.step > m_values->tickInterval())
        m_values->setTickInterval(m_scale.step);
    m_values->setRange(0, m_scale.maximum);
    m_values->setTickInterval(m_scale.step);
    m_values->setLabelFormat(m_scale.format);
    for (QAbstractAxis* axis : {static_cast<QAbstractAxis*>(m_time), static_cast<QAbstractAxis*>(m_values)}) {
        axis->setLabelsFont(small);
        axis->setLabelsColor(text);
        axis->setGridLinePen(QPen(grid, 1));
        axis->setLinePen(QPen(grid, 1));
    }
    m_time->setGridLineVisible(false);

    qreal right = kMargin * 3;
    if (m_look.endLabels) {
        QStringList names;
        for (const ChartSeries& series : spec.series)
            names << series.name;
        right = EndLabelsItem::widthFor(small, names);
    }
    chart()->setMargins(QMargins(static_cast<int>(kMargin), static_cast<int>(kMargin), static_cast<int>(right),
                                 static_cast<int>(kMargin)));
    m_labelsItem->setLook(small, m_look.palette);
    m_crosshairItem->setLook(small, m_look.palette);

    if (spec.kind == ChartKind::Lines)
        addLines();
    else if (spec.buckets.size() <= kMostColumns)
        addColumns();
    else
        addAreas();
    if (m_crosshair && *m_crosshair >= spec.buckets.size())
        m_crosshair.reset();
    placeOverlays();
}

void PlotView::attach(QAbstractSeries* series)
{
    chart()->addSeries(series);
    series->attachAxis(m_time);
    series->attachAxis(m_values);
}

void PlotView::addColumns()
{
    auto* columns = new QStackedBarSeries;
    columns->setBarWidth(kColumnWidth);
    const QPen separator(m_look.palette.color(QPalette::Base), 0.5);
    const bool anyUnfinished = std::any_of(m_spec.buckets.begin(), m_spec.buckets.end(),
                                           [](const analytics::Bucket& bucket) { return bucket.unfinished; });
    for (std::size_t s = 0; s < m_spec.series.size(); ++s) {
        if (!m_look.visible[s])
            continue;
        QList<qreal> finished;
        QList<qreal> unfinished;
        for (std::size_t i = 0; i < m_spec.buckets.size(); ++i) {
            const double value = drawn(s, i);
            finished << (m_spec.buckets[i].unfinished ? 0 : value);
            unfinished << (m_spec.buckets[i].unfinished ? value : 0);
        }
        auto* solid = new QBarSet(m_spec.series[s].name);
        solid->append(finished);
        solid->setBrush(m_look.colours[s]);
        solid->setPen(separator);
        columns->append(solid);
        if (anyUnfinished) {
            auto* hatch = new QBarSet(m_spec.series[s].name);
            hatch->append(unfinished);
            hatch->setBrush(hatched(m_look.colours[s]));
            hatch->setPen(QPen(m_look.colours[s], 1));
            columns->append(hatch);
        }
    }
    attach(columns);
}

void PlotView::addRunOfArea(std::size_t series, std::size_t from, std::size_t to, bool unfinished,
                            const std::vector<double>& below, const std::vector<double>& above)
{
    auto* lower = new QLineSeries;
    auto* upper = new QLineSeries;
    QList<QPointF> low;
    QList<QPointF> high;
    for (std::size_t i = from; i < to; ++i) {
        low << QPointF(static_cast<double>(i), below[i]);
        high << QPointF(static_cast<double>(i), above[i]);
    }
    lower->replace(low);
    upper->replace(high);
    auto* area = new QAreaSeries(upper, lower);
    lower->setParent(area);
    upper->setParent(area);
    area->setBrush(unfinished ? hatched(m_look.colours[series]) : QBrush(m_look.colours[series]));
    area->setPen(unfinished ? QPen(m_look.colours[series], 1) : QPen(m_look.palette.color(QPalette::Base), 0.5));
    attach(area);
}

void PlotView::addAreas()
{
    const std::size_t size = m_spec.buckets.size();
    std::vector<double> below(size, 0);
    const auto runs = runsOf(size, [this](std::size_t i) { return totalAt(m_spec, i).has_value(); });
    for (std::size_t s = 0; s < m_spec.series.size(); ++s) {
        if (!m_look.visible[s])
            continue;
        std::vector<double> above(size);
        for (std::size_t i = 0; i < size; ++i)
            above[i] = below[i] + drawn(s, i);
        for (const auto& [from, to] : runs) {
            const bool unfinished = m_spec.buckets[to - 1].unfinished;
            const std::size_t solidEnd = unfinished ? to - 1 : to;
            if (solidEnd > from)
                addRunOfArea(s, from, solidEnd, false, below, above);
            if (unfinished)
                addRunOfArea(s, solidEnd > from ? solidEnd - 1 : from, to, true, below, above);
        }
        below = std::move(above);
    }
}

void PlotView::addLines()
{
    for (std::size_t s = 0; s < m_spec.series.size(); ++s) {
        if (!m_look.visible[s])
            continue;
        const auto& values = m_spec.series[s].values;
        const auto add = [&](std::size_t from, std::size_t to, Qt::PenStyle style) {
            QList<QPointF> points;
            for (std::size_t i = from; i < to; ++i)
                points << QPointF(static_cast<double>(i), drawn(s, i));
            if (points.size() == 1) { // a lone bucket between gaps: a line of one point draws nothing
                auto* dot = new QScatterSeries;
                dot->setMarkerSize(kLineWidth * 3);
                dot->setColor(m_look.colours[s]);
                dot->setBorderColor(m_look.colours[s]);
                dot->replace(points);
                attach(dot);
                return;
            }
            auto* line = new QLineSeries;
            line->setPen(QPen(m_look.colours[s], kLineWidth, style));
            line->replace(points);
            attach(line);
        };
        for (const auto& [from, to] : runsOf(values.size(), [&](std::size_t i) { return values[i].has_value(); })) {
            const bool unfinished = m_spec.buckets[to - 1].unfinished && to - from > 1;
            add(from, unfinished ? to - 1 : to, Qt::SolidLine);
            if (unfinished)
                add(to - 2, to, Qt::DotLine);
        }
    }
}

void PlotView::placeOverlays()
{
    const QRectF plot = chart()->plotArea();
    const std::size_t size = m_spec.buckets.size();
    if (size == 0 || plot.isEmpty()) {
        m_crosshairItem->setVisible(false);
        m_labelsItem->setVisible(false);
        return;
    }
    const auto sceneY = [&](double value) { return plot.bottom() - value / m_scale.maximum * plot.height(); };

    m_labelsItem->setVisible(m_look.endLabels);
    if (m_look.endLabels) {
        std::vector<EndLabelsItem::Label> labels;
        double below = 0;
        for (std::size_t s = 0; s < m_spec.series.size(); ++s) {
            if (!m_look.visible[s])
                continue;
            const auto& values = m_spec.series[s].values;
            std::size_t last = size - 1;
            if (m_spec.buckets[last].unfinished && last > 0)
                --last; // the picture of the running bucket is not the series' level
            double at = 0;
            if (m_spec.kind == ChartKind::Stacked) {
                at = below + drawn(s, last) / 2;
                below += drawn(s, last);
            } else {
                while (last > 0 && !values[last])
                    --last;
                at = drawn(s, last);
            }
            labels.push_back({m_spec.series[s].name, m_look.colours[s], sceneY(at)});
        }
        std::reverse(labels.begin(), labels.end()); // of equal heights the upper layer's name goes on top
        const qreal strip = chart()->geometry().right() - plot.right();
        m_labelsItem->place(QRectF(plot.right(), plot.top(), strip, plot.height()), std::move(labels));
    }

    if (!m_crosshair) {
        m_crosshairItem->setVisible(false);
        return;
    }
    std::vector<std::pair<std::int64_t, std::size_t>> ranked;
    for (std::size_t s = 0; s < m_spec.series.size(); ++s) {
        if (m_look.visible[s] && m_spec.series[s].values[*m_crosshair])
            ranked.emplace_back(*m_spec.series[s].values[*m_crosshair], s);
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<CrosshairItem::Line> lines;
    lines.reserve(ranked.size() + 1);
    for (const auto& [value, s] : ranked)
        lines.push_back({m_look.colours[s], m_spec.series[s].name, shownValue(value, m_spec.unit)});
    if (m_spec.kind == ChartKind::Stacked && ranked.size() > 1) {
        if (const auto total = totalAt(m_spec, *m_crosshair))
            lines.push_back({QColor(), tr("Total"), shownValue(*total, m_spec.unit)});
    }
    if (lines.empty())
        lines.push_back({QColor(), tr("no data"), QString()});
    QString heading = bucketLabel(m_spec, *m_crosshair);
    if (m_spec.buckets[*m_crosshair].unfinished)
        heading = tr("%1 (unfinished)").arg(heading);
    const qreal x = plot.left() + (static_cast<qreal>(*m_crosshair) + 0.5) / static_cast<qreal>(size) * plot.width();
    m_crosshairItem->place(plot, x, heading, std::move(lines));
}

void PlotView::setCrosshair(std::optional<std::size_t> bucket)
{
    if (bucket && *bucket >= m_spec.buckets.size())
        bucket.reset();
    if (bucket == m_crosshair)
        return;
    m_crosshair = bucket;
    placeOverlays();
}

void PlotView::moveByUser(std::optional<std::size_t> bucket)
{
    if (bucket == m_crosshair)
        return;
    setCrosshair(bucket);
    Q_EMIT crosshairMoved(m_crosshair ? static_cast<int>(*m_crosshair) : -1);
}

void PlotView::mouseMoveEvent(QMouseEvent* event)
{
    QChartView::mouseMoveEvent(event);
    const QRectF plot = chart()->plotArea();
    const QPointF at = mapToScene(event->position().toPoint());
    if (m_spec.buckets.empty() || !plot.contains(at)) {
        moveByUser(std::nullopt);
        return;
    }
    const auto size = static_cast<double>(m_spec.buckets.size());
    const double index = std::floor((at.x() - plot.left()) / plot.width() * size);
    moveByUser(static_cast<std::size_t>(std::clamp(index, 0.0, size - 1)));
}

void PlotView::leaveEvent(QEvent* event)
{
    QChartView::leaveEvent(event);
    if (!hasFocus())
        moveByUser(std::nullopt);
}

void PlotView::keyPressEvent(QKeyEvent* event)
{
    if (m_spec.buckets.empty() || event->modifiers() != Qt::NoModifier) {
        QChartView::keyPressEvent(event);
        return;
    }
    const std::size_t last = m_spec.buckets.size() - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        moveByUser(m_crosshair ? (*m_crosshair > 0 ? *m_crosshair - 1 : 0) : last);
        return;
    case Qt::Key_Right:
        moveByUser(m_crosshair ? std::min(*m_crosshair + 1, last) : last);
        return;
    case Qt::Key_Home:
        moveByUser(0);
        return;
    case Qt::Key_End:
        moveByUser(last);
        return;
    case Qt::Key_Escape:
        if (m_crosshair) {
            moveByUser(std::nullopt);
            return;
        }
        break;
    default:
        break;
    }
    QChartView::keyPressEvent(event);
}

void PlotView::focusInEvent(QFocusEvent* event)
{
    QChartView::focusInEvent(event);
    viewport()->update();
}

void PlotView::focusOutEvent(QFocusEvent* event)
{
    QChartView::focusOutEvent(event);
    viewport()->update();
}

void PlotView::paintEvent(QPaintEvent* event)
{
    QChartView::paintEvent(event);
    if (!hasFocus())
        return;
    QPainter painter(viewport());
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
}

} // namespace sb::ui
