// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kit/Prompts.h"

#include <QStringList>

#include <deque>

namespace sb::test {

/// Answers from a script, in order; an unexpected question is answered with "no" and kept in `asked`.
class ScriptedPrompts final : public ui::Prompts {
public:
    std::deque<bool> answers;
    std::deque<QString> files;
    QStringList asked;

    void ask(QWidget*, const Question& question, std::function<void(bool)> answer) override
    {
        asked << question.text;
        bool accepted = false;
        if (!answers.empty()) {
            accepted = answers.front();
            answers.pop_front();
        }
        answer(accepted);
    }
    void openFile(QWidget*, const QString& title, const QString&, std::function<void(const QString&)> answer) override
    {
        answerFile(title, answer);
    }
    void saveFile(QWidget*, const QString& title, const QString&, const QString&,
                  std::function<void(const QString&)> answer) override
    {
        answerFile(title, answer);
    }

private:
    void answerFile(const QString& title, const std::function<void(const QString&)>& answer)
    {
        asked << title;
        QString path;
        if (!files.empty()) {
            path = files.front();
            files.pop_front();
        }
        answer(path);
    }
};

} // namespace sb::test
