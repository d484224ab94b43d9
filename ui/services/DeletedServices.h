// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kit/EntityTableModel.h"
#include "services/ServicesSlice.h"
#include "storage/repositories/ServiceRepository.h"

#include <QWidget>

class QPushButton;
class QTableView;

namespace sb::ui {

class AsyncView;
class MessageBar;

/// Recently deleted services, each restorable until it is purged. Its context path may be taken meanwhile; then it says
/// so.
class DeletedServices : public QWidget {
    Q_OBJECT
public:
    explicit DeletedServices(const ServicesSlice& slice, QWidget* parent = nullptr);

    void load();

Q_SIGNALS:
    void closeRequested();
    void restored(sb::ServiceId id);

private:
    void restoreCurrent();

    const ServicesSlice m_slice;
    EntityTableModel<storage::ServiceListRow, ServiceId>* m_model;
    QTableView* m_table;
    AsyncView* m_view;
    MessageBar* m_message;
    QPushButton* m_restore;
};

} // namespace sb::ui
