// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/SecretRef.h"

#include <gtest/gtest.h>

using sb::SecretRef;

TEST(SecretRef, readsTheThreeFormsOfTheContract)
{
    EXPECT_EQ(SecretRef::parse("keychain:service/3")->kind, SecretRef::Kind::Keychain);
    EXPECT_EQ(SecretRef::parse("env:OPENAI_API_KEY")->kind, SecretRef::Kind::Environment);
    EXPECT_EQ(SecretRef::parse("file:/etc/key")->name, "/etc/key");
    EXPECT_TRUE(SecretRef::parse("")->isNone());
}

TEST(SecretRef, neverTakesALiteralSecretForAReference)
{
    for (const char* text :
         {"sk-proj-123", "env:", "env:1BAD", "env:A B", "file:relative", "keychain:", "vault:x", "ENV:X"})
        EXPECT_FALSE(SecretRef::parse(text).has_value()) << text;
}

TEST(SecretRef, textRoundTrips)
{
    for (const char* text : {"keychain:a", "env:B", "file:/c"})
        EXPECT_EQ(SecretRef::parse(text)->toString(), text);
}
