// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promptlab/LabHistory.h"

#include "kit/AsyncView.h"
#include "kit/ListColumns.h"
#include "kit/Named.h"
#include "kit/UiText.h"
#include "kit/UndoBar.h"
#include "storage/StorageService.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace sb::ui {

namespace {

constexpr int kPage = 100;
constexpr int kSearchDelayMs = 200;

QString firstLine(const std::string& text)
{
    return UiText::qs(text).simplified().left(200);
}

} // namespace

LabHistory::LabHistory(storage::StorageService& storage, const Clock& clock, UndoBar& undo, QWidget* parent)
    : QWidget(parent), m_storage(storage), m_clock(clock), m_undo(undo),
      m_search(named(new QLineEdit(this), "labHistorySearch", tr("Search history"))), m_table(new QTableView(this)),
      m_reuse(named(new QPushButton(tr("Reuse"), this), "labReuse", tr("Reuse"))),
      m_remove(named(new QPushButton(tr("Delete run"), this), "labDeleteRun", tr("Delete run"))),
      m_older(named(new QPushButton(tr("Show older"), this), "labShowOlder", tr("Show older")))
{
    using Column = TableColumn<storage::PromptRun>;
    using Run = storage::PromptRun;
    std::vector<Column> columns;
    columns.push_back(Column(tr("When"), [this](const Run& run) {
                          return UiText::ago(run.time, m_clock.now());
                      }).withToolTip([](const Run& run) { return UiText::dateTime(run.time); }));
    columns.push_back(Column(tr("Question"), [](const Run& run) {
                          return firstLine(run.userText);
                      }).withToolTip([](const Run& run) { return UiText::qs(run.userText).left(1000); }));
    columns.push_back(Column(tr("Asked model"), [](const Run& run) {
                          return UiText::qs(run.model);
                      }).withToolTip([](const Run& run) { return UiText::qs(run.target); }));
    columns.push_back(Column(tr("Cost"), [](const Run& run) {
                          return run.cost ? UiText::usd(*run.cost) : QStringLiteral("–");
                      }).number([](const Run& run) { return QVariant(qlonglong(run.cost.value_or(Money{}).nano)); }));
    m_model = new Model(
        std::move(columns), [](const Run& run) { return run.id; }, this);

    m_search->setPlaceholderText(tr("Search history"));
    m_search->setClearButtonEnabled(true);
    named(m_table, "labHistory", tr("History"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    new ListColumns(m_table, QStringLiteral("when question model cost").split(QLatin1Char(' ')),
                    QStringLiteral("question"));
    m_table->setMinimumHeight(m_table->fontMetrics().lineSpacing() * 8);
    m_older->hide();
    m_view = new AsyncView(m_table, this);

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_reuse);
    buttons->addWidget(m_remove);
    buttons->addStretch(1);
    buttons->addWidget(m_older);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_search);
    column->addWidget(m_view, 1);
    column->addLayout(buttons);
    showSelection();

    m_searchSoon.setSingleShot(true);
    m_searchSoon.setInterval(kSearchDelayMs);
    connect(&m_searchSoon, &QTimer::timeout, this, &LabHistory::load);
    connect(m_search, &QLineEdit::textChanged, &m_searchSoon, qOverload<>(&QTimer::start));
    connect(m_view, &AsyncView::retryRequested, this, &LabHistory::load);
    connect(m_view, &AsyncView::clearFiltersRequested, m_search, &QLineEdit::clear);
    connect(m_older, &QPushButton::clicked, this, &LabHistory::loadOlder);
    connect(m_remove, &QPushButton::clicked, this, &LabHistory::removeCurrent);
    connect(m_reuse, &QPushButton::clicked, this, [this] {
        if (const auto run = current())
            Q_EMIT reuseRequested(*run);
    });
    connect(m_table, &QTableView::activated, this, [this] {
        if (const auto run = current())
            Q_EMIT reuseRequested(*run);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        showSelection();
        if (const auto run = current())
            Q_EMIT selected(*run);
    });
}

void LabHistory::load()
{
    m_view->showLoading();
    m_latest.start(m_storage.read([search = m_search->text().trimmed().toStdString()](storage::DbSession& db) {
        return storage::PromptRunRepository(db).page(0, search, kPage);
    }),
                   this, [this](Result<Runs> runs) {
                       if (!runs)
                           return fail(runs.error());
                       const bool more = runs->size() == std::size_t(kPage);
                       show(std::move(*runs), more);
                   });
}

void LabHistory::loadOlder()
{
    if (m_model->rows().empty())
        return;
    m_latest.start(m_storage.read([search = m_search->text().trimmed().toStdString(),
                                   below = m_model->rows().back().id](storage::DbSession& db) {
        return storage::PromptRunRepository(db).page(below, search, kPage);
    }),
                   this, [this](Result<Runs> runs) {
                       if (!runs)
                           return fail(runs.error());
                       const bool more = runs->size() == std::size_t(kPage);
                       Runs all = m_model->rows();
                       all.insert(all.end(), std::make_move_iterator(runs->begin()),
                                  std::make_move_iterator(runs->end()));
                       show(std::move(all), more);
                   });
}

void LabHistory::show(Runs runs, bool more)
{
    m_model->setRows(std::move(runs));
    m_older->setVisible(more);
    if (!m_model->rows().empty())
        m_view->showContent();
    else if (m_search->text().trimmed().isEmpty())
        m_view->showEmpty(tr("Questions and answers are kept here until you delete them."));
    else
        m_view->showFilteredOut(tr("No run contains “%1”.").arg(m_search->text().trimmed()));
    showSelection();
}

void LabHistory::fail(const Error& error)
{
    if (error.code != ErrorCode::Cancelled)
        m_view->showFailed(error);
}

void LabHistory::add(const storage::PromptRun& run)
{
    onResult(m_storage.write([run](storage::DbSession& db) { return storage::PromptRunRepository(db).insert(run); }),
             this, [this](Result<std::int64_t> id) {
                 if (id)
                     load();
                 else
                     fail(id.error());
             });
}

void LabHistory::removeCurrent()
{
    const auto run = current();
    if (!run)
        return;
    onResult(
        m_storage.write([id = run->id](storage::DbSession& db) { return storage::PromptRunRepository(db).remove(id); }),
        this, [this, run = *run](Result<void> removed) {
            if (!removed)
                return fail(removed.error());
            m_undo.offer(tr("Run deleted."), [guard = QPointer(this), run] {
                if (LabHistory* self = guard)
                    self->add(run);
            });
            load();
        });
}

void LabHistory::showSelection()
{
    const bool any = current().has_value();
    m_reuse->setEnabled(any);
    m_remove->setEnabled(any);
}

std::optional<storage::PromptRun> LabHistory::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? std::optional(m_model->rowAt(index.row())) : std::nullopt;
}

} // namespace sb::ui
