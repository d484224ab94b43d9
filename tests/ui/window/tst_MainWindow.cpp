// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "MainWindow.h"

#include "CommandPalette.h"
#include "Rail.h"
#include "SingleInstance.h"
#include "StartFailure.h"
#include "Theme.h"
#include "home/HomePage.h"
#include "kit/MessageBar.h"
#include "kit/Tone.h"
#include "runtime/AppContext.h"
#include "runtime/GatewayHost.h"
#include "services/wizard/RegistrationWizard.h"
#include "settings/AppSettings.h"
#include "settings/Settings.h"
#include "storage/StorageService.h"
#include "support/ScriptedPrompts.h"
#include "support/UiTestMain.h"
#include "ui/Names.h"

#include <QApplication>
#include <QCheckBox>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QHeaderView>
#include <QLineEdit>
#include <QLockFile>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace sb;
using namespace sb::ui;

class tst_MainWindow : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<runtime::AppContext> m_context;
    test::ScriptedPrompts m_prompts;
    std::unique_ptr<MainWindow> m_window;

    void open()
    {
        runtime::LaunchOptions options;
        options.profileDirectory = m_profile->path();
        options.given.insert(QStringLiteral("listen"), QStringLiteral("127.0.0.1:0"));
        options.given.insert(QStringLiteral("database"),
                             QStringLiteral("sqlite://") + QDir(m_profile->path()).filePath(QStringLiteral("test.db")));
        m_context = std::make_unique<runtime::AppContext>(options);
        m_window = std::make_unique<MainWindow>(*m_context, m_prompts);
        m_window->resize(1280, 860);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTRY_COMPARE(m_context->storage().health().state, storage::StorageHealth::State::Ready);
        QTRY_VERIFY(!m_context->environments().empty());
    }
    void close()
    {
        m_window.reset();
        m_context.reset();
    }
    QStringList entries()
    {
        QStringList texts;
        const QAbstractItemModel* model = m_window->findChild<Rail*>()->model();
        for (int row = 0; row < model->rowCount(); ++row)
            texts << model->index(row, 0).data().toString();
        return texts;
    }

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        open();
    }
    void cleanup()
    {
        close();
        m_profile.reset();
        m_prompts = {};
    }

    void aProfileThatCannotBeWrittenIsExplainedInAWindow()
    {
        StartFailure failure(
            Error{ErrorCode::PermissionDenied, "the profile directory /srv/none cannot be written", "profile"});
        failure.open();
        QVERIFY(failure.informativeText().contains(QStringLiteral("/srv/none")));
        QVERIFY(failure.informativeText().contains(QStringLiteral("--profile")));
        QCOMPARE(test::nameFaults(failure), QStringList());
        QSignalSpy ended(&failure, &QDialog::finished);
        failure.findChild<QPushButton*>(QStringLiteral("startFailureClose"))->click();
        QCOMPARE(ended.count(), 1);
    }

    void navigationHasTheEntriesOfTheContract()
    {
        QCOMPARE(entries(),
                 QStringList({QStringLiteral("Home"), QStringLiteral("DB & Services"), QStringLiteral("GenAI Services"),
                              QStringLiteral("Databases"), QStringLiteral("Marketplace"), QStringLiteral("Connections"),
                              QStringLiteral("Routes"), QStringLiteral("Models"), QStringLiteral("Dashboards"),
                              QStringLiteral("Requests"), QStringLiteral("Prompt Lab"), QStringLiteral("Gateway"),
                              QStringLiteral("Access"), QStringLiteral("Settings")}));
    }

    void listsAndSplittersComeBackAsTheyWereLeft()
    {
        const auto header = [this](const char* list) {
            return m_window->findChild<QTableView*>(QLatin1String(list))->horizontalHeader();
        };
        const auto splitter = [this] { return m_window->findChild<QSplitter*>(QStringLiteral("connectionsSplitter")); };
        m_window->openPage(QStringLiteral("Requests"));
        header("requestTable")->moveSection(0, 4);
        header("requestTable")->hideSection(2);
        m_window->openPage(QStringLiteral("GenAI Services"));
        QTRY_COMPARE(header("serviceTable")->count(), 9); // with its environments
        header("serviceTable")->moveSection(8, 0);
        m_window->openPage(QStringLiteral("Connections"));
        splitter()->setSizes({100, 300});
        const QByteArray split = splitter()->saveState();
        QVERIFY(m_window->close());

        close();
        open();
        m_window->openPage(QStringLiteral("Requests"));
        QCOMPARE(header("requestTable")->visualIndex(0), 4);
        QVERIFY(header("requestTable")->isSectionHidden(2));
        m_window->openPage(QStringLiteral("GenAI Services"));
        QTRY_COMPARE(header("serviceTable")->count(), 9);
        QCOMPARE(header("serviceTable")->visualIndex(8), 0);
        m_window->openPage(QStringLiteral("Connections"));
        QCOMPARE(splitter()->saveState(), split);
        QVERIFY(m_window->close()); // pages that were not opened this time are remembered as well

        close();
        open();
        QVERIFY(m_window->close());
        close();
        open();
        m_window->openPage(QStringLiteral("Requests"));
        QVERIFY(header("requestTable")->isSectionHidden(2));
    }

    void aDamagedSettingsFileIsSaidAtTheStartUntilDismissed()
    {
        const auto notice = [this] {
            for (auto* bar : m_window->findChildren<MessageBar*>()) {
                if (bar->isVisible() && bar->text().contains(QStringLiteral("settings file was damaged")))
                    return bar;
            }
            return static_cast<MessageBar*>(nullptr);
        };
        QVERIFY(!notice());
        close();
        QFile file(m_profile->filePath(QStringLiteral("settings.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write("{{{") > 0);
        file.close();

        open();
        QVERIFY(notice());
        QVERIFY2(notice()->text().contains(m_profile->filePath(QStringLiteral("settings.json.damaged"))),
                 qPrintable(notice()->text()));
        notice()->findChild<QPushButton*>(QStringLiteral("messageAction"))->click();
        QCOMPARE(m_window->currentPage(), QStringLiteral("Settings"));
        notice()->findChild<QPushButton*>(QStringLiteral("messageDismiss"))->click();
        QVERIFY(!notice());
        close();
        open();
        QVERIFY(!notice());
    }

    void pagesAreMadeWhenFirstOpened()
    {
        auto* stack = m_window->findChild<QStackedWidget*>();
        QCOMPARE(stack->count(), 1);
        m_window->openPage(QStringLiteral("Routes"));
        m_window->openPage(QStringLiteral("Home"));
        m_window->openPage(QStringLiteral("Routes"));
        QCOMPARE(stack->count(), 2);
    }

    void everyPageNamesItsControls_data()
    {
        QTest::addColumn<QString>("entry");
        for (const char* entry : {"Home", "GenAI Services", "Databases", "Marketplace", "Connections", "Routes",
                                  "Models", "Dashboards", "Requests", "Prompt Lab", "Gateway", "Access", "Settings"})
            QTest::newRow(entry) << QString::fromLatin1(entry);
    }
    void everyPageNamesItsControls()
    {
        QFETCH(QString, entry);
        m_window->openPage(entry);
        QTRY_COMPARE(test::nameFaults(*m_window).join(QLatin1Char('\n')), QString());
    }

    void everyPageFitsASmallScreen_data() { everyPageNamesItsControls_data(); }
    void everyPageFitsASmallScreen()
    {
        QFETCH(QString, entry);
        m_window->openPage(entry);
        if (const auto* bar = m_window->findChild<QWidget*>(QStringLiteral("viewBar")))
            QTRY_VERIFY(!bar->findChildren<QCheckBox*>().isEmpty()); // the environments arrive later
        const QSize least = m_window->minimumSizeHint();
        QVERIFY2(least.width() <= 1024 && least.height() <= 600,
                 qPrintable(QStringLiteral("needs %1 x %2").arg(least.width()).arg(least.height())));
    }

    void controlAndDigitOpenEntries()
    {
        QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(m_window->currentPage(), QStringLiteral("GenAI Services"));
        QTest::keyClick(m_window.get(), Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(m_window->currentPage(), QStringLiteral("Prompt Lab"));
    }

    void altAndArrowsGoBackAndForth()
    {
        m_window->openPage(QStringLiteral("Routes"));
        m_window->openPage(QStringLiteral("Access"));
        QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(m_window->currentPage(), QStringLiteral("Routes"));
        QTest::keyClick(m_window.get(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(m_window->currentPage(), QStringLiteral("Access"));
    }

    void narrowWindowKeepsTheNames()
    {
        auto* rail = m_window->findChild<Rail*>();
        const int wide = rail->width();
        m_window->resize(900, 700);
        QTRY_VERIFY(rail->width() < wide / 2);
        QVERIFY(entries().contains(QStringLiteral("Requests")));
    }

    void paletteFindsByLettersInOrder()
    {
        QVERIFY(CommandPalette::score(QStringLiteral("gs"), QStringLiteral("GenAI Services")) > 0);
        QVERIFY(CommandPalette::score(QStringLiteral("sg"), QStringLiteral("GenAI Services")) < 0);
        QVERIFY(CommandPalette::score(QStringLiteral("req"), QStringLiteral("Requests")) >
                CommandPalette::score(QStringLiteral("req"), QStringLiteral("Register a quota")));
    }

    void paletteOpensWhatWasTyped()
    {
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = m_window->findChild<CommandPalette*>();
        QTRY_VERIFY(palette->isVisible());
        auto* text = palette->findChild<QLineEdit*>();
        text->setText(QStringLiteral("dashb"));
        QTest::keyClick(text, Qt::Key_Return);
        QVERIFY(!palette->isVisible());
        QCOMPARE(m_window->currentPage(), QStringLiteral("Dashboards"));
    }

    void lastPageAndThemeAreRemembered()
    {
        m_window->openPage(QStringLiteral("Requests"));
        QVERIFY(m_context->settings().set(settings::Settings::theme, QStringLiteral("dark")));
        QVERIFY(Tones::isDark(QApplication::palette()));
        m_window->close();
        QVERIFY(m_context->settings().flush());
        close();
        open();
        QCOMPARE(m_window->currentPage(), QStringLiteral("Requests"));
        QVERIFY(Tones::isDark(QApplication::palette()));
        QVERIFY(m_context->settings().set(settings::Settings::theme, QStringLiteral("light")));
        QVERIFY(!Tones::isDark(QApplication::palette()));
    }

    void closingWhileServingStopsTheGatewayFirst()
    {
        using State = runtime::GatewayHost::State;
        m_context->gateway().start();
        QTRY_COMPARE_WITH_TIMEOUT(m_context->gateway().state(), State::Running, 15'000);
        m_window->close();
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible(), 15'000);
        QCOMPARE(m_context->gateway().state(), State::Stopped);
    }

    void statusBarShowsTheGatewaysAddress()
    {
        auto* button = m_window->findChild<QPushButton*>(QStringLiteral("statusGateway"));
        QVERIFY(!button->text().contains(QStringLiteral("http")));
        m_context->gateway().start();
        QTRY_VERIFY_WITH_TIMEOUT(
            button->text().contains(m_context->gateway().url()) && !m_context->gateway().url().isEmpty(), 15'000);
        QCOMPARE(button->accessibleName(), button->text());
        button->click();
        QCOMPARE(m_window->currentPage(), QStringLiteral("Gateway"));
    }

    void aGatewayThatIsStartingIsNotCalledStopped()
    {
        m_window->openPage(QStringLiteral("Home"));
        auto* home = m_window->findChild<HomePage*>();
        const auto saysStopped = [home] {
            const auto labels = home->findChild<MessageBar*>()->findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [](const QLabel* label) { return label->text().contains(QStringLiteral("stopped")); });
        };
        QVERIFY(saysStopped());
        m_context->gateway().start();
        QCOMPARE(m_context->gateway().state(), runtime::GatewayHost::State::Starting);
        QVERIFY(!saysStopped());
        home->activate();
        QVERIFY(!saysStopped());
    }

    void tabGoesThroughARegistrationAsItIsSeen()
    {
        m_window->openPage(QStringLiteral("GenAI Services"), QStringLiteral("register"));
        const auto focused = [this] {
            const QWidget* widget = m_window->focusWidget();
            return widget ? widget->accessibleName() : QString();
        };
        const auto press = [this](int key) { QTest::keyClick(m_window->focusWidget(), static_cast<Qt::Key>(key)); };
        QTRY_COMPARE(focused(), QStringLiteral("OpenAI"));
        press(Qt::Key_Return);
        QTRY_COMPARE(focused(), QStringLiteral("Name"));
        static_cast<QLineEdit*>(m_window->focusWidget())->setText(QStringLiteral("OpenAI"));
        press(Qt::Key_Return);
        QTRY_COMPARE(focused(), QStringLiteral("Authorization header"));
        QStringList seen;
        for (int i = 0; i < 40 && !seen.contains(QStringLiteral("Register")); ++i) {
            press(Qt::Key_Tab);
            seen << focused();
        }
        QCOMPARE(seen.join(QLatin1Char('|')),
                 QStringLiteral("API key|Stored in|Time Unit|Max Prompt Token Count|Max Completion Token Count|"
                                "Max Total Token Count|More limits|Per request|Test connection|"
                                "Also ask a model for one token (costs a fraction of a cent)|Cancel|Back|Register"));
        press(Qt::Key_Tab);
        QVERIFY(m_window->focusWidget()->objectName().startsWith(QStringLiteral("status")));
        press(Qt::Key_Backtab);
        QCOMPARE(focused(), QStringLiteral("Register"));
    }

    void f6GoesFromAreaToArea()
    {
        m_window->openPage(QStringLiteral("Connections"));
        auto* rail = m_window->findChild<Rail*>();
        rail->setFocus();
        QStringList areas;
        for (int i = 0; i < 4; ++i) {
            QTest::keyClick(m_window->focusWidget(), Qt::Key_F6);
            for (const QWidget* w = m_window->focusWidget(); w; w = w->parentWidget()) {
                if (w == rail)
                    areas << QStringLiteral("rail");
                else if (w->objectName() == QLatin1String("header") || w->objectName() == QLatin1String("pages") ||
                         w->objectName() == QLatin1String("statusStrip"))
                    areas << w->objectName();
            }
        }
        QCOMPARE(areas.join(QLatin1Char(' ')), QStringLiteral("header pages statusStrip rail"));
    }

    void aPageOpenedByItsKeyTakesTheKeyboard()
    {
        m_window->findChild<Rail*>()->setFocus();
        QTest::keyClick(m_window.get(), Qt::Key_5, Qt::ControlModifier);
        QCOMPARE(m_window->currentPage(), QStringLiteral("Connections"));
        QVERIFY(m_window->findChild<QStackedWidget*>(QStringLiteral("pages"))->isAncestorOf(m_window->focusWidget()));
    }

    void closingAsksWhenSomethingTypedWouldBeLost()
    {
        m_window->openPage(QStringLiteral("GenAI Services"), QStringLiteral("register/openai"));
        for (auto* edit : m_window->findChild<RegistrationWizard*>()->findChildren<QLineEdit*>()) {
            if (edit->accessibleName() == QLatin1String("Name"))
                edit->setText(QStringLiteral("Half a service"));
        }
        m_prompts.answers = {false, true};
        QVERIFY(!m_window->close());
        QVERIFY(m_window->isVisible());
        QVERIFY(m_prompts.asked.last().contains(QStringLiteral("GenAI Services")));
        m_window->close();
        QTRY_VERIFY(!m_window->isVisible());
        QCOMPARE(m_prompts.asked.size(), 2);
    }

    void secondStartRaisesTheFirst()
    {
        SingleInstance first(m_profile->path());
        QVERIFY(first.acquire());
        QSignalSpy raised(&first, &SingleInstance::raiseRequested);
        SingleInstance second(m_profile->path());
        QSignalSpy finished(&second, &SingleInstance::finished);
        QVERIFY(!second.acquire());
        QTRY_COMPARE(raised.size(), 1);
        QCOMPARE(raised.first().first().toString(), QString());
        QTRY_COMPARE(finished.size(), 1);
        QTemporaryDir other;
        SingleInstance third(other.path());
        QVERIFY(third.acquire());
    }

    void startsAlsoWhereTheLockCannotBeWritten()
    {
        SingleInstance instance(QDir(m_profile->path()).filePath(QStringLiteral("not there"))); // as on a full disk
        QVERIFY(instance.acquire());
    }

    void holderWithoutAWindowIsSaid()
    {
        QTemporaryDir profile;
        QLockFile holder(QDir(profile.path()).filePath(QStringLiteral("window.lock")));
        QVERIFY(holder.lock());
        SingleInstance second(profile.path());
        QVERIFY(!second.acquire());
        QSignalSpy unanswered(&second, &SingleInstance::unanswered); // listening after the call is early enough
        QTRY_COMPARE(unanswered.size(), 1);
        const StartFailure failure(second.holder());
        QVERIFY(failure.informativeText().contains(QString::number(QCoreApplication::applicationPid())));
    }

    void secondStartTellsTheFirstWhereToGo()
    {
        SingleInstance first(m_profile->path());
        QVERIFY(first.acquire());
        QSignalSpy raised(&first, &SingleInstance::raiseRequested);
        SingleInstance second(m_profile->path());
        QSignalSpy finished(&second, &SingleInstance::finished);
        QVERIFY(!second.acquire(QStringLiteral("GenAI Services/register")));
        QTRY_COMPARE(raised.size(), 1);
        QCOMPARE(raised.first().first().toString(), QStringLiteral("GenAI Services/register"));
        QTRY_COMPARE(finished.size(), 1);
    }

    void anAddressOpensAPageAtItsPlace()
    {
        m_window->openAddress(QStringLiteral("GenAI Services/register"));
        QCOMPARE(m_window->currentPage(), QStringLiteral("GenAI Services"));
        QVERIFY(m_window->findChild<RegistrationWizard*>()->isVisible());
    }

    void anUnknownAddressIsSaid()
    {
        const QString before = m_window->currentPage();
        QTest::ignoreMessage(QtWarningMsg, "There is no page Nowhere.");
        m_window->openAddress(QStringLiteral("Nowhere/at-all"));
        QCOMPARE(m_window->currentPage(), before);
    }

    void actionsOfTheDesktopFileOpenPages()
    {
        static const QRegularExpression command(QStringLiteral("^signalbox --open \"(([^/\"]+)[^\"]*)\"$"));
        QFile file(QStringLiteral(SB_SOURCE_DIR "/installer/linux/io.signalbox.Signalbox.desktop"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QStringList opened;
        for (const QString& line : QString::fromUtf8(file.readAll()).split(u'\n')) {
            const auto action = command.match(line.section(u'=', 1));
            if (!action.hasMatch())
                continue;
            m_window->openAddress(action.captured(1));
            QCOMPARE(m_window->currentPage(), action.captured(2));
            opened << action.captured(2);
        }
        QCOMPARE(opened, QStringList({QStringLiteral("GenAI Services"), QStringLiteral("Prompt Lab")}));
    }

    void themesAreReadable_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void themesAreReadable()
    {
        QFETCH(bool, dark);
        const QPalette palette = Theme::palette(dark);
        const auto contrast = [&](QPalette::ColorRole text, QPalette::ColorRole ground) {
            return Tones::contrast(palette.color(text), palette.color(ground));
        };
        QVERIFY(contrast(QPalette::WindowText, QPalette::Window) >= 4.5);
        QVERIFY(contrast(QPalette::Text, QPalette::Base) >= 4.5);
        QVERIFY(contrast(QPalette::Text, QPalette::AlternateBase) >= 4.5);
        QVERIFY(contrast(QPalette::ButtonText, QPalette::Button) >= 4.5);
        QVERIFY(contrast(QPalette::PlaceholderText, QPalette::Base) >= 4.5);
        QVERIFY(contrast(QPalette::PlaceholderText, QPalette::Window) >= 4.5);
        QVERIFY(contrast(QPalette::HighlightedText, QPalette::Highlight) >= 4.5);
        QVERIFY(contrast(QPalette::Link, QPalette::Window) >= 4.5);
        for (const Tone tone : {Tone::Neutral, Tone::Info, Tone::Good, Tone::Warning, Tone::Bad}) {
            const QColor text = Tones::text(tone, palette);
            QVERIFY(Tones::contrast(text, palette.color(QPalette::Window)) >= 4.5);
            QVERIFY(Tones::contrast(text, Tones::fill(tone, palette)) >= 4.5);
        }
    }
};

SB_UI_TEST_MAIN(tst_MainWindow)
#include "tst_MainWindow.moc"
