// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/internal/ClientSession.h"

namespace sb::gateway {

/// What a provider says, unless it quotes the credential that it was sent, as some do.
std::string withoutCredential(std::string message, const Credential& credential);

/// One try at one target.
struct ClientSession::Attempt {
    UpstreamRequest request;
    std::unique_ptr<http::UpstreamConnection> connection;
    http::ResponseParser parser{http::Method::Post};
    http::ResponseHead head; ///< views into the connection's buffer, later into headCopy
    std::string headCopy;
    http::BodyDecoder decoder;
    bool mayReuse = false;

    /// Whether the answer is streamed, and how.
    providers::Framing framing() const { return providers::framingOf(head.fields.value("content-type")); }

    /// Before the buffer is read into again: the fields are still needed for the answer.
    void moveHead()
    {
        if (!headCopy.empty())
            return;
        headCopy = connection->buffer.view().substr(0, parser.headBytes());
        parser.rebase(headCopy, head);
    }
};

} // namespace sb::gateway
