// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sb::protocol {

/// A JSON string as it stands in the text, without its quotes.
struct JsonString {
    std::string_view raw;
    std::size_t size = 0; ///< UTF-8 bytes once escapes are undone; a lone surrogate counts as U+FFFD

    bool isPlain() const { return size == raw.size(); } ///< no escapes: raw is the text
    std::string text() const;
    bool is(std::string_view other) const { return isPlain() ? raw == other : text() == other; }
};

/// A strict RFC 8259 reader that walks over the text once, builds nothing and knows where it is. (An event parser such
/// as boost::json::basic_parser tells values but not their places, and replacing single values in place needs the
/// places.)
///
/// Call object(), array(), string()... according to peek(). Whatever a callback leaves unread is skipped. The first
/// fault ends everything: ok() is false, loops stop, further reads yield nothing.
class JsonReader {
public:
    enum class Kind { Object, Array, String, Number, True, False, Null, Invalid };

    static constexpr int kMaxDepth = 64;

    explicit JsonReader(std::string_view text) : m_text(text) {}

    bool ok() const { return !m_failed; }
    /// Bytes consumed; right after peek() the offset at which the next value starts.
    std::size_t offset() const { return m_at; }
    std::string_view between(std::size_t from, std::size_t to) const { return m_text.substr(from, to - from); }

    /// Kind of the next value, white space skipped. Invalid is a fault.
    Kind peek();

    /// `member(const JsonString& key, std::size_t keyOffset)` for each member; the value is next. keyOffset is that of
    /// the opening quote.
    template <class F>
    bool object(F&& member)
    {
        if (!open('{'))
            return false;
        bool first = true;
        while (!closes('}', first)) {
            if (m_failed)
                return false;
            first = false;
            const std::size_t keyOffset = m_at;
            const JsonString key = string();
            if (!colon())
                return false;
            const std::size_t valueAt = m_at;
            member(key, keyOffset);
            if (m_at == valueAt)
                skip();
            if (m_failed)
                return false;
        }
        return close();
    }

    /// `element()` for each element; the value is next.
    template <class F>
    bool array(F&& element)
    {
        if (!open('['))
            return false;
        bool first = true;
        while (!closes(']', first)) {
            if (m_failed)
                return false;
            first = false;
            if (peek() == Kind::Invalid)
                return false;
            const std::size_t valueAt = m_at;
            element();
            if (m_at == valueAt)
                skip();
            if (m_failed)
                return false;
        }
        return close();
    }

    JsonString string();
    std::string_view number(); ///< as spelled
    /// A number that is a plain non-negative integer in range of int64; any other value is consumed and yields nothing.
    std::optional<std::int64_t> integer();
    std::optional<bool> boolean(); ///< any other value is consumed and yields nothing
    /// The text of a string; any other value is consumed and yields nothing.
    std::optional<JsonString> stringOrSkip();
    void skip();

    /// Whether only white space is left.
    bool atEnd();

private:
    bool open(char bracket);
    bool closes(char bracket, bool first);
    bool close();
    bool colon();
    void space();
    void literal(std::string_view word);
    bool escape(std::size_t& decoded);
    void fail();

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    bool m_failed = false;
};

/// `text` as a JSON string, quotes included.
std::string toJsonString(std::string_view text);

} // namespace sb::protocol
