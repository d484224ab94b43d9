// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "MainWindow.h"

#include "CommandPalette.h"
#include "DrainDialog.h"
#include "Rail.h"
#include "StatusStrip.h"
#include "async/OnResult.h"
#include "home/SimulatorHost.h"
#include "kit/EnvironmentScope.h"
#include "kit/FocusOrder.h"
#include "kit/Icons.h"
#include "kit/MessageBar.h"
#include "kit/Named.h"
#include "kit/Prompts.h"
#include "kit/UiText.h"
#include "kit/UndoBar.h"
#include "runtime/AppContext.h"
#include "runtime/GatewayHost.h"
#include "runtime/ServiceRegistrar.h"
#include "secrets/SecretStore.h"
#include "settings/AppSettings.h"
#include "settings/Settings.h"
#include "settings/SettingsText.h"
#include "storage/StorageService.h"
#include "storage/repositories/ServiceRepository.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenuBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

namespace sb::ui {

namespace Settings = settings::Settings;

namespace {

constexpr int kCompactBelow = 1000;

std::vector<Rail::Item> railItems(const std::vector<NavigationEntry>& entries)
{
    std::vector<Rail::Item> items;
    bool headed = false;
    for (const NavigationEntry& entry : entries) {
        if (entry.grouped && !headed) {
            items.push_back({{}, MainWindow::tr("DB & Services"), {}, false});
            headed = true;
        }
        items.push_back({entry.id, entry.title, entry.icon, entry.grouped});
    }
    return items;
}

QString plainText(const QAction* action)
{
    return action->text().remove(QLatin1Char('&'));
}

} // namespace

MainWindow::MainWindow(runtime::AppContext& context, Prompts& prompts, QWidget* parent)
    : QMainWindow(parent), m_context(context), m_prompts(prompts), m_memory(context.settings()),
      m_scope(new EnvironmentScope(this)), m_undo(new UndoBar(this)),
      m_registrar(std::make_unique<runtime::ServiceRegistrar>(context)),
      m_simulator(
          new SimulatorHost({context.storage(), *m_registrar, [&context] { return context.environments(); }}, this)),
      m_program(std::make_unique<Program>(Program{context, *m_registrar, prompts, *m_scope, *m_undo, *m_simulator})),
      m_entries(navigationEntries(*m_program)), m_rail(new Rail(railItems(m_entries), this)),
      m_stack(new QStackedWidget(this)), m_notice(new MessageBar(tr("start message"), this)),
      m_strip(new StatusStrip(context, this)), m_palette(new CommandPalette(this))
{
    QGuiApplication::setDesktopFileName(QStringLiteral("io.signalbox.Signalbox"));
    setWindowTitle(tr("Signalbox"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/io.signalbox.Signalbox.svg")));
    setObjectName(QStringLiteral("mainWindow"));

    m_stack->setObjectName(QStringLiteral("pages"));
    m_strip->setObjectName(QStringLiteral("statusStrip"));
    auto* right = new QWidget(this);
    auto* column = new QVBoxLayout(right);
    makeHeader();
    column->addWidget(m_header);
    column->addWidget(m_notice);
    column->addWidget(m_stack, 1);
    column->addWidget(m_undo);
    auto* central = new QWidget(this);
    auto* row = new QHBoxLayout(central);
    row->setContentsMargins({});
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addWidget(right, 1);
    setCentralWidget(central);

    statusBar()->addWidget(m_strip, 1);
    statusBar()->setSizeGripEnabled(false);
    connect(m_strip, &StatusStrip::navigate, this, [this](const QString& entry) { openPage(entry); });
    connect(m_rail, &Rail::entryChosen, this, [this](const QString& id) { openPage(id); });
    connect(&m_context, &runtime::AppContext::organizationChanged, this, [this] {
        showOrganization();
        if (Page* current = page(m_current))
            current->refresh();
    });
    connect(&m_context.gateway(), &runtime::GatewayHost::stateChanged, this, &MainWindow::showGatewayActions);

    makeActions();
    showOrganization();
    showGatewayActions();
    m_memory.restoreWindow(*this);
    openFirstPage();
    saySettingsProblem();
    m_context.secrets().probe(); // keychainStateChanged brings the answer to the status bar and the forms
}

MainWindow::~MainWindow() = default;

void MainWindow::makeHeader()
{
    m_header = new QWidget(this);
    m_header->setObjectName(QStringLiteral("header"));
    auto* row = new QHBoxLayout(m_header);
    row->setContentsMargins({});
    m_breadcrumb = new QLabel(m_header);
    m_breadcrumb->setForegroundRole(QPalette::PlaceholderText);
    m_breadcrumb->setTextFormat(Qt::PlainText);
    m_environment = new QComboBox(m_header);
    m_environment->setObjectName(QStringLiteral("environmentSelector"));
    m_environment->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto* label = new QLabel(tr("Environment in view"), m_header);
    label->setBuddy(m_environment);
    auto* search = named(new QPushButton(tr("Search or run"), m_header), "paletteButton", tr("Search or run"));
    search->setIcon(Icons::get(QStringLiteral("search")));
    search->setToolTip(QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText));
    connect(search, &QPushButton::clicked, this, &MainWindow::showPalette);
    connect(m_environment, &QComboBox::currentIndexChanged, this,
            [this] { m_scope->setCurrent(EnvironmentId(m_environment->currentData().toInt())); });
    row->addWidget(m_breadcrumb, 1);
    row->addWidget(label);
    row->addWidget(m_environment);
    row->addWidget(search);
}

/// Where the person starts, whatever the page.
void MainWindow::saySettingsProblem()
{
    const settings::AppSettings& settings = m_context.settings();
    for (const Error& problem : settings.problems()) {
        if (!SettingsText::concernsTheFile(problem))
            continue;
        m_notice->showMessage({Tone::Warning, SettingsText::problem(problem, settings.damagedFile()),
                               tr("Open Settings"), UiText::qs(problem.what)},
                              [this] { openPage(QStringLiteral("Settings")); });
    }
}

void MainWindow::showOrganization()
{
    m_breadcrumb->setText(UiText::qs(m_context.organization().name));
    const EnvironmentId before = m_scope->current();
    m_scope->setEnvironments(m_context.environments());
    const QSignalBlocker quiet(m_environment);
    m_environment->clear();
    m_environment->addItem(tr("Any environment"), 0);
    for (const Environment& environment : m_scope->environments()) {
        m_environment->addItem(Icons::get(QStringLiteral("circle"), environment.isProduction ? Tone::Bad : Tone::Info),
                               UiText::qs(environment.name), environment.id.value);
    }
    m_environment->setCurrentIndex(std::max(0, m_environment->findData(before.value)));
}

QAction* MainWindow::makeAction(const char* name, const QString& text, const QKeySequence& shortcut,
                                std::function<void()> run)
{
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(shortcut);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    addAction(action);
    m_actions << action;
    return action;
}

void MainWindow::makeActions()
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->addAction(makeAction("actionRegister", tr("&Register service"), QKeySequence(Qt::CTRL | Qt::Key_N),
                               [this] { openPage(QStringLiteral("GenAI Services"), QStringLiteral("register")); }));
    file->addSeparator();
    file->addAction(makeAction("actionQuit", tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { close(); }));

    QMenu* edit = menuBar()->addMenu(tr("&Edit"));
    edit->addAction(makeAction("actionUndo", tr("&Undo last deletion"), QKeySequence(Qt::CTRL | Qt::Key_Z),
                               [this] { m_undo->undo(); }));

    QMenu* view = menuBar()->addMenu(tr("&View"));
    view->addAction(makeAction("actionRefresh", tr("&Refresh"), QKeySequence(Qt::Key_F5), [this] {
        if (Page* current = page(m_current))
            current->refresh();
    }));
    view->addAction(makeAction("actionPalette", tr("&Search or run…"), QKeySequence(Qt::CTRL | Qt::Key_K),
                               [this] { showPalette(); }));
    view->addAction(makeAction("actionEnvironment", tr("Choose &environment"),
                               QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E), [this] {
                                   m_environment->setFocus();
                                   m_environment->showPopup();
                               }));
    view->addAction(
        makeAction("actionNextArea", tr("&Next area"), QKeySequence(Qt::Key_F6), [this] { stepArea(true); }));
    view->addAction(makeAction("actionPreviousArea", tr("&Previous area"), QKeySequence(Qt::SHIFT | Qt::Key_F6),
                               [this] { stepArea(false); }));
    view->addSeparator();
    auto* schemes = new QActionGroup(this);
    const std::pair<QString, QString> choices[] = {{QStringLiteral("system"), tr("Theme: as the &system")},
                                                   {QStringLiteral("light"), tr("Theme: &light")},
                                                   {QStringLiteral("dark"), tr("Theme: &dark")}};
    for (const auto& [name, text] : choices) {
        QAction* action = makeAction("actionTheme", text, {}, [this, wanted = name] { chooseTheme(wanted); });
        action->setCheckable(true);
        action->setData(name);
        schemes->addAction(action);
        view->addAction(action);
    }
    const auto tick = [this, schemes] {
        applyTheme();
        for (QAction* action : schemes->actions())
            action->setChecked(action->data().toString() == m_context.settings().value(Settings::theme));
    };
    connect(&m_context.settings(), &settings::AppSettings::changed, this, [tick](const QString& name) {
        if (name == Settings::theme.name)
            tick();
    });
    tick();

