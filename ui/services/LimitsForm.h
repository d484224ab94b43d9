// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ServiceDraft.h"
#include "kit/FormBinder.h"

#include <QWidget>

#include <array>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;

namespace sb::ui {

class FormFields;

/// The window quotas of a service in an environment, and beside them the maxima of a single request.
class LimitsForm : public QWidget {
    Q_OBJECT
public:
    explicit LimitsForm(QWidget* parent = nullptr);

    /// Window quotas that this form cannot edit, as there are several or one of another kind: shown, and kept as they
    /// are. Empty: the form edits the only one.
    void setManaged(const std::vector<LimitRule>& rules);
    bool isManaged() const;

    void bind(FormBinder<EnvironmentDraft>& binder);
    std::array<FormFields*, 3> fields() const { return {m_limits, m_more.fields, m_perRequest.fields}; }

    void showIssues(const FieldIssues& issues); ///< opens the part where the issue is
    /// What a limit nearly says otherwise than meant; never in the way of saving. An error that shows stays.
    void showWarnings(const FieldIssues& issues);
    void openFilled(); ///< opens the parts in which something is, closes the others

private:
    /// A part that a button opens and closes; the button's arrow says which.
    struct Disclosure {
        Disclosure(const char* name, const QString& text, QWidget* parent);
        void open(bool opened);
        bool isFilled() const;

        QString title;
        FormFields* fields;
        QPushButton* button;
    };

    QLabel* m_managed;
    FormFields* m_limits;
    Disclosure m_more;
    Disclosure m_perRequest;
    QComboBox* m_timeUnit;
};

} // namespace sb::ui
