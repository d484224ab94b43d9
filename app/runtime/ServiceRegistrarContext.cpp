// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/AppContext.h"
#include "runtime/ServiceRegistrar.h"

namespace sb::runtime {

// Apart from ServiceRegistrar.cpp, so that its tests link neither the gateway nor what else an AppContext is made of.
ServiceRegistrar::ServiceRegistrar(AppContext& context, QObject* parent)
    : ServiceRegistrar(Parts{context.storage(), context.secrets(), context.clock(), std::make_shared<SystemRandom>(),
                             context.options().profileDirectory, context.actor()},
                       parent)
{
}

} // namespace sb::runtime
