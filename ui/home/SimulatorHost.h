// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Organization.h"
#include "runtime/ServiceRegistrar.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace sb::simulator {
class Simulator;
}
namespace sb::storage {
class StorageService;
}

namespace sb::ui {

/// "Try it without a key": the built-in simulator as a registered service at /simulator. Once registered, it is started
/// again with every start of the program, on the port of the service's address.
class SimulatorHost : public QObject {
    Q_OBJECT
public:
    struct Parts {
        storage::StorageService& storage;
        runtime::ServiceRegistrar& registrar;
        std::function<std::vector<Environment>()> environments;
    };
    explicit SimulatorHost(Parts parts, QObject* parent = nullptr);
    ~SimulatorHost() override;

    static constexpr const char* kContextPath = "/simulator";

    /// Starts the simulator and registers it in the first environment. Answers by ready() or failed().
    void tryOut();
    /// Starts it if it is registered.
    void resume();

Q_SIGNALS:
    void ready();
    void failed(const sb::Error& error);

private:
    Result<quint16> start(quint16 port);

    const Parts m_parts;
    std::unique_ptr<simulator::Simulator> m_simulator;
    quint16 m_port = 0;
    bool m_registering = false;
};

} // namespace sb::ui
