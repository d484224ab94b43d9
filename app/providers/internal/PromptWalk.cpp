// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/internal/PromptWalk.h"

#include <algorithm>
#include <array>

namespace sb::providers::internal {

using protocol::JsonReader;
using protocol::JsonString;
using Kind = JsonReader::Kind;

namespace {

/// Words such as a role or a block type are covered by the allowance per message; a longer text in their place is not.
constexpr std::size_t kWord = 32;

/// Tools that the provider runs itself: their results enter the prompt, so its size is not known beforehand.
bool isServerTool(std::string_view type)
{
    static constexpr std::array<std::string_view, 8> kPrefixes{
        "web_search",       "web_fetch", "code_execution", "code_interpreter", "file_search",
        "image_generation", "mcp",       "tool_search"};
    return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                       [type](std::string_view prefix) { return type.starts_with(prefix); });
}

} // namespace

/// The `source` object of a block. Which member carries the data is known only together with the block's type, and
/// members come in any order, so the sizes are kept until the block ends.
struct PromptWalk::Source {
    std::uint64_t data = 0; ///< base64, or plain text where type is "text"
    bool isText = false;
    bool isRemote = false;
};

void PromptWalk::messages()
{
    if (m_reader.peek() != Kind::Array) {
        content();
        return;
    }
    m_reader.array([this] {
        m_facts.prompt.messages += m_reader.peek() == Kind::Number ? 0 : 1; // a list of token ids is one input
        value();
    });
}

void PromptWalk::content()
{
    ++m_facts.prompt.messages;
    value();
}

void PromptWalk::value()
{
    switch (m_reader.peek()) {
    case Kind::String: {
        const JsonString text = m_reader.string();
        m_facts.prompt.textBytes += text.size;
        break;
    }
    case Kind::Number:
        m_facts.prompt.textBytes += m_reader.number().size();
        break; // a token id is one token
    case Kind::Array:
        m_reader.array([this] { value(); });
        break;
    case Kind::Object:
        block();
        break;
    default:
        m_reader.skip();
        break;
    }
}

void PromptWalk::namedString(std::string_view& known)
{
    if (m_reader.peek() != Kind::String) {
        value();
        return;
    }
    const JsonString text = m_reader.string();
    known = text.isPlain() ? text.raw : std::string_view();
    if (text.size > kWord)
        m_facts.prompt.textBytes += text.size;
}

void PromptWalk::block()
{
    std::string_view type;
    std::string_view role;
    Source media;
    bool hasSource = false;
    m_reader.object([&](const JsonString& key, std::size_t) {
        if (key.is("role")) {
            namedString(role);
        } else if (key.is("type")) {
            namedString(type);
        } else if (key.is("source") && m_reader.peek() == Kind::Object) {
            media = source();
            hasSource = true;
        } else if (key.is("image_url") || (key.is("image") && m_reader.peek() == Kind::Object)) {
            ++m_facts.prompt.images;
            m_reader.skip();
        } else if (key.is("file_id") || key.is("file_url")) {
            m_facts.prompt.remoteContext = true;
        } else if (key.is("file_data")) {
            const std::optional<JsonString> data = m_reader.stringOrSkip();
            m_facts.prompt.documentBytes += data ? data->size : 0;
        } else if (key.is("document") || key.is("file")) {
            document();
        } else if (key.is("document_url")) {
            ++m_facts.prompt.documents;
            const std::size_t from = m_reader.offset();
            m_reader.skip();
            m_facts.prompt.documentBytes += m_reader.offset() - from;
            m_facts.prompt.remoteContext = true;
        } else if ((key.is("input_audio") || key.is("audio") || key.is("video")) && m_reader.peek() == Kind::Object) {
            ++m_facts.prompt.audios;
            const std::size_t from = m_reader.offset();
            m_reader.skip();
            m_facts.prompt.documentBytes += m_reader.offset() - from;
        } else if (key.is("cache_control") || key.is("cachePoint") || key.is("prompt_cache_breakpoint")) {
            cacheMark();
        } else if (key.is("input") || key.is("arguments") || key.is("json") || key.is("schema") ||
                   key.is("parameters")) {
            if (m_reader.peek() == Kind::Object)
                json();
            else
                value();
        } else {
            value();
        }
    });
    if (type == "input_file")
        ++m_facts.prompt.documents;
    if (hasSource)
        settle(type, media);
}

