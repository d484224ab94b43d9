// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ThreadName.h"

#ifdef __linux__
#include <pthread.h>
#endif

namespace sb {

void nameThisThread([[maybe_unused]] std::string name)
{
#ifdef __linux__
    constexpr std::size_t kMost = 15;
    if (name.size() > kMost)
        name.resize(kMost);
    pthread_setname_np(pthread_self(), name.c_str()); // only a courtesy: nothing depends on it
#endif
}

} // namespace sb
