// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/StatePill.h"

#include "kit/EntityTableModel.h"
#include "kit/Icons.h"

#include <QApplication>
#include <QPainter>
#include <QStyle>

namespace sb::ui {

namespace {

int iconSize(const QFontMetrics& metrics)
{
    return metrics.ascent();
}

QSize pillSize(const QFontMetrics& metrics, const QString& word)
{
    const int height = metrics.height() + metrics.height() / 4;
    return {metrics.horizontalAdvance(word) + iconSize(metrics) + height, height};
}

void paintPill(QPainter* painter, const QRect& rect, Tone tone, const QString& word, const QPalette& palette,
               const QFontMetrics& metrics)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(Tones::fill(tone, palette));
    const qreal radius = rect.height() / 2.0;
    painter->drawRoundedRect(rect, radius, radius);
    const int icon = iconSize(metrics);
    const int pad = rect.height() / 3;
    const QRect iconRect =
        QStyle::visualRect(QGuiApplication::layoutDirection(), rect,
                           QRect(rect.left() + pad, rect.top() + (rect.height() - icon) / 2, icon, icon));
    Icons::get(Tones::iconName(tone), tone).paint(painter, iconRect);
    painter->setPen(Tones::text(tone, palette));
    const QRect textRect = QStyle::visualRect(QGuiApplication::layoutDirection(), rect,
                                              rect.adjusted(pad + icon + pad / 2, 0, -pad / 2, 0));
    painter->drawText(textRect, Qt::AlignVCenter | Qt::AlignLeading,
                      metrics.elidedText(word, Qt::ElideRight, textRect.width()));
    painter->restore();
}

} // namespace

StatePill::StatePill(QWidget* parent) : QLabel(parent)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void StatePill::setState(Tone tone, const QString& word)
{
    m_tone = tone;
    setText(word);
    updateGeometry();
    update();
}

QSize StatePill::sizeHint() const
{
    return pillSize(fontMetrics(), text());
}

void StatePill::paintEvent(QPaintEvent*)
{
    if (text().isEmpty())
        return;
    QPainter painter(this);
    paintPill(&painter, rect(), m_tone, text(), palette(), fontMetrics());
}

void StateDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QVariant tone = index.data(Roles::Tone);
    if (!tone.isValid()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem background(option);
    initStyleOption(&background, index);
    const QString word = background.text;
    background.text.clear();
    background.icon = {};
    QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &background, painter, option.widget);
    if (word.isEmpty())
        return;
    const QSize size = pillSize(option.fontMetrics, word);
    const QRect cell = option.rect.adjusted(2, 1, -2, -1);
    const QRect pill =
        QStyle::alignedRect(option.direction, Qt::AlignVCenter | Qt::AlignLeading, size.boundedTo(cell.size()), cell);
    paintPill(painter, pill, static_cast<Tone>(tone.toInt()), word, option.palette, option.fontMetrics);
}

QSize StateDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QSize usual = QStyledItemDelegate::sizeHint(option, index);
    if (!index.data(Roles::Tone).isValid())
        return usual;
    return usual.expandedTo(pillSize(option.fontMetrics, index.data(Qt::DisplayRole).toString()) + QSize(8, 4));
}

Tone toneOf(DeploymentState state)
{
    switch (state) {
    case DeploymentState::Active:
        return Tone::Good;
    case DeploymentState::Deploying:
        return Tone::Info;
    case DeploymentState::Outdated:
    case DeploymentState::NotDeployed:
        return Tone::Warning;
    case DeploymentState::Failed:
        return Tone::Bad;
    case DeploymentState::NotConfigured:
    case DeploymentState::Stopped:
        break;
    }
    return Tone::Neutral;
}

} // namespace sb::ui
