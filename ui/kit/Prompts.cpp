// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/Prompts.h"

#include "kit/Named.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sb::ui {

namespace {

void openFileDialog(QFileDialog* dialog, QWidget* parent, std::function<void(const QString&)> answer)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::finished, parent, [dialog, answer = std::move(answer)](int result) {
        const QStringList files = dialog->selectedFiles();
        answer(result == QDialog::Accepted && !files.isEmpty() ? files.first() : QString());
    });
    dialog->open();
}

} // namespace

void DialogPrompts::ask(QWidget* parent, const Question& question, std::function<void(bool)> answer)
{
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(question.title);
    dialog->setObjectName(QStringLiteral("question"));
    auto* text = new QLabel(question.text, dialog);
    text->setWordWrap(true);
    text->setTextFormat(Qt::PlainText);
    text->setMinimumWidth(text->fontMetrics().averageCharWidth() * 48);
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(text);

    auto* buttons = new QDialogButtonBox(dialog);
    QPushButton* accept = buttons->addButton(question.accept, QDialogButtonBox::AcceptRole);
    QPushButton* reject = buttons->addButton(question.reject, QDialogButtonBox::RejectRole);
    named(accept, "questionAccept", question.accept);
    named(reject, "questionReject", question.reject);
    reject->setDefault(true);
    if (!question.typeToConfirm.isEmpty()) {
        const QString label = QCoreApplication::translate("Prompts", "Type %1 to confirm").arg(question.typeToConfirm);
        auto* edit = named(new QLineEdit(dialog), "questionConfirmText", label);
        auto* caption = new QLabel(label, dialog);
        caption->setBuddy(edit);
        layout->addWidget(caption);
        layout->addWidget(edit);
        accept->setEnabled(false);
        QObject::connect(edit, &QLineEdit::textChanged, accept,
                         [accept, wanted = question.typeToConfirm](const QString& typed) {
                             accept->setEnabled(typed.trimmed() == wanted);
                         });
    }
    layout->addWidget(buttons);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(dialog, &QDialog::finished, parent,
                     [answer = std::move(answer)](int result) { answer(result == QDialog::Accepted); });
    dialog->open();
}

void DialogPrompts::openFile(QWidget* parent, const QString& title, const QString& filter,
                             std::function<void(const QString&)> answer)
{
    auto* dialog = new QFileDialog(parent, title, QString(), filter);
    dialog->setFileMode(QFileDialog::ExistingFile);
    openFileDialog(dialog, parent, std::move(answer));
}

void DialogPrompts::saveFile(QWidget* parent, const QString& title, const QString& suggestedName, const QString& filter,
                             std::function<void(const QString&)> answer)
{
    auto* dialog = new QFileDialog(parent, title, QString(), filter);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(suggestedName);
    openFileDialog(dialog, parent, std::move(answer));
}

} // namespace sb::ui
