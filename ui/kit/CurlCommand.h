// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Provider.h"

#include <QString>

namespace sb::ui {

/// What a shell command says literally, or takes from a variable of the shell.
struct ShellText {
    enum class Kind { Literal, Variable };
    Kind kind = Kind::Literal;
    QString text; ///< of a variable: its name

    static ShellText literal(QString text) { return {Kind::Literal, std::move(text)}; }
    static ShellText variable(QString name) { return {Kind::Variable, std::move(name)}; }
};

/// One short question to a service, as its provider's own clients would send it through the gateway.
struct CurlCall {
    ProviderKind provider = ProviderKind::OpenAi;
    ShellText address; ///< up to the context path: "http://127.0.0.1:8484/openai"
    ShellText key;
    QString model;
    bool streamed = false;
};

enum class CurlLayout { OneLine, Wrapped };

/// A command that works when pasted into a shell.
QString curlCommand(const CurlCall& call, CurlLayout layout);

/// A model of the catalogue that exists today, for examples; compatible servers have their own names.
QString exampleModel(ProviderKind provider);

} // namespace sb::ui
