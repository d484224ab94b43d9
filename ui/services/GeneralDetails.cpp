// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/GeneralDetails.h"

#include "async/OnResult.h"
#include "domain/validation/ServiceValidation.h"
#include "kit/CopyField.h"
#include "kit/FormFields.h"
#include "kit/MessageBar.h"
#include "kit/Named.h"
#include "kit/Prompts.h"
#include "kit/UndoBar.h"
#include "runtime/ServiceRegistrar.h"
#include "services/Labels.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sb::ui {

namespace {

QString key(const char* name)
{
    return QString::fromLatin1(name);
}

} // namespace

GeneralDetails::GeneralDetails(const ServicesSlice& slice, QWidget* parent)
    : QWidget(parent), m_slice(slice), m_fields(new FormFields(this)),
      m_message(new MessageBar(tr("details message"), this)), m_address(new CopyField(tr("Invoke URL"), this)),
      m_kind(new QLabel(this)), m_name(new QLineEdit(this)), m_path(new QLineEdit(this)), m_url(new QLineEdit(this)),
      m_summary(new QPlainTextEdit(this)), m_version(new QLineEdit(this)), m_labels(new QLineEdit(this)),
      m_save(named(new QPushButton(tr("Save changes"), this), "saveDetails", tr("Save changes"))),
      m_revert(named(new QPushButton(tr("Revert"), this), "revertDetails", tr("Revert")))
{
    const QString publish = tr("Published in the Marketplace");
    m_published = named(new QCheckBox(publish, this), "published", publish);
    const QString insecure = tr("Allow http without encryption: key and prompts can be read in the network");
    m_allowInsecure = named(new QCheckBox(insecure, this), "allowInsecure", insecure);
    m_allowInsecure->hide();
    m_path->setReadOnly(true);
    m_summary->setTabChangesFocus(true);
    m_summary->setMaximumHeight(fontMetrics().height() * 4);
    m_kind->setForegroundRole(QPalette::PlaceholderText);

    m_fields->addWide(m_kind);
    m_fields->addField(key("invoke_url"), tr("Invoke URL"), m_address);
    m_fields->addField(key("name"), tr("Name"), m_name);
    m_fields->addField(key("context_path"), tr("Context Path"), m_path, tr("Fixed: clients call it."));
    m_fields->addField(key("url"), tr("Service URL"), m_url);
    m_fields->addWide(m_allowInsecure);
    m_fields->addField(key("summary"), tr("Summary"), m_summary);
    m_fields->addField(key("version"), tr("Version"), m_version);
    m_fields->addField(key("labels"), tr("Labels"), m_labels, tr("Separated by commas."));
    m_fields->addWide(m_published);
    // The row's label and the inner line have one name; the wrapper would repeat it.
    m_address->setAccessibleName({});

    m_binder.text(m_name, [](Draft& d) -> std::string& { return d.service.name; });
    m_binder.text(m_url, [](Draft& d) -> std::string& { return d.service.url; });
    m_binder.text(m_summary, [](Draft& d) -> std::string& { return d.service.summary; });
    m_binder.text(m_version, [](Draft& d) -> std::string& { return d.service.version; });
    m_binder.text(m_labels, [](Draft& d) -> std::string& { return d.labels; });
    m_binder.checked(m_published, [](Draft& d) -> bool& { return d.published; });
    m_binder.checked(m_allowInsecure, [](Draft& d) -> bool& { return d.allowInsecure; });
    m_binder.onChanged([this] { showButtons(); });

    auto* content = new QWidget(this);
    auto* inner = new QVBoxLayout(content);
    inner->addWidget(m_fields);
    m_fields->setMaximumWidth(fontMetrics().averageCharWidth() * 120);
    inner->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    content->setAutoFillBackground(false); // the tab pane has its own colour
    scroll->viewport()->setAutoFillBackground(false);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_revert);
    buttons->addWidget(m_save);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_message);
    column->addWidget(scroll, 1);
    column->addLayout(buttons);
    connect(m_save, &QPushButton::clicked, this, &GeneralDetails::save);
    connect(m_revert, &QPushButton::clicked, this, &GeneralDetails::discardChanges);
    showButtons();
}

