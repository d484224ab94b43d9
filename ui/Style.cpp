// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Style.h"

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

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    const int usual = QProxyStyle::pixelMetric(metric, option, widget);
    switch (metric) {
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return usual + usual / 3;
    case PM_LayoutVerticalSpacing:
    case PM_LayoutHorizontalSpacing:
        return usual + usual / 3;
    default:
        return usual;
    }
}

} // namespace sb::ui
