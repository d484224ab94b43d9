// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/JsonReader.h"
#include "providers/RequestFacts.h"

namespace sb::providers::internal {

/// Measures prompt-bearing members of a request while the reader passes over them. It errs on the side of too much:
/// what it does not know counts as text.
class PromptWalk {
public:
    PromptWalk(protocol::JsonReader& reader, RequestFacts& facts) : m_reader(reader), m_facts(facts) {}

    /// An array of messages (or items), each counted.
    void messages();
    /// One piece of text or blocks that stands for a message of its own: `system`, `instructions`, `prompt`, `input`.
    void content();
    /// An array of tool definitions.
    void tools();
    /// A cache mark or cache options: null and words are none.
    void cacheMark();
    /// Any JSON the model reads as JSON: schemas, arguments.
    void json();

private:
    struct Source; ///< where a block's media comes from

    void value();
    void block();
    void namedString(std::string_view& known);
    Source source();
    void settle(std::string_view type, const Source& source);
    void document();
    void tool();
    void jsonValue(std::uint64_t& size);

    protocol::JsonReader& m_reader;
    RequestFacts& m_facts;
};

} // namespace sb::providers::internal
