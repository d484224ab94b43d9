// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Rail.h"

#include "kit/Icons.h"

#include <QEvent>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

namespace sb::ui {

namespace {

constexpr int kIdRole = Qt::UserRole + 1;
constexpr int kGroupedRole = Qt::UserRole + 2;

class RailDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    bool compact = false;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const QSize size = QStyledItemDelegate::sizeHint(option, index);
        const int line = option.fontMetrics.height();
        if (isHeader(index))
            return {size.width(), compact ? line / 2 : line * 2};
        return {size.width() + line, line * 2};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        if (isHeader(index)) {
            paintHeader(painter, option, index);
            return;
        }
        QStyleOptionViewItem item(option);
        initStyleOption(&item, index);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRect box = option.rect.adjusted(6, 2, -6, -2);
        const bool selected = option.state & QStyle::State_Selected;
        if (selected || (option.state & QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(selected ? option.palette.highlight() : option.palette.midlight());
            painter->drawRoundedRect(box, 6, 6);
        }
        if (selected && (option.state & QStyle::State_HasFocus)) {
            painter->setPen(QPen(option.palette.color(QPalette::HighlightedText), 1, Qt::DotLine));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(box.adjusted(2, 2, -2, -2), 5, 5);
        }
        const int icon = option.fontMetrics.height();
        const int indent = index.data(kGroupedRole).toBool() && !compact ? icon / 2 : 0;
        const int left = compact ? (box.width() - icon) / 2 : icon / 2 + indent;
        const QRect iconRect = QStyle::visualRect(option.direction, box,
                                                  QRect(box.left() + left, box.center().y() - icon / 2, icon, icon));
        item.icon.paint(painter, iconRect, Qt::AlignCenter, selected ? QIcon::Selected : QIcon::Normal);
        if (!compact) {
            const QRect text =
                QStyle::visualRect(option.direction, box, box.adjusted(left + icon + icon / 2, 0, -icon / 4, 0));
            painter->setPen(option.palette.color(selected ? QPalette::HighlightedText : QPalette::WindowText));
            painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeading,
                              option.fontMetrics.elidedText(item.text, Qt::ElideRight, text.width()));
        }
        painter->restore();
    }

private:
    static bool isHeader(const QModelIndex& index) { return index.data(kIdRole).toString().isEmpty(); }

    void paintHeader(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
    {
        if (compact)
            return;
        painter->save();
        QFont font = option.font;
        font.setPointSizeF(font.pointSizeF() * 0.88);
        font.setWeight(QFont::DemiBold);
        painter->setFont(font);
        painter->setPen(option.palette.color(QPalette::PlaceholderText));
        painter->drawText(option.rect.adjusted(14, 0, -6, -4), Qt::AlignBottom | Qt::AlignLeading,
                          index.data().toString());
        painter->restore();
    }
};

} // namespace

Rail::Rail(const std::vector<Item>& items, QWidget* parent) : QListView(parent), m_items(new QStandardItemModel(this))
{
    setObjectName(QStringLiteral("navigation"));
    setAccessibleName(tr("Navigation"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(NoEditTriggers);
    setUniformItemSizes(false);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    for (const Item& entry : items) {
        auto* item = new QStandardItem(entry.title);
        item->setData(entry.id, kIdRole);
        item->setData(entry.grouped, kGroupedRole);
        if (entry.id.isEmpty())
            item->setFlags(Qt::ItemIsEnabled);
        else
            item->setIcon(Icons::get(entry.icon));
        item->setToolTip(entry.title);
        m_items->appendRow(item);
    }
    setItemDelegate(new RailDelegate(this));
    setModel(m_items);
    viewport()->setBackgroundRole(QPalette::Window);
    adaptWidth();
}

void Rail::setCompact(bool compact)
{
    if (compact == m_compact)
        return;
    m_compact = compact;
    static_cast<RailDelegate*>(itemDelegate())->compact = compact;
    adaptWidth();
    scheduleDelayedItemsLayout();
}

void Rail::adaptWidth()
{
    const int line = fontMetrics().height();
    int widest = 0;
    for (int row = 0; row < m_items->rowCount(); ++row)
        widest = std::max(widest, fontMetrics().horizontalAdvance(m_items->item(row)->text()));
    setFixedWidth(m_compact ? line * 3 : widest + line * 4);
}

void Rail::setCurrentEntry(const QString& id)
{
    for (int row = 0; row < m_items->rowCount(); ++row) {
        if (m_items->item(row)->data(kIdRole).toString() == id) {
            m_quiet = true;
            setCurrentIndex(m_items->index(row, 0));
            m_quiet = false;
            return;
        }
    }
}

void Rail::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    const QString id = current.data(kIdRole).toString();
    if (!m_quiet && !id.isEmpty())
        Q_EMIT entryChosen(id);
}

void Rail::changeEvent(QEvent* event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        adaptWidth();
}

} // namespace sb::ui