    QMenu* go = menuBar()->addMenu(tr("&Go"));
    int digit = 1;
    for (const NavigationEntry& entry : m_entries) {
        QKeySequence keys;
        if (digit <= 10)
            keys = QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + digit % 10));
        ++digit;
        go->addAction(makeAction("actionGo", entry.title, keys, [this, id = entry.id] {
            openPage(id);
            if (!m_stack->isAncestorOf(focusWidget())) // a page that has a better place than its first took it there
                FocusOrder::enter(m_stack);
        }));
    }
    go->addSeparator();
    go->addAction(
        makeAction("actionBack", tr("&Back"), QKeySequence(Qt::ALT | Qt::Key_Left), [this] { goThroughHistory(-1); }));
    go->addAction(makeAction("actionForward", tr("&Forward"), QKeySequence(Qt::ALT | Qt::Key_Right),
                             [this] { goThroughHistory(1); }));

    QMenu* gateway = menuBar()->addMenu(tr("G&ateway"));
    m_gatewayAction = makeAction("actionGateway", tr("&Start gateway"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G),
                                 [this] { startOrStopGateway(); });
    gateway->addAction(m_gatewayAction);
}

void MainWindow::showGatewayActions()
{
    using State = runtime::GatewayHost::State;
    const State state = m_context.gateway().state();
    m_gatewayAction->setText(state == State::Running ? tr("&Stop gateway") : tr("&Start gateway"));
    m_gatewayAction->setEnabled(state != State::Starting && state != State::Stopping);
}

