// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "home/SampleDataBox.h"

#include "async/OnResult.h"
#include "kit/Named.h"
#include "kit/UiText.h"
#include "storage/SampleSeeder.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>

namespace sb::ui {

SampleDataBox::SampleDataBox(storage::StorageService& storage, const Clock& clock, QWidget* parent)
    : QGroupBox(tr("Sample data"), parent), m_storage(storage), m_clock(clock), m_text(new QLabel(this)),
      m_progress(named(new QProgressBar(this), "sampleProgress", tr("Sample data written"))),
      m_explore(named(new QPushButton(tr("Explore with sample data"), this), "sampleExplore",
                      tr("Explore with sample data"))),
      m_cancel(
          named(new QPushButton(tr("Stop writing sample data"), this), "sampleCancel", tr("Stop writing sample data"))),
      m_open(named(new QPushButton(tr("Open Dashboards"), this), "sampleOpen", tr("Open Dashboards"))),
      m_remove(named(new QPushButton(tr("Remove sample data"), this), "sampleRemove", tr("Remove sample data")))
{
    m_text->setWordWrap(true);
    m_progress->setRange(0, 100);
    auto* row = new QHBoxLayout(this);
    row->addWidget(m_text, 1);
    row->addWidget(m_progress);
    for (QPushButton* button : {m_explore, m_cancel, m_open, m_remove})
        row->addWidget(button);
    connect(m_explore, &QPushButton::clicked, this, &SampleDataBox::write);
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_writing.cancel(); });
    connect(m_open, &QPushButton::clicked, this, &SampleDataBox::exploreRequested);
    connect(m_remove, &QPushButton::clicked, this, &SampleDataBox::remove);
    setState(State::Unknown);
}

void SampleDataBox::setState(State state)
{
    m_state = state;
    setVisible(state != State::Unknown);
    m_explore->setVisible(state == State::Absent);
    m_cancel->setVisible(state == State::Writing);
    m_progress->setVisible(state == State::Writing);
    m_open->setVisible(state == State::Present);
    m_remove->setVisible(state == State::Present);
    switch (state) {
    case State::Unknown:
        break;
    case State::Absent:
        m_text->setText(
            tr("Two months of invented traffic show what the dashboards can do. It is marked as sample data and can be "
               "removed in one click."));
        break;
    case State::Writing:
        m_text->setText(tr("Writing sample data…"));
        break;
    case State::Present:
        m_text->setText(tr("The database holds sample data. Removing it leaves everything else."));
        break;
    case State::Removing:
        m_text->setText(tr("Removing the sample data…"));
        break;
    }
}

void SampleDataBox::load()
{
    if (m_state == State::Writing || m_state == State::Removing)
        return;
    onResult(m_storage.read([](storage::DbSession& db) { return storage::SampleTraffic::exists(db); }), this,
             [this](Result<bool> exists) {
                 if (exists && m_state != State::Writing && m_state != State::Removing)
                     setState(*exists ? State::Present : State::Absent);
             });
}

void SampleDataBox::write()
{
    setState(State::Writing);
    m_progress->setValue(0);
    const QPointer<QProgressBar> bar(m_progress);
    m_writing = storage::seedSample(m_storage, {}, m_clock, [bar](double share) { // on the storage thread
        QMetaObject::invokeMethod(
            qApp,
            [bar, share] {
                if (bar)
                    bar->setValue(static_cast<int>(share * 100));
            },
            Qt::QueuedConnection);
    });
    onResult(m_writing, this, [this](Result<std::int64_t> written) {
        setState(State::Present);
        if (written)
            Q_EMIT exploreRequested();
        else if (written.error().code != ErrorCode::Cancelled)
            Q_EMIT failed(written.error());
    });
}

void SampleDataBox::remove()
{
    setState(State::Removing);
    onResult(storage::removeSample(m_storage), this, [this](Result<void> removed) {
        setState(removed ? State::Absent : State::Present);
        if (!removed)
            Q_EMIT failed(removed.error());
    });
}

} // namespace sb::ui
