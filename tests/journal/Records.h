// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "journal/Journal.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace sb::test {

/// A record with every field set to something of its own, different for every `number`.
journal::OpenRecord openRecord(std::uint32_t number);
journal::CloseRecord closeRecord(std::uint32_t number);
EventId eventId(std::uint32_t number);

/// A directory that is gone after the test.
class TempDirectory {
public:
    /// Memory: on a file system without a disk where there is one, for tests that open thousands of journals.
    enum class On { Disk, Memory };
    explicit TempDirectory(On where = On::Disk);
    ~TempDirectory();
    TempDirectory(const TempDirectory&) = delete;
    TempDirectory& operator=(const TempDirectory&) = delete;

    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

/// Journal options for tests: small segments, no reserve.
journal::JournalOptions smallJournal(const std::filesystem::path& directory);

/// All undelivered records, read in small pieces as the deliverer does; fails the test on an error.
std::vector<journal::Journal::Pending> allPending(const journal::Journal& journal);

std::string readFile(const std::filesystem::path& file);
void writeFile(const std::filesystem::path& file, std::string_view bytes);

/// The journal's segment files, oldest first.
std::vector<std::filesystem::path> segmentFiles(const std::filesystem::path& directory);

} // namespace sb::test
