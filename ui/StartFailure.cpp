// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "StartFailure.h"

#include "kit/UiText.h"

#include <QPushButton>

namespace sb::ui {

StartFailure::StartFailure(const Error& error, QWidget* parent) : QMessageBox(parent)
{
    setObjectName(QStringLiteral("startFailure"));
    setWindowTitle(QStringLiteral("Signalbox"));
    setIcon(QMessageBox::Critical);
    setTextFormat(Qt::PlainText); // it quotes a path
    setText(tr("Signalbox cannot keep its files and does not start."));
    setInformativeText(tr("%1. Make that folder writable for you, or start with --profile and another folder.")
                           .arg(UiText::qs(error.what)));
    QPushButton* close = addButton(tr("Close"), QMessageBox::AcceptRole);
    close->setObjectName(QStringLiteral("startFailureClose"));
    close->setAccessibleName(close->text());
}

} // namespace sb::ui
