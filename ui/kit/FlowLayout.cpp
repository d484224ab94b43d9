// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/FlowLayout.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QWidget>

#include <algorithm>
#include <vector>

namespace sb::ui {

namespace {
constexpr int kGap = 8;
}

FlowLayout::FlowLayout(QWidget* parent) : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

void FlowLayout::setGeometry(const QRect& area)
{
    QLayout::setGeometry(area);
    arrange(area, Placing::Apply);
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem* item : m_items) {
        if (!item->isEmpty())
            size = size.expandedTo(item->minimumSize());
    }
    return size;
}

void FlowLayout::addLabelled(QLabel* label, QWidget* widget)
{
    auto* pair = new QWidget(parentWidget());
    auto* row = new QHBoxLayout(pair);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(label);
    row->addWidget(widget);
    addWidget(pair);
}

int FlowLayout::arrange(const QRect& area, Placing placing) const
{
    struct Place {
        QLayoutItem* item;
        QRect rect; ///< from left to right
    };
    std::vector<Place> line;
    int x = 0;
    int y = 0;
    int lineHeight = 0;
    const auto endLine = [&] {
        for (Place& place : line) {
            place.rect.translate(0, (lineHeight - place.rect.height()) / 2);
            if (placing == Placing::Apply)
                place.item->setGeometry(QStyle::visualRect(parentWidget()->layoutDirection(), area, place.rect));
        }
        line.clear();
    };
    for (QLayoutItem* item : m_items) {
        if (item->isEmpty())
            continue;
        QSize size = item->sizeHint();
        size.setWidth(std::max(std::min(size.width(), area.width()), item->minimumSize().width()));
        if (x > 0 && x + size.width() > area.width()) {
            endLine();
            x = 0;
            y += lineHeight + kGap / 2;
            lineHeight = 0;
        }
        line.push_back({item, QRect(area.topLeft() + QPoint(x, y), size)});
        x += size.width() + kGap;
        lineHeight = std::max(lineHeight, size.height());
    }
    endLine();
    return y + lineHeight;
}

} // namespace sb::ui
