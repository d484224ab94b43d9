// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promptlab/LaneView.h"

#include "kit/MessageBar.h"
#include "kit/Named.h"
#include "kit/StatePill.h"
#include "kit/UiText.h"
#include "promptlab/LabText.h"
#include "storage/repositories/PromptRunRepository.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTabWidget>
#include <QTextCursor>
#include <QVBoxLayout>

namespace sb::ui {

namespace {

using promptlab::LaneResult;

const QString& unknown()
{
    static const QString dash = QStringLiteral("–");
    return dash;
}

QPlainTextEdit* reader(const char* name, const QString& accessibleName, bool fixedWidth, QWidget* parent)
{
    auto* edit = named(new QPlainTextEdit(parent), name, accessibleName);
    edit->setReadOnly(true);
    edit->setTabChangesFocus(true);
    edit->setUndoRedoEnabled(false);
    edit->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    if (fixedWidth)
        edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    return edit;
}

/// Adds at the end in one edit block; follows only a reader who is at the end already.
void appendTo(QPlainTextEdit* edit, const QString& text)
{
    QScrollBar* bar = edit->verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum() - 2;
    QTextCursor cursor(edit->document());
    cursor.movePosition(QTextCursor::End);
    cursor.beginEditBlock();
    cursor.insertText(text);
    cursor.endEditBlock();
    if (atEnd)
        bar->setValue(bar->maximum());
}

Tone toneOf(LaneResult::End end)
{
    switch (end) {
    case LaneResult::End::Complete:
        return Tone::Good;
    case LaneResult::End::Stopped:
        return Tone::Neutral;
    case LaneResult::End::Cut:
        return Tone::Warning;
    case LaneResult::End::Refused:
    case LaneResult::End::Unreachable:
        break;
    }
    return Tone::Bad;
}

QString count(const std::optional<std::uint64_t>& tokens)
{
    return tokens ? UiText::count(static_cast<std::int64_t>(*tokens)) : unknown();
}

} // namespace

LaneView::LaneView(QWidget* parent)
    : QWidget(parent), m_lane(new promptlab::Lane(this)), m_title(new QLabel(this)), m_state(new StatePill(this)),
      m_message(new MessageBar(tr("lane message"), this)),
      m_tabs(named(new QTabWidget(this), "laneTabs", tr("Answer and raw exchange"))),
      m_answer(reader("laneAnswer", tr("Answer text"), false, this)),
      m_reasoning(reader("laneReasoning", tr("Reasoning text"), false, this)),
      m_rawRequest(reader("laneRawRequest", tr("Raw request text"), true, this)),
      m_rawResponse(reader("laneRawResponse", tr("Raw response text"), true, this)),
      m_headers(reader("laneHeaders", tr("Header text"), true, this))
{
    m_title->setObjectName(QStringLiteral("laneTitle"));
    m_title->setTextFormat(Qt::PlainText);
    QFont bold = m_title->font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);

    auto* strip = new QHBoxLayout;
    strip->setSpacing(fontMetrics().averageCharWidth() * 4);
    const auto figure = [this, strip](const QString& caption, const char* name) {
        auto* column = new QVBoxLayout;
        column->setSpacing(0);
        auto* label = new QLabel(caption, this);
        QFont small = label->font();
        small.setPointSizeF(small.pointSizeF() * 0.9);
        label->setFont(small);
        label->setForegroundRole(QPalette::PlaceholderText);
        auto* value = new QLabel(unknown(), this);
        value->setObjectName(QLatin1String(name));
        QFont big = value->font();
        big.setPointSizeF(big.pointSizeF() * 1.15);
        big.setWeight(QFont::DemiBold);
        value->setFont(big);
        column->addWidget(label);
        column->addWidget(value);
        strip->addLayout(column);
        return value;
    };
    m_ttft = figure(tr("Time to first token"), "laneTtft");
    m_speed = figure(tr("Speed"), "laneSpeed");
    m_tokensIn = figure(tr("Tokens in"), "laneTokensIn");
    m_tokensOut = figure(tr("Tokens out"), "laneTokensOut");
    m_cost = figure(tr("Cost"), "laneCost");
    strip->addStretch(1);
    m_state->setObjectName(QStringLiteral("laneState"));
    strip->addWidget(m_state, 0, Qt::AlignVCenter);

