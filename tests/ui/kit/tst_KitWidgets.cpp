// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/AsyncView.h"
#include "kit/CopyField.h"
#include "kit/FocusOrder.h"
#include "kit/FormBinder.h"
#include "kit/FormFields.h"
#include "kit/Icons.h"
#include "kit/MessageBar.h"
#include "kit/Prompts.h"
#include "kit/SecretEdit.h"
#include "kit/Tone.h"
#include "kit/UndoBar.h"
#include "support/UiTestMain.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <QVBoxLayout>

using namespace sb;
using namespace sb::ui;

namespace {

struct Draft {
    std::string name;
    bool published = true;
    Secret key;
};

QPushButton* button(QWidget& parent, const char* name)
{
    return parent.findChild<QPushButton*>(QLatin1String(name));
}

} // namespace

class tst_KitWidgets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void messageFoldsRepetitions()
    {
        QWidget page;
        MessageBar bar(QStringLiteral("message"), &page);
        page.show();
        bar.showError({ErrorCode::Unavailable, "connection refused"});
        const QString once = bar.text();
        bar.showError({ErrorCode::Unavailable, "connection refused"});
        QVERIFY(bar.text() != once);
        QVERIFY(bar.text().startsWith(once));
        bar.showError({ErrorCode::Timeout, "5 s"});
        QVERIFY(!bar.text().contains(QLatin1Char('2')));
    }

    void messageStaysReadableWhenTheThemeChangesBehindIt()
    {
        const QPalette light = QGuiApplication::palette();
        QWidget page;
        MessageBar bar(QStringLiteral("message"), &page);
        page.show();
        bar.showError({ErrorCode::Unavailable, "connection refused"});
        page.hide();
        QPalette dark;
        for (const auto role : {QPalette::Window, QPalette::Base, QPalette::Button})
            dark.setColor(role, QColor(0x20, 0x22, 0x26));
        for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
            dark.setColor(role, QColor(0xf0, 0xf0, 0xf0));
        for (const QPalette& theme : {dark, light}) {
            QApplication::setPalette(theme);
            page.show();
            QCoreApplication::processEvents();
            const auto* text = bar.findChild<QLabel*>(QStringLiteral("messageText"));
            QVERIFY(Tones::contrast(text->palette().color(QPalette::WindowText),
                                    bar.palette().color(QPalette::Window)) >= 4.5);
            page.hide();
        }
    }

    void messageActionRunsOnceAndDetailsOpen()
    {
        QWidget page;
        MessageBar bar(QStringLiteral("message"), &page);
        page.show();
        int retried = 0;
        bar.showError({ErrorCode::Unavailable, "connection refused"}, QStringLiteral("Retry"), [&] { ++retried; });
        button(bar, "messageAction")->click();
        QCOMPARE(retried, 1);
        auto* details = bar.findChild<QPlainTextEdit*>();
        QVERIFY(!details->isVisible());
        button(bar, "messageDetails")->click();
        QVERIFY(details->isVisible());
        QCOMPARE(details->toPlainText(), QStringLiteral("connection refused"));
        button(bar, "messageDismiss")->click();
        QVERIFY(!bar.isVisible());
    }

    void undoRunsOnce()
    {
        QWidget page;
        UndoBar bar(&page);
        page.show();
        int undone = 0;
        bar.offer(QStringLiteral("Service 'x' deleted"), [&] { ++undone; });
        bar.undo();
        bar.undo();
        QCOMPARE(undone, 1);
        QVERIFY(!bar.isVisible());
    }

    void anOlderOfferComesBackWhenTheNewerIsTaken()
    {
        QWidget page;
        UndoBar bar(&page);
        page.show();
        QStringList undone;
        bar.offer(QStringLiteral("first deleted"), [&] { undone << QStringLiteral("first"); });
        bar.offer(QStringLiteral("second deleted"), [&] { undone << QStringLiteral("second"); });
        bar.note(QStringLiteral("saved"), 1);
        QTRY_COMPARE(bar.findChild<QLabel*>(QStringLiteral("undoText"))->text(), QStringLiteral("second deleted"));
        bar.undo();
        QVERIFY(bar.isVisible());
        QCOMPARE(bar.findChild<QLabel*>(QStringLiteral("undoText"))->text(), QStringLiteral("first deleted"));
        bar.undo();
        QCOMPARE(undone, QStringList({QStringLiteral("second"), QStringLiteral("first")}));
        QVERIFY(!bar.isVisible());
    }

    void aFieldWithNothingToUndoLeavesTheKeyToTheOffer()
    {
        QWidget page;
        auto* layout = new QVBoxLayout(&page);
        auto* field = new QLineEdit(&page);
        UndoBar bar(&page);
        layout->addWidget(field);
        layout->addWidget(&bar);
        QShortcut undo(QKeySequence::Undo, &page);
        connect(&undo, &QShortcut::activated, &bar, &UndoBar::undo);
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        field->setFocus();
        QTest::keyClicks(field, QStringLiteral("x"));
        int undone = 0;
        bar.offer(QStringLiteral("saved"), [&] { ++undone; });
        QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(field->text(), QString()); // its own typing first
        QCOMPARE(undone, 0);
        QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(undone, 1);
    }

    void undoOfferEnds()
    {
        QWidget page;
        UndoBar bar(&page);
        page.show();
        bar.offer(
            QStringLiteral("deleted"), [] {}, 1);
        QTRY_VERIFY(!bar.canUndo());
        QVERIFY(!bar.isVisible());
    }

    void errorsAppearAtTheirFieldAndTakeTheFocus()
    {
        QWidget window;
        auto* fields = new FormFields(&window);
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(fields);
        auto* name = new QLineEdit;
        auto* key = new QLineEdit;
        fields->addField(QStringLiteral("name"), QStringLiteral("Name"), name);
        fields->addField(QStringLiteral("api_key"), QStringLiteral("API key"), key,
                         QStringLiteral("Kept in the keychain."));
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));

        QVERIFY(fields->showIssues({{"environments/development/api_key", "required"},
                                    {"name", "too_long", "128", FieldIssue::Severity::Warning},
                                    {"elsewhere", "required"}}));
        QVERIFY(fields->hasError(QStringLiteral("api_key")));
        QVERIFY(!fields->hasError(QStringLiteral("name")));
        QVERIFY(fields->issueText(QStringLiteral("name")).contains(QStringLiteral("128")));
        QVERIFY(key->accessibleDescription().contains(fields->issueText(QStringLiteral("api_key"))));
        QVERIFY(key->accessibleDescription().contains(QStringLiteral("keychain")));
        QVERIFY(fields->focusFirstError());
        QVERIFY(key->hasFocus());

        fields->clearIssues();
        QVERIFY(!fields->focusFirstError());
        QCOMPARE(key->accessibleName(), QStringLiteral("API key"));
    }

    void binderRoundTripsAndKnowsWhatChanged()
    {
        QLineEdit name;
        QCheckBox published;
        SecretEdit key;
        FormBinder<Draft> binder;
        binder.text(&name, [](Draft& d) -> std::string& { return d.name; });
        binder.checked(&published, [](Draft& d) -> bool& { return d.published; });
        binder.secret(&key, [](Draft& d) -> Secret& { return d.key; });
        int changes = 0;
        binder.onChanged([&] { ++changes; });

        Draft draft{"OpenAI", true, {}};
        binder.load(draft);
        QCOMPARE(changes, 0);
        QVERIFY(!binder.isDirty());
        name.setText(QStringLiteral("Ω service")); // as assistive technology writes: textChanged only
        key.setText(QStringLiteral("  sk-1  "));
        QVERIFY(binder.isDirty());
        QCOMPARE(changes, 2);
        binder.read(draft);
        QCOMPARE(QString::fromStdString(draft.name), QStringLiteral("Ω service"));
        QVERIFY(draft.key.reveal() == "sk-1");
    }

    void secretIsHiddenUnlessItIsAReference()
    {
        SecretEdit edit;
        edit.setText(QStringLiteral("sk-live-1"));
        QCOMPARE(edit.echoMode(), QLineEdit::Password);
        edit.setText(QStringLiteral("env:OPENAI_API_KEY"));
        QCOMPARE(edit.echoMode(), QLineEdit::Normal);
        edit.wipe();
        QVERIFY(edit.secret().isEmpty());
        QCOMPARE(edit.echoMode(), QLineEdit::Password);
    }

    void theNameOfAVariableIsShownAndAKeyInItsPlaceIsNot()
    {
        SecretEdit edit;
        edit.setAsksForVariable(true);
        edit.setText(QStringLiteral("my_key_2"));
        QCOMPARE(edit.echoMode(), QLineEdit::Normal);
        edit.setText(QStringLiteral("sk-live-1"));
        QCOMPARE(edit.echoMode(), QLineEdit::Password);

        edit.setAsksForVariable(false);
        edit.setText(QStringLiteral("OPENAI_API_KEY"));
        QCOMPARE(edit.echoMode(), QLineEdit::Password);
        edit.setAsksForVariable(true);
        QCOMPARE(edit.echoMode(), QLineEdit::Normal);

        edit.setAsksForVariable(false);
        edit.setText(QStringLiteral("abcDEF123")); // a key that could be a name
        edit.setAsksForVariable(true);
        QCOMPARE(edit.echoMode(), QLineEdit::Password);
        edit.clear();
        edit.setText(QStringLiteral("abcDEF123"));
        QCOMPARE(edit.echoMode(), QLineEdit::Normal);
    }

    void copyFieldNamesItsButtonAndCopies()
    {
        CopyField field(QStringLiteral("Service URL"));
        field.setValue(QStringLiteral("http://127.0.0.1:8484/openai"));
        QCOMPARE(field.button()->accessibleName(), QStringLiteral("Copy Service URL"));
        field.button()->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("http://127.0.0.1:8484/openai"));
    }

    void viewShowsContentWhileARefreshFails()
    {
        auto* content = new QLabel(QStringLiteral("content"));
        AsyncView view(content);
        view.show();
        QVERIFY(!content->isVisible());
        QSignalSpy retry(&view, &AsyncView::retryRequested);

        view.showFailed({ErrorCode::Unavailable, "no database"});
        QVERIFY(!content->isVisible());
        button(view, "viewAction")->click();
        QCOMPARE(retry.size(), 1);

        view.showContent();
        view.showLoading();
        QVERIFY(content->isVisible());
        view.showFailed({ErrorCode::Unavailable, "no database"});
        QVERIFY(content->isVisible());
        QVERIFY(view.findChild<MessageBar*>()->isVisible());
        button(view, "messageAction")->click();
        QCOMPARE(retry.size(), 2);
    }

    void viewTellsNothingYetFromFilteredOut()
    {
        AsyncView view(new QLabel);
        view.show();
        QSignalSpy empty(&view, &AsyncView::emptyActionTriggered);
        QSignalSpy clear(&view, &AsyncView::clearFiltersRequested);
        view.showEmpty(QStringLiteral("No service yet."), QStringLiteral("Register service"));
        button(view, "viewAction")->click();
        view.showFilteredOut(QStringLiteral("Nothing matches."));
        button(view, "viewAction")->click();
        QCOMPARE(empty.size(), 1);
        QCOMPARE(clear.size(), 1);
    }

    void destructionAsksForTheName()
    {
        QWidget window;
        window.show();
        DialogPrompts prompts;
        std::optional<bool> answer;
        prompts.ask(&window,
                    {QStringLiteral("Delete"), QStringLiteral("Deletes the service."), QStringLiteral("Delete"),
                     QStringLiteral("Keep"), QStringLiteral("OpenAI")},
                    [&](bool accepted) { answer = accepted; });
        auto* dialog = window.findChild<QDialog*>();
        QVERIFY(dialog);
        QVERIFY(!button(*dialog, "questionAccept")->isEnabled());
        dialog->findChild<QLineEdit*>()->setText(QStringLiteral("OpenAI"));
        button(*dialog, "questionAccept")->click();
        QTRY_COMPARE(answer, std::optional(true));
    }

    void tabFollowsTheLayoutNotTheOrderOfCreation()
    {
        QWidget window;
        auto* last = new QPushButton(QStringLiteral("last"), &window);
        auto* tabs = new QTabWidget(&window);
        auto* hidden = new QLineEdit;
        auto* first = new QLineEdit(&window);
        auto* scroll = new QScrollArea;
        auto* inner = new QLineEdit;
        scroll->setFocusPolicy(Qt::NoFocus);
        scroll->setWidget(inner);
        auto* column = new QVBoxLayout(&window);
        auto* row = new QHBoxLayout;
        row->addWidget(first);
        row->addWidget(hidden);
        column->addLayout(row);
        column->addWidget(tabs);
        column->addWidget(last);
        tabs->addTab(scroll, QStringLiteral("one")); // made last, shown in the middle
        hidden->hide();
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QCOMPARE(FocusOrder::of(&window), (QList<QWidget*>{first, tabs->tabBar(), inner, last}));

        first->setFocus();
        for (QWidget* expected : {static_cast<QWidget*>(tabs->tabBar()), static_cast<QWidget*>(inner),
                                  static_cast<QWidget*>(last), static_cast<QWidget*>(first)}) {
            QVERIFY(FocusOrder::step(&window, window.focusWidget(), true));
            QCOMPARE(window.focusWidget(), expected);
        }
        QVERIFY(FocusOrder::step(&window, first, false));
        QCOMPARE(window.focusWidget(), last);
        inner->setEnabled(false); // what lost its focus this way still has its place
        QVERIFY(FocusOrder::step(&window, inner, true));
        QCOMPARE(window.focusWidget(), last);
    }

    void everyToneHasAnIcon()
    {
        for (const Tone tone : {Tone::Neutral, Tone::Info, Tone::Good, Tone::Warning, Tone::Bad})
            QVERIFY(!Icons::get(Tones::iconName(tone), tone).pixmap(16, 16).toImage().isNull());
        QVERIFY(Icons::get(QStringLiteral("no-such-icon")).isNull());
    }
};

SB_UI_TEST_MAIN(tst_KitWidgets)
#include "tst_KitWidgets.moc"
