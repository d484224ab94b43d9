// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace sb::settings {

/// The settings on disk: JSON with a version and a checksum, written atomically, with the four versions before it
/// beside it
/// (`settings.json.1` is the youngest). Blocking; one thread at a time.
class SettingsFile {
public:
    static constexpr int kVersion = 1;
    static constexpr int kGenerations = 5;

    explicit SettingsFile(QString path) : m_path(std::move(path)) {}

    struct Loaded {
        QJsonObject values;
        bool writable = true;        ///< false: a newer program wrote it, and saving would lose what that knows
        std::optional<Error> damage; ///< what was wrong and what was done about it
        QString keptAside = {};      ///< where the damaged file is now; empty: there is none, or it could not be moved
    };
    /// Never fails: the youngest good generation, else nothing. A damaged file is kept aside as
    /// `settings.json.damaged`.
    Loaded load() const;
    Result<void> save(const QJsonObject& values) const;

private:
    QString generation(int number) const;

    QString m_path;
};

} // namespace sb::settings
