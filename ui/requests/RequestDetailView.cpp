// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "requests/RequestDetailView.h"

#include "kit/CopyField.h"
#include "kit/EntityTableModel.h"
#include "kit/UiText.h"
#include "requests/DecisionText.h"
#include "requests/RequestText.h"
#include "requests/TimelineBar.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace sb::ui {

namespace {

using Fact = std::pair<QString, QString>;
using FactModel = EntityTableModel<Fact, QString>;
using CostModel = EntityTableModel<RequestText::CostLine, QString>;

QTableView* readOnlyTable(QAbstractItemModel* model, const char* objectName, const QString& name)
{
    auto* table = new QTableView;
    table->setObjectName(QLatin1String(objectName));
    table->setAccessibleName(name);
    table->setModel(model);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 6);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setHighlightSections(false);
    return table;
}

QPlainTextEdit* readOnlyText(const char* objectName, const QString& name)
{
    auto* text = new QPlainTextEdit;
    text->setObjectName(QLatin1String(objectName));
    text->setAccessibleName(name);
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    return text;
}

QWidget* column(std::initializer_list<QWidget*> widgets, QWidget* stretched)
{
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    for (QWidget* widget : widgets)
        layout->addWidget(widget, widget == stretched ? 1 : 0);
    if (!stretched)
        layout->addStretch(1);
    return page;
}

QLabel* words(const char* objectName)
{
    auto* label = new QLabel;
    label->setObjectName(QLatin1String(objectName));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

struct RequestDetailView::Impl {
    std::optional<EventId> id;
    QString curl;
    CopyField* idField = nullptr;
    QPushButton* copyCurl = nullptr;
    QTabWidget* tabs = nullptr;
    FactModel* facts = nullptr;
    TimelineBar* timeline = nullptr;
    QLabel* decision = nullptr;
    QPlainTextEdit* decisionJson = nullptr;
    CostModel* cost = nullptr;
    QTableView* costTable = nullptr;
    QLabel* costSentence = nullptr;
    QLabel* usageSentence = nullptr;
    QPlainTextEdit* usage = nullptr;
    QWidget* errorPage = nullptr;
    QLabel* error = nullptr;
    QPlainTextEdit* errorText = nullptr;

    void buildTabs(QObject* parent);
    void showError(const UsageRecord& record);
};

void RequestDetailView::Impl::buildTabs(QObject* parent)
{
    tabs = new QTabWidget;
    tabs->setObjectName(QStringLiteral("requestTabs"));
    tabs->setAccessibleName(RequestDetailView::tr("Request details"));
    tabs->setDocumentMode(true);

    facts = new FactModel(
        {{RequestDetailView::tr("Property"), [](const Fact& fact) { return fact.first; }},
         {RequestDetailView::tr("Value"), [](const Fact& fact) { return fact.second; }}},
        [](const Fact& fact) { return fact.first; }, parent);
    timeline = new TimelineBar;
    auto* factTable = readOnlyTable(facts, "requestFacts", RequestDetailView::tr("Request summary"));
    factTable->horizontalHeader()->hide();
    factTable->horizontalHeader()->setStretchLastSection(true);
    tabs->addTab(column({timeline, factTable}, factTable), RequestDetailView::tr("Summary"));

    decision = words("requestDecision");
    decisionJson = readOnlyText("requestDecisionJson", RequestDetailView::tr("Decision record"));
    tabs->addTab(column({decision, decisionJson}, decisionJson), RequestDetailView::tr("Decision"));

    using RequestText::CostLine;
    const auto number = [](const QString& title, QString CostLine::*member) {
        CostModel::Column result(title, [member](const CostLine& line) { return line.*member; });
        result.numeric = true; // in the order they are given: never sorted
        return result;
    };
    cost = new CostModel(
        {{RequestDetailView::tr("Token class"), [](const CostLine& line) { return line.tokenClass; }},
         number(RequestDetailView::tr("Count"), &CostLine::count),
         number(RequestDetailView::tr("Price"), &CostLine::price),
         number(RequestDetailView::tr("Amount"), &CostLine::amount)},
        [](const CostLine& line) { return line.tokenClass; }, parent);
    costTable = readOnlyTable(cost, "requestCostTable", RequestDetailView::tr("Cost by token class"));
    costSentence = words("requestCost");
    tabs->addTab(column({costSentence, costTable}, costTable), RequestDetailView::tr("Cost"));

    usageSentence = words("requestUsageSentence");
    usage = readOnlyText("requestUsage", RequestDetailView::tr("Usage as the provider reported it"));
    tabs->addTab(column({usageSentence, usage}, usage), RequestDetailView::tr("Raw usage"));

    error = words("requestError");
    errorText = readOnlyText("requestErrorText", RequestDetailView::tr("Error text"));
    errorPage = column({error, errorText}, errorText);
    errorPage->setParent(tabs);
    errorPage->hide();
}

void RequestDetailView::Impl::showError(const UsageRecord& record)
{
    const QString sentence = RequestText::errorSentence(record);
    const int at = tabs->indexOf(errorPage);
    if (sentence.isEmpty() && at >= 0) {
        tabs->removeTab(at);
        errorPage->setParent(tabs);
        errorPage->hide();
    } else if (!sentence.isEmpty() && at < 0) {
        tabs->addTab(errorPage, RequestDetailView::tr("Error"));
    }
    error->setText(sentence);
    errorText->setPlainText(record.errorText.empty() ? RequestDetailView::tr("No text was recorded.")
                                                     : UiText::qs(record.errorText));
}

RequestDetailView::RequestDetailView(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>())
{
    setObjectName(QStringLiteral("requestDetail"));
    m_impl->idField = new CopyField(tr("Request ID"));
    m_impl->copyCurl = new QPushButton(tr("Copy as curl"));
    m_impl->copyCurl->setObjectName(QStringLiteral("copyAsCurl"));
    m_impl->copyCurl->setAccessibleName(m_impl->copyCurl->text());
    connect(m_impl->copyCurl, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_impl->curl); });
    m_impl->buildTabs(this);

    auto* idLabel = new QLabel(tr("Request ID"));
    idLabel->setBuddy(m_impl->idField->edit());
    auto* header = new QHBoxLayout;
    header->addWidget(idLabel);
    header->addWidget(m_impl->idField, 1);
    header->addWidget(m_impl->copyCurl);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(header);
    layout->addWidget(m_impl->tabs, 1);
}

