// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/SnippetTabs.h"

#include "kit/Icons.h"
#include "kit/Named.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace sb::ui {

namespace {
constexpr int kForgetAfterMs = 45'000;
constexpr int kLines = 10;
} // namespace

SnippetTabs::SnippetTabs(QWidget* parent)
    : QWidget(parent), m_tabs(named(new QTabWidget(this), "snippetTabs", tr("Code snippets"))),
      m_copy(named(new QPushButton(tr("Copy snippet"), this), "copySnippet", tr("Copy snippet"))),
      m_dotEnv(addTab(QStringLiteral(".env"), "snippetDotEnv")), m_curl(addTab(QStringLiteral("curl"), "snippetCurl")),
      m_python(addTab(QStringLiteral("Python"), "snippetPython")),
      m_typeScript(addTab(QStringLiteral("TypeScript"), "snippetTypeScript"))
{
    m_copy->setIcon(Icons::get(QStringLiteral("copy")));
    m_tabs->setCornerWidget(m_copy);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_tabs);
    connect(m_copy, &QPushButton::clicked, this, &SnippetTabs::copy);
    m_forget.setSingleShot(true);
    m_forget.setInterval(kForgetAfterMs);
    connect(&m_forget, &QTimer::timeout, this, [this] {
        if (QGuiApplication::clipboard()->text() == m_copied)
            QGuiApplication::clipboard()->clear();
        m_copied.clear();
    });
}

QPlainTextEdit* SnippetTabs::addTab(const QString& title, const char* objectName)
{
    auto* edit = named(new QPlainTextEdit(this), objectName, tr("%1 snippet").arg(title));
    edit->setReadOnly(true);
    edit->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    edit->setTabChangesFocus(true);
    edit->setLineWrapMode(QPlainTextEdit::NoWrap);
    edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    edit->setMinimumHeight(edit->fontMetrics().lineSpacing() * kLines);
    m_tabs->addTab(edit, title);
    return edit;
}

void SnippetTabs::setConnection(const QString& name, const ConnectionText::Callee& callee, const QString& dotEnv,
                                bool dotEnvHoldsKey)
{
    m_dotEnv->setPlainText(dotEnv);
    m_curl->setPlainText(ConnectionText::curl(name, callee));
    m_python->setPlainText(ConnectionText::python(name, callee));
    m_typeScript->setPlainText(ConnectionText::typeScript(name, callee));
    m_sensitive = dotEnvHoldsKey;
}

void SnippetTabs::clear()
{
    for (QPlainTextEdit* edit : {m_dotEnv, m_curl, m_python, m_typeScript})
        edit->clear();
}

void SnippetTabs::copy()
{
    const auto* edit = qobject_cast<QPlainTextEdit*>(m_tabs->currentWidget());
    if (edit == nullptr)
        return;
    auto* content = new QMimeData;
    content->setText(edit->toPlainText());
    if (m_sensitive && edit == m_dotEnv) {
        content->setData(QStringLiteral("x-kde-passwordManagerHint"), QByteArrayLiteral("secret"));
        m_copied = edit->toPlainText();
        m_forget.start();
    }
    QGuiApplication::clipboard()->setMimeData(content);
}

} // namespace sb::ui
