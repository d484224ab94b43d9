// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>

namespace sb::http {

/// Asks the operation that a coroutine is waiting for to give up. One worker, one waiting operation at a time: whoever
/// waits sets the hook and clears it afterwards.
class CancelToken {
public:
    void request()
    {
        if (std::exchange(m_requested, true))
            return;
        if (m_hook)
            m_hook(m_context);
    }
    bool isRequested() const { return m_requested; }

    void setHook(void* context, void (*hook)(void*))
    {
        m_context = context;
        m_hook = hook;
    }
    void clearHook() { m_hook = nullptr; }

private:
    bool m_requested = false;
    void* m_context = nullptr;
    void (*m_hook)(void*) = nullptr;
};

} // namespace sb::http
