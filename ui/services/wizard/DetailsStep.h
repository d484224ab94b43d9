// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "async/OnResult.h"
#include "base/Result.h"
#include "domain/Organization.h"
#include "domain/ServiceDraft.h"
#include "domain/validation/FieldIssue.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace sb::storage {
class StorageService;
}

namespace sb::ui {

class FormFields;

/// Step 2: scope, name, context path with the address it makes, service URL, summary, and More. Whether name and path
/// are free is asked of the database while typing.
class DetailsStep : public QWidget {
    Q_OBJECT
public:
    /// `gatewayUrl`: what the invoke address begins with, as of now.
    DetailsStep(storage::StorageService& storage, std::function<QString()> gatewayUrl, QWidget* parent = nullptr);

    void setProjects(const std::vector<Project>& projects);
    void setProvider(ProviderKind provider);
    void load(const ServiceDraft& draft);
    void read(ServiceDraft& draft) const;

    /// Checks everything, the database included, shows what is wrong, then `done(ok)`.
    void validate(std::function<void(bool ok)> done);
    void showIssues(const FieldIssues& issues);
    bool focusFirstError();
    QString invokeUrl() const;
    void showInvokeUrl(); ///< again, since the gateway's address may have changed

Q_SIGNALS:
    void changed();
    void urlChanged();

private:
    struct Taken {
        bool name = false;
        bool path = false;
    };
    FieldIssues localIssues() const;
    QFuture<Result<Taken>> askTaken() const;
    void nameChanged();
    void pathChanged();
    void checkLater();
    void showTaken(const Taken& taken);
    void normalisePath();

    storage::StorageService& m_storage;
    std::function<QString()> m_gatewayUrl;
    ProviderKind m_provider = ProviderKind::OpenAi;
    QString m_suggestedPath;
    QString m_presetUrl;
    QTimer m_delay;
    Latest<Taken> m_latest;

    FormFields* m_fields;
    QComboBox* m_scope;
    QLineEdit* m_name;
    QLineEdit* m_path;
    QLineEdit* m_url;
    QPlainTextEdit* m_summary;
    QCheckBox* m_allowInsecure;
    QLineEdit* m_version;
    QLineEdit* m_labels;
    QCheckBox* m_publish;
};

} // namespace sb::ui
