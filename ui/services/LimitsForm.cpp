// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/LimitsForm.h"

#include "kit/FormFields.h"
#include "kit/Named.h"
#include "kit/UiText.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sb::ui {

namespace {

QString key(const char* name)
{
    return QString::fromLatin1(name);
}

/// A button that opens and closes `content` and says which.
QPushButton* disclosure(const char* name, const QString& title, QWidget* content, QWidget* parent)
{
    auto* button = named(new QPushButton(QStringLiteral("▸ ") + title, parent), name, title);
    button->setFlat(true);
    content->hide();
    QObject::connect(button, &QPushButton::clicked, content, [button, content, title] {
        const bool open = content->isHidden();
        content->setVisible(open);
        button->setText((open ? QStringLiteral("▾ ") : QStringLiteral("▸ ")) + title);
    });
    return button;
}

} // namespace

LimitsForm::LimitsForm(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    m_timeUnit = new QComboBox(this);
    m_timeUnit->addItem(tr("Minute"), static_cast<int>(LimitWindow::Minute));
    m_timeUnit->addItem(tr("Hour"), static_cast<int>(LimitWindow::Hour));
    m_timeUnit->addItem(tr("Day"), static_cast<int>(LimitWindow::Day));

    m_limits = new FormFields(this);
    m_limits->addField(key("time_unit"), tr("Time Unit"), m_timeUnit);
    const auto addCount = [](FormFields* fields, const char* name, const QString& label, const QString& hint = {}) {
        auto* edit = new QLineEdit(fields);
        edit->setPlaceholderText(LimitsForm::tr("no limit"));
        fields->addField(key(name), label, edit, hint);
    };
    addCount(m_limits, "max_prompt_tokens", tr("Max Prompt Token Count"));
    addCount(m_limits, "max_completion_tokens", tr("Max Completion Token Count"));
    addCount(m_limits, "max_total_tokens", tr("Max Total Token Count"),
             tr("Sums over all requests in the time unit. 100 000, 90k and 1.5M are understood."));
    m_more = new FormFields(this);
    addCount(m_more, "max_requests", tr("Max Request Count"));
    addCount(m_more, "max_cost", tr("Max Cost in USD"), tr("Per time unit as above, such as 25.00."));
    m_perRequest = new FormFields(this);
    addCount(m_perRequest, "request_max_prompt_tokens", tr("Prompt tokens of one request"),
             tr("A longer prompt is refused before it is sent."));
    addCount(m_perRequest, "request_max_completion_tokens", tr("Completion tokens of one request"),
             tr("A longer answer is cut at this length."));
    addCount(m_perRequest, "request_max_total_tokens", tr("Total tokens of one request"));
    column->addWidget(m_limits);
    column->addWidget(disclosure("moreLimits", tr("More limits"), m_more, this), 0, Qt::AlignLeading);
    column->addWidget(m_more);
    column->addWidget(disclosure("perRequest", tr("Per request"), m_perRequest, this), 0, Qt::AlignLeading);
    column->addWidget(m_perRequest);
    column->addStretch(1);

    const auto explain = [this] {
        m_limits->setHint(key("time_unit"),
                          m_timeUnit->currentData().toInt() == static_cast<int>(LimitWindow::Day)
                              ? tr("A calendar day in the organization's time zone.")
                              : tr("Rolling: always the last %1.")
                                    .arg(m_timeUnit->currentData().toInt() == static_cast<int>(LimitWindow::Hour)
                                             ? tr("60 minutes")
                                             : tr("60 seconds")));
    };
    connect(m_timeUnit, &QComboBox::currentIndexChanged, this, explain);
    explain();
}

void LimitsForm::bind(FormBinder<EnvironmentDraft>& binder)
{
    using D = EnvironmentDraft;
    const auto count = [&binder](FormFields* fields, const char* name, std::string D::*member) {
        binder.text(fields->findChild<QLineEdit*>(key(name)), [member](D& d) -> std::string& { return d.*member; });
    };
    binder.choice<LimitWindow>(m_timeUnit, [](D& d) -> LimitWindow& { return d.timeUnit; });
    count(m_limits, "max_prompt_tokens", &D::maxPromptTokens);
    count(m_limits, "max_completion_tokens", &D::maxCompletionTokens);
    count(m_limits, "max_total_tokens", &D::maxTotalTokens);
    count(m_more, "max_requests", &D::maxRequests);
    count(m_more, "max_cost", &D::maxCostUsd);
    count(m_perRequest, "request_max_prompt_tokens", &D::requestMaxPromptTokens);
    count(m_perRequest, "request_max_completion_tokens", &D::requestMaxCompletionTokens);
    count(m_perRequest, "request_max_total_tokens", &D::requestMaxTotalTokens);
}

void LimitsForm::showIssues(const FieldIssues& issues)
{
    for (FormFields* part : fields())
        part->showIssues(issues);
    for (const FieldIssue& issue : issues) {
        const QString name = UiText::qs(issue.field).section(QLatin1Char('/'), -1);
        if (m_more->contains(name))
            m_more->show();
        if (m_perRequest->contains(name))
            m_perRequest->show();
    }
}

void LimitsForm::openFilled()
{
    if (!m_more->findChild<QLineEdit*>(key("max_requests"))->text().isEmpty() ||
        !m_more->findChild<QLineEdit*>(key("max_cost"))->text().isEmpty())
        m_more->show();
}

} // namespace sb::ui
