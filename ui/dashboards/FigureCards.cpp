// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboards/FigureCards.h"

#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace sb::ui {

namespace {
constexpr double kValueScale = 1.5;
constexpr int kCardCharacters = 15;
constexpr int kFewestColumns = 2;
} // namespace

FigureCards::FigureCards(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
}

void FigureCards::setFigures(const std::vector<OverviewText::Figure>& figures)
{
    while (m_cards.size() < figures.size()) {
        Card card;
        card.frame = new QFrame(this);
        card.frame->setFrameShape(QFrame::StyledPanel);
        card.title = new QLabel(card.frame);
        card.value = new QLabel(card.frame);
        card.change = new QLabel(card.frame);
        QFont large = card.value->font();
        large.setPointSizeF(large.pointSizeF() * kValueScale);
        large.setBold(true);
        card.value->setFont(large);
        card.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        card.change->setForegroundRole(QPalette::PlaceholderText);
        auto* layout = new QVBoxLayout(card.frame);
        layout->setSpacing(2);
        layout->addWidget(card.title);
        layout->addWidget(card.value);
        layout->addWidget(card.change);
        m_cards.push_back(card);
        m_columns = 0;
    }
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const OverviewText::Figure& figure = figures[i];
        const Card& card = m_cards[i];
        card.frame->setObjectName(QStringLiteral("figure_%1").arg(figure.id));
        card.value->setObjectName(QStringLiteral("figureValue_%1").arg(figure.id));
        card.change->setObjectName(QStringLiteral("figureChange_%1").arg(figure.id));
        card.title->setText(figure.attention ? tr("%1 (check)").arg(figure.title) : figure.title);
        card.value->setText(figure.value);
        card.change->setText(figure.change);
        // Two figures may have the same value; a name says which one it is of.
        card.value->setAccessibleName(tr("%1: %2", "figure: value").arg(figure.title, figure.value));
        card.change->setAccessibleName(
            figure.change.isEmpty() ? QString() : tr("%1: %2", "figure: value").arg(figure.title, figure.change));
        card.change->setToolTip(figure.change.isEmpty() || figure.comparison.isEmpty()
                                    ? QString()
                                    : tr("%1 %2").arg(figure.change, figure.comparison));
    }
    arrange();
}

void FigureCards::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

QSize FigureCards::minimumSizeHint() const
{
    return {columnsWidth(std::min(kFewestColumns, static_cast<int>(m_cards.size()))), m_grid->minimumSize().height()};
}

int FigureCards::columnsWidth(int columns) const
{
    int widest = fontMetrics().averageCharWidth() * kCardCharacters;
    for (const Card& card : m_cards)
        widest = std::max(widest, card.frame->minimumSizeHint().width());
    return columns * widest + std::max(0, columns - 1) * m_grid->horizontalSpacing();
}

/// As many in a row as fit, and every row full.
void FigureCards::arrange()
{
    if (m_cards.empty())
        return;
    const int all = static_cast<int>(m_cards.size());
    int columns = all;
    while (columns > kFewestColumns && columnsWidth(columns) > width())
        columns = (columns + 1) / 2;
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int i = 0; i < all; ++i) {
        m_grid->addWidget(m_cards[static_cast<std::size_t>(i)].frame, i / columns, i % columns);
    }
    for (int column = 0; column < all; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    updateGeometry();
}

} // namespace sb::ui
