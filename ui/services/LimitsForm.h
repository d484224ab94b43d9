// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ServiceDraft.h"
#include "kit/FormBinder.h"

#include <QWidget>

#include <array>

class QComboBox;

namespace sb::ui {

class FormFields;

/// The window quotas of a service in an environment, and beside them the maxima of a single request.
class LimitsForm : public QWidget {
    Q_OBJECT
public:
    explicit LimitsForm(QWidget* parent = nullptr);

    void bind(FormBinder<EnvironmentDraft>& binder);
    std::array<FormFields*, 3> fields() const { return {m_limits, m_more, m_perRequest}; }

    void showIssues(const FieldIssues& issues); ///< opens the part where the issue is
    void openFilled();                          ///< opens "More limits" when something is in it

private:
    FormFields* m_limits;
    FormFields* m_more;
    FormFields* m_perRequest;
    QComboBox* m_timeUnit;
};

} // namespace sb::ui
