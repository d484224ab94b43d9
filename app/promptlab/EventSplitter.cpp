// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promptlab/EventSplitter.h"

#include <QtEndian>

namespace sb::promptlab {

namespace {

constexpr qsizetype kLargestEvent = 16 * 1024 * 1024;
constexpr qsizetype kFrameOverhead = 16; ///< prelude of 12 bytes, closing checksum of 4

quint32 number(const QByteArray& bytes, qsizetype at)
{
    return qFromBigEndian<quint32>(bytes.constData() + at);
}

} // namespace

void EventSplitter::feed(const QByteArray& bytes, const std::function<void(const Event&)>& onEvent)
{
    if (m_corrupt)
        return;
    m_buffer += bytes;
    if (m_kind == Kind::Sse)
        feedSse(onEvent);
    else
        feedFrames(onEvent);
    if (m_buffer.size() + m_data.size() > kLargestEvent)
        m_corrupt = true;
}

void EventSplitter::feedSse(const std::function<void(const Event&)>& onEvent)
{
    qsizetype start = 0;
    for (;;) {
        qsizetype end = start;
        while (end < m_buffer.size() && m_buffer[end] != '\n' && m_buffer[end] != '\r')
            ++end;
        if (end == m_buffer.size())
            break;
        qsizetype next = end + 1;
        if (m_buffer[end] == '\r') {
            if (next == m_buffer.size())
                break; // the LF of a CR LF may still come
            if (m_buffer[next] == '\n')
                ++next;
        }
        const QByteArray line = m_buffer.mid(start, end - start);
        start = next;
        if (line.isEmpty()) {
            if (m_haveData)
                onEvent({m_name, m_data, false});
            m_name.clear();
            m_data.clear();
            m_haveData = false;
            continue;
        }
        const qsizetype colon = line.indexOf(':');
        const QByteArray field = colon < 0 ? line : line.left(colon);
        QByteArray value = colon < 0 ? QByteArray() : line.mid(colon + 1);
        if (value.startsWith(' '))
            value.remove(0, 1);
        if (field == "event") {
            m_name = value;
        } else if (field == "data") {
            if (m_haveData)
                m_data += '\n';
            m_data += value;
            m_haveData = true;
        }
    }
    m_buffer.remove(0, start);
}

void EventSplitter::feedFrames(const std::function<void(const Event&)>& onEvent)
{
    while (m_buffer.size() >= 12) {
        const qsizetype total = number(m_buffer, 0);
        if (total < kFrameOverhead || total > kLargestEvent) {
            m_corrupt = true;
            return;
        }
        if (m_buffer.size() < total)
            return;
        Event event;
        if (!readFrame(m_buffer.left(total), event)) {
            m_corrupt = true;
            return;
        }
        m_buffer.remove(0, total);
        onEvent(event);
    }
}

/// The checksums were verified by the gateway; here only lengths are, so that nothing is read beyond its end.
bool EventSplitter::readFrame(const QByteArray& frame, Event& event) const
{
    const qsizetype headerBytes = number(frame, 4);
    const qsizetype headersEnd = 12 + headerBytes;
    if (headerBytes > frame.size() - kFrameOverhead)
        return false;
    qsizetype at = 12;
    while (at < headersEnd) {
        const qsizetype nameSize = static_cast<quint8>(frame[at]);
        if (at + 1 + nameSize + 3 > headersEnd)
            return false;
        const QByteArray name = frame.mid(at + 1, nameSize);
        const char type = frame[at + 1 + nameSize];
        at += 2 + nameSize;
        if (type != 7) // the protocol's own headers are strings
            return false;
        const qsizetype valueSize = qFromBigEndian<quint16>(frame.constData() + at);
        at += 2;
        if (at + valueSize > headersEnd)
            return false;
        const QByteArray value = frame.mid(at, valueSize);
        at += valueSize;
        if (name == ":event-type" || name == ":exception-type" || name == ":error-code")
            event.name = value;
        if (name == ":message-type")
            event.isException = value != "event";
    }
    event.data = frame.mid(headersEnd, frame.size() - headersEnd - 4);
    return true;
}

} // namespace sb::promptlab
