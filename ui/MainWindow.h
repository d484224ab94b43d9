// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Navigation.h"
#include "Theme.h"
#include "WindowMemory.h"

#include <QMainWindow>

#include <map>
#include <memory>
#include <vector>

class QComboBox;
class QLabel;
class QStackedWidget;

namespace sb::ui {

class CommandPalette;
class MessageBar;
class Rail;
class StatusStrip;

/// The window: navigation rail, header with the environment, one page per entry (made when first opened), status bar,
/// menus. Every action is in one registry that menus, shortcuts and the palette share.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(runtime::AppContext& context, Prompts& prompts, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Opens an entry by its contract name; an unknown one is ignored.
    void openPage(const QString& id, const QString& argument = {});
    /// As on the command line: an entry, or an entry and what it understands ("GenAI Services/register").
    void openAddress(const QString& address);
    QString currentPage() const { return m_current; }
    void raiseWindow();

protected:
    void closeEvent(QCloseEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeHeader();
    void saySettingsProblem();
    void makeActions();
    QAction* makeAction(const char* name, const QString& text, const QKeySequence& shortcut, std::function<void()> run);
    void showPalette();
    void showOrganization();
    void showGatewayActions();
    void startOrStopGateway();
    void goThroughHistory(int step);
    void openFirstPage();
    void applyTheme();
    void chooseTheme(const QString& name);
    Page* page(const QString& id);
    void stepArea(bool forward);
    bool askAboutInput();

    runtime::AppContext& m_context;
    Prompts& m_prompts;
    WindowMemory m_memory;
    Theme m_theme;
    EnvironmentScope* m_scope;
    UndoBar* m_undo;
    std::unique_ptr<runtime::ServiceRegistrar> m_registrar;
    SimulatorHost* m_simulator;
    std::unique_ptr<Program> m_program;
    std::vector<NavigationEntry> m_entries;
    std::map<QString, Page*> m_pages;
    QString m_current;
    QStringList m_history;
    qsizetype m_historyAt = -1;
    bool m_travelling = false;
    bool m_closing = false;
    bool m_givesUpInput = false; ///< the person chose to close without saving

    Rail* m_rail;
    QStackedWidget* m_stack;
    QWidget* m_header = nullptr;
    MessageBar* m_notice;
    StatusStrip* m_strip;
    QLabel* m_breadcrumb = nullptr;
    QComboBox* m_environment = nullptr;
    CommandPalette* m_palette;
    QList<QAction*> m_actions;
    QAction* m_gatewayAction = nullptr;
};

} // namespace sb::ui