PromptWalk::Source PromptWalk::source()
{
    Source result;
    m_reader.object([&](const JsonString& key, std::size_t) {
        if (key.is("type") || key.is("media_type")) {
            std::string_view word;
            namedString(word);
            result.isText = result.isText || word == "text" || word == "content" || word == "text/plain";
            result.isRemote = result.isRemote || word == "url" || word == "file";
        } else if (key.is("data") || key.is("bytes")) {
            const std::optional<JsonString> data = m_reader.stringOrSkip();
            result.data += data ? data->size : 0;
        } else if (key.is("s3Location") || key.is("url") || key.is("file_id")) {
            result.isRemote = true;
        } else {
            value(); // content blocks and text of a document
        }
    });
    return result;
}

void PromptWalk::settle(std::string_view type, const Source& source)
{
    if (type == "image") {
        ++m_facts.prompt.images;
        return;
    }
    if (source.isText || type != "document") {
        m_facts.prompt.textBytes += source.data;
    } else {
        m_facts.prompt.documentBytes += source.data;
    }
    if (type == "document")
        ++m_facts.prompt.documents;
    m_facts.prompt.remoteContext = m_facts.prompt.remoteContext || source.isRemote;
}

void PromptWalk::document()
{
    if (m_reader.peek() != Kind::Object) {
        value();
        return;
    }
    ++m_facts.prompt.documents;
    m_reader.object([this](const JsonString& key, std::size_t) {
        if (key.is("source") && m_reader.peek() == Kind::Object) {
            const Source from = source();
            m_facts.prompt.documentBytes += from.data;
            m_facts.prompt.remoteContext = m_facts.prompt.remoteContext || from.isRemote;
        } else if (key.is("file_data")) {
            const std::optional<JsonString> data = m_reader.stringOrSkip();
            m_facts.prompt.documentBytes += data ? data->size : 0;
        } else if (key.is("file_id")) {
            m_facts.prompt.remoteContext = true;
        } else {
            value();
        }
    });
}

void PromptWalk::cacheMark()
{
    if (m_reader.peek() != Kind::Object) {
        m_reader.skip();
        return;
    }
    m_facts.cacheMarks = true;
    m_reader.object([this](const JsonString& key, std::size_t) {
        if (!key.is("ttl"))
            return;
        const std::optional<JsonString> ttl = m_reader.stringOrSkip();
        m_facts.cacheMarks1h = m_facts.cacheMarks1h || (ttl && !ttl->is("5m"));
    });
}

void PromptWalk::tools()
{
    if (m_reader.peek() != Kind::Array) {
        json();
        return;
    }
    m_reader.array([this] {
        ++m_facts.prompt.tools;
        tool();
    });
}

void PromptWalk::tool()
{
    if (m_reader.peek() != Kind::Object) {
        json();
        return;
    }
    bool isServerRun = false;
    std::optional<std::int64_t> maxUses;
    std::uint64_t size = 4;
    m_reader.object([&](const JsonString& key, std::size_t) {
        size += key.size + 6;
        if (key.is("type") && m_reader.peek() == Kind::String) {
            const JsonString type = m_reader.string();
            size += type.size + 2;
            isServerRun = isServerTool(type.text());
        } else if (key.is("max_uses")) {
            maxUses = m_reader.integer();
        } else if (key.is("cache_control") || key.is("cachePoint")) {
            cacheMark();
        } else {
            jsonValue(size);
        }
    });
    m_facts.prompt.jsonBytes += size;
    if (!isServerRun)
        return;
    m_facts.prompt.remoteContext = true;
    m_facts.serverToolUses += std::min<std::int64_t>(maxUses.value_or(0), 1'000'000);
    m_facts.serverToolsUnbounded = m_facts.serverToolsUnbounded || !maxUses;
}

void PromptWalk::json()
{
    std::uint64_t size = 0;
    jsonValue(size);
    m_facts.prompt.jsonBytes += size;
}

void PromptWalk::jsonValue(std::uint64_t& size)
{
    switch (m_reader.peek()) {
    case Kind::Object:
        size += 2;
        m_reader.object([&](const JsonString& key, std::size_t) {
            size += key.size + 6; // quotes, colon and comma with a blank each
            jsonValue(size);
        });
        break;
    case Kind::Array:
        size += 2;
        m_reader.array([&] {
            size += 2;
            jsonValue(size);
        });
        break;
    case Kind::String:
        size += m_reader.string().size + 2;
        break;
    default: {
        const std::size_t from = m_reader.offset();
        m_reader.skip();
        size += m_reader.offset() - from;
        break;
    }
    }
}

} // namespace sb::providers::internal
