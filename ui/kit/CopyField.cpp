// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/CopyField.h"

#include "kit/Icons.h"
#include "kit/Named.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>

namespace sb::ui {

namespace {
constexpr int kClearAfterMs = 45'000;
}

CopyField::CopyField(const QString& label, QWidget* parent)
    : QWidget(parent), m_edit(named(new QLineEdit(this), "copyValue", label)),
      m_button(named(new QPushButton(tr("Copy %1").arg(label), this), "copyButton", tr("Copy %1").arg(label)))
{
    m_edit->setReadOnly(true);
    m_edit->setLayoutDirection(Qt::LeftToRight); // addresses and keys read left to right in every language
    m_button->setIcon(Icons::get(QStringLiteral("copy")));
    setFocusProxy(m_edit);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->addWidget(m_edit, 1);
    row->addWidget(m_button);
    m_clearTimer.setSingleShot(true);
    m_clearTimer.setInterval(kClearAfterMs);
    connect(m_button, &QPushButton::clicked, this, &CopyField::copy);
    connect(&m_clearTimer, &QTimer::timeout, this, &CopyField::clearClipboard);
}

void CopyField::setValue(const QString& value)
{
    m_edit->setText(value);
    m_edit->setCursorPosition(0);
}

QString CopyField::value() const
{
    return m_edit->text();
}

void CopyField::copy()
{
    auto* content = new QMimeData;
    content->setText(value());
    if (m_sensitive) {
        content->setData(QStringLiteral("x-kde-passwordManagerHint"), QByteArrayLiteral("secret"));
        m_clearTimer.start();
    }
    QGuiApplication::clipboard()->setMimeData(content);
    Q_EMIT copied();
}

void CopyField::clearClipboard()
{
    if (QGuiApplication::clipboard()->text() == value())
        QGuiApplication::clipboard()->clear();
}

} // namespace sb::ui
