// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/SecretFile.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace sb::secrets {

namespace {

constexpr off_t kLargestSecret = 64 * 1024;

class Descriptor {
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    bool isOpen() const { return m_fd >= 0; }
    int get() const { return m_fd; }

private:
    int m_fd;
};

Error failure(const std::string& path, const char* what, int code)
{
    ErrorCode kind = ErrorCode::Unavailable;
    if (code == ENOENT || code == ENOTDIR)
        kind = ErrorCode::NotFound;
    else if (code == EACCES || code == EPERM || code == ELOOP)
        kind = ErrorCode::PermissionDenied;
    std::string reason = std::strerror(code); // NOLINT(concurrency-mt-unsafe): glibc's is thread-safe
    if (code == ELOOP)
        reason = "it is a symbolic link";
    return {kind, path + ": cannot " + what + ": " + reason};
}

Result<void> judge(const std::string& path, const struct stat& info)
{
    const auto refuse = [&path](const char* why) {
        return Error{ErrorCode::PermissionDenied, path + ": refused: " + why};
    };
    if (!S_ISREG(info.st_mode))
        return refuse("not a regular file");
    if (info.st_uid != ::geteuid())
        return refuse("owned by another user");
    if ((info.st_mode & 0177) != 0)
        return refuse("others may read or write it; its mode must be 0600");
    return {};
}

Result<void> writeAll(const std::string& path, int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return failure(path, "write", errno);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

std::string directoryOf(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

} // namespace

Result<Secret> readSecretFile(const std::string& path)
{
    // Non-blocking, because opening a named pipe would otherwise wait for its writer.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file.isOpen())
        return failure(path, "open", errno);
    struct stat info {};
    if (::fstat(file.get(), &info) != 0)
        return failure(path, "inspect", errno);
    if (auto trusted = judge(path, info); !trusted)
        return std::move(trusted).error();
    if (info.st_size > kLargestSecret)
        return Error{ErrorCode::InvalidArgument, path + ": too large for a secret"};

    std::string text(static_cast<std::size_t>(info.st_size), '\0');
    std::size_t length = 0;
    while (length < text.size()) {
        const ssize_t got = ::read(file.get(), text.data() + length, text.size() - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            const int code = errno;
            wipe(text);
            return failure(path, "read", code);
        }
        if (got == 0)
            break;
        length += static_cast<std::size_t>(got);
    }
    text.resize(length);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    if (text.empty())
        return Error{ErrorCode::NotFound, path + ": the file is empty"};
    return Secret(std::move(text));
}

Result<void> writeSecretFile(const std::string& path, const Secret& secret)
{
    const std::string directory = directoryOf(path);
    if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST)
        return failure(directory, "create", errno);
    struct stat existing {};
    if (::lstat(path.c_str(), &existing) == 0) {
        if (auto trusted = judge(path, existing); !trusted)
            return trusted;
    } else if (errno != ENOENT) {
        return failure(path, "inspect", errno);
    }

    std::string temporary = path + ".XXXXXX";
    const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC)); // exclusive, mode 0600
    if (!file.isOpen())
        return failure(temporary, "create", errno);
    const auto abandon = [&temporary](Error error) {
        ::unlink(temporary.c_str());
        return error;
    };
    if (auto written = writeAll(temporary, file.get(), secret.reveal()); !written)
        return abandon(std::move(written).error());
    if (::fsync(file.get()) != 0)
        return abandon(failure(temporary, "save", errno));
    if (::rename(temporary.c_str(), path.c_str()) != 0)
        return abandon(failure(path, "replace", errno));
    const Descriptor folder(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.isOpen())
        ::fsync(folder.get()); // the secret is in place either way; only a power cut could bring the old one back
    return {};
}

Result<void> removeSecretFile(const std::string& path)
{
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0)
        return failure(path, "inspect", errno);
    if (auto trusted = judge(path, info); !trusted)
        return trusted;
    if (::unlink(path.c_str()) != 0)
        return failure(path, "remove", errno);
    return {};
}

} // namespace sb::secrets
