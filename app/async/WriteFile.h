// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QFuture>
#include <QString>

namespace sb {

/// Writes a whole file on a thread of its own: a network drive may take its time. Until it is complete, what was there
/// before stays. Unavailable, with the operating system's reason, when it cannot be written.
QFuture<Result<void>> writeFile(const QString& path, QByteArray bytes);

} // namespace sb
