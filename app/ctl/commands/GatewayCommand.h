// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ctl/Command.h"

namespace sb::ctl {

/// `gateway`: runs the gateway until it is told to stop, then drains.
class GatewayCommand final : public Command {
public:
    QString name() const override;
    QString summary() const override;
    void declare(QCommandLineParser& parser) const override;
    int run(const QCommandLineParser& parser, Console& console) override;
};

} // namespace sb::ctl
