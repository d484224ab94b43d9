// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/commands/SeedDemoCommand.h"

#include "ctl/Await.h"
#include "ctl/Format.h"
#include "ctl/Session.h"
#include "storage/SampleSeeder.h"

namespace sb::ctl {
namespace {

constexpr qint64 kMostRequests = 100'000'000;
constexpr qint64 kMostDays = 3650;
constexpr qint64 kLargestSeed = 4'294'967'295;

/// The option's whole number, or `fallback` when it was not given.
Result<qint64> number(const QCommandLineParser& parser, const QString& option, qint64 fallback, qint64 low, qint64 high)
{
    if (!parser.isSet(option))
        return fallback;
    bool ok = false;
    const qint64 value = parser.value(option).toLongLong(&ok);
    if (ok && value >= low && value <= high)
        return value;
    return Error{
        ErrorCode::InvalidArgument,
        QStringLiteral("--%1 wants a whole number from %2 to %3").arg(option).arg(low).arg(high).toStdString()};
}

Result<storage::SampleOptions> readOptions(const QCommandLineParser& parser)
{
    storage::SampleOptions options;
    const auto requests = number(parser, QStringLiteral("requests"), options.requests, 1, kMostRequests);
    const auto days = number(parser, QStringLiteral("days"), options.days, 1, kMostDays);
    const auto seed = number(parser, QStringLiteral("seed"), options.seed, 0, kLargestSeed);
    for (const auto* value : {&requests, &days, &seed}) {
        if (!*value)
            return value->error();
    }
    options.requests = *requests;
    options.days = static_cast<int>(*days);
    options.seed = static_cast<std::uint32_t>(*seed);
    return options;
}

} // namespace

QString SeedDemoCommand::name() const
{
    return QStringLiteral("seed-demo");
}

QString SeedDemoCommand::summary() const
{
    return QStringLiteral("Fills the database with sample traffic, marked as sample data.");
}

void SeedDemoCommand::declare(QCommandLineParser& parser) const
{
    const auto option = [&parser](const char* name, const char* text, const char* value) {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(text), QString::fromLatin1(value)});
    };
    option("requests", "How many requests; default 20000.", "N");
    option("days", "How far they reach back; default 60.", "N");
    option("seed", "Equal seeds give equal traffic.", "S");
    parser.addOption(
        {QStringLiteral("remove"), QStringLiteral("Remove the sample data instead; everything else stays.")});
    parser.addOption({QStringLiteral("json"), QStringLiteral("Machine-readable output.")});
}

int SeedDemoCommand::run(const QCommandLineParser& parser, Console& console)
{
    if (!parser.positionalArguments().isEmpty())
        return console.misuse(QStringLiteral("seed-demo takes no arguments"));
    const auto options = readOptions(parser);
    if (!options)
        return console.misuse(QString::fromStdString(options.error().what));
    return withDatabase(parser, console, [&](Session& session) -> int {
        if (parser.isSet(QStringLiteral("remove"))) {
            if (auto removed = await(storage::removeSample(session.storage())); !removed)
                return console.failed(removed.error());
            console.err << "the sample data is removed" << Qt::endl;
            return Done;
        }
        auto written = await(storage::seedSample(session.storage(), *options, session.clock(), {}));
        if (!written)
            return console.failed(written.error());
        if (parser.isSet(QStringLiteral("json")))
            printJson(console.out, QJsonObject{{QStringLiteral("requests"), static_cast<qint64>(*written)},
                                               {QStringLiteral("days"), options->days}});
        else
            console.out << *written << " requests of sample data over " << options->days << " days\n";
        return Done;
    });
}

} // namespace sb::ctl
