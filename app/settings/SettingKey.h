// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>

namespace sb::settings {

/// Whether a setting makes sense on another machine (exported with the profile) or only here.
enum class Scope { Portable, Machine };

/// Where a value comes from; a later one wins.
enum class Origin { Default, Stored, Environment, CommandLine };

/// One setting: its name in the file, its default and what overrides it. T is bool, qint64, QString, QStringList or
/// QByteArray. All keys stand in Settings.h.
template <class T>
struct SettingKey {
    using Value = T;

    QLatin1String name;
    Scope scope = Scope::Portable;
    T fallback = {};
    QLatin1String variable = {}; ///< environment variable that overrides it
    QLatin1String option = {};   ///< command line option that overrides it, without dashes
};

} // namespace sb::settings
