// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/SourceRules.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

namespace fs = std::filesystem;

namespace {

const fs::path kRoot = SB_SOURCE_DIR;

std::string readFile(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

template <class F>
void forEachSource(std::initializer_list<const char*> folders, F visit)
{
    for (const char* folder : folders) {
        for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
            if (entry.path().extension() == ".h" || entry.path().extension() == ".cpp")
                visit(fs::relative(entry.path(), kRoot).generic_string(), readFile(entry.path()));
        }
    }
}

} // namespace

TEST(Sources, keepTheFirmRules)
{
    int files = 0;
    forEachSource({"app", "ui", "tests"}, [&](const std::string& path, const std::string& text) {
        ++files;
        for (const sb::test::Breach& breach : sb::test::checkSource(path, text))
            ADD_FAILURE() << breach.file << ":" << breach.line << ": " << breach.rule << "\n    " << breach.text;
    });
    EXPECT_GT(files, 50) << "the scan looks in the wrong place";
}

// Sizes are a smell, not a law; this number is where a reviewer must have agreed.
TEST(Sources, noFileGrowsIntoAHouse)
{
    forEachSource({"app", "ui"}, [](const std::string& path, const std::string& text) {
        const auto lines = std::count(text.begin(), text.end(), '\n');
        EXPECT_LE(lines, 700) << path;
    });
}

TEST(Sources, visibleTextIsTranslated)
{
    // setText(QStringLiteral("Save changes")): a literal of two or more letters handed straight to a label.
    const std::regex untranslated(
        R"re((setText|setTitle|setWindowTitle|setToolTip|setPlaceholderText|addAction|addTab|setAccessibleName|QLabel|QPushButton)\s*\([^;]*QStringLiteral\(\s*"[A-Z][a-z]+ [a-z]+)re");
    forEachSource({"ui"}, [&](const std::string& path, const std::string& text) {
        EXPECT_FALSE(std::regex_search(text, untranslated)) << path << " shows text that is not in tr()";
    });
}
