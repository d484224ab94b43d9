// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ServicesPage.h"

#include "kit/AsyncView.h"
#include "kit/Icons.h"
#include "kit/MessageBar.h"
#include "kit/Named.h"
#include "kit/PageHeader.h"
#include "kit/UiText.h"
#include "kit/UndoBar.h"
#include "services/DeletedServices.h"
#include "services/ServiceDetailsPanel.h"
#include "services/ServiceList.h"
#include "services/wizard/RegistrationWizard.h"
#include "storage/StorageService.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace sb::ui {

namespace {
constexpr int kRefreshDelayMs = 300; // several changes in a row cost one query
}

ServicesPage::ServicesPage(const ServicesSlice& slice, QWidget* parent)
    : Page(parent), m_slice(slice), m_stack(new QStackedWidget(this)),
      m_header(new PageHeader(tr("GenAI Services"), this)),
      m_filter(named(new QLineEdit(this), "serviceFilter", tr("Filter services"))),
      m_message(new MessageBar(tr("services message"), this)), m_list(new ServiceList(this)),
      m_details(new ServiceDetailsPanel(slice, this)), m_splitter(new QSplitter(Qt::Vertical, this)),
      m_wizard(new RegistrationWizard(slice, this)), m_deleted(new DeletedServices(slice, this))
{
    const auto button = [this](const char* name, const QString& text, const char* icon) {
        auto* made = named(new QPushButton(text, this), name, text);
        made->setIcon(Icons::get(QString::fromLatin1(icon)));
        return made;
    };
    m_resume = button("resumeRegistration", tr("Resume registration"), "edit");
    m_resume->hide();
    m_delete = button("deleteService", tr("Delete service"), "trash");
    auto* deleted = button("recentlyDeleted", tr("Recently deleted"), "undo");
    auto* reg = button("registerService", tr("Register service"), "plus");
    m_filter->setPlaceholderText(tr("Filter services"));
    m_filter->setClearButtonEnabled(true);

    m_splitter->setObjectName(QStringLiteral("servicesSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_view = new AsyncView(m_splitter, this);

    auto* overview = new QWidget(this);
    auto* column = new QVBoxLayout(overview);
    column->setContentsMargins({});
    m_header->addWidget(m_resume);
    m_header->addWidget(reg);
    auto* tools = new QHBoxLayout;
    tools->addWidget(m_filter, 1);
    tools->addWidget(m_delete);
    tools->addWidget(deleted);
    column->addWidget(m_header);
    column->addLayout(tools);
    column->addWidget(m_message);
    column->addWidget(m_view, 1);
    m_stack->addWidget(overview);
    m_stack->addWidget(m_wizard);
    m_stack->addWidget(m_deleted);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(m_stack);

    m_refreshSoon.setSingleShot(true);
    m_refreshSoon.setInterval(kRefreshDelayMs);
    connect(&m_refreshSoon, &QTimer::timeout, this, [this] {
        if (isVisible())
            load();
    });
    connect(&m_slice.storage, &storage::StorageService::catalogueChanged, &m_refreshSoon, qOverload<>(&QTimer::start));
    connect(&m_slice.storage, &storage::StorageService::catalogueChanged, m_details, &ServiceDetailsPanel::reload);
    connect(&m_slice.storage, &storage::StorageService::usageWritten, this, [this] {
        if (!m_refreshSoon.isActive())
            m_refreshSoon.start();
    });
    connect(&m_slice.storage, &storage::StorageService::healthChanged, &m_refreshSoon, qOverload<>(&QTimer::start));
    connect(reg, &QPushButton::clicked, this, [this] { openWizard({}); });
    connect(m_resume, &QPushButton::clicked, this, &ServicesPage::resumeWizard);
    connect(m_delete, &QPushButton::clicked, this, &ServicesPage::deleteCurrent);
    connect(deleted, &QPushButton::clicked, this, [this] {
        m_deleted->load();
        m_stack->setCurrentWidget(m_deleted);
    });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_list->setFilter(text);
        showListState();
        showCurrent();
    });
    connect(m_view, &AsyncView::retryRequested, this, &ServicesPage::load);
    connect(m_view, &AsyncView::emptyActionTriggered, this, [this] { openWizard({}); });
    connect(m_view, &AsyncView::clearFiltersRequested, m_filter, &QLineEdit::clear);
    connect(m_list, &ServiceList::currentChanged, this, &ServicesPage::showCurrent);
    connect(m_list, &ServiceList::deleteRequested, this, &ServicesPage::deleteCurrent);
    connect(m_details, &ServiceDetailsPanel::saved, this, [this] {
        m_message->clear();
        load();
    });
    connect(m_wizard, &RegistrationWizard::closed, this, &ServicesPage::closeWizard);
    connect(m_wizard, &RegistrationWizard::registered, this, [this](ServiceId id) {
        m_toSelect = id;
        load();
    });
    connect(m_wizard, &RegistrationWizard::navigate, this, &ServicesPage::navigate);
    connect(m_deleted, &DeletedServices::closeRequested, this, [this] {
        m_stack->setCurrentIndex(0);
        load();
    });
    showCurrent();
    connect(m_deleted, &DeletedServices::restored, this, [this](ServiceId id) {
        m_toSelect = id;
        m_stack->setCurrentIndex(0);
        load();
    });
}

void ServicesPage::activate()
{
    refresh();
    if (m_stack->currentWidget() == m_wizard)
        m_wizard->focusStep();
}

void ServicesPage::refresh()
{
    load();
    m_details->reload();
}

bool ServicesPage::hasUnsavedInput() const
{
    return m_wizard->hasDraft() || m_wizard->showsKeys() || m_details->isDirty();
}

