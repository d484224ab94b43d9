// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/internal/ChartOverlays.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace sb::ui {

namespace {
constexpr qreal kPadding = 6;
constexpr qreal kMark = 9;
constexpr qreal kOverlayZ = 100;
constexpr qreal kMaxLabelCharacters = 26;
} // namespace

CrosshairItem::CrosshairItem()
{
    setZValue(kOverlayZ);
    setVisible(false);
}

void CrosshairItem::setLook(const QFont& font, const QPalette& palette)
{
    m_font = font;
    m_palette = palette;
}

void CrosshairItem::place(const QRectF& plot, qreal x, QString heading, std::vector<Line> lines)
{
    if (plot != m_plot) {
        prepareGeometryChange();
        m_plot = plot;
    }
    m_x = x;
    m_heading = std::move(heading);
    m_lines = std::move(lines);
    setVisible(true);
    update();
}

void CrosshairItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setFont(m_font);
    const QFontMetricsF metrics(m_font);
    painter->setPen(QPen(m_palette.color(QPalette::Text), 1, Qt::DashLine));
    painter->drawLine(QPointF(m_x, m_plot.top()), QPointF(m_x, m_plot.bottom()));

    qreal names = 0;
    qreal values = 0;
    for (const Line& line : m_lines) {
        names = std::max(names, metrics.horizontalAdvance(line.name));
        values = std::max(values, metrics.horizontalAdvance(line.value));
    }
    const qreal inner =
        std::max(kMark + kPadding + names + 2 * kPadding + values, metrics.horizontalAdvance(m_heading));
    const QSizeF size(inner + 2 * kPadding, metrics.height() * static_cast<qreal>(m_lines.size() + 1) + 2 * kPadding);
    QPointF corner(m_x + kPadding, m_plot.top() + kPadding);
    if (corner.x() + size.width() > m_plot.right())
        corner.setX(std::max(m_plot.left(), m_x - kPadding - size.width()));

    painter->setPen(m_palette.color(QPalette::Mid));
    painter->setBrush(m_palette.color(QPalette::ToolTipBase));
    painter->drawRect(QRectF(corner, size));
    painter->setPen(m_palette.color(QPalette::ToolTipText));
    qreal baseline = corner.y() + kPadding + metrics.ascent();
    painter->drawText(QPointF(corner.x() + kPadding, baseline), m_heading);
    for (const Line& line : m_lines) {
        baseline += metrics.height();
        if (line.colour.isValid()) {
            painter->fillRect(QRectF(corner.x() + kPadding, baseline - kMark + 1, kMark, kMark), line.colour);
        }
        painter->drawText(QPointF(corner.x() + 2 * kPadding + kMark, baseline), line.name);
        painter->drawText(QPointF(corner.x() + kPadding + inner - metrics.horizontalAdvance(line.value), baseline),
                          line.value);
    }
}

void EndLabelsItem::setLook(const QFont& font, const QPalette& palette)
{
    m_font = font;
    m_palette = palette;
}

qreal EndLabelsItem::widthFor(const QFont& font, const QStringList& texts)
{
    const QFontMetricsF metrics(font);
    qreal width = 0;
    for (const QString& text : texts)
        width = std::max(width, metrics.horizontalAdvance(text));
    return std::min(width, metrics.averageCharWidth() * kMaxLabelCharacters) + kMark + 3 * kPadding;
}

void EndLabelsItem::place(const QRectF& area, std::vector<Label> labels)
{
    prepareGeometryChange();
    m_area = area;
    m_labels = std::move(labels);
    std::stable_sort(m_labels.begin(), m_labels.end(), [](const Label& a, const Label& b) { return a.y < b.y; });
    const qreal height = QFontMetricsF(m_font).height();
    qreal next = area.top() + height / 2;
    for (Label& label : m_labels) { // downwards: keep the distance
        label.y = std::max(label.y, next);
        next = label.y + height;
    }
    qreal limit = area.bottom() - height / 2;
    for (auto label = m_labels.rbegin(); label != m_labels.rend(); ++label) { // upwards: stay inside
        label->y = std::min(label->y, limit);
        limit = label->y - height;
    }
    update();
}

void EndLabelsItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setFont(m_font);
    const QFontMetricsF metrics(m_font);
    for (const Label& label : m_labels) {
        painter->fillRect(QRectF(m_area.left() + kPadding, label.y - kMark / 2, kMark, kMark), label.colour);
        painter->setPen(m_palette.color(QPalette::Text));
        const qreal left = m_area.left() + 2 * kPadding + kMark;
        painter->drawText(QPointF(left, label.y + metrics.ascent() / 2 - 1),
                          metrics.elidedText(label.text, Qt::ElideRight, m_area.right() - left));
    }
}

} // namespace sb::ui