    m_answer->setPlaceholderText(tr("The answer appears here as it arrives."));
    m_tabs->addTab(m_answer, tr("Answer"));
    m_tabs->addTab(m_reasoning, tr("Reasoning"));
    m_tabs->addTab(m_rawRequest, tr("Raw request"));
    m_tabs->addTab(m_rawResponse, tr("Raw response"));
    m_tabs->addTab(m_headers, tr("Headers"));
    m_tabs->setTabVisible(m_tabs->indexOf(m_reasoning), false);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_title);
    column->addLayout(strip);
    column->addWidget(m_message);
    column->addWidget(m_tabs, 1);
    clear();

    connect(m_lane, &promptlab::Lane::textArrived, this, &LaneView::append);
    connect(m_lane, &promptlab::Lane::reasoningArrived, this, [this](const QString& text) {
        m_tabs->setTabVisible(m_tabs->indexOf(m_reasoning), true);
        appendTo(m_reasoning, text);
    });
    connect(m_lane, &promptlab::Lane::firstToken, this,
            [this](quint32 ms) { m_ttft->setText(UiText::milliseconds(ms)); });
    connect(m_lane, &promptlab::Lane::finished, this, &LaneView::showResult);
}

void LaneView::clear()
{
    for (QPlainTextEdit* edit : {m_answer, m_reasoning, m_rawRequest, m_rawResponse, m_headers})
        edit->clear();
    for (QLabel* value : {m_ttft, m_speed, m_tokensIn, m_tokensOut, m_cost})
        value->setText(unknown());
    m_tabs->setTabVisible(m_tabs->indexOf(m_reasoning), false);
    m_message->clear();
    m_state->hide();
    m_title->hide();
}

void LaneView::setTitle(const QString& target, const QString& model, const QString& environment)
{
    m_title->setText(tr("%1 · %2 · %3").arg(target, model, environment));
    m_title->show();
}

void LaneView::send(const promptlab::LabRequest& request, const QString& environment, const QUrl& gateway,
                    const Secret& key)
{
    m_lane->stop();
    clear();
    m_request = request;
    m_environment = environment;
    setTitle(request.target, request.model, environment);
    m_state->setState(Tone::Info, tr("Waiting"));
    m_state->show();
    m_lane->send(request, gateway, key);
    Q_EMIT runningChanged(true);
}

void LaneView::stop()
{
    m_lane->stop();
}

bool LaneView::isRunning() const
{
    return m_lane->isRunning();
}

void LaneView::append(const QString& text)
{
    m_state->setState(Tone::Info, tr("Streaming"));
    appendTo(m_answer, text);
}

void LaneView::showResult(const LaneResult& result)
{
    m_state->setState(toneOf(result.end), LabText::end(result.end));
    m_ttft->setText(result.ttftMs ? UiText::milliseconds(*result.ttftMs) : unknown());
    m_speed->setText(LabText::tokensPerSecond(result.tokensPerSecond));
    m_tokensIn->setText(count(result.tokensIn));
    m_tokensOut->setText(count(result.tokensOut));
    m_cost->setText(result.cost ? UiText::usd(*result.cost) : unknown());
    m_rawRequest->setPlainText(QString::fromUtf8(result.rawRequest));
    m_rawResponse->setPlainText(LabText::rawResponse(result));
    m_headers->setPlainText(LabText::headers(result));
    // The route's choice is known from the answer.
    const QString service = LabText::header(result, "x-signalbox-service");
    if (m_request.isToRoute() && !service.isEmpty())
        setTitle(tr("%1 → %2").arg(m_request.target, service), LabText::header(result, "x-signalbox-model"),
                 m_environment);
    if (const QString why = LabText::explanation(result); !why.isEmpty())
        m_message->showMessage({toneOf(result.end), why});
    Q_EMIT runningChanged(false);
    Q_EMIT answered(m_request, result);
}

void LaneView::setBooked(const std::optional<Money>& cost, const std::optional<std::uint64_t>& tokensIn,
                         const std::optional<std::uint64_t>& tokensOut, bool isEstimated)
{
    const QString mark = isEstimated ? QStringLiteral("~") : QString();
    m_tokensIn->setText(tokensIn ? mark + count(tokensIn) : count(tokensIn));
    m_tokensOut->setText(tokensOut ? mark + count(tokensOut) : count(tokensOut));
    // "Unpriced" is what was used at an unknown price; where nothing was used there is nothing to price.
    const bool used = tokensIn || tokensOut;
    m_cost->setText(cost || used ? UiText::usd(cost) : unknown());
}

void LaneView::showRun(const storage::PromptRun& run, const QString& environment)
{
    m_lane->stop();
    clear();
    setTitle(UiText::qs(run.target), UiText::qs(run.model), environment);
    m_state->setState(run.error.empty() ? Tone::Neutral : Tone::Warning, tr("From the history"));
    m_state->show();
    m_ttft->setText(run.ttftMs ? UiText::milliseconds(*run.ttftMs) : unknown());
    m_speed->setText(LabText::tokensPerSecond(run.tokensPerSecond));
    setBooked(run.cost, run.tokensIn, run.tokensOut);
    m_answer->setPlainText(UiText::qs(run.answer));
    m_rawRequest->setPlainText(UiText::qs(run.rawRequest));
    m_rawResponse->setPlainText(UiText::qs(run.rawAnswer));
    if (!run.error.empty())
        m_message->showMessage({Tone::Warning, UiText::qs(run.error)});
}

} // namespace sb::ui
