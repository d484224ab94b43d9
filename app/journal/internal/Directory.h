// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sb::journal {

/// An open file descriptor; closed by the destructor.
class File {
public:
    File() = default;
    explicit File(int fd) : m_fd(fd) {}
    File(File&& other) noexcept;
    File& operator=(File&& other) noexcept;
    ~File();

    int fd() const { return m_fd; }
    bool isOpen() const { return m_fd >= 0; }

private:
    int m_fd = -1;
};

/// Whether an error number says that the disk is full.
bool isSpace(int number);

/// "what: reason of errno"; Unavailable, since space and permissions can be mended while the program runs. Field "disk"
/// when it is full.
Error systemError(std::string_view what, int number);

/// Writes all of `bytes` at `offset`. The error number, or 0.
int writeAll(int fd, std::string_view bytes, std::uint64_t offset);

/// The journal's directory: names, lock, reserve. Files are 0600, the directory 0700.
class Directory {
public:
    /// Creates the directory if need be and locks it for this process. Conflict: another process has it.
    static Result<Directory> open(const std::filesystem::path& path);

    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path segmentPath(std::uint64_t number) const; ///< segment-00000042.sbj
    Result<std::vector<std::uint64_t>> segments() const;           ///< their numbers, rising

    Result<File> create(const std::filesystem::path& file) const; ///< new, empty, for reading and writing
    Result<std::string> read(const std::filesystem::path& file) const;
    Result<void> sync() const; ///< makes created, renamed and deleted names durable

    /// Preallocates `bytes` that releaseReserve gives back when the disk is full. False: no room, or not supported
    /// here.
    bool takeReserve(std::uint64_t bytes) const;
    bool releaseReserve() const; ///< false: there was none

private:
    Directory(std::filesystem::path path, File lock, File self);

    std::filesystem::path m_path;
    File m_lock;
    File m_self;
};

} // namespace sb::journal
