// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Random.h"

#include <cerrno>
#include <cstdlib>
#include <sys/random.h>

namespace sb {

void SystemRandom::fill(std::span<std::uint8_t> bytes)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t n = ::getrandom(bytes.data() + done, bytes.size() - done, 0);
        if (n < 0 && errno != EINTR)
            std::abort(); // keys from a predictable source would be worse than no program
        if (n > 0)
            done += static_cast<std::size_t>(n);
    }
}

} // namespace sb