void ServicesPage::openAt(const QString& argument)
{
    if (argument.startsWith(QLatin1String("register"))) {
        const QString code = argument.section(QLatin1Char('/'), 1);
        openWizard(providerFromCode(code.toStdString()));
    } else if (argument.startsWith(QLatin1String("service/"))) {
        m_toSelect = ServiceId(argument.section(QLatin1Char('/'), 1, 1).toInt());
        if (argument.endsWith(QLatin1String("/limits")))
            m_details->showEnvironments();
        m_stack->setCurrentIndex(0);
        load();
    }
}

void ServicesPage::load()
{
    m_view->showLoading();
    const Timestamp now = m_slice.clock.now();
    m_latest.start(
        m_slice.storage.read([now](storage::DbSession& db) { return storage::ServiceRepository(db).list(now); }), this,
        [this](Result<std::vector<storage::ServiceListRow>> rows) {
            if (rows)
                showRows(*std::move(rows));
            else
                m_view->showFailed(rows.error());
        });
}

void ServicesPage::servingChanged()
{
    m_list->setFaults(m_slice.servingFaults());
    m_details->servingChanged();
    m_wizard->servingChanged();
}

void ServicesPage::showRows(std::vector<storage::ServiceListRow> rows)
{
    m_list->setEnvironments(m_slice.workplace().environments);
    m_list->setFaults(m_slice.servingFaults());
    m_list->setRows(std::move(rows));
    if (m_toSelect) {
        m_filter->clear();
        m_list->select(*m_toSelect);
        m_toSelect.reset();
    }
    showListState();
    showCurrent();
}

void ServicesPage::showListState()
{
    if (m_list->isEmpty())
        m_view->showEmpty(tr("No GenAI service is registered yet. Register one to get an address and a key for it."),
                          tr("Register the first service"));
    else if (m_list->visibleRows() == 0)
        m_view->showFilteredOut(tr("No service matches “%1”.").arg(m_filter->text().trimmed()));
    else
        m_view->showContent();
}

void ServicesPage::showCurrent()
{
    const auto current = m_list->current();
    m_delete->setEnabled(current.has_value());
    m_delete->setToolTip(current ? QString() : tr("Choose a service first."));
    if (current && *current != m_details->service() && m_details->isDirty())
        holdBack(*current);
    else if (current)
        m_details->showService(*current);
    else
        m_details->clear();
}

/// The list stays where something was typed, until that is saved or given up.
void ServicesPage::holdBack(ServiceId wanted)
{
    // Later: the view is still busy with the click that chose another row.
    QMetaObject::invokeMethod(
        this,
        [this, wanted] {
            m_list->select(m_details->service());
            const auto go = [this, wanted] {
                m_details->discardChanges();
                m_message->clear();
                m_list->select(wanted);
                showCurrent();
            };
            if (m_list->current() != m_details->service()) { // it was deleted
                go();
                return;
            }
            const QString name = m_list->table()->currentIndex().siblingAtColumn(0).data().toString();
            m_message->showMessage(
                {Tone::Warning,
                 tr("Your changes to “%1” are not saved. Save or revert them before you go on.").arg(name),
                 tr("Discard changes")},
                go);
        },
        Qt::QueuedConnection);
}

void ServicesPage::openWizard(std::optional<ProviderKind> provider)
{
    if (m_wizard->showsKeys()) { // they would be gone
        m_stack->setCurrentWidget(m_wizard);
        return;
    }
    if (m_wizard->hasDraft())
        m_wizard->offerFreshStart(provider);
    else
        m_wizard->startFresh(provider);
    resumeWizard();
}

void ServicesPage::resumeWizard()
{
    m_stack->setCurrentWidget(m_wizard);
    m_wizard->focusStep();
}

void ServicesPage::closeWizard()
{
    m_resume->setVisible(m_wizard->hasDraft());
    m_stack->setCurrentIndex(0);
    m_list->table()->setFocus();
    load();
}

void ServicesPage::deleteCurrent()
{
    const auto id = m_list->current();
    if (!id)
        return;
    m_message->clear();
    const QModelIndex index = m_list->table()->currentIndex();
    const QString name = index.siblingAtColumn(0).data().toString();
    const Timestamp now = m_slice.clock.now();
    onResult(m_slice.storage.write([id = *id, now, actor = m_slice.actor](storage::DbSession& db) {
        return storage::ServiceRepository(db).softDelete(id, actor, now);
    }),
             this, [this, name, id = *id](Result<void> done) {
                 if (done) {
                     m_slice.storage.notifyCatalogueChanged();
                     m_slice.undo.offer(tr("Service “%1” deleted.").arg(name), [this, id] { restore(id); });
                     load();
                 } else if (done.error().code == ErrorCode::Conflict) {
                     const QString users = UiText::qs(done.error().what);
                     m_message->showMessage(
                         {Tone::Bad, done.error().field == "routes"
                                         ? tr("“%1” is a target of routes and cannot be deleted: %2. Take it out of "
                                              "them first.")
                                               .arg(name, users)
                                         : tr("“%1” is used by connections and cannot be deleted: %2. Delete them "
                                              "first.")
                                               .arg(name, users)});
                 } else {
                     m_message->showError(done.error(), tr("Retry"), [this] { deleteCurrent(); });
                 }
             });
}

void ServicesPage::restore(ServiceId id)
{
    const Timestamp now = m_slice.clock.now();
    onResult(m_slice.storage.write([id, now, actor = m_slice.actor](storage::DbSession& db) {
        return storage::ServiceRepository(db).restore(id, actor, now);
    }),
             this, [this, id](Result<void> done) {
                 if (!done) {
                     m_message->showError(done.error());
                     return;
                 }
                 m_slice.storage.notifyCatalogueChanged();
                 m_toSelect = id;
                 load();
             });
}

} // namespace sb::ui
