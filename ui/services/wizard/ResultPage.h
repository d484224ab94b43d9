// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Organization.h"
#include "domain/Service.h"
#include "runtime/ServiceRegistrar.h"
#include "services/ServingFaults.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace sb::ui {

class CopyField;
class FormFields;
class MessageBar;

/// After Register: the address, what is deployed and tested per environment, and Create connection, whose keys are
/// shown here once, each with a ready curl.
class ResultPage : public QWidget {
    Q_OBJECT
public:
    struct Line {
        Environment environment;
        QString tested; ///< a word
    };

    explicit ResultPage(runtime::ServiceRegistrar& registrar, QWidget* parent = nullptr);

    void present(const Service& service, const QString& invokeUrl, const std::vector<Line>& lines,
                 const std::vector<Project>& projects, bool gatewayRunning);
    void showStates(const ServingFaults& faults); ///< again when the gateway finds something
    /// Shown keys that were not copied are gone afterwards.
    bool hasShownKeys() const { return m_hasKeys; }
    void forgetKeys();

Q_SIGNALS:
    void closeRequested();
    void registerAnotherRequested();
    void promptLabRequested(const QString& contextPath);
    void startGatewayRequested();

private:
    void createConnection();
    void showKeys(const std::vector<runtime::ServiceRegistrar::IssuedKey>& keys);

    runtime::ServiceRegistrar& m_registrar;
    Service m_service;
    std::vector<Line> m_lines;
    bool m_hasKeys = false;

    QLabel* m_title;
    CopyField* m_address;
    QVBoxLayout* m_states;
    MessageBar* m_message;
    QPushButton* m_startGateway;
    FormFields* m_form;
    QLineEdit* m_name;
    QComboBox* m_project;
    QComboBox* m_lifetime;
    QPushButton* m_create;
    QWidget* m_keys = nullptr;
    QVBoxLayout* m_column;
};

} // namespace sb::ui
