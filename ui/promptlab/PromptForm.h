// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "promptlab/LabCatalogue.h"
#include "promptlab/LabRequest.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QStringListModel;

namespace sb::ui {

class FormFields;

/// What is asked: service or route, model, environment, texts and parameters. Keeps what is typed while the catalogue
/// is read again.
class PromptForm : public QWidget {
    Q_OBJECT
public:
    explicit PromptForm(QWidget* parent = nullptr);

    void setCatalogue(const LabCatalogue& catalogue);
    void choose(const QString& target, const QString& model, EnvironmentId environment); ///< empty or none: leave
    void setRequest(const promptlab::LabRequest& request);
    /// The request, or nothing after the fields have said what is missing.
    std::optional<promptlab::LabRequest> read();
    void focusUserText();

    QString target() const;
    QString model() const;
    EnvironmentId environment() const;

Q_SIGNALS:
    void targetChanged();

private:
    void showTarget();

    LabCatalogue m_catalogue;
    FormFields* m_fields;
    QComboBox* m_target;
    QLineEdit* m_model;
    QStringListModel* m_models;
    QComboBox* m_environment;
    QPlainTextEdit* m_system;
    QPlainTextEdit* m_user;
    QLineEdit* m_maxTokens;
    QLineEdit* m_temperature;
};

} // namespace sb::ui
