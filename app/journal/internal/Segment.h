// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The bytes of a segment file. A header, written twice so that damage to one copy costs nothing:
///
///     8 magic · 8 salt · 8 first sequence · 4 zero · 4 CRC-32C of the 28 before
///
/// then frames, all numbers little-endian:
///
///     4 payload length · 4 CRC-32C of (salt, length, sequence, payload) · 8 sequence · payload
///
/// The salt is random and never leaves the file, so text from a request can not pass for a frame when a damaged segment
/// is searched for the next good one.
namespace sb::journal {

inline constexpr std::size_t kHeaderBytes = 64;
inline constexpr std::size_t kFrameHeadBytes = 16;
inline constexpr std::size_t kMaxPayloadBytes = std::size_t{1} << 20;

struct SegmentHeader {
    std::uint64_t salt = 0;
    std::uint64_t firstSequence = 1;
};

std::string encodeHeader(const SegmentHeader& header);
std::optional<SegmentHeader> decodeHeader(std::string_view segment);

/// Appends a frame without its checksum: that is made by sealFrames, outside of any lock.
void appendFrame(std::string& out, std::uint64_t sequence, std::string_view payload);
/// Fills in the checksum of every frame of `frames`.
void sealFrames(std::string& frames, std::uint64_t salt);

struct Frame {
    std::uint64_t sequence = 0;
    std::size_t offset = 0;   ///< of the frame in the segment
    std::size_t size = 0;     ///< of the frame, head included
    std::string_view payload; ///< points into the scanned bytes
};

/// The frame at `offset`, if one with a right checksum is there.
std::optional<Frame> frameAt(std::string_view segment, std::size_t offset, std::uint64_t salt);

struct SegmentScan {
    std::optional<SegmentHeader> header;
    std::vector<Frame> frames;    ///< in rising sequence
    std::size_t goodEnd = 0;      ///< behind the last good frame: what follows is a torn tail
    std::size_t damagedBytes = 0; ///< between good frames
};

/// Reads all good frames: up to the first bad one, then from the next good one on.
SegmentScan scanSegment(std::string_view segment);

} // namespace sb::journal
