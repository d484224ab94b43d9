// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/validation/FieldIssue.h"

#include <QString>
#include <QWidget>

#include <memory>

class QGridLayout;
class QLabel;

namespace sb::ui {

/// The rows of a form: label (buddy of the editor, so that both have one name), editor, a hint, and the place under the
/// field where its errors and warnings appear. Field keys are those of domain/validation.
class FormFields : public QWidget {
    Q_OBJECT
public:
    explicit FormFields(QWidget* parent = nullptr);
    ~FormFields() override;

    /// Adds a row and names the editor after its label. Takes ownership of `editor`.
    void addField(const QString& key, const QString& label, QWidget* editor, const QString& hint = {});
    /// A widget over the whole width, without errors of its own.
    void addWide(QWidget* widget);
    void setHint(const QString& key, const QString& hint);
    void setFieldVisible(const QString& key, bool visible);

    /// Shows each issue under its field; a key matches an issue's whole field name or what follows the last '/'. Issues
    /// of fields that are not here are ignored. Returns whether any error (not warning) was shown.
    bool showIssues(const FieldIssues& issues);
    void showIssue(const QString& key, const QString& text,
                   FieldIssue::Severity severity = FieldIssue::Severity::Error);
    void clearIssue(const QString& key);
    void clearIssues();
    bool hasError(const QString& key) const;
    QString issueText(const QString& key) const;
    /// Focuses the first field with an error; false when there is none.
    bool focusFirstError();
    bool contains(const QString& key) const;

Q_SIGNALS:
    void errorsChanged();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::ui
