// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/TestPanel.h"

#include "kit/Icons.h"
#include "kit/Named.h"
#include "kit/UiText.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace sb::ui {

namespace {

using Step = runtime::ConnectionTest::Step;
using Outcome = runtime::ConnectionTest::Outcome;

QString stepName(Step step)
{
    switch (step) {
    case Step::Address:
        return TestPanel::tr("Address");
    case Step::Connect:
        return TestPanel::tr("Connection");
    case Step::Certificate:
        return TestPanel::tr("Certificate");
    case Step::Credential:
        return TestPanel::tr("Key");
    case Step::Models:
        return TestPanel::tr("Models");
    case Step::OneToken:
        return TestPanel::tr("One token");
    }
    return {};
}

std::pair<Tone, QString> toneOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Running:
        return {Tone::Info, TestPanel::tr("checking…")};
    case Outcome::Passed:
        return {Tone::Good, TestPanel::tr("ok")};
    case Outcome::Failed:
        return {Tone::Bad, TestPanel::tr("failed")};
    case Outcome::Skipped:
        return {Tone::Neutral, TestPanel::tr("skipped")};
    }
    return {Tone::Neutral, {}};
}

} // namespace

TestPanel::TestPanel(QWidget* parent)
    : QWidget(parent), m_start(named(new QPushButton(tr("Test connection"), this), "testStart", tr("Test connection"))),
      m_cancel(named(new QPushButton(tr("Cancel test"), this), "testCancel", tr("Cancel test"))),
      m_summary(new QLabel(this)), m_checks(new QWidget(this)),
      m_oneToken(named(new QCheckBox(tr("Also ask a model for one token (costs a fraction of a cent)"), this),
                       "testOneToken", tr("Also ask a model for one token (costs a fraction of a cent)"))),
      m_model(named(new QLineEdit(this), "testModel", tr("Model to ask")))
{
    m_start->setIcon(Icons::get(QStringLiteral("test")));
    m_summary->setObjectName(QStringLiteral("testSummary"));
    m_summary->setWordWrap(true);
    m_model->setPlaceholderText(tr("Model to ask"));
    m_model->setEnabled(false);
    m_cancel->hide();
    auto* row = new QHBoxLayout;
    row->addWidget(m_start);
    row->addWidget(m_cancel);
    row->addWidget(m_summary, 1);
    auto* options = new QHBoxLayout;
    options->addWidget(m_oneToken);
    options->addWidget(m_model, 1);
    auto* grid = new QGridLayout(m_checks);
    grid->setContentsMargins({});
    grid->setColumnStretch(1, 1);
    for (const Step step :
         {Step::Address, Step::Connect, Step::Certificate, Step::Credential, Step::Models, Step::OneToken}) {
        const int line = grid->rowCount();
        Line labels{new QLabel(m_checks), new QLabel(m_checks)};
        labels.text->setWordWrap(true);
        labels.text->setTextFormat(Qt::PlainText);
        labels.text->setObjectName(QStringLiteral("testCheck"));
        grid->addWidget(labels.icon, line, 0, Qt::AlignTop);
        grid->addWidget(labels.text, line, 1);
        m_lines.emplace(step, labels);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addLayout(row);
    column->addLayout(options);
    column->addWidget(m_checks);

    connect(m_oneToken, &QCheckBox::toggled, m_model, &QWidget::setEnabled);
    connect(m_start, &QPushButton::clicked, this, &TestPanel::start);
    connect(m_model, &QLineEdit::returnPressed, this, &TestPanel::start);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        reset();
        m_summary->setText(tr("Cancelled."));
    });
    connect(&m_test, &runtime::ConnectionTest::stepChanged, this, &TestPanel::showStep);
    connect(&m_test, &runtime::ConnectionTest::finished, this,
            [this](bool passed) { setVerdict(passed ? Verdict::Passed : Verdict::Failed); });
    reset();
}

void TestPanel::reset()
{
    ++m_generation;
    m_test.cancel();
    for (auto& [step, line] : m_lines) {
        line.icon->clear();
        line.text->clear();
        line.icon->hide();
        line.text->hide();
    }
    m_checks->hide();
    setVerdict(Verdict::Untested);
}

void TestPanel::startOver()
{
    reset();
    m_oneToken->setChecked(false);
    m_model->clear();
}

void TestPanel::start()
{
    if (!m_prepare)
        return;
    if (m_oneToken->isChecked() && m_model->text().trimmed().isEmpty()) {
        reset();
        m_summary->setText(tr("Write the name of the model to ask, or untick the question to it."));
        m_model->setFocus();
        return;
    }
    reset();
    setVerdict(Verdict::Running);
    m_prepare([this, generation = m_generation](Result<runtime::ConnectionTest::Request> request) {
        if (generation != m_generation)
            return;
        if (!request) {
            setVerdict(Verdict::Failed);
            m_summary->setText(tr("%1 (%2)", "sentence (details)")
                                   .arg(UiText::sentence(request.error()), UiText::qs(request.error().what)));
            return;
        }
        m_checks->show();
        if (m_oneToken->isChecked())
            request->oneTokenModel = m_model->text().trimmed().toStdString();
        m_test.start(*std::move(request));
    });
}

void TestPanel::setVerdict(Verdict verdict)
{
    m_verdict = verdict;
    // One takes the place of the other and its focus, which would go on to the question that costs money.
    QPushButton* shown = verdict == Verdict::Running ? m_cancel : m_start;
    QPushButton* hidden = verdict == Verdict::Running ? m_start : m_cancel;
    const bool focused = hidden->hasFocus();
    shown->show();
    if (focused)
        shown->setFocus(Qt::TabFocusReason);
    hidden->hide();
    switch (verdict) {
    case Verdict::Untested:
        m_summary->setText(tr("Optional: checks address, certificate, key and models without saving anything."));
        break;
    case Verdict::Running:
        m_summary->setText(tr("Testing…"));
        break;
    case Verdict::Passed:
        m_summary->setText(tr("Every check passed."));
        break;
    case Verdict::Failed:
        m_summary->setText(tr("The test failed; registering is possible nevertheless."));
        break;
    }
    Q_EMIT verdictChanged();
}

QString TestPanel::word(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Untested:
        return tr("untested");
    case Verdict::Running:
        return tr("test running");
    case Verdict::Passed:
        return tr("test passed");
    case Verdict::Failed:
        return tr("test failed");
    }
    return {};
}

void TestPanel::showStep(Step step, Outcome outcome, int milliseconds, const QString& detail)
{
    Line& line = m_lines.at(step);
    const auto [tone, word] = toneOf(outcome);
    const int size = fontMetrics().height();
    line.icon->setPixmap(Icons::get(Tones::iconName(tone), tone).pixmap(size, size));
    QString text = tr("%1: %2", "check: outcome").arg(stepName(step), word);
    if (!detail.isEmpty())
        text += QStringLiteral(" – ") + detail;
    if (outcome == Outcome::Passed || outcome == Outcome::Failed)
        text += QStringLiteral(" (%1)").arg(UiText::milliseconds(milliseconds));
    if (step == Step::Certificate && outcome == Outcome::Failed)
        text += QLatin1Char('\n') + tr("The key was not sent.");
    line.text->setText(text);
    line.icon->show();
    line.text->show();
    m_checks->show();
}

} // namespace sb::ui
