// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Service.h"
#include "storage/repositories/RequestRepository.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace sb::ui {

/// Everything known about one request, in tabs: summary with timeline, decision, cost, usage as the provider reported
/// it, and the error when there was one.
class RequestDetailView final : public QWidget {
    Q_OBJECT
public:
    explicit RequestDetailView(QWidget* parent = nullptr);
    ~RequestDetailView() override;

    /// `service`: absent when it was deleted; `gatewayUrl`: empty while the gateway is stopped.
    void setDetail(const storage::RequestDetail& detail, const QString& zone, const std::optional<Service>& service,
                   const QString& gatewayUrl);
    std::optional<EventId> requestId() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::ui
