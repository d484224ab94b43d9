// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace sb {

/// A credential in memory. It cannot be copied, compared, printed or converted to text by accident, and it is wiped
/// when it dies; `reveal()` is the one deliberate way in and its result must not outlive the Secret.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string&& text); ///< takes the text and wipes the source
    explicit Secret(std::string_view text) : m_text(text) {}
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret();

    std::string_view reveal() const { return m_text; }
    bool isEmpty() const { return m_text.empty(); }

    /// A deliberate second copy, for handing a credential to an immutable configuration snapshot.
    Secret clone() const { return Secret(std::string_view(m_text)); }

private:
    std::string m_text;
};

/// Overwrites the characters of `text` in a way the optimiser keeps, then empties it.
void wipe(std::string& text);

} // namespace sb
