// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QSet>
#include <QStringList>
#include <QWidget>

namespace sb::test {

/// The name a screen reader hears: the accessible name, or the text of a buddy label.
inline QString heardName(const QWidget* widget, const QWidget& window)
{
    if (!widget->accessibleName().isEmpty() && !qobject_cast<const QComboBox*>(widget))
        return widget->accessibleName();
    for (const QLabel* label : window.findChildren<QLabel*>()) {
        if (label->buddy() == widget && label->isVisibleTo(&window))
            return label->text();
    }
    return {};
}

/// Complaints about the controls that show in `window`: no name, or a name used twice.
inline QStringList nameFaults(const QWidget& window)
{
    QStringList faults;
    QSet<QString> seen;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        const bool reachable =
            (widget->focusPolicy() & Qt::TabFocus) && widget->isVisibleTo(&window) && !widget->focusProxy();
        const QString type = QString::fromLatin1(widget->metaObject()->className());
        if (!reachable || type == QLatin1String("QScrollArea") || type.startsWith(QLatin1String("QComboBoxPrivate")))
            continue;
        const QString name = heardName(widget, window);
        const QString where = type + QLatin1Char(' ') + widget->objectName();
        if (name.isEmpty())
            faults << QStringLiteral("no name: ") + where;
        else if (seen.contains(name))
            faults << QStringLiteral("name twice: ") + name + QStringLiteral(" at ") + where;
        seen.insert(name);
    }
    return faults;
}

} // namespace sb::test
