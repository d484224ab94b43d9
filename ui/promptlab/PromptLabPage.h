// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "async/OnResult.h"
#include "base/Clock.h"
#include "kit/Page.h"
#include "promptlab/LabCatalogue.h"
#include "promptlab/Lane.h"

#include <QTimer>

#include <vector>

class QPushButton;

namespace sb::runtime {
class GatewayHost;
}
namespace sb::settings {
class AppSettings;
}
namespace sb::storage {
class StorageService;
struct RequestDetail;
} // namespace sb::storage

namespace sb::ui {

class AsyncView;
class EnvironmentScope;
class LabHistory;
class LaneView;
class MessageBar;
class PromptForm;
class Prompts;
class UndoBar;

/// What the Prompt Lab gets of the program; everything outlives the page.
struct PromptLabSlice {
    storage::StorageService& storage;
    runtime::GatewayHost& gateway;
    settings::AppSettings& settings;
    const Clock& clock;
    Prompts& prompts;
    UndoBar& undo;
    EnvironmentScope& scope;
};

/// Navigation entry "Prompt Lab": put a question to a service through the gateway, watch the answer stream, see what it
/// took. Deep link: a context path, "/openai".
class PromptLabPage final : public Page {
    Q_OBJECT
public:
    explicit PromptLabPage(const PromptLabSlice& slice, QWidget* parent = nullptr);

    void activate() override;
    void openAt(const QString& argument) override;

private:
    /// An answer whose booking in the database is awaited: only there the cost of a streamed answer is known.
    struct Unbooked {
        promptlab::LabRequest request;
        promptlab::LaneResult result;
        Timestamp at{};
        int attemptsLeft = 0;
        bool asking = false;
    };

    void load();
    void showCatalogue(LabCatalogue catalogue);
    void sendPressed();
    void ask(const promptlab::LabRequest& request);
    void send(const promptlab::LabRequest& request);
    void onGatewayState();
    void showButtons();
    void onAnswered(const promptlab::LabRequest& request, const promptlab::LaneResult& result);
    void askForBookings();
    void book(const QString& requestId, const Result<storage::RequestDetail>& detail);
    void keep(const Unbooked& run, const std::optional<Money>& cost);

    const PromptLabSlice m_slice;
    Latest<LabCatalogue> m_latest;
    LabCatalogue m_catalogue;
    std::optional<promptlab::LabRequest> m_afterStart; ///< waits for the gateway
    bool m_productionConfirmed = false;                ///< asked once per program start
    QString m_wantedTarget;
    std::vector<Unbooked> m_unbooked;
    QTimer m_bookingTick;

    QPushButton* m_send;
    QPushButton* m_stop;
    MessageBar* m_message;
    PromptForm* m_form;
    LaneView* m_lane;
    LabHistory* m_history;
    AsyncView* m_view;
};

} // namespace sb::ui
