// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ctl/Command.h"

namespace sb::ctl {

/// `seed-demo`: fills the database with sample traffic, marked as such; `--remove` takes it out again.
class SeedDemoCommand final : public Command {
public:
    QString name() const override;
    QString summary() const override;
    void declare(QCommandLineParser& parser) const override;
    int run(const QCommandLineParser& parser, Console& console) override;
};

} // namespace sb::ctl
