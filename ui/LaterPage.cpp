// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LaterPage.h"

#include "kit/Named.h"
#include "kit/PageHeader.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sb::ui {

LaterPage::LaterPage(const QString& title, const QString& comesWith, const QString& worksToday,
                     const std::vector<Link>& links, QWidget* parent)
    : Page(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    auto* header = new PageHeader(title, this);
    header->setSubtitle(comesWith);
    column->addWidget(header);
    auto* text = new QLabel(worksToday, this);
    text->setWordWrap(true);
    text->setTextFormat(Qt::PlainText);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addSpacing(fontMetrics().height());
    column->addWidget(text);
    column->addSpacing(fontMetrics().height() / 2);
    for (const Link& link : links) {
        auto* button = named(new QPushButton(link.text, this), "laterLink", link.text);
        connect(button, &QPushButton::clicked, this, [this, entry = link.entry] { Q_EMIT navigate(entry, {}); });
        column->addWidget(button, 0, Qt::AlignLeading);
    }
    column->addStretch(1);
}

} // namespace sb::ui
