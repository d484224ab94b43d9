// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kit/Page.h"

#include <vector>

namespace sb::ui {

/// Stands where a page of a later release will be: says what is not there, what works today, and links to it. Never a
/// screen that only looks like one.
class LaterPage : public Page {
    Q_OBJECT
public:
    struct Link {
        QString text;
        QString entry; ///< navigation id
    };
    LaterPage(const QString& title, const QString& comesWith, const QString& worksToday, const std::vector<Link>& links,
              QWidget* parent = nullptr);
};

} // namespace sb::ui