RequestDetailView::~RequestDetailView() = default;

void RequestDetailView::setDetail(const storage::RequestDetail& detail, const QString& zone,
                                  const std::optional<Service>& service, const QString& gatewayUrl)
{
    const UsageRecord& record = detail.record;
    m_impl->id = record.id;
    m_impl->idField->setValue(UiText::qs(record.id.toString()));
    m_impl->curl = service && !gatewayUrl.isEmpty() ? RequestText::curl(record, *service, gatewayUrl) : QString();
    m_impl->copyCurl->setEnabled(!m_impl->curl.isEmpty());
    m_impl->copyCurl->setToolTip(!service ? tr("The service of this request no longer exists.")
                                 : gatewayUrl.isEmpty()
                                     ? tr("Start the gateway to get an address to call.")
                                     : tr("A call of the same service and model. Prompts are not kept."));
    m_impl->facts->setRows(RequestText::summary(detail, zone));
    m_impl->timeline->setPhases(RequestText::timeline(record));
    m_impl->decision->setText(DecisionText::words(record));
    m_impl->decisionJson->setPlainText(RequestText::prettyJson(record.decision));
    m_impl->decisionJson->setVisible(!record.decision.empty());
    const RequestText::CostExplanation cost = RequestText::cost(detail, zone);
    m_impl->costSentence->setText(cost.sentence);
    m_impl->costTable->setVisible(!cost.lines.empty());
    m_impl->cost->setRows(cost.lines);
    m_impl->usageSentence->setText(record.rawUsage.empty()
                                       ? tr("The provider reported no usage.")
                                       : tr("As the provider reported it, before it was made comparable:"));
    m_impl->usage->setPlainText(RequestText::prettyJson(record.rawUsage));
    m_impl->usage->setVisible(!record.rawUsage.empty());
    m_impl->showError(record);
}

std::optional<EventId> RequestDetailView::requestId() const
{
    return m_impl->id;
}

} // namespace sb::ui
