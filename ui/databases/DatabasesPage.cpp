// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "databases/DatabasesPage.h"

#include "kit/Icons.h"
#include "kit/MessageBar.h"
#include "kit/Named.h"
#include "kit/PageHeader.h"
#include "kit/StatePill.h"
#include "kit/UiText.h"
#include "storage/StorageService.h"

#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace sb::ui {

namespace {

constexpr int kMeasureEveryMs = 2'000;
constexpr double kSlowMs = 500;
constexpr qint64 kLateMs = 30'000;

QString originText(const QString& origin)
{
    if (origin == QLatin1String("command line"))
        return DatabasesPage::tr("from the command line");
    if (origin == QLatin1String("environment"))
        return DatabasesPage::tr("from DATABASE_URL");
    if (origin == QLatin1String("setting"))
        return DatabasesPage::tr("from the settings");
    return DatabasesPage::tr("the default: a file in the profile");
}

} // namespace

DatabasesPage::DatabasesPage(DatabasesSlice slice, QWidget* parent)
    : Page(parent), m_slice(std::move(slice)), m_message(new MessageBar(tr("database message"), this)),
      m_state(new StatePill(this))
{
    auto* header = new PageHeader(tr("Databases"), this);
    header->setSubtitle(
        tr("Where Signalbox keeps its own data. Registering other databases comes with a later release."));
    auto* check = named(new QPushButton(tr("Check now"), this), "databaseCheck", tr("Check now"));
    check->setIcon(Icons::get(QStringLiteral("refresh")));
    auto* settings =
        named(new QPushButton(tr("Change the database"), this), "databaseSettings", tr("Change the database"));
    header->addWidget(settings);
    header->addWidget(check);

    auto* box = new QGroupBox(tr("Connected store"), this);
    auto* form = new QFormLayout(box);
    form->addRow(tr("State"), m_state);
    m_address = addRow(form, "databaseAddress", tr("Address"));
    m_engine = addRow(form, "databaseEngine", tr("Engine"));
    m_latency = addRow(form, "databaseLatency", tr("Answers in"));
    m_schema = addRow(form, "databaseSchema", tr("Schema version"));
    m_size = addRow(form, "databaseSize", tr("Size"));
    m_requests = addRow(form, "databaseRequests", tr("Requests recorded"));
    m_queue = addRow(form, "databaseQueue", tr("Waiting to be written"));
    m_undelivered = addRow(form, "databaseUndelivered", tr("In the gateway's journal"));
    m_deadLetters = addRow(form, "databaseDeadLetters", tr("Records set aside"));
    m_backup = addRow(form, "databaseBackup", tr("Backup before the last upgrade"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(header);
    column->addWidget(m_message);
    column->addWidget(box);
    column->addStretch(1);

    m_timer.setInterval(kMeasureEveryMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (isVisible() && !m_latest.isRunning())
            measure();
    });
    m_timer.start();
    connect(check, &QPushButton::clicked, this, &DatabasesPage::measure);
    connect(settings, &QPushButton::clicked, this, [this] { Q_EMIT navigate(QStringLiteral("Settings"), {}); });
    connect(&m_slice.storage, &storage::StorageService::healthChanged, this, &DatabasesPage::showHealth);
    showHealth();
}

QLabel* DatabasesPage::addRow(QFormLayout* form, const char* name, const QString& title)
{
    auto* value = new QLabel(QStringLiteral("–"), this);
    value->setObjectName(QLatin1String(name));
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setTextFormat(Qt::PlainText);
    value->setWordWrap(true);
    form->addRow(title, value);
    return value;
}

void DatabasesPage::activate()
{
    showHealth();
    measure();
}

void DatabasesPage::showHealth()
{
    using State = storage::StorageHealth::State;
    const storage::StorageHealth health = m_slice.storage.health();
    m_address->setText(tr("%1 (%2)").arg(health.location, originText(m_slice.origin)));
    m_schema->setText(health.schemaVersion > 0 ? QString::number(health.schemaVersion) : QStringLiteral("–"));
    m_backup->setText(health.backup.isEmpty() ? tr("none was needed") : health.backup);
    const auto retry = [this] { m_slice.storage.open(); };
    const QString details = UiText::qs(health.error.what);
    switch (health.state) {
    case State::Ready:
        m_state->setState(Tone::Good, tr("healthy"));
        m_message->clear();
        break;
    case State::Opening:
        m_state->setState(Tone::Info, tr("opening"));
        m_message->clear();
        break;
    case State::Unavailable:
        m_state->setState(Tone::Bad, tr("not reachable"));
        m_message->showMessage(
            {Tone::Bad,
             m_slice.gatewayIsRunning()
                 ? tr("The database does not answer. It is tried again by itself; the gateway goes on and keeps "
                      "what it records in its journal.")
                 : tr("The database does not answer. It is tried again by itself; the gateway is not running either."),
             tr("Try now"), details},
            retry);
        break;
    case State::NewerSchema:
        m_state->setState(Tone::Bad, tr("of a newer Signalbox"));
        m_message->showMessage(
            {Tone::Bad,
             tr("This database was upgraded by a newer Signalbox. Nothing was changed; update this program or "
                "choose another database."),
             {},
             details});
        break;
    case State::Damaged:
        m_state->setState(Tone::Bad, tr("damaged"));
        m_message->showMessage(
            {Tone::Bad,
             tr("This is not a sound database of Signalbox. Nothing was changed; restore a backup or choose "
                "another one."),
             tr("Try now"), details},
            retry);
        break;
    }
}

void DatabasesPage::measure()
{
    m_queue->setText(tr("%n job(s)", nullptr, static_cast<int>(m_slice.storage.queuedWrites())));
    const auto [records, oldestMs] = m_slice.undelivered();
    QString waiting = tr("%n record(s)", nullptr, static_cast<int>(records));
    if (records > 0)
        waiting += tr(", the oldest for %1").arg(UiText::milliseconds(static_cast<double>(oldestMs)));
    m_undelivered->setText(waiting);
    if (m_slice.storage.health().state != storage::StorageHealth::State::Ready)
        return;
    m_latest.start(
        m_slice.storage.read([](storage::DbSession& db) { return storage::DatabaseRepository(db).figures(); }), this,
        [this](Result<storage::DatabaseFigures> figures) {
            if (figures)
                showFigures(*figures);
            else
                m_message->showError(figures.error(), tr("Retry"), [this] { measure(); });
        });
}

void DatabasesPage::showFigures(const storage::DatabaseFigures& figures)
{
    m_engine->setText(UiText::qs(figures.serverVersion));
    m_latency->setText(UiText::milliseconds(figures.pingMs));
    m_size->setText(locale().formattedDataSize(figures.sizeBytes));
    m_requests->setText(UiText::count(figures.requests));
    m_deadLetters->setText(figures.deadLetters == 0
                               ? UiText::count(0)
                               : tr("%1, the newest because of: %2")
                                     .arg(UiText::count(figures.deadLetters), UiText::qs(figures.deadLetterError)));
    if (m_slice.storage.health().state != storage::StorageHealth::State::Ready)
        return;
    const bool late = m_slice.undelivered().second > kLateMs;
    const bool degraded = figures.pingMs > kSlowMs || figures.deadLetters > 0 || late;
    m_state->setState(degraded ? Tone::Warning : Tone::Good, degraded ? tr("degraded") : tr("healthy"));
    m_state->setToolTip(figures.pingMs > kSlowMs ? tr("It answers slowly.")
                        : late                   ? tr("Records wait longer than half a minute.")
                        : figures.deadLetters > 0
                            ? tr("Some records could not be stored and are set aside. They are tried "
                                 "again whenever the gateway starts.")
                            : QString());
    m_message->clear();
}

} // namespace sb::ui
