// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/ListColumns.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QEvent>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QShortcut>
#include <QTableView>

#include <algorithm>
#include <iterator>

namespace sb::ui {

namespace {

constexpr int kVersion = 1;
constexpr int kRowsToFit = 100;
constexpr int kPaddingCharacters = 1;
constexpr int kMostCharacters = 50;  ///< a long name leaves room for the rest
constexpr int kLeastCharacters = 16; ///< of the column that takes the rest: then the list scrolls sideways
constexpr int kMostPixels = 4000;

} // namespace

ListColumns::ListColumns(QTableView* table, QStringList keys, const QString& stretched)
    : QObject(table), m_table(table), m_keys(std::move(keys)), m_stretched(stretched)
{
    Q_ASSERT(m_table->model() && m_table->model()->columnCount() == m_keys.size());
    header()->setSectionsMovable(true);
    header()->setHighlightSections(false);
    header()->setResizeContentsPrecision(kRowsToFit);
    header()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header(), &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        openMenu(header()->logicalIndexAt(at), header()->viewport()->mapToGlobal(at));
    });
    auto* shortcut = new QShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F10), m_table);
    shortcut->setContext(Qt::WidgetShortcut);
    connect(shortcut, &QShortcut::activated, this, &ListColumns::openMenuByKeyboard);
    m_table->installEventFilter(this); // the menu key
    m_table->viewport()->installEventFilter(this);
    connect(header(), &QHeaderView::sectionResized, this, [this](int section) {
        if (m_keys.value(section) != m_stretched)
            giveRest();
    });
    if (m_table->accessibleDescription().isEmpty())
        m_table->setAccessibleDescription(tr("Shift+F10 arranges the columns."));
    connect(m_table->model(), &QAbstractItemModel::rowsInserted, this, &ListColumns::fitWhenFilled);
    connect(m_table->model(), &QAbstractItemModel::modelReset, this, &ListColumns::fitWhenFilled);
    m_made = current();
    apply(m_made);
    fitWhenFilled();
}

void ListColumns::replace(QStringList keys, const std::function<void()>& change)
{
    m_arranged = current();
    change();
    m_keys = std::move(keys);
    m_made.columns.clear();
    for (const QString& key : m_keys)
        m_made.columns.push_back({key});
    m_isFilled = false;
    apply(m_arranged);
    fitWhenFilled();
}

QString ListColumns::listName() const
{
    return m_table->objectName();
}

