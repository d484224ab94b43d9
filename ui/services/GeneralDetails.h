// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kit/FormBinder.h"
#include "services/ServicesSlice.h"
#include "storage/repositories/ServiceRepository.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace sb::ui {

class CopyField;
class FormFields;
class MessageBar;

/// The tab "General details": what does not depend on the environment. The context path stays as it is, because callers
/// use it.
class GeneralDetails : public QWidget {
    Q_OBJECT
public:
    explicit GeneralDetails(const ServicesSlice& slice, QWidget* parent = nullptr);

    void load(const storage::ServiceDetails& details);
    bool isDirty() const { return m_binder.isDirty(); }
    void discardChanges();

Q_SIGNALS:
    void saved();
    void reloadRequested();

private:
    /// What the form edits; labels and publication as the widgets hold them.
    struct Draft {
        Service service;
        std::string labels;
        bool published = true;
        bool allowInsecure = false;
    };
    Service edited() const;
    void save();
    void confirmAddress(const Service& service);
    void write(const Service& service);
    void offerUndo(const Service& edited, const Service& former);
    void showButtons();

    const ServicesSlice m_slice;
    storage::ServiceDetails m_stored;
    mutable Draft m_draft;
    FormBinder<Draft> m_binder;
    bool m_writing = false; ///< a second save would be one of an outdated row
    FormFields* m_fields;
    MessageBar* m_message;
    CopyField* m_address;
    QLabel* m_kind;
    QLineEdit* m_name;
    QLineEdit* m_path;
    QLineEdit* m_url;
    QPlainTextEdit* m_summary;
    QLineEdit* m_version;
    QLineEdit* m_labels;
    QCheckBox* m_published;
    QCheckBox* m_allowInsecure;
    QPushButton* m_save;
    QPushButton* m_revert;
};

} // namespace sb::ui