void GeneralDetails::load(const storage::ServiceDetails& details)
{
    const bool same = details.service.id == m_stored.service.id;
    if (same && isDirty())
        return; // somebody is typing; a save of something outdated is refused by the row's version
    m_stored = details;
    m_draft.service = details.service;
    m_draft.labels = labelsToText(details.service.labels).toStdString();
    m_draft.published = details.service.marketplaceState == MarketplaceState::Published;
    m_draft.allowInsecure = !hasErrors(validation::checkServiceUrl(details.service.url, true)) &&
                            hasErrors(validation::checkServiceUrl(details.service.url, false));
    m_allowInsecure->setVisible(m_draft.allowInsecure);
    m_binder.load(m_draft);
    m_path->setText(UiText::qs(details.service.contextPath));
    m_address->setValue(m_slice.gatewayAddress() + UiText::qs(details.service.contextPath));
    m_kind->setText(details.service.scope == Scope::Organization
                        ? tr("%1, for every project").arg(UiText::provider(details.service.provider))
                        : tr("%1, for one project").arg(UiText::provider(details.service.provider)));
    m_fields->clearIssues();
    if (!same)
        m_message->clear();
    showButtons();
}

void GeneralDetails::discardChanges()
{
    m_binder.load(m_draft);
    m_fields->clearIssues();
    showButtons();
}

void GeneralDetails::showButtons()
{
    m_save->setEnabled(isDirty() && !m_writing);
    m_revert->setEnabled(isDirty());
    m_save->setToolTip(isDirty() ? QString() : tr("Nothing was changed."));
}

Service GeneralDetails::edited() const
{
    Draft draft = m_draft;
    m_binder.read(draft);
    Service service = m_stored.service;
    service.name = validation::normalisedName(draft.service.name);
    service.url = UiText::qs(draft.service.url).trimmed().toStdString();
    service.summary = draft.service.summary;
    service.version = draft.service.version;
    service.labels = labelsFromText(UiText::qs(draft.labels));
    if (draft.published)
        service.marketplaceState = MarketplaceState::Published;
    else if (service.marketplaceState == MarketplaceState::Published)
        service.marketplaceState = MarketplaceState::Removed;
    return service;
}

void GeneralDetails::save()
{
    const Service service = edited();
    ServiceDraft draft;
    draft.service = service;
    draft.allowInsecureUrl = m_allowInsecure->isChecked();
    FieldIssues issues = validation::check(draft, {});
    std::erase_if(issues, [](const FieldIssue& issue) { return issue.field.rfind("environments", 0) == 0; });
    m_fields->showIssues(issues);
    for (const FieldIssue& issue : issues) {
        if (issue.code == "insecure")
            m_allowInsecure->show();
    }
    if (hasErrors(issues)) {
        m_fields->focusFirstError();
        return;
    }
    const auto before = validation::parseServiceUrl(m_stored.service.url);
    const auto after = validation::parseServiceUrl(service.url);
    if (before && after && before->origin() != after->origin() && !m_stored.environments.empty())
        confirmAddress(service);
    else
        write(service);
}

void GeneralDetails::confirmAddress(const Service& service)
{
    m_slice.prompts.ask(this,
                        {tr("Another address"),
                         tr("The stored keys were given for %1. From now on they would be sent to %2.")
                             .arg(UiText::qs(m_stored.service.url), UiText::qs(service.url)),
                         tr("Send keys there"),
                         tr("Keep the old address"),
                         {}},
                        [this, service](bool accepted) {
                            if (accepted)
                                write(service);
                        });
}

void GeneralDetails::write(const Service& service)
{
    m_writing = true;
    showButtons();
    Draft sent = m_draft;
    m_binder.read(sent);
    onResult(
        m_slice.registrar.updateService(service), this,
        [this, service, former = m_stored.service, sent, state = m_binder.state()](Result<void> written) {
            m_writing = false;
            if (written) {
                m_stored.service = service;
                ++m_stored.service.rowVersion; // as the update did, so that the next edit need not wait for the reload
                m_draft = sent;
                m_binder.markClean(state);
                showButtons();
                m_message->clear();
                offerUndo(service, former);
                Q_EMIT saved();
                return;
            }
            showButtons();
            if (m_fields->showIssues({{written.error().field, "taken"}})) {
                m_fields->focusFirstError();
                return;
            }
            const bool outdated = written.error().field == "row_version";
            m_message->showError(written.error(), outdated ? tr("Reload") : tr("Retry"), [this, outdated] {
                if (!outdated) {
                    save();
                    return;
                }
                m_binder.load(m_draft);
                m_message->clear();
                Q_EMIT reloadRequested();
            });
        });
}

void GeneralDetails::offerUndo(const Service& edited, const Service& former)
{
    m_slice.undo.offer(tr("%1 is saved.").arg(UiText::qs(edited.name)), [guard = QPointer(this), edited, former] {
        if (!guard)
            return;
        onResult(guard->m_slice.registrar.takeBackService(edited, former), guard, [guard, former](Result<void> done) {
            if (!done) {
                guard->m_message->showError(done.error());
                return;
            }
            guard->m_slice.undo.note(tr("%1 has its former details again.").arg(UiText::qs(former.name)));
            Q_EMIT guard->saved();
        });
    });
}

} // namespace sb::ui
