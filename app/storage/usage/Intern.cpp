// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/usage/Intern.h"

#include <utility>

namespace sb::storage {

Result<std::int32_t> intern(DbSession& db, const QString& insert, const QVariantList& insertValues,
                            const QString& select, const QVariantList& key)
{
    const auto find = [&]() -> Result<std::int32_t> {
        auto query = db.execPrepared(select, key);
        if (!query)
            return std::move(query).error();
        const std::int32_t id = (*query)->next() ? static_cast<std::int32_t>((*query)->value(0).toLongLong()) : 0;
        (*query)->finish();
        return id;
    };
    auto found = find();
    if (!found || *found != 0)
        return found;
    if (auto inserted = db.execPrepared(insert, insertValues); !inserted)
        return std::move(inserted).error();
    return find();
}

} // namespace sb::storage