void MainWindow::startOrStopGateway()
{
    if (m_context.gateway().state() == runtime::GatewayHost::State::Running)
        m_context.gateway().stop();
    else
        m_context.gateway().start();
}

Page* MainWindow::page(const QString& id)
{
    const auto known = m_pages.find(id);
    if (known != m_pages.end())
        return known->second;
    for (const NavigationEntry& entry : m_entries) {
        if (entry.id != id)
            continue;
        Page* made = entry.make(m_stack);
        m_stack->addWidget(made);
        m_pages.emplace(id, made);
        m_memory.restorePage(*made);
        connect(made, &Page::navigate, this, &MainWindow::openPage);
        return made;
    }
    return nullptr;
}

void MainWindow::openPage(const QString& id, const QString& argument)
{
    Page* wanted = page(id);
    if (!wanted)
        return;
    if (id != m_current && !m_travelling) {
        m_history = m_history.mid(0, m_historyAt + 1);
        m_history << id;
        m_historyAt = m_history.size() - 1;
    }
    m_current = id;
    m_stack->setCurrentWidget(wanted);
    m_rail->setCurrentEntry(id);
    wanted->activate();
    if (!argument.isEmpty())
        wanted->openAt(argument);
}

void MainWindow::openAddress(const QString& address)
{
    const QString entry = address.section(u'/', 0, 0);
    if (page(entry))
        openPage(entry, address.section(u'/', 1));
    else
        qWarning("There is no page %s.", qUtf8Printable(entry));
}

void MainWindow::goThroughHistory(int step)
{
    const qsizetype target = m_historyAt + step;
    if (target < 0 || target >= m_history.size())
        return;
    m_historyAt = target;
    m_travelling = true;
    openPage(m_history[target]);
    m_travelling = false;
}

