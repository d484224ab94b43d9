// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/SecretFile.h"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace sb::secrets {
namespace {

namespace fs = std::filesystem;

class SecretFile : public ::testing::Test {
protected:
    SecretFile()
    {
        std::string pattern = (fs::temp_directory_path() / "sb-secret-XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
    }
    ~SecretFile() override { fs::remove_all(m_folder); }

    std::string path(const std::string& name = "key") const { return (m_folder / name).string(); }
    std::string put(const std::string& text, mode_t mode)
    {
        std::ofstream(path()) << text;
        ::chmod(path().c_str(), mode);
        return path();
    }
    ErrorCode refusal(const std::string& file) const
    {
        const auto secret = readSecretFile(file);
        EXPECT_FALSE(secret) << file;
        return secret ? ErrorCode::Internal : secret.error().code;
    }
    std::size_t filesInFolder() const
    {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(m_folder), fs::directory_iterator{}));
    }

    fs::path m_folder;
};

TEST_F(SecretFile, IsReadWithoutItsFinalLineBreak)
{
    EXPECT_EQ(readSecretFile(put("sk-1\n", 0600))->reveal(), "sk-1");
    EXPECT_EQ(readSecretFile(put("sk-2", 0400))->reveal(), "sk-2");
}

TEST_F(SecretFile, IsRefusedWhenOthersMayReadOrWriteIt)
{
    for (const mode_t mode : {0640, 0604, 0620, 0602, 0660, 0644, 0777, 0700})
        EXPECT_EQ(refusal(put("sk-1", mode)), ErrorCode::PermissionDenied) << std::oct << mode;
}

TEST_F(SecretFile, IsRefusedBehindALink)
{
    put("sk-1", 0600);
    fs::create_symlink(path(), path("link"));
    EXPECT_EQ(refusal(path("link")), ErrorCode::PermissionDenied);
}

TEST_F(SecretFile, IsNoFolderPipeOrDevice)
{
    EXPECT_EQ(refusal(m_folder.string()), ErrorCode::PermissionDenied);
    ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
    EXPECT_EQ(refusal(path("pipe")), ErrorCode::PermissionDenied); // and returns although nobody writes
    EXPECT_EQ(refusal("/dev/null"), ErrorCode::PermissionDenied);
}

TEST_F(SecretFile, OfAnotherUserIsRefused)
{
    if (::geteuid() != 0)
        GTEST_SKIP() << "only root can make a file of another user";
    put("sk-1", 0600);
    ASSERT_EQ(::chown(path().c_str(), 1, 1), 0);
    EXPECT_EQ(refusal(path()), ErrorCode::PermissionDenied);
}

TEST_F(SecretFile, ThatIsAbsentOrEmptyIsNotFound)
{
    EXPECT_EQ(refusal(path("absent")), ErrorCode::NotFound);
    EXPECT_EQ(refusal(put("", 0600)), ErrorCode::NotFound);
    EXPECT_EQ(refusal(put("\n", 0600)), ErrorCode::NotFound);
}

TEST_F(SecretFile, ThatIsHugeIsNoSecret)
{
    EXPECT_EQ(refusal(put(std::string(64 * 1024 + 1, 'x'), 0600)), ErrorCode::InvalidArgument);
}

TEST_F(SecretFile, IsWrittenForItsOwnerOnly)
{
    const mode_t old = ::umask(0);
    const auto written = writeSecretFile(path(), Secret(std::string_view("sk-1")));
    ::umask(old);
    ASSERT_TRUE(written);
    struct stat info {};
    ASSERT_EQ(::stat(path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777, 0600u);
    EXPECT_EQ(readSecretFile(path())->reveal(), "sk-1");
}

TEST_F(SecretFile, IsReplacedWithoutLeavingAnythingBeside)
{
    ASSERT_TRUE(writeSecretFile(path(), Secret(std::string_view("old"))));
    ASSERT_TRUE(writeSecretFile(path(), Secret(std::string_view("new"))));
    EXPECT_EQ(readSecretFile(path())->reveal(), "new");
    EXPECT_EQ(filesInFolder(), 1u);
}

TEST_F(SecretFile, DoesNotReplaceWhatIsNotASecret)
{
    put("something else", 0644);
    EXPECT_FALSE(writeSecretFile(path(), Secret(std::string_view("sk-1"))));
    std::string text;
    std::getline(std::ifstream(path()) >> std::ws, text);
    EXPECT_EQ(text, "something else");
    EXPECT_EQ(filesInFolder(), 1u);
}

TEST_F(SecretFile, MakesItsFolderPrivate)
{
    ASSERT_TRUE(writeSecretFile(path("secrets/key"), Secret(std::string_view("sk-1"))));
    struct stat info {};
    ASSERT_EQ(::stat(path("secrets").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0700u);
}

TEST_F(SecretFile, IsRemovedOnlyIfItIsOne)
{
    ASSERT_TRUE(removeSecretFile(put("sk-1", 0600)));
    EXPECT_FALSE(fs::exists(path()));
    EXPECT_FALSE(removeSecretFile(put("text", 0644)));
    EXPECT_TRUE(fs::exists(path()));
}

} // namespace
} // namespace sb::secrets
