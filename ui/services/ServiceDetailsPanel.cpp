// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ServiceDetailsPanel.h"

#include "kit/AsyncView.h"
#include "kit/Named.h"
#include "kit/UiText.h"
#include "services/EnvironmentConfigurations.h"
#include "services/GeneralDetails.h"
#include "storage/StorageService.h"

#include <QLabel>
#include <QListWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace sb::ui {

ServiceDetailsPanel::ServiceDetailsPanel(const ServicesSlice& slice, QWidget* parent)
    : QWidget(parent), m_slice(slice), m_tabs(new QTabWidget(this)), m_general(new GeneralDetails(slice, this)),
      m_environments(new EnvironmentConfigurations(slice, this)), m_usage(new QLabel(this)),
      m_usedBy(named(new QListWidget(this), "usedBy", tr("Connections that use this service")))
{
    m_tabs->tabBar()->setAccessibleName(tr("Service details"));
    m_tabs->addTab(m_general, tr("General details"));
    m_tabs->addTab(m_environments, tr("Environment configurations"));
    auto* usedBy = new QWidget(this);
    auto* usedByColumn = new QVBoxLayout(usedBy);
    m_usage->setWordWrap(true);
    usedByColumn->addWidget(m_usage);
    usedByColumn->addWidget(m_usedBy);
    m_tabs->addTab(usedBy, tr("Used by"));
    m_view = new AsyncView(m_tabs, this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_view);
    connect(m_view, &AsyncView::retryRequested, this, &ServiceDetailsPanel::reload);
    connect(m_general, &GeneralDetails::saved, this, [this] {
        reload();
        Q_EMIT saved();
    });
    connect(m_general, &GeneralDetails::reloadRequested, this, &ServiceDetailsPanel::reload);
    connect(m_environments, &EnvironmentConfigurations::saved, this, [this] {
        reload();
        Q_EMIT saved();
    });
    clear();
}

void ServiceDetailsPanel::showService(ServiceId id)
{
    if (id == m_id)
        return; // reload() when something about it changed
    m_id = id;
    reload();
}

void ServiceDetailsPanel::servingChanged()
{
    m_environments->showCurrent();
}

void ServiceDetailsPanel::showEnvironments()
{
    m_tabs->setCurrentIndex(m_tabs->indexOf(m_environments));
}

void ServiceDetailsPanel::clear()
{
    m_id = {};
    m_latest.cancel();
    m_view->showEmpty(tr("Choose a service to see and edit it."));
}

bool ServiceDetailsPanel::isDirty() const
{
    return m_filled && !m_id.isNone() && (m_general->isDirty() || m_environments->isDirty());
}

void ServiceDetailsPanel::discardChanges()
{
    m_general->discardChanges();
    m_environments->discardChanges();
}

void ServiceDetailsPanel::reload()
{
    if (m_id.isNone())
        return;
    m_view->showLoading();
    m_latest.start(
        m_slice.storage.read([id = m_id](storage::DbSession& db) { return storage::ServiceRepository(db).get(id); }),
        this, [this](Result<storage::ServiceDetails> details) {
            if (details)
                showDetails(*details);
            else
                m_view->showFailed(details.error());
        });
}

void ServiceDetailsPanel::showDetails(const storage::ServiceDetails& details)
{
    m_filled = true;
    m_general->load(details);
    m_environments->load(details);
    m_usedBy->clear();
    for (const std::string& name : details.connections)
        m_usedBy->addItem(UiText::qs(name));
    m_usage->setText(details.connections.empty()
                         ? tr("No connection uses this service yet.")
                         : tr("%n connection(s) use this service; while they do, it cannot be deleted.", nullptr,
                              static_cast<int>(details.connections.size())));
    m_view->showContent();
}

} // namespace sb::ui
