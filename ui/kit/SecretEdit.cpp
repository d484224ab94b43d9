// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/SecretEdit.h"

namespace sb::ui {

SecretEdit::SecretEdit(QWidget* parent) : QLineEdit(parent)
{
    setEchoMode(QLineEdit::Password);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase | Qt::ImhSensitiveData);
    connect(this, &QLineEdit::textChanged, this, &SecretEdit::adaptEcho);
}

Secret SecretEdit::secret() const
{
    std::string bytes = text().trimmed().toStdString();
    return Secret(std::move(bytes));
}

void SecretEdit::wipe()
{
    QString buffer = text();
    clear();
    buffer.fill(QLatin1Char(' '));
}

void SecretEdit::adaptEcho()
{
    const QString typed = text().trimmed();
    const bool reference = typed.startsWith(QLatin1String("env:")) || typed.startsWith(QLatin1String("file:")) ||
                           typed.startsWith(QLatin1String("keychain:"));
    const EchoMode wanted = reference ? QLineEdit::Normal : QLineEdit::Password;
    if (echoMode() != wanted)
        setEchoMode(wanted);
}

} // namespace sb::ui
