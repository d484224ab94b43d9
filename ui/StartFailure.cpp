// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "StartFailure.h"

#include "kit/UiText.h"

#include <QPushButton>

namespace sb::ui {

StartFailure::StartFailure(const Error& error, QWidget* parent) : QMessageBox(parent)
{
    QString reason = UiText::qs(error.what);
    reason[0] = reason[0].toUpper();
    present(tr("Signalbox cannot keep its files and does not start."),
            tr("%1. Make that folder writable for you, or start with --profile and another folder.").arg(reason));
}

StartFailure::StartFailure(qint64 holder, QWidget* parent) : QMessageBox(parent)
{
    present(tr("Signalbox is running with this profile already, but its window does not answer."),
            tr("Wait a moment and start it again. If nothing changes, end the process %1, or start with --profile and "
               "another folder.")
                .arg(holder));
}

void StartFailure::present(const QString& what, const QString& advice)
{
    setObjectName(QStringLiteral("startFailure"));
    setWindowTitle(QStringLiteral("Signalbox"));
    setIcon(QMessageBox::Critical);
    setTextFormat(Qt::PlainText); // it quotes a path
    setText(what);
    setInformativeText(advice);
    QPushButton* close = addButton(tr("Close"), QMessageBox::AcceptRole);
    close->setObjectName(QStringLiteral("startFailureClose"));
    close->setAccessibleName(close->text());
}

} // namespace sb::ui