void MainWindow::showPalette()
{
    std::vector<CommandPalette::Command> commands;
    for (const NavigationEntry& entry : m_entries)
        commands.push_back({entry.title, tr("Page"), {}, {}, [this, id = entry.id] { openPage(id); }});
    for (QAction* action : std::as_const(m_actions)) {
        if (action->objectName() == QLatin1String("actionGo") || action->objectName() == QLatin1String("actionPalette"))
            continue;
        commands.push_back({plainText(action), tr("Action"), action->shortcut().toString(QKeySequence::NativeText),
                            action->isEnabled() ? QString() : tr("not possible now"), [action] { action->trigger(); }});
    }
    m_palette->setCommands(std::move(commands));
    m_palette->open();
    const Timestamp now = m_context.clock().now();
    onResult(
        m_context.storage().read([now](storage::DbSession& db) { return storage::ServiceRepository(db).list(now); }),
        m_palette, [this](Result<std::vector<storage::ServiceListRow>> services) {
            if (!services)
                return; // pages and actions work without the database; its state is in the status bar
            std::vector<CommandPalette::Command> found;
            for (const storage::ServiceListRow& row : *services) {
                found.push_back({UiText::qs(row.service.name), tr("Service"), {}, {}, [this, id = row.service.id] {
                                     openPage(QStringLiteral("GenAI Services"),
                                              QStringLiteral("service/%1").arg(id.value));
                                 }});
            }
            m_palette->addCommands(std::move(found));
        });
}

void MainWindow::raiseWindow()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    m_rail->setCompact(width() < kCompactBelow);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (askAboutInput()) {
        event->ignore();
        return;
    }
    m_memory.save(*this, m_current);
    const runtime::GatewayHost& gateway = m_context.gateway();
    const bool serving = gateway.state() == runtime::GatewayHost::State::Running ||
                         gateway.state() == runtime::GatewayHost::State::Stopping;
    if (m_closing || !serving) {
        event->accept();
        return;
    }
    event->ignore();
    m_closing = true;
    m_context.gateway().stop();
    auto* drain = new DrainDialog(m_context.gateway(), this);
    drain->setAttribute(Qt::WA_DeleteOnClose);
    connect(drain, &QDialog::finished, this, [this] { close(); });
    drain->open();
}

bool MainWindow::focusNextPrevChild(bool next)
{
    return FocusOrder::step(this, focusWidget(), next) || QMainWindow::focusNextPrevChild(next);
}

void MainWindow::stepArea(bool forward)
{
    FocusOrder::stepArea({m_rail, m_header, m_stack, m_strip}, focusWidget(), forward);
}

/// Whether the window stays open for the answer about what was typed or shown only once.
bool MainWindow::askAboutInput()
{
    QStringList names;
    for (const NavigationEntry& entry : m_entries) {
        const auto made = m_pages.find(entry.id);
        if (made != m_pages.end() && made->second->hasUnsavedInput())
            names << entry.title;
    }
    if (names.isEmpty() || m_givesUpInput || m_closing)
        return false;
    m_prompts.ask(this,
                  {tr("Close Signalbox?"),
                   tr("Something is not saved yet, or is shown only once: %1.").arg(names.join(QStringLiteral(", "))),
                   tr("Close without saving"),
                   tr("Keep open"),
                   {}},
                  [this](bool accepted) {
                      m_givesUpInput = accepted;
                      if (accepted)
                          QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
                  });
    return true;
}

void MainWindow::chooseTheme(const QString& name)
{
    const auto stored = m_context.settings().set(Settings::theme, name);
    if (!stored)
        m_undo->note(UiText::sentence(stored.error()));
}

void MainWindow::applyTheme()
{
    const QString name = m_context.settings().value(Settings::theme);
    m_theme.setScheme(name == QLatin1String("dark")    ? Theme::Scheme::Dark
                      : name == QLatin1String("light") ? Theme::Scheme::Light
                                                       : Theme::Scheme::System);
}

void MainWindow::openFirstPage()
{
    const settings::AppSettings& stored = m_context.settings();
    const QString start = stored.value(Settings::startPage);
    const QString wanted = start.isEmpty() ? stored.value(Settings::lastPage) : start;
    openPage(page(wanted) ? wanted : m_entries.front().id);
}

} // namespace sb::ui
