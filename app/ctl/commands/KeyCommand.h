// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ctl/Command.h"

namespace sb::ctl {

/// `key create`, `key revoke ID`, `key list`: gateway keys.
class KeyCommand final : public Command {
public:
    QString name() const override;
    QString summary() const override;
    void declare(QCommandLineParser& parser) const override;
    int run(const QCommandLineParser& parser, Console& console) override;
};

} // namespace sb::ctl
