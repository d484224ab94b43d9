// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/internal/Segment.h"

#include "journal/Crc32c.h"

#include <concepts>

namespace sb::journal {

namespace {

constexpr std::string_view kMagic = "SBJRNL01";
constexpr std::size_t kHeaderCopy = kHeaderBytes / 2;

template <std::unsigned_integral T>
void put(char* at, T value)
{
    for (std::size_t i = 0; i < sizeof(T); ++i)
        at[i] = static_cast<char>(static_cast<std::uint8_t>(value >> (8 * i)));
}

template <std::unsigned_integral T>
T get(std::string_view from)
{
    T value = 0;
    for (std::size_t i = sizeof(T); i-- > 0;)
        value = static_cast<T>((value << 8) | static_cast<std::uint8_t>(from[i]));
    return value;
}

std::uint32_t frameChecksum(std::string_view frame, std::uint64_t salt)
{
    char salted[12];
    put(salted, salt);
    put(salted + 8, get<std::uint32_t>(frame));
    return crc32c(crc32c(0, {salted, sizeof salted}), frame.substr(8));
}

} // namespace

std::string encodeHeader(const SegmentHeader& header)
{
    std::string bytes(kHeaderCopy, '\0');
    kMagic.copy(bytes.data(), kMagic.size());
    put(bytes.data() + 8, header.salt);
    put(bytes.data() + 16, header.firstSequence);
    put(bytes.data() + 28, crc32c(0, std::string_view(bytes).substr(0, 28)));
    return bytes + bytes;
}

std::optional<SegmentHeader> decodeHeader(std::string_view segment)
{
    for (const std::size_t at : {std::size_t{0}, kHeaderCopy}) {
        if (segment.size() < at + kHeaderCopy)
            return std::nullopt;
        const std::string_view copy = segment.substr(at, kHeaderCopy);
        if (copy.starts_with(kMagic) && get<std::uint32_t>(copy.substr(28)) == crc32c(0, copy.substr(0, 28)))
            return SegmentHeader{get<std::uint64_t>(copy.substr(8)), get<std::uint64_t>(copy.substr(16))};
    }
    return std::nullopt;
}

void appendFrame(std::string& out, std::uint64_t sequence, std::string_view payload)
{
    char head[kFrameHeadBytes] = {};
    put(head, static_cast<std::uint32_t>(payload.size()));
    put(head + 8, sequence);
    out.append(head, sizeof head);
    out.append(payload);
}

void sealFrames(std::string& frames, std::uint64_t salt)
{
    for (std::size_t at = 0; at < frames.size();) {
        const std::size_t size = kFrameHeadBytes + get<std::uint32_t>(std::string_view(frames).substr(at));
        put(frames.data() + at + 4, frameChecksum(std::string_view(frames).substr(at, size), salt));
        at += size;
    }
}

std::optional<Frame> frameAt(std::string_view segment, std::size_t offset, std::uint64_t salt)
{
    if (offset > segment.size() || segment.size() - offset < kFrameHeadBytes)
        return std::nullopt;
    const std::string_view rest = segment.substr(offset);
    const std::size_t length = get<std::uint32_t>(rest);
    if (length == 0 || length > kMaxPayloadBytes || length > rest.size() - kFrameHeadBytes)
        return std::nullopt;
    const std::string_view frame = rest.substr(0, kFrameHeadBytes + length);
    if (get<std::uint32_t>(frame.substr(4)) != frameChecksum(frame, salt))
        return std::nullopt;
    return Frame{get<std::uint64_t>(frame.substr(8)), offset, frame.size(), frame.substr(kFrameHeadBytes)};
}

SegmentScan scanSegment(std::string_view segment)
{
    SegmentScan scan;
    scan.header = decodeHeader(segment);
    if (!scan.header)
        return scan;
    scan.goodEnd = kHeaderBytes;
    std::uint64_t last = 0;
    for (std::size_t at = kHeaderBytes; at < segment.size();) {
        const auto frame = frameAt(segment, at, scan.header->salt);
        if (!frame || frame->sequence <= last) {
            ++at; // search on; without another good frame this is the torn tail
            continue;
        }
        scan.damagedBytes += at - scan.goodEnd;
        last = frame->sequence;
        at += frame->size;
        scan.goodEnd = at;
        scan.frames.push_back(*frame);
    }
    return scan;
}

} // namespace sb::journal
