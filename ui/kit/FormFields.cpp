// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/FormFields.h"

#include "kit/Icons.h"
#include "kit/UiText.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>

#include <vector>

namespace sb::ui {

namespace {

struct Field {
    QString key;
    QLabel* label = nullptr;
    QWidget* editor = nullptr;
    QLabel* hint = nullptr;
    QWidget* issueRow = nullptr;
    QLabel* issueIcon = nullptr;
    QLabel* issue = nullptr;
    bool isError = false;
};

} // namespace

struct FormFields::Impl {
    QGridLayout* grid = nullptr;
    std::vector<Field> fields;

    Field* find(const QString& key)
    {
        for (Field& field : fields) {
            if (field.key == key)
                return &field;
        }
        return nullptr;
    }

    Field* findForIssue(const QString& issueField)
    {
        if (Field* field = find(issueField))
            return field;
        return find(issueField.section(QLatin1Char('/'), -1));
    }

    static void describe(Field& field)
    {
        QStringList parts;
        if (!field.issue->text().isEmpty())
            parts << field.issue->text();
        if (!field.hint->text().isEmpty())
            parts << field.hint->text();
        field.editor->setAccessibleDescription(parts.join(QLatin1Char(' ')));
    }

    static void set(Field& field, const QString& text, FieldIssue::Severity severity)
    {
        field.isError = !text.isEmpty() && severity == FieldIssue::Severity::Error;
        const Tone tone = severity == FieldIssue::Severity::Error ? Tone::Bad : Tone::Warning;
        QPalette palette = field.editor->palette();
        palette.setColor(QPalette::WindowText, Tones::text(tone, palette));
        field.issue->setPalette(palette);
        field.issue->setText(text);
        const int size = field.issue->fontMetrics().height();
        field.issueIcon->setPixmap(Icons::get(Tones::iconName(tone), tone).pixmap(size, size));
        field.issueRow->setVisible(!text.isEmpty());
        describe(field);
    }
};

FormFields::FormFields(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>())
{
    m_impl->grid = new QGridLayout(this);
    m_impl->grid->setContentsMargins({});
    m_impl->grid->setColumnStretch(1, 1);
    m_impl->grid->setHorizontalSpacing(fontMetrics().averageCharWidth() * 2);
}

FormFields::~FormFields() = default;

void FormFields::addField(const QString& key, const QString& label, QWidget* editor, const QString& hint)
{
    Field field;
    field.key = key;
    field.label = new QLabel(label, this);
    field.editor = editor;
    field.label->setBuddy(editor->focusProxy() ? editor->focusProxy() : editor);
    if (editor->objectName().isEmpty())
        editor->setObjectName(key);
    if (!qobject_cast<QAbstractButton*>(editor))
        editor->setAccessibleName(label);
    field.hint = new QLabel(hint, this);
    field.hint->setWordWrap(true);
    field.hint->setForegroundRole(QPalette::PlaceholderText);
    field.hint->setVisible(!hint.isEmpty());
    field.hint->setTextFormat(Qt::PlainText);
    field.issueRow = new QWidget(this);
    field.issueIcon = new QLabel(field.issueRow);
    field.issue = new QLabel(field.issueRow);
    field.issue->setObjectName(key + QStringLiteral("Issue"));
    field.issue->setWordWrap(true);
    field.issue->setTextFormat(Qt::PlainText);
    auto* row = new QHBoxLayout(field.issueRow);
    row->setContentsMargins({});
    row->addWidget(field.issueIcon, 0, Qt::AlignTop);
    row->addWidget(field.issue, 1);
    field.issueRow->hide();

    auto* cell = new QVBoxLayout;
    cell->setSpacing(2);
    cell->addWidget(editor);
    cell->addWidget(field.issueRow);
    cell->addWidget(field.hint);
    const int line = m_impl->grid->rowCount();
    const int firstLine = std::min(editor->sizeHint().height(), fontMetrics().height() * 2);
    const int margin = (firstLine - field.label->sizeHint().height()) / 2;
    field.label->setContentsMargins(0, std::max(0, margin), 0, 0);
    m_impl->grid->addWidget(field.label, line, 0, Qt::AlignTop | Qt::AlignLeading);
    m_impl->grid->addLayout(cell, line, 1);
    m_impl->fields.push_back(field);
    Impl::describe(m_impl->fields.back());
}

void FormFields::addWide(QWidget* widget)
{
    m_impl->grid->addWidget(widget, m_impl->grid->rowCount(), 0, 1, 2);
}

void FormFields::setHint(const QString& key, const QString& hint)
{
    if (Field* field = m_impl->find(key)) {
        field->hint->setText(hint);
        field->hint->setVisible(!hint.isEmpty() && !field->editor->isHidden());
        Impl::describe(*field);
    }
}

void FormFields::setFieldVisible(const QString& key, bool visible)
{
    if (Field* field = m_impl->find(key)) {
        field->label->setVisible(visible);
        field->editor->setVisible(visible);
        field->hint->setVisible(visible && !field->hint->text().isEmpty());
        field->issueRow->setVisible(visible && !field->issue->text().isEmpty());
    }
}

bool FormFields::showIssues(const FieldIssues& issues)
{
    clearIssues();
    bool anyError = false;
    for (const FieldIssue& issue : issues) {
        Field* field = m_impl->findForIssue(UiText::qs(issue.field));
        if (!field || (field->isError && issue.severity == FieldIssue::Severity::Warning))
            continue;
        Impl::set(*field, UiText::sentence(issue), issue.severity);
        anyError = anyError || issue.severity == FieldIssue::Severity::Error;
    }
    Q_EMIT errorsChanged();
    return anyError;
}

void FormFields::showIssue(const QString& key, const QString& text, FieldIssue::Severity severity)
{
    if (Field* field = m_impl->find(key)) {
        Impl::set(*field, text, severity);
        Q_EMIT errorsChanged();
    }
}

void FormFields::clearIssue(const QString& key)
{
    showIssue(key, {});
}

void FormFields::clearIssues()
{
    for (Field& field : m_impl->fields)
        Impl::set(field, {}, FieldIssue::Severity::Error);
    Q_EMIT errorsChanged();
}

bool FormFields::hasError(const QString& key) const
{
    const Field* field = m_impl->find(key);
    return field && field->isError;
}

QString FormFields::issueText(const QString& key) const
{
    const Field* field = m_impl->find(key);
    return field ? field->issue->text() : QString();
}

bool FormFields::focusFirstError()
{
    for (const Field& field : m_impl->fields) {
        if (field.isError) {
            field.editor->setFocus(Qt::OtherFocusReason);
            return true;
        }
    }
    return false;
}

bool FormFields::contains(const QString& key) const
{
    return m_impl->find(key) != nullptr;
}

} // namespace sb::ui
