// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Provider.h"

#include <QWidget>

#include <optional>

class QButtonGroup;
class QLabel;

namespace sb::ui {

/// Step 1: one radio card per provider, named as in the contract; what is needed is its description.
class ProviderStep : public QWidget {
    Q_OBJECT
public:
    explicit ProviderStep(QWidget* parent = nullptr);

    std::optional<ProviderKind> provider() const;
    void setProvider(std::optional<ProviderKind> provider);

Q_SIGNALS:
    void providerChanged();

private:
    QButtonGroup* m_group;
};

} // namespace sb::ui
