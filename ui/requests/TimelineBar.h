// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "requests/RequestText.h"

#include <QWidget>

#include <vector>

namespace sb::ui {

/// The phases of a request as a bar to scale, each named with its length in the lines below, so that nothing is said by
/// the picture alone.
class TimelineBar final : public QWidget {
    Q_OBJECT
public:
    explicit TimelineBar(QWidget* parent = nullptr);

    void setPhases(std::vector<RequestText::Phase> phases);

protected:
    void paintEvent(QPaintEvent* event) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    std::vector<RequestText::Phase> m_phases;
};

} // namespace sb::ui
