// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <functional>

namespace sb::promptlab {

/// Cuts a streamed body into events, however its bytes are split: server-sent events (lines, CR LF, several data lines,
/// comments) or AWS event-stream frames. Bounded: an event beyond 16 MiB makes it corrupt.
class EventSplitter {
public:
    enum class Kind { Sse, AwsEventStream };

    struct Event {
        QByteArray name; ///< SSE `event`, AWS `:event-type` or `:exception-type`; may be empty
        QByteArray data;
        bool isException = false; ///< AWS
    };

    explicit EventSplitter(Kind kind) : m_kind(kind) {}

    void feed(const QByteArray& bytes, const std::function<void(const Event&)>& onEvent);
    bool isCorrupt() const { return m_corrupt; }

private:
    void feedSse(const std::function<void(const Event&)>& onEvent);
    void feedFrames(const std::function<void(const Event&)>& onEvent);
    bool readFrame(const QByteArray& frame, Event& event) const;

    Kind m_kind;
    QByteArray m_buffer;
    QByteArray m_name;
    QByteArray m_data;
    bool m_haveData = false;
    bool m_corrupt = false;
};

} // namespace sb::promptlab
