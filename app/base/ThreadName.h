// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace sb {

/// What profilers and debuggers call the calling thread: at most 15 characters, what is longer is cut. Where the
/// platform has no such name nothing happens.
void nameThisThread(std::string name);

} // namespace sb
