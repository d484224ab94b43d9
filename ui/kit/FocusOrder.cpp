// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/FocusOrder.h"

#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLayout>
#include <QLineEdit>
#include <QMainWindow>
#include <QScrollArea>
#include <QSet>
#include <QSplitter>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>

namespace sb::ui {

namespace {

/// Controls whose inner widgets are their own business.
bool isOneControl(const QWidget* widget)
{
    return qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QComboBox*>(widget) ||
           qobject_cast<const QAbstractSpinBox*>(widget) ||
           (qobject_cast<const QAbstractScrollArea*>(widget) && !qobject_cast<const QScrollArea*>(widget));
}

class Walk {
public:
    /// `from` has its place also when it was just hidden or disabled.
    explicit Walk(QWidget* root, const QWidget* from = nullptr) : m_from(from) { visit(root); }
    QList<QWidget*> found;

private:
    void visit(QWidget* widget)
    {
        if (!widget || m_seen.contains(widget))
            return;
        m_seen.insert(widget);
        const bool leadsToFrom = m_from && (widget == m_from || widget->isAncestorOf(m_from));
        if (!leadsToFrom && (!widget->isVisible() || !widget->isEnabled()))
            return;
        const bool takesFocus = widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) &&
                                !widget->focusProxy();
        if (widget == m_from || takesFocus)
            found << widget;
        if (!isOneControl(widget))
            visitChildren(widget);
    }

    void visitChildren(QWidget* widget)
    {
        if (auto* window = qobject_cast<QMainWindow*>(widget)) {
            visit(window->centralWidget());
            visit(window->findChild<QStatusBar*>(QString(), Qt::FindDirectChildrenOnly));
        } else if (auto* tabs = qobject_cast<QTabWidget*>(widget)) {
            visit(tabs->tabBar());
            visit(tabs->cornerWidget());
            visit(tabs->currentWidget());
        } else if (auto* splitter = qobject_cast<QSplitter*>(widget)) {
            for (int i = 0; i < splitter->count(); ++i)
                visit(splitter->widget(i));
        } else if (widget->layout()) {
            visitLayout(widget->layout());
        }
        for (QObject* child : widget->children()) { // what stands in no layout
            auto* inner = qobject_cast<QWidget*>(child);
            if (inner && !inner->isWindow())
                visit(inner);
        }
    }

    void visitLayout(QLayout* layout)
    {
        for (int i = 0; i < layout->count(); ++i) {
            QLayoutItem* item = layout->itemAt(i);
            if (QWidget* widget = item->widget())
                visit(widget);
            else if (QLayout* inner = item->layout())
                visitLayout(inner);
        }
    }

    const QWidget* m_from;
    QSet<QWidget*> m_seen;
};

void give(QWidget* widget, Qt::FocusReason reason)
{
    widget->setFocus(reason);
    for (QWidget* parent = widget->parentWidget(); parent; parent = parent->parentWidget()) {
        if (auto* scroll = qobject_cast<QScrollArea*>(parent))
            scroll->ensureWidgetVisible(widget);
    }
}

} // namespace

QList<QWidget*> FocusOrder::of(QWidget* root)
{
    return Walk(root).found;
}

bool FocusOrder::step(QWidget* root, QWidget* from, bool forward)
{
    const QList<QWidget*> order = Walk(root, from).found;
    const qsizetype at = order.indexOf(from);
    if (order.isEmpty() || (order.size() == 1 && at == 0))
        return false;
    const qsizetype next = at < 0 ? (forward ? 0 : order.size() - 1) : at + (forward ? 1 : -1);
    give(order.at((next + order.size()) % order.size()), forward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

bool FocusOrder::enter(QWidget* area)
{
    const QList<QWidget*> order = of(area);
    if (order.isEmpty())
        return false;
    QWidget* last = area->focusWidget();
    give(order.contains(last) ? last : order.first(), Qt::ShortcutFocusReason);
    return true;
}

bool FocusOrder::stepArea(const QList<QWidget*>& areas, const QWidget* from, bool forward)
{
    qsizetype at = 0;
    for (qsizetype i = 0; i < areas.size(); ++i) {
        if (areas.at(i)->isAncestorOf(from) || areas.at(i) == from)
            at = i;
    }
    for (qsizetype i = 1; i < areas.size(); ++i) {
        if (enter(areas.at((at + (forward ? i : areas.size() - i)) % areas.size())))
            return true;
    }
    return false;
}

} // namespace sb::ui
