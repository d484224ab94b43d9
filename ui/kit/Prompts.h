// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace sb::ui {

/// Every question a page asks goes through here, so that tests can script the answers. Dialogs are opened, never
/// exec'ed; the answer arrives in the callback, which is dropped when `parent` dies first.
class Prompts {
public:
    virtual ~Prompts() = default;

    struct Question {
        QString title;
        QString text;          ///< what will happen, in a sentence
        QString accept;        ///< the verb: "Delete", "Stop now"
        QString reject;        ///< "Keep", "Cancel"
        QString typeToConfirm; ///< when set, accept stays disabled until this text was typed
    };
    virtual void ask(QWidget* parent, const Question& question, std::function<void(bool accepted)> answer) = 0;
    /// Empty path: cancelled. `filter` as in QFileDialog.
    virtual void openFile(QWidget* parent, const QString& title, const QString& filter,
                          std::function<void(const QString& path)> answer) = 0;
    virtual void saveFile(QWidget* parent, const QString& title, const QString& suggestedName, const QString& filter,
                          std::function<void(const QString& path)> answer) = 0;
};

/// The real thing.
class DialogPrompts final : public Prompts {
public:
    void ask(QWidget* parent, const Question& question, std::function<void(bool)> answer) override;
    void openFile(QWidget* parent, const QString& title, const QString& filter,
                  std::function<void(const QString&)> answer) override;
    void saveFile(QWidget* parent, const QString& title, const QString& suggestedName, const QString& filter,
                  std::function<void(const QString&)> answer) override;
};

} // namespace sb::ui
