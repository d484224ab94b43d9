// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/ConnectionsSlice.h"
#include "runtime/ServiceRegistrar.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace sb::ui {

class FormFields;
class MessageBar;

/// "New connection": which service, for whom, in which environments, for how long. Keeps what was typed when it fails.
class ConnectionForm : public QWidget {
    Q_OBJECT
public:
    explicit ConnectionForm(runtime::ServiceRegistrar& registrar, QWidget* parent = nullptr);

    void start(const ConnectionsContent& content, ServiceId preselected);
    bool isTouched() const;

Q_SIGNALS:
    void created(const QString& name, sb::ServiceId service,
                 std::shared_ptr<std::vector<sb::runtime::ServiceRegistrar::IssuedKey>> keys);
    void cancelled();

private:
    void showService();
    void suggestName();
    void create();
    ServiceId service() const;

    runtime::ServiceRegistrar& m_registrar;
    ConnectionsContent m_content;
    QString m_suggested;
    MessageBar* m_message;
    FormFields* m_fields;
    QComboBox* m_service;
    QLineEdit* m_name;
    QComboBox* m_project;
    QWidget* m_environmentBox;
    QVBoxLayout* m_environmentColumn;
    std::vector<std::pair<EnvironmentId, QCheckBox*>> m_environments;
    QComboBox* m_lifetime;
    QPushButton* m_create;
};

} // namespace sb::ui
