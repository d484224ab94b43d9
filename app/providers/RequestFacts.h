// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "catalog/ProviderDescriptor.h"
#include "tokens/PromptMeasure.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sb::providers {

using catalog::Dialect;

/// Bytes [offset, offset + length) of a request body.
struct ByteRange {
    std::uint32_t offset = 0;
    std::uint32_t length = 0;

    bool operator==(const ByteRange&) const = default;
    std::uint32_t end() const { return offset + length; }
    std::string_view of(std::string_view body) const { return body.substr(offset, length); }
};

/// A member of the body's top object, or of an object in it that we edit: where its key (quotes included) and value
/// stand.
struct Member {
    std::string name; ///< escapes undone
    ByteRange key;
    ByteRange value;
};

/// A completion maximum the client named. `inside` is the nested object it stands in ("inferenceConfig"), else empty.
struct MaximumMember {
    Member member;
    std::string_view inside;
    std::int64_t value = 0;
};

/// What the gateway needs to know about a request body, from one pass over its bytes: no tree is built, and the offsets
/// let the body go upstream with single values replaced and everything else as received.
struct RequestFacts {
    Dialect dialect = Dialect::Opaque;
    std::string model; ///< of the body; empty: none (the path may name it)
    bool stream = false;
    bool includeUsage = false;                     ///< the client asked for the usage chunk of an OpenAI chat stream
    std::optional<std::int64_t> completionMaximum; ///< the client's; per choice
    std::int64_t choices = 1;                      ///< answers generated: max(n, best_of) for each prompt
    bool cacheMarks = false;                       ///< asks for prompt caching, whose writes cost more
    bool cacheMarks1h = false;                     ///< ... for an hour
    std::int64_t serverToolUses = 0;               ///< provider-run tools: sum of max_uses, 0 when none is declared
    bool serverToolsUnbounded = false;             ///< one is declared without max_uses
    tokens::PromptMeasure prompt;

    /// Where things stand, for the splices: those members of the top object that the gateway reads or may edit, in
    /// order.
    std::vector<Member> members;
    std::vector<MaximumMember> maxima;
    std::optional<ByteRange> includeUsageValue; ///< of stream_options
    std::uint32_t objectStart = 0;              ///< offset of the top object's brace

    const Member* find(std::string_view name) const;
};

/// Reads a request body. InvalidArgument, with `field` naming the member at fault if there is one: not JSON (strict RFC
/// 8259, one object, depth 64, valid UTF-8, nothing behind it), a member that we read twice or with an unusable value,
/// two completion maxima, a request that could not be metered (`background`). A body of an Opaque dialect is only
/// checked for being JSON.
Result<RequestFacts> scanRequest(Dialect dialect, std::string_view body);

} // namespace sb::providers
