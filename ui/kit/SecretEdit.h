// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Secret.h"

#include <QLineEdit>

namespace sb::ui {

/// A line for a credential: password echo, trimmed, never part of a registered wizard field. A reference (env:NAME,
/// file:/path, keychain:NAME) is no secret and becomes readable, and so is the name of a variable where one is asked
/// for.
class SecretEdit : public QLineEdit {
    Q_OBJECT
public:
    explicit SecretEdit(QWidget* parent = nullptr);

    Secret secret() const; ///< a copy of what is typed, trimmed
    void wipe();           ///< empties the field
    /// What is to be typed is the name of an environment variable. A secret that was typed before stays hidden.
    void setAsksForVariable(bool asks);

private:
    void adaptEcho();

    bool m_asksForVariable = false;
    bool m_mayHoldSecret = false; ///< what it holds was typed when a secret was asked for
};

} // namespace sb::ui
