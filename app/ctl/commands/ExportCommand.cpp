// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/commands/ExportCommand.h"

#include "config/YamlWriter.h"
#include "ctl/Await.h"
#include "ctl/Session.h"
#include "storage/StorageService.h"
#include "storage/repositories/SnapshotRepository.h"

namespace sb::ctl {

QString ExportCommand::name() const
{
    return QStringLiteral("export");
}
QString ExportCommand::summary() const
{
    return QStringLiteral("Prints the configuration as the YAML that apply reads.");
}
void ExportCommand::declare(QCommandLineParser&) const {}

int ExportCommand::run(const QCommandLineParser& parser, Console& console)
{
    if (!parser.positionalArguments().isEmpty())
        return console.misuse(QStringLiteral("export takes no arguments"));
    return withDatabase(parser, console, [&](Session& session) -> int {
        auto snapshot = await(session.storage().read([now = session.clock().now()](storage::DbSession& db) {
            return storage::SnapshotRepository(db).load(now);
        }));
        if (!snapshot)
            return console.failed(snapshot.error());
        console.out << QString::fromStdString(config::writeYaml(*snapshot));
        return Done;
    });
}

} // namespace sb::ctl
