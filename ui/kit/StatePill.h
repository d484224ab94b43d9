// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Service.h"
#include "kit/Tone.h"

#include <QLabel>
#include <QStyledItemDelegate>

namespace sb::ui {

/// A state as word + icon + colour, for forms and headers.
class StatePill : public QLabel {
    Q_OBJECT
public:
    explicit StatePill(QWidget* parent = nullptr);
    void setState(Tone tone, const QString& word);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Tone m_tone = Tone::Neutral;
};

/// The same in a table cell: paints Qt::DisplayRole as a pill when the model gives Roles::Tone, else as usual.
class StateDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

Tone toneOf(DeploymentState state);

} // namespace sb::ui
