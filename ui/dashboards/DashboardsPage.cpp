// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboards/DashboardsPage.h"

#include "dashboards/OverviewPage.h"
#include "kit/PageHeader.h"

#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace sb::ui {

DashboardsPage::DashboardsPage(storage::StorageService& storage, const Clock& clock, EnvironmentScope& scope,
                               Prompts& prompts, QWidget* parent)
    : Page(parent), m_overview(new OverviewPage(storage, clock, scope, prompts))
{
    setObjectName(QStringLiteral("dashboardsPage"));
    auto* tabs = new QTabWidget;
    tabs->setObjectName(QStringLiteral("dashboardTabs"));
    tabs->tabBar()->setAccessibleName(tr("Dashboard tabs"));
    tabs->setDocumentMode(true);
    tabs->addTab(m_overview, tr("Overview"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(new PageHeader(tr("Dashboards")));
    layout->addWidget(tabs, 1);
    connect(m_overview, &OverviewPage::navigate, this, &Page::navigate);
}

void DashboardsPage::refresh()
{
    m_overview->refresh();
}

void DashboardsPage::openAt(const QString& argument)
{
    if (const auto view = analytics::ViewState::parse(argument.toStdString()))
        m_overview->setView(*view);
}

} // namespace sb::ui
