// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/SecretEdit.h"

#include <QRegularExpression>

namespace sb::ui {

namespace {

bool matches(const QString& text, const char* pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1String(pattern))).match(text).hasMatch();
}

} // namespace

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

void SecretEdit::setAsksForVariable(bool asks)
{
    if (asks == m_asksForVariable)
        return;
    m_asksForVariable = asks;
    m_mayHoldSecret = !text().isEmpty();
    adaptEcho();
}

void SecretEdit::adaptEcho()
{
    const QString typed = text().trimmed();
    m_mayHoldSecret = m_mayHoldSecret && !typed.isEmpty();
    // What is no name may be the key itself, pasted into the wrong kind of field.
    const bool variable = m_asksForVariable && matches(typed, m_mayHoldSecret ? "[A-Z_][A-Z0-9_]*" : "[A-Za-z_]\\w*");
    const bool reference = typed.startsWith(QLatin1String("env:")) || typed.startsWith(QLatin1String("file:")) ||
                           typed.startsWith(QLatin1String("keychain:"));
    const EchoMode wanted = reference || variable ? QLineEdit::Normal : QLineEdit::Password;
    if (echoMode() != wanted)
        setEchoMode(wanted);
}

} // namespace sb::ui
