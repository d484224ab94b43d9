// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "async/OnResult.h"
#include "base/Clock.h"
#include "base/Result.h"
#include "kit/Page.h"
#include "services/ServingFaults.h"
#include "storage/repositories/ServiceRepository.h"

#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

class QGridLayout;
class QGroupBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace sb::storage {
class StorageService;
}

namespace sb::ui {

class AsyncView;
class MessageBar;
class SampleDataBox;
class SimulatorHost;

/// What Home gets of the program.
struct HomeSlice {
    storage::StorageService& storage;
    const Clock& clock;
    std::function<QString()> gatewayAddress;
    std::function<bool()> gatewayIsStopped; ///< or could not start; while it starts it is not
    std::function<void()> startGateway;
    std::function<std::vector<Environment>()> environments;
    SimulatorHost& simulator;
    std::function<std::optional<Error>()> gatewayFailure; ///< why the gateway could not start
    std::function<ServingFaults()> servingFaults;
};

/// What the first-run list ticks off.
struct FirstSteps {
    bool service = false;
    bool key = false;
    bool call = false;
    bool limit = false;
    bool allDone() const { return service && key && call && limit; }
};

struct HomeOverview {
    FirstSteps steps;
    std::vector<storage::ServiceListRow> services;
};

/// "Home": the first steps until they are done, then a card per service with its state, requests and cost. Everything
/// is read from the database.
class HomePage : public Page {
    Q_OBJECT
public:
    explicit HomePage(const HomeSlice& slice, QWidget* parent = nullptr);

    void activate() override;

protected:
    void resizeEvent(QResizeEvent* event) override;

public Q_SLOTS:
    void gatewayChanged();
    void servingChanged(); ///< what the gateway can serve

private:
    struct StepRow {
        QLabel* icon = nullptr;
        QLabel* text = nullptr;
        QPushButton* action = nullptr;
    };
    StepRow addStep(QVBoxLayout* column, const char* name, const QString& text, const QString& action,
                    std::function<void()> run);
    void load();
    void showOverview(const HomeOverview& overview);
    void showStep(const StepRow& row, bool done);
    QWidget* makeCard(const storage::ServiceListRow& service);
    void arrangeCards();

    const HomeSlice m_slice;
    Latest<HomeOverview> m_latest;
    QTimer m_refreshSoon;
    AsyncView* m_view;
    MessageBar* m_message;
    QGroupBox* m_steps;
    StepRow m_service;
    StepRow m_key;
    StepRow m_call;
    StepRow m_limit;
    QGroupBox* m_tryOut;
    QPushButton* m_tryOutButton;
    SampleDataBox* m_sample;
    QGroupBox* m_cards;
    QGridLayout* m_cardGrid;
    QScrollArea* m_scroll;
    std::vector<QWidget*> m_cardWidgets;
    int m_cardsPerRow = 0;
    std::vector<storage::ServiceListRow> m_shown;
    ServingFaults m_shownFaults;
    QString m_shownAddress;
    std::vector<Environment> m_shownEnvironments;
};

} // namespace sb::ui
