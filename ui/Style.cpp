// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Style.h"

#include <QPainter>
#include <QStyleOption>

namespace sb::ui {

Style::Style() : QProxyStyle(QStringLiteral("Fusion")) {}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                              const QWidget* widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (!option)
        return result;
    const int line = option->fontMetrics.height();
    switch (type) {
    case CT_PushButton:
        result.rwidth() += line;
        result.setHeight(std::max(result.height(), line + line * 3 / 4));
        break;
    case CT_LineEdit:
    case CT_ComboBox:
        result.setHeight(std::max(result.height(), line + line * 3 / 4));
        break;
    case CT_TabBarTab:
        result.rwidth() += line;
        result.rheight() += line / 3;
        break;
    case CT_HeaderSection:
        result.rheight() += line / 2;
        break;
    default:
        break;
    }
    return result;
}

/// Fusion outlines indicators darker than the window, which on a dark one cannot be seen: they get a line of their own.
void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool round = element == PE_IndicatorRadioButton;
    if (!round && element != PE_IndicatorCheckBox && element != PE_IndicatorItemViewItemCheck)
        return;
    const QRectF frame = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(option->palette.color(QPalette::PlaceholderText));
    if (round)
        painter->drawEllipse(frame.translated(0.5, 0.5).adjusted(0.5, 0.5, -0.5, -0.5));
    else
        painter->drawRoundedRect(frame, 1, 1);
    painter->restore();
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    const int usual = QProxyStyle::pixelMetric(metric, option, widget);
    switch (metric) {
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
    case PM_LayoutVerticalSpacing:
    case PM_LayoutHorizontalSpacing:
        return usual + usual / 3;
    default:
        return usual;
    }
}

} // namespace sb::ui
