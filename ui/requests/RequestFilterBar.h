// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Organization.h"
#include "domain/Service.h"
#include "storage/repositories/RequestRepository.h"
#include "zones/ZoneRules.h"

#include <QWidget>

#include <memory>
#include <vector>

namespace sb::ui {

/// The filter of the Requests page: period, environment, service, model text, result.
class RequestFilterBar final : public QWidget {
    Q_OBJECT
public:
    explicit RequestFilterBar(QWidget* parent = nullptr);
    ~RequestFilterBar() override;

    /// What there is to choose from; keeps the choice. Emits nothing.
    void setChoices(const std::vector<Environment>& environments, const std::vector<Service>& services);

    /// The choice as a filter; its period ends in the far future, so that new requests belong to it.
    storage::RequestFilter filter(Timestamp now, const ZoneRules& zone) const;
    QString description() const; ///< the chosen filters in words
    bool isEverything() const;   ///< nothing is filtered, of any time
    /// As chosen in the window's header; none: all. May come before the choices.
    void setEnvironment(EnvironmentId environment);
    void clear(); ///< everything of any time

Q_SIGNALS:
    void filterChanged();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::ui
