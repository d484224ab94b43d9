// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "requests/TimelineBar.h"

#include "kit/UiText.h"

#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <array>

namespace sb::ui {

namespace {
constexpr std::array kPatterns{Qt::SolidPattern, Qt::Dense4Pattern, Qt::BDiagPattern, Qt::Dense6Pattern};
constexpr int kPadding = 4;
} // namespace

TimelineBar::TimelineBar(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("requestTimeline"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TimelineBar::setPhases(std::vector<RequestText::Phase> phases)
{
    m_phases = std::move(phases);
    QStringList lines;
    for (const RequestText::Phase& phase : m_phases)
        lines << tr("%1 %2").arg(phase.name, UiText::milliseconds(phase.lengthMs));
    setAccessibleDescription(lines.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QSize TimelineBar::sizeHint() const
{
    const int line = fontMetrics().height();
    return {fontMetrics().averageCharWidth() * 60,
            line + kPadding + static_cast<int>(m_phases.size()) * (line + kPadding)};
}

QSize TimelineBar::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 30, sizeHint().height()};
}

void TimelineBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const int line = fontMetrics().height();
    double total = 0;
    for (const RequestText::Phase& phase : m_phases)
        total = std::max(total, phase.startMs + phase.lengthMs);
    const QColor mark = palette().color(QPalette::Highlight);
    const double scale = total > 0 ? (width() - 1) / total : 0;
    int y = line + 2 * kPadding;
    for (std::size_t i = 0; i < m_phases.size(); ++i) {
        const RequestText::Phase& phase = m_phases[i];
        const QBrush brush(mark, kPatterns[i % kPatterns.size()]);
        painter.setPen(mark);
        painter.setBrush(brush);
        painter.drawRect(QRectF(phase.startMs * scale, 0, std::max(phase.lengthMs * scale, 1.0), line));
        painter.drawRect(QRect(0, y + kPadding / 2, line - kPadding, line - kPadding));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRect(line + kPadding, y, width() - line - kPadding, line), Qt::AlignVCenter | Qt::AlignLeft,
                         tr("%1 %2").arg(phase.name, UiText::milliseconds(phase.lengthMs)));
        y += line + kPadding;
    }
}

} // namespace sb::ui
