// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kit/KeysetModel.h"
#include "storage/repositories/RequestRepository.h"

#include <functional>
#include <vector>

class QTableView;

namespace sb::ui {

using RequestListModel = KeysetModel<storage::RequestRow, storage::RequestCursor>;

/// The columns of the request list; `zone` gives the reporting zone that times are written in.
std::vector<RequestListModel::Column> requestColumns(std::function<QString()> zone);
void arrangeRequestColumns(QTableView* table); ///< with a ListColumns

} // namespace sb::ui
