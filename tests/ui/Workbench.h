// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Random.h"
#include "domain/ServiceDraft.h"
#include "kit/UndoBar.h"
#include "runtime/ServiceRegistrar.h"
#include "secrets/SecretStore.h"
#include "services/ServicesSlice.h"
#include "storage/StorageService.h"
#include "support/ScriptedPrompts.h"
#include "support/TempDatabase.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace sb::test {

/// A real store in a temporary SQLite file with what the pages need around it; no window, no gateway.
class Workbench {
public:
    Workbench();
    ~Workbench();

    ui::ServicesSlice slice();
    /// Registers through the registrar, as the wizard does, and waits for the answer. The key goes to a private file.
    ServiceId registerService(const std::string& name, const std::string& contextPath,
                              ProviderKind provider = ProviderKind::OpenAi);
    /// One environment tab with a key kept in a private file.
    EnvironmentDraft environmentDraft(std::size_t index = 0) const;
    void connectTo(ServiceId service, const std::string& name);

    /// Runs `fn(DbSession&)` on a storage thread and waits.
    template <class F>
    auto ask(F fn)
    {
        auto future = storage->read(std::move(fn));
        return wait(std::move(future));
    }
    template <class T>
    static T wait(QFuture<T> future)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 10'000))
            qFatal("no answer from storage");
        return future.takeResult();
    }

    TempDatabase database;
    QTemporaryDir profile;
    SystemClock clock;
    ScriptedPrompts prompts;
    ui::Workplace workplace;
    bool gatewayRunning = true;
    ui::ServingFaults faults; ///< that the gateway would have found
    int gatewayStarts = 0;
    std::unique_ptr<storage::StorageService> storage;
    std::unique_ptr<secrets::SecretStore> secrets;
    std::unique_ptr<runtime::ServiceRegistrar> registrar;
    std::unique_ptr<ui::UndoBar> undo;
};

} // namespace sb::test
