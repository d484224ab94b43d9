// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Display.h"
#include "MainWindow.h"
#include "SingleInstance.h"
#include "StartFailure.h"
#include "Translation.h"
#include "kit/Prompts.h"
#include "kit/WatchedApplication.h"
#include "runtime/AppContext.h"
#include "runtime/CommandLine.h"
#include "runtime/GatewayHost.h"
#include "settings/AppSettings.h"
#include "settings/Settings.h"

#include <QApplication>
#include <QCommandLineParser>

#include <cstdio>
namespace ui = sb::ui;
int main(int argc, char** argv)
{
    QCoreApplication::setOrganizationDomain(QStringLiteral("signalbox.io"));
    QCoreApplication::setApplicationName(QStringLiteral("signalbox"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SB_VERSION));
    QCommandLineParser parser;
    sb::runtime::CommandLine::declare(parser);
    const QString open = QStringLiteral("open");
    parser.addOption({open, QStringLiteral("Page to show, such as \"Requests\" or \"GenAI Services/register\"."),
                      QStringLiteral("PAGE")});
    parser.addHelpOption();
    parser.addVersionOption();
    if (!ui::Display::isNamed(argc, argv)) {
        parser.process(QCoreApplication(argc, argv)); // --help and --version need no display
        return ui::Display::sayThereIsNone();
    }
    ui::Display::watchForFailure();
    ui::WatchedApplication application(argc, argv);
    ui::Display::trustDisplay();
    parser.process(application);
    const auto options = sb::runtime::CommandLine::read(parser);
    if (!options) {
        std::fprintf(stderr, "signalbox: %s\n", options.error().what.c_str());
        if (options.error().field != "profile")
            return 2;
        // Started from a menu, nobody sees stderr, and it is no mistake in the command line that the caller could see.
        const ui::Translation translation{QString()};
        ui::StartFailure failure(options.error());
        failure.open();
        QApplication::exec();
        return 2;
    }
    ui::SingleInstance instance(options->profileDirectory);
    const QString address = parser.value(open);
    if (!instance.acquire(address)) { // the first one was asked to come to the front
        QObject::connect(&instance, &ui::SingleInstance::finished, &application, &QCoreApplication::quit);
        const ui::Translation translation{QString()};
        ui::StartFailure failure(instance.holder());
        QObject::connect(&instance, &ui::SingleInstance::unanswered, &failure, &QDialog::open);
        return QApplication::exec();
    }
    sb::runtime::AppContext context(*options);
    const ui::Translation translation(context.settings().value(sb::settings::Settings::language));
    ui::DialogPrompts prompts;
    ui::MainWindow window(context, prompts);
    QObject::connect(&instance, &ui::SingleInstance::raiseRequested, &window, [&window](const QString& wanted) {
        window.raiseWindow();
        if (!wanted.isEmpty())
            window.openAddress(wanted);
    });
    if (!address.isEmpty())
        window.openAddress(address);
    window.show();
    if (context.settings().value(sb::settings::Settings::startGateway))
        context.gateway().start();
    return QApplication::exec();
}
