// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboards/SampleMark.h"

#include "async/OnResult.h"
#include "kit/Icons.h"
#include "kit/Named.h"
#include "storage/SampleSeeder.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>

namespace sb::ui {

using analytics::SampleShare;

SampleMark::SampleMark(storage::StorageService& storage, QWidget* parent)
    : QFrame(parent), m_storage(storage), m_icon(new QLabel(this)), m_text(new QLabel(this)),
      m_leaveOut(
          named(new QPushButton(tr("Leave out sample data"), this), "sampleLeaveOut", tr("Leave out sample data"))),
      m_remove(named(new QPushButton(tr("Remove sample data"), this), "sampleRemove", tr("Remove sample data")))
{
    setObjectName(QStringLiteral("sampleMark"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    m_text->setObjectName(QStringLiteral("sampleMarkText"));
    m_text->setWordWrap(true);
    auto* row = new QHBoxLayout(this);
    const int gap = style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing);
    row->setContentsMargins(gap + 2, gap, gap, gap);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addWidget(m_leaveOut);
    row->addWidget(m_remove);
    connect(m_leaveOut, &QPushButton::clicked, this, &SampleMark::ownDataWanted);
    connect(m_remove, &QPushButton::clicked, this, &SampleMark::remove);
    applyTone();
    hide();
}

void SampleMark::setShare(SampleShare share)
{
    m_text->setText(share == SampleShare::Mixed
                        ? tr("Includes sample data: your own requests and invented ones are counted together.")
                        : tr("Sample data: everything shown here is invented."));
    m_leaveOut->setVisible(share == SampleShare::Mixed);
    setVisible(share != SampleShare::None);
}

void SampleMark::remove()
{
    m_remove->setEnabled(false);
    onResult(storage::removeSample(m_storage), this, [this](Result<void> removed) {
        m_remove->setEnabled(true);
        if (!removed)
            Q_EMIT failed(removed.error());
    });
}

void SampleMark::applyTone()
{
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    m_icon->setPixmap(Icons::get(Tones::iconName(Tone::Warning), Tone::Warning).pixmap(size, size));
    QPalette own = parentWidget() ? parentWidget()->palette() : palette();
    own.setColor(QPalette::Window, Tones::fill(Tone::Warning, own));
    setPalette(own);
}

void SampleMark::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        applyTone();
}

} // namespace sb::ui
