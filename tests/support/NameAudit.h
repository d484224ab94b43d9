// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QHash>
#include <QScrollBar>
#include <QStringList>
#include <QTabBar>
#include <QWidget>

namespace sb::test {

/// What is wrong with the names of the controls that can be reached by keyboard below `root` and are showing: none, or
/// one that another control has, too. Empty: all is well.
inline QStringList nameFaults(const QWidget& root)
{
    QStringList faults;
    QHash<QString, QString> seen;
    for (QWidget* widget : root.findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(&root) || !(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy() ||
            qobject_cast<QScrollBar*>(widget) || qobject_cast<QTabBar*>(widget) ||
            widget->objectName().startsWith(QLatin1String("qt_")))
            continue;
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
        const QString name = accessible ? accessible->text(QAccessible::Name) : QString();
        const QString what =
            QStringLiteral("%1 %2").arg(QLatin1String(widget->metaObject()->className()), widget->objectName());
        if (name.isEmpty())
            faults.append(what + QStringLiteral(": no name"));
        else if (seen.contains(name))
            faults.append(QStringLiteral("%1: \"%2\" is also %3").arg(what, name, seen.value(name)));
        seen.insert(name, what);
        if (widget->objectName().isEmpty())
            faults.append(what + QStringLiteral(" \"%1\": no object name").arg(name));
    }
    return faults;
}

} // namespace sb::test