QByteArray ListColumns::state() const
{
    const Arrangement arrangement = current();
    QJsonArray columns;
    for (const Column& column : arrangement.columns) {
        QJsonObject object{{QStringLiteral("key"), column.key}};
        if (column.width > 0)
            object.insert(QStringLiteral("width"), column.width);
        if (column.isHidden)
            object.insert(QStringLiteral("hidden"), true);
        columns.append(object);
    }
    QJsonObject state{{QStringLiteral("version"), kVersion}, {QStringLiteral("columns"), columns}};
    if (!arrangement.sortedBy.isEmpty()) {
        state.insert(QStringLiteral("sort"), arrangement.sortedBy);
        state.insert(QStringLiteral("descending"), arrangement.order == Qt::DescendingOrder);
    }
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

void ListColumns::restore(const QByteArray& state)
{
    const QJsonObject stored = QJsonDocument::fromJson(state).object();
    if (stored.value(QStringLiteral("version")).toInt() != kVersion)
        return;
    Arrangement arrangement;
    for (const auto& value : stored.value(QStringLiteral("columns")).toArray()) {
        const QJsonObject column = value.toObject();
        arrangement.columns.push_back({column.value(QStringLiteral("key")).toString(),
                                       std::clamp(column.value(QStringLiteral("width")).toInt(), 0, kMostPixels),
                                       column.value(QStringLiteral("hidden")).toBool()});
    }
    arrangement.sortedBy = stored.value(QStringLiteral("sort")).toString();
    if (stored.value(QStringLiteral("descending")).toBool())
        arrangement.order = Qt::DescendingOrder;
    m_arranged = arrangement;
    apply(m_arranged);
}

ListColumns::Arrangement ListColumns::current() const
{
    Arrangement result;
    const auto arranged = [this](const QString& key) {
        return std::find_if(m_arranged.columns.begin(), m_arranged.columns.end(),
                            [&key](const Column& column) { return column.key == key; });
    };
    for (int visual = 0; visual < m_keys.size(); ++visual) {
        const int section = header()->logicalIndex(visual);
        Column column{m_keys.at(section), 0, header()->isSectionHidden(section)};
        const auto known = arranged(column.key);
        if (!column.isHidden && m_isFilled && !isStretched(section))
            column.width = isFitted(section) ? 0 : header()->sectionSize(section);
        else if (known != m_arranged.columns.end())
            column.width = known->width;
        result.columns.push_back(column);
    }
    // What is not there now keeps its place behind its neighbour.
    for (auto column = m_arranged.columns.begin(); column != m_arranged.columns.end(); ++column) {
        if (m_keys.contains(column->key))
            continue;
        const QString neighbour = column == m_arranged.columns.begin() ? QString() : std::prev(column)->key;
        const auto before = std::find_if(result.columns.begin(), result.columns.end(),
                                         [&neighbour](const Column& other) { return other.key == neighbour; });
        result.columns.insert(before == result.columns.end() ? result.columns.begin() : std::next(before), *column);
    }
    if (m_table->isSortingEnabled() && header()->sortIndicatorSection() < m_keys.size()) {
        result.sortedBy = m_keys.at(header()->sortIndicatorSection());
        result.order = header()->sortIndicatorOrder();
    }
    return result;
}

void ListColumns::apply(const Arrangement& arrangement)
{
    std::vector<Column> order;
    for (const Column& column : arrangement.columns) {
        if (m_keys.contains(column.key))
            order.push_back(column);
    }
    for (int section = 0; section < m_keys.size(); ++section) { // columns that are new
        const auto has = [&order](const QString& key) {
            return std::find_if(order.begin(), order.end(), [&key](const Column& c) { return c.key == key; });
        };
        if (has(m_keys.at(section)) != order.end())
            continue;
        const auto before = section == 0 ? order.end() : has(m_keys.at(section - 1));
        order.insert(before == order.end() ? order.begin() : std::next(before), {m_keys.at(section)});
    }
    const bool nothingShown =
        std::all_of(order.begin(), order.end(), [](const Column& column) { return column.isHidden; });

    const int stretched = static_cast<int>(m_keys.indexOf(m_stretched));
    header()->setSectionResizeMode(QHeaderView::Interactive);
    header()->setStretchLastSection(stretched < 0);
    if (stretched >= 0)
        header()->setSectionResizeMode(stretched, QHeaderView::Fixed); // Stretch would shrink it to nothing
    for (int visual = 0; visual < static_cast<int>(order.size()); ++visual) {
        const Column& column = order[static_cast<std::size_t>(visual)];
        const int section = static_cast<int>(m_keys.indexOf(column.key));
        header()->moveSection(header()->visualIndex(section), visual);
        if (column.width > 0)
            header()->resizeSection(section, std::max(column.width, header()->minimumSectionSize()));
        header()->setSectionHidden(section, column.isHidden && !nothingShown);
    }
    const auto sorted = m_keys.indexOf(arrangement.sortedBy);
    if (m_table->isSortingEnabled() && sorted >= 0)
        m_table->sortByColumn(static_cast<int>(sorted), arrangement.order);
    giveRest();
}

void ListColumns::giveRest()
{
    const int section = static_cast<int>(m_keys.indexOf(m_stretched));
    if (section < 0 || header()->isSectionHidden(section))
        return;
    const int others = header()->length() - header()->sectionSize(section);
    const int least = m_table->fontMetrics().averageCharWidth() * kLeastCharacters;
    header()->resizeSection(section, std::max(m_table->viewport()->width() - others, least));
}

void ListColumns::fitWhenFilled()
{
    if (!m_isFilled && m_table->model()->rowCount() > 0)
        QMetaObject::invokeMethod(this, &ListColumns::fit, Qt::QueuedConnection); // the rows may come in several steps
}

void ListColumns::fit()
{
    if (m_isFilled || m_table->model()->rowCount() == 0)
        return;
    for (const int section : visibleSections())
        fitColumn(section);
    m_isFilled = true;
}

/// Unless it was given a width before.
void ListColumns::fitColumn(int section)
{
    const auto given = std::find_if(m_arranged.columns.begin(), m_arranged.columns.end(), [&](const Column& column) {
        return column.key == m_keys.at(section) && column.width > 0;
    });
    if (given != m_arranged.columns.end() || isStretched(section))
        return;
    m_table->resizeColumnToContents(section);
    const int character = m_table->fontMetrics().averageCharWidth();
    header()->resizeSection(section, std::min(header()->sectionSize(section) + character * kPaddingCharacters,
                                              character * m_limits.value(m_keys.at(section), kMostCharacters)));
    m_fitted[m_keys.at(section)] = header()->sectionSize(section);
}

bool ListColumns::isFitted(int section) const
{
    return m_fitted.value(m_keys.at(section), -1) == header()->sectionSize(section);
}

void ListColumns::growToContents()
{
    if (!m_isFilled)
        return;
    for (const int section : visibleSections()) {
        const int before = header()->sectionSize(section);
        if (!isFitted(section) || isStretched(section))
            continue;
        fitColumn(section);
        if (header()->sectionSize(section) < before) { // columns do not come and go with every row
            header()->resizeSection(section, before);
            m_fitted[m_keys.at(section)] = before;
        }
    }
}

void ListColumns::reset()
{
    m_arranged = {};
    m_isFilled = false;
    apply(m_made);
    fit();
}

void ListColumns::setShown(int section, bool shown)
{
    m_arranged = current(); // knows the width of what is hidden now
    header()->setSectionHidden(section, !shown);
    if (shown)
        fitColumn(section);
}

void ListColumns::move(int section, int besides)
{
    header()->moveSection(header()->visualIndex(section), header()->visualIndex(besides));
}

bool ListColumns::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::ContextMenu &&
        static_cast<QContextMenuEvent*>(event)->reason() == QContextMenuEvent::Keyboard) {
        openMenuByKeyboard();
        return true;
    }
    if (watched == m_table->viewport() && event->type() == QEvent::Resize)
        giveRest();
    return QObject::eventFilter(watched, event);
}

