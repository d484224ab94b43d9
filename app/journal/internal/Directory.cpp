// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/internal/Directory.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sb::journal {

namespace {

constexpr std::string_view kPrefix = "segment-";
constexpr std::string_view kSuffix = ".sbj";
constexpr std::size_t kDigits = 8;

std::string reasonOf(int number)
{
    return std::system_category().message(number);
}

} // namespace

File::File(File&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}

File& File::operator=(File&& other) noexcept
{
    std::swap(m_fd, other.m_fd);
    return *this;
}

File::~File()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

Error systemError(std::string_view what, int number)
{
    return {ErrorCode::Unavailable, std::string(what) + ": " + reasonOf(number), isSpace(number) ? "disk" : ""};
}

bool isSpace(int number)
{
    return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

int writeAll(int fd, std::string_view bytes, std::uint64_t offset)
{
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        if (written == 0)
            return ENOSPC;
        bytes.remove_prefix(static_cast<std::size_t>(written));
        offset += static_cast<std::uint64_t>(written);
    }
    return 0;
}

Directory::Directory(std::filesystem::path path, File lock, File self)
    : m_path(std::move(path)), m_lock(std::move(lock)), m_self(std::move(self))
{
}

Result<Directory> Directory::open(const std::filesystem::path& path)
{
    std::error_code failed;
    std::filesystem::create_directories(path, failed);
    if (failed)
        return systemError("cannot create the journal's directory " + path.string(), failed.value());
    File self(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!self.isOpen())
        return systemError("cannot open the journal's directory " + path.string(), errno);
    if (::fchmod(self.fd(), 0700) != 0)
        return systemError("cannot protect the journal's directory " + path.string(), errno);

    File lock(::openat(self.fd(), "lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!lock.isOpen())
        return systemError("cannot create the journal's lock in " + path.string(), errno);
    if (::flock(lock.fd(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return Error{ErrorCode::Conflict, "another process uses the journal in " + path.string(), "profile"};
        return systemError("cannot lock the journal in " + path.string(), errno);
    }
    return Directory(path, std::move(lock), std::move(self));
}

std::filesystem::path Directory::segmentPath(std::uint64_t number) const
{
    std::string digits = std::to_string(number);
    if (digits.size() < kDigits)
        digits.insert(0, kDigits - digits.size(), '0');
    return m_path / (std::string(kPrefix) + digits + std::string(kSuffix));
}

Result<std::vector<std::uint64_t>> Directory::segments() const
{
    std::vector<std::uint64_t> numbers;
    std::error_code failed;
    for (std::filesystem::directory_iterator it(m_path, failed), end; !failed && it != end; it.increment(failed)) {
        const std::string name = it->path().filename().string();
        std::string_view digits = name;
        if (!digits.starts_with(kPrefix) || !digits.ends_with(kSuffix))
            continue;
        digits.remove_prefix(kPrefix.size());
        digits.remove_suffix(kSuffix.size());
        std::uint64_t number = 0;
        const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (error == std::errc{} && stop == digits.data() + digits.size())
            numbers.push_back(number);
    }
    if (failed)
        return systemError("cannot list the journal's directory " + m_path.string(), failed.value());
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

Result<File> Directory::create(const std::filesystem::path& file) const
{
    File created(::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!created.isOpen())
        return systemError("cannot create " + file.string(), errno);
    return created;
}

Result<std::string> Directory::read(const std::filesystem::path& file) const
{
    const File opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat status {};
    if (!opened.isOpen() || ::fstat(opened.fd(), &status) != 0)
        return systemError("cannot open " + file.string(), errno);
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t got = ::pread(opened.fd(), bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemError("cannot read " + file.string(), errno);
        if (got == 0)
            break;
        done += static_cast<std::size_t>(got);
    }
    bytes.resize(done);
    return bytes;
}

Result<void> Directory::sync() const
{
    if (::fsync(m_self.fd()) != 0)
        return systemError("cannot sync " + m_path.string(), errno);
    return {};
}

bool Directory::takeReserve(std::uint64_t bytes) const
{
    if (bytes == 0)
        return false;
    const File reserve(::openat(m_self.fd(), "reserve", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (reserve.isOpen() && ::fallocate(reserve.fd(), 0, 0, static_cast<off_t>(bytes)) == 0)
        return true;
    releaseReserve();
    return false;
}

bool Directory::releaseReserve() const
{
    return ::unlinkat(m_self.fd(), "reserve", 0) == 0;
}

} // namespace sb::journal
