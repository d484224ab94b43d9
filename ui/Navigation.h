// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kit/Page.h"

#include <QString>

#include <functional>
#include <vector>

namespace sb::runtime {
class AppContext;
class ServiceRegistrar;
} // namespace sb::runtime

namespace sb::ui {

class EnvironmentScope;
class Prompts;
class SimulatorHost;
class UndoBar;

/// What the page factories hand out from; each page takes only what it needs of it. Lives as long as the window.
struct Program {
    runtime::AppContext& context;
    runtime::ServiceRegistrar& registrar;
    Prompts& prompts;
    EnvironmentScope& scope;
    UndoBar& undo;
    SimulatorHost& simulator;
};

/// One line of the navigation. `id` is the contract's English name, used by Page::navigate, deep links and settings.
struct NavigationEntry {
    QString id;
    QString title; ///< translated
    QString icon;
    bool grouped = false; ///< under the header "DB & Services"
    std::function<Page*(QWidget* parent)> make;
};

/// The contract's entries in its order. A page is added here, by a line.
std::vector<NavigationEntry> navigationEntries(const Program& program);

} // namespace sb::ui
