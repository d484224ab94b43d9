// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"
#include "domain/ServiceDraft.h"
#include "runtime/ServiceRegistrar.h"
#include "services/ServicesSlice.h"

#include <QWidget>

#include <memory>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace sb::ui {

class DetailsStep;
class EnvironmentsStep;
class MessageBar;
class ProviderStep;
class ResultPage;

/// "Register a GenAI Service": provider, details, environments, result. It fills the page area instead of covering it,
/// so the rail stays usable and leaving keeps what was typed.
class RegistrationWizard : public QWidget {
    Q_OBJECT
public:
    explicit RegistrationWizard(const ServicesSlice& slice, QWidget* parent = nullptr);

    void startFresh(std::optional<ProviderKind> provider = {});
    /// Says that what is there was begun before, with a button for startFresh().
    void offerFreshStart(std::optional<ProviderKind> provider);
    /// Whether something was typed that a fresh start would lose.
    bool hasDraft() const;
    bool showsKeys() const;
    void focusStep();
    void servingChanged();

Q_SIGNALS:
    void closed();
    void registered(sb::ServiceId id);
    void navigate(const QString& entry, const QString& argument);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum Step { Provider, Details, Environments, Done };

    void go(Step step);
    void next();
    void submit();
    void openKeychain();
    void sendDraft();
    void succeeded(const runtime::ServiceRegistrar::Registered& result);
    void failed(const runtime::ServiceRegistrar::Failure& failure);
    void setBusy(bool busy);
    void showButtons();
    void cancel();
    Step step() const;

    const ServicesSlice m_slice;
    std::shared_ptr<ServiceDraft> m_sent; ///< while Register runs
    bool m_typed = false;
    bool m_busy = false;

    QLabel* m_heading;
    MessageBar* m_message;
    QStackedWidget* m_stack;
    ProviderStep* m_provider;
    DetailsStep* m_details;
    EnvironmentsStep* m_environments;
    ResultPage* m_result;
    QWidget* m_buttons;
    QLabel* m_hint;
    QPushButton* m_cancel;
    QPushButton* m_back;
    QPushButton* m_next;
    QPushButton* m_register;
};

} // namespace sb::ui
