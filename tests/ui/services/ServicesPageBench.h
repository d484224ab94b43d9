// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ServicesPage.h"
#include "storage/repositories/ServiceRepository.h"
#include "ui/Names.h"
#include "ui/Workbench.h"

#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

#include <memory>

namespace sb::test {

/// The services page over a real store; its controls are found by the names that a screen reader hears.
class ServicesPageBench {
protected:
    using ServicesPage = ui::ServicesPage;

    std::unique_ptr<Workbench> m_bench;
    std::unique_ptr<ServicesPage> m_page;

    template <class W = QWidget>
    W* control(const char* name)
    {
        for (W* widget : m_page->findChildren<W*>()) {
            if (widget->isVisible() && heardName(widget, *m_page) == QLatin1String(name))
                return widget;
        }
        return nullptr;
    }
    QTableView* table() { return m_page->findChild<QTableView*>(QStringLiteral("serviceTable")); }
    QString cell(int row, const QString& column)
    {
        const QAbstractItemModel* model = table()->model();
        for (int i = 0; i < model->columnCount(); ++i) {
            if (model->headerData(i, Qt::Horizontal).toString() == column)
                return model->index(row, i).data().toString();
        }
        return QStringLiteral("no such column");
    }
    void show()
    {
        m_page = std::make_unique<ServicesPage>(m_bench->slice());
        m_page->resize(1200, 900);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->activate();
    }
    storage::ServiceDetails details(ServiceId id)
    {
        auto read = m_bench->ask([id](storage::DbSession& db) { return storage::ServiceRepository(db).get(id); });
        return read ? *std::move(read) : storage::ServiceDetails{};
    }
    Service stored(ServiceId id) { return details(id).service; }
    QString issue(const char* key)
    {
        for (QLabel* label : m_page->findChildren<QLabel*>(QLatin1String(key) + QStringLiteral("Issue"))) {
            if (label->isVisible())
                return label->text();
        }
        return {};
    }
    void showEnvironments()
    {
        QTRY_VERIFY(control<QPushButton>("Save changes"));
        for (QTabWidget* tab : m_page->findChildren<QTabWidget*>()) {
            if (tab->isVisible() && tab->tabText(0) == QStringLiteral("General details"))
                tab->setCurrentIndex(1);
        }
        QVERIFY(control<QPushButton>("Save and deploy"));
    }
};

} // namespace sb::test
