// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

namespace sb::ui {

/// One navigation entry's content. A page is made when its entry is first opened and lives until the window closes; it
/// gets the slice of the program it needs in its constructor, wires things and loads in `activate`.
class Page : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// Called each time the page comes to the front. Loads or refreshes; must not block.
    virtual void activate() {}
    /// F5.
    virtual void refresh() { activate(); }
    /// Whether closing would lose typed input or what is shown only once; the window asks before it closes.
    virtual bool hasUnsavedInput() const { return false; }

Q_SIGNALS:
    /// Go to another entry by its English contract name ("Requests"); `argument` is understood by that page's openAt().
    void navigate(const QString& entry, const QString& argument);

public:
    /// Deep link from another page, e.g. a request id or a serialised filter.
    virtual void openAt(const QString& argument) { Q_UNUSED(argument) }
};

} // namespace sb::ui
