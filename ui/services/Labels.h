// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>
#include <vector>

namespace sb::ui {

/// Labels as one line, "chat, embeddings", and back: trimmed, empty ones dropped.
QString labelsToText(const std::vector<std::string>& labels);
std::vector<std::string> labelsFromText(const QString& text);

} // namespace sb::ui