void ListColumns::openMenuByKeyboard()
{
    const QModelIndex index = m_table->currentIndex();
    const QRect cell = m_table->visualRect(index);
    openMenu(index.column(), m_table->viewport()->mapToGlobal(cell.isValid() ? cell.bottomLeft() : QPoint()));
}

void ListColumns::openMenu(int section, const QPoint& at)
{
    auto* menu = new QMenu(m_table);
    menu->setObjectName(QStringLiteral("columnMenu"));
    menu->setAccessibleName(tr("Columns"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addColumnActions(menu);
    menu->addSeparator();
    if (section >= 0 && !header()->isSectionHidden(section))
        addArrangeActions(menu, section);
    connect(menu->addAction(tr("Reset columns")), &QAction::triggered, this, &ListColumns::reset);
    menu->popup(at);
}

void ListColumns::addColumnActions(QMenu* menu)
{
    const bool isOnlyOne = visibleSections().size() == 1;
    for (int visual = 0; visual < m_keys.size(); ++visual) {
        const int section = header()->logicalIndex(visual);
        const bool isShown = !header()->isSectionHidden(section);
        QAction* action = menu->addAction(title(section));
        action->setObjectName(m_keys.at(section));
        action->setCheckable(true);
        action->setChecked(isShown);
        action->setEnabled(!isShown || !isOnlyOne);
        connect(action, &QAction::toggled, this, [this, section](bool shown) { setShown(section, shown); });
    }
}

void ListColumns::addArrangeActions(QMenu* menu, int section)
{
    const QList<int> visible = visibleSections();
    const auto place = visible.indexOf(section);
    const auto offer = [this, menu](const QString& text, auto run) {
        connect(menu->addAction(text), &QAction::triggered, this, run);
    };
    if (place > 0) {
        const int other = visible.at(place - 1);
        offer(tr("Move %1 before %2").arg(title(section), title(other)), [=, this] { move(section, other); });
    }
    if (place + 1 < visible.size()) {
        const int other = visible.at(place + 1);
        offer(tr("Move %1 behind %2").arg(title(section), title(other)), [=, this] { move(section, other); });
    }
    if (m_table->isSortingEnabled()) {
        offer(tr("Sort by %1, ascending").arg(title(section)),
              [=, this] { m_table->sortByColumn(section, Qt::AscendingOrder); });
        offer(tr("Sort by %1, descending").arg(title(section)),
              [=, this] { m_table->sortByColumn(section, Qt::DescendingOrder); });
    }
    menu->addSeparator();
}

QHeaderView* ListColumns::header() const
{
    return m_table->horizontalHeader();
}

QString ListColumns::title(int section) const
{
    return m_table->model()->headerData(section, Qt::Horizontal).toString();
}

QList<int> ListColumns::visibleSections() const
{
    QList<int> sections;
    for (int visual = 0; visual < m_keys.size(); ++visual) {
        const int section = header()->logicalIndex(visual);
        if (!header()->isSectionHidden(section))
            sections.append(section);
    }
    return sections;
}

bool ListColumns::isStretched(int section) const
{
    const QList<int> visible = visibleSections();
    return m_keys.contains(m_stretched) ? m_keys.at(section) == m_stretched
                                        : !visible.isEmpty() && visible.last() == section;
}

} // namespace sb::ui
