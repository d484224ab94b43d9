// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catalog/ProviderDescriptor.h"
#include "providers/ResponseTap.h"

#include <string>
#include <string_view>

namespace sb::providers {

/// The forms in which clients expect errors.
enum class ErrorShape { OpenAi, Anthropic, Bedrock };

/// By the format that was called; an Opaque path takes the form its provider's clients know.
ErrorShape errorShapeOf(Dialect dialect, ProviderKind provider);

struct ErrorBody {
    std::string body;
    std::string_view contentType = "application/json";
    std::string_view amznErrorType; ///< value of x-amzn-errortype; empty: no such header
};

/// An error with a code of the contract. `status` decides the type words the shape wants; `param` names a member, may
/// be empty. OpenAI {"error":{message,type,param,code}}, Anthropic {"type":"error","error":{type,message,code}},
/// Bedrock {"message"}.
ErrorBody errorBody(ErrorShape shape, int status, std::string_view code, std::string_view message,
                    std::string_view param = {});

/// The bytes that tell the client, in the stream's own format, that the answer was cut. Written after the last complete
/// event; the connection is closed behind them and no end marker follows. Empty: the dialect has no error event.
std::string inBandError(Dialect dialect, Framing framing, std::string_view code, std::string_view message);

} // namespace sb::providers
