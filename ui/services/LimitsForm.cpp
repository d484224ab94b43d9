// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/LimitsForm.h"

#include "kit/FormFields.h"
#include "kit/Named.h"
#include "kit/UiText.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace sb::ui {

namespace {

QString key(const char* name)
{
    return QString::fromLatin1(name);
}

QString windowText(LimitWindow window)
{
    switch (window) {
    case LimitWindow::Minute:
        return LimitsForm::tr("per minute");
    case LimitWindow::Hour:
        return LimitsForm::tr("per hour");
    case LimitWindow::Day:
        return LimitsForm::tr("per day");
    case LimitWindow::Month:
        return LimitsForm::tr("per month");
    }
    return {};
}

QString ruleText(const LimitRule& rule)
{
    QStringList maxima;
    if (rule.maxPromptTokens)
        maxima << LimitsForm::tr("%1 prompt tokens").arg(UiText::count(*rule.maxPromptTokens));
    if (rule.maxCompletionTokens)
        maxima << LimitsForm::tr("%1 completion tokens").arg(UiText::count(*rule.maxCompletionTokens));
    if (rule.maxTotalTokens)
        maxima << LimitsForm::tr("%1 tokens in total").arg(UiText::count(*rule.maxTotalTokens));
    if (rule.maxRequests)
        maxima << LimitsForm::tr("requests: %1").arg(UiText::count(*rule.maxRequests));
    if (rule.maxCost)
        maxima << UiText::usd(*rule.maxCost);
    QString text =
        LimitsForm::tr("%1: %2", "window: maxima").arg(windowText(rule.per), maxima.join(QStringLiteral(", ")));
    if (!rule.enabled)
        text += QLatin1Char(' ') + LimitsForm::tr("(switched off)");
    else if (rule.mode == LimitMode::Shadow)
        text += QLatin1Char(' ') + LimitsForm::tr("(only counted)");
    return text;
}

} // namespace

LimitsForm::Disclosure::Disclosure(const char* name, const QString& text, QWidget* parent)
    : title(text), fields(new FormFields(parent)), button(named(new QPushButton(parent), name, text))
{
    button->setFlat(true);
    QObject::connect(button, &QPushButton::clicked, fields, [this] { open(fields->isHidden()); });
    open(false);
}

void LimitsForm::Disclosure::open(bool opened)
{
    fields->setVisible(opened);
    button->setText((opened ? QStringLiteral("▾ ") : QStringLiteral("▸ ")) + title);
}

bool LimitsForm::Disclosure::isFilled() const
{
    const auto edits = fields->findChildren<QLineEdit*>();
    return std::any_of(edits.begin(), edits.end(), [](const QLineEdit* edit) { return !edit->text().isEmpty(); });
}

LimitsForm::LimitsForm(QWidget* parent)
    : QWidget(parent), m_more("moreLimits", tr("More limits"), this),
      m_perRequest("perRequest", tr("Per request"), this)
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
    addCount(m_more.fields, "max_requests", tr("Max Request Count"));
    addCount(m_more.fields, "max_cost", tr("Max Cost in USD"), tr("Per time unit as above, such as 25.00."));
    addCount(m_perRequest.fields, "request_max_prompt_tokens", tr("Prompt tokens of one request"),
             tr("A longer prompt is refused before it is sent."));
    addCount(m_perRequest.fields, "request_max_completion_tokens", tr("Completion tokens of one request"),
             tr("A longer answer is cut at this length."));
    addCount(m_perRequest.fields, "request_max_total_tokens", tr("Total tokens of one request"));
    m_managed = new QLabel(this);
    m_managed->setObjectName(QStringLiteral("managedLimits"));
    m_managed->setWordWrap(true);
    m_managed->setTextFormat(Qt::PlainText);
    m_managed->hide();
    column->addWidget(m_managed);
    column->addWidget(m_limits);
    for (const Disclosure* part : {&m_more, &m_perRequest}) {
        column->addWidget(part->button, 0, Qt::AlignLeading);
        column->addWidget(part->fields);
    }
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

void LimitsForm::setManaged(const std::vector<LimitRule>& rules)
{
    QStringList lines;
    for (const LimitRule& rule : rules)
        lines << QStringLiteral("• ") + ruleText(rule);
    m_managed->setText(
        tr("These limits stay as they are. A form cannot show several of them; change them in the configuration file, "
           "with “signalboxctl export” and “signalboxctl apply”.") +
        QLatin1Char('\n') + lines.join(QLatin1Char('\n')));
    m_managed->setVisible(!rules.empty());
    m_limits->setVisible(rules.empty());
    m_more.button->setVisible(rules.empty());
    if (!rules.empty())
        m_more.open(false);
}

bool LimitsForm::isManaged() const
{
    return !m_managed->isHidden();
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
    count(m_more.fields, "max_requests", &D::maxRequests);
    count(m_more.fields, "max_cost", &D::maxCostUsd);
    count(m_perRequest.fields, "request_max_prompt_tokens", &D::requestMaxPromptTokens);
    count(m_perRequest.fields, "request_max_completion_tokens", &D::requestMaxCompletionTokens);
    count(m_perRequest.fields, "request_max_total_tokens", &D::requestMaxTotalTokens);
}

void LimitsForm::showIssues(const FieldIssues& issues)
{
    for (FormFields* part : fields())
        part->showIssues(issues);
    for (const FieldIssue& issue : issues) {
        const QString name = UiText::qs(issue.field).section(QLatin1Char('/'), -1);
        for (Disclosure* part : {&m_more, &m_perRequest}) {
            if (part->fields->contains(name))
                part->open(true);
        }
    }
}

void LimitsForm::showWarnings(const FieldIssues& issues)
{
    for (const char* name : {"max_total_tokens", "request_max_total_tokens"}) {
        for (FormFields* part : fields()) {
            if (!part->contains(key(name)) || part->hasError(key(name)))
                continue;
            const auto warning = std::find_if(issues.begin(), issues.end(), [name](const FieldIssue& issue) {
                return issue.field == name && issue.severity == FieldIssue::Severity::Warning;
            });
            part->showIssue(key(name), warning == issues.end() ? QString() : UiText::sentence(*warning),
                            FieldIssue::Severity::Warning);
        }
    }
}

void LimitsForm::openFilled()
{
    for (Disclosure* part : {&m_more, &m_perRequest})
        part->open(part->isFilled());
}

} // namespace sb::ui
