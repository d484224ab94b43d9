// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "requests/RequestFilterBar.h"

#include "kit/FlowLayout.h"
#include "kit/UiText.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStringList>
#include <QTimer>

namespace sb::ui {

namespace {

enum class Since { Hour, Today, Day, Week, Month, AnyTime };
constexpr Since kDefaultSince = Since::Day;
constexpr int kAnyResult = -1;
constexpr int kErrorsOnly = -2;
constexpr int kTypingDelayMs = 250;
constexpr int kLeastComboCharacters = 12;
constexpr int kMostComboCharacters = 30;
constexpr std::int64_t kFarFutureUs = 253'402'300'799'000'000; // end of the year 9999

void keepSelection(QComboBox* box, const QVariant& wanted)
{
    const int at = box->findData(wanted);
    box->setCurrentIndex(at < 0 ? 0 : at);
}

} // namespace

struct RequestFilterBar::Impl {
    QComboBox* since = nullptr;
    QComboBox* environment = nullptr;
    QComboBox* service = nullptr;
    QLineEdit* model = nullptr;
    QComboBox* result = nullptr;
    QTimer typing;
    int wantedEnvironment = 0; ///< chosen before it was known
    std::vector<Environment> environments;
    std::vector<Service> services;
};

RequestFilterBar::RequestFilterBar(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>())
{
    setObjectName(QStringLiteral("requestFilter"));
    auto* flow = new FlowLayout(this);
    const auto add = [this, flow](const QString& text, QWidget* widget, const char* name) {
        auto* label = new QLabel(text, this);
        label->setBuddy(widget);
        widget->setObjectName(QLatin1String(name));
        widget->setAccessibleName(text);
        flow->addLabelled(label, widget);
    };
    const auto combo = [this] {
        auto* box = new QComboBox(this);
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        // A long name may neither decide how narrow the window can be nor take the width of the other filters.
        box->setMinimumWidth(box->fontMetrics().averageCharWidth() * kLeastComboCharacters);
        box->setMaximumWidth(box->fontMetrics().averageCharWidth() * kMostComboCharacters);
        return box;
    };

    m_impl->since = combo();
    m_impl->since->addItem(tr("Last hour"), static_cast<int>(Since::Hour));
    m_impl->since->addItem(tr("Today"), static_cast<int>(Since::Today));
    m_impl->since->addItem(tr("24 hours"), static_cast<int>(Since::Day));
    m_impl->since->addItem(tr("7 days"), static_cast<int>(Since::Week));
    m_impl->since->addItem(tr("30 days"), static_cast<int>(Since::Month));
    m_impl->since->addItem(tr("Any time"), static_cast<int>(Since::AnyTime));
    keepSelection(m_impl->since, static_cast<int>(kDefaultSince));
    add(tr("Since"), m_impl->since, "since");

    m_impl->environment = combo();
    m_impl->environment->addItem(tr("Every environment"), 0);
    add(tr("In environment"), m_impl->environment, "inEnvironment");
    m_impl->service = combo();
    m_impl->service->addItem(tr("Every service"), 0);
    add(tr("To service"), m_impl->service, "toService");

    m_impl->model = new QLineEdit(this);
    m_impl->model->setClearButtonEnabled(true);
    m_impl->model->setMinimumWidth(m_impl->model->fontMetrics().averageCharWidth() * kLeastComboCharacters);
    m_impl->model->setPlaceholderText(tr("part of the name"));
    add(tr("Model contains"), m_impl->model, "modelContains");

    m_impl->result = combo();
    m_impl->result->addItem(tr("Any result"), kAnyResult);
    m_impl->result->addItem(tr("Everything that failed"), kErrorsOnly);
    for (const RequestStatus status :
         {RequestStatus::Ok, RequestStatus::Refused, RequestStatus::Limited, RequestStatus::UpstreamError,
          RequestStatus::Timeout, RequestStatus::Aborted, RequestStatus::GatewayError})
        m_impl->result->addItem(UiText::status(status), static_cast<int>(status));
    add(tr("Result"), m_impl->result, "result");

    for (QComboBox* box : {m_impl->since, m_impl->environment, m_impl->service, m_impl->result})
        connect(box, &QComboBox::currentIndexChanged, this, &RequestFilterBar::filterChanged);
    m_impl->typing.setSingleShot(true);
    m_impl->typing.setInterval(kTypingDelayMs);
    connect(m_impl->model, &QLineEdit::textChanged, &m_impl->typing, qOverload<>(&QTimer::start));
    connect(&m_impl->typing, &QTimer::timeout, this, &RequestFilterBar::filterChanged);
}

RequestFilterBar::~RequestFilterBar() = default;

void RequestFilterBar::setChoices(const std::vector<Environment>& environments, const std::vector<Service>& services)
{
    if (environments == m_impl->environments && services == m_impl->services)
        return;
    m_impl->environments = environments;
    m_impl->services = services;
    const QSignalBlocker blockEnvironment(m_impl->environment);
    const QSignalBlocker blockService(m_impl->service);
    const int chosen = m_impl->environment->currentData().toInt();
    const int environment = chosen != 0 ? chosen : m_impl->wantedEnvironment;
    m_impl->wantedEnvironment = 0;
    const QVariant service = m_impl->service->currentData();
    while (m_impl->environment->count() > 1)
        m_impl->environment->removeItem(1);
    while (m_impl->service->count() > 1)
        m_impl->service->removeItem(1);
    for (const Environment& item : environments)
        m_impl->environment->addItem(UiText::qs(item.name), item.id.value);
    for (const Service& item : services)
        m_impl->service->addItem(UiText::qs(item.name), item.id.value);
    keepSelection(m_impl->environment, environment);
    keepSelection(m_impl->service, service);
}

void RequestFilterBar::setEnvironment(EnvironmentId environment)
{
    if (m_impl->environment->findData(environment.value) < 0)
        m_impl->wantedEnvironment = environment.value;
    else
        m_impl->environment->setCurrentIndex(m_impl->environment->findData(environment.value));
}

storage::RequestFilter RequestFilterBar::filter(Timestamp now, const ZoneRules& zone) const
{
    using std::chrono::hours;
    storage::RequestFilter filter;
    switch (static_cast<Since>(m_impl->since->currentData().toInt())) {
    case Since::Hour:
        filter.from = now - hours(1);
        break;
    case Since::Today:
        filter.from = zone.startOfDay(zone.dayOf(now));
        break;
    case Since::Day:
        filter.from = now - hours(24);
        break;
    case Since::Week:
        filter.from = now - hours(24 * 7);
        break;
    case Since::Month:
        filter.from = now - hours(24 * 30);
        break;
    case Since::AnyTime:
        filter.from = fromMicros(0);
        break;
    }
    filter.to = fromMicros(kFarFutureUs);
    if (const int id = m_impl->environment->currentData().toInt(); id != 0)
        filter.environments.emplace_back(id);
    if (const int id = m_impl->service->currentData().toInt(); id != 0)
        filter.service = ServiceId(id);
    filter.model = m_impl->model->text().trimmed().toStdString();
    const int result = m_impl->result->currentData().toInt();
    filter.errorsOnly = result == kErrorsOnly;
    if (result >= 0)
        filter.status = static_cast<RequestStatus>(result);
    return filter;
}

QString RequestFilterBar::description() const
{
    QStringList parts{m_impl->since->currentText()};
    for (const QComboBox* box : {m_impl->environment, m_impl->service, m_impl->result}) {
        if (box->currentIndex() > 0)
            parts << box->currentText();
    }
    if (const QString model = m_impl->model->text().trimmed(); !model.isEmpty())
        parts << tr("model contains \"%1\"").arg(model);
    return parts.join(QStringLiteral(", "));
}

bool RequestFilterBar::isEverything() const
{
    return m_impl->since->currentData().toInt() == static_cast<int>(Since::AnyTime) &&
           m_impl->environment->currentIndex() <= 0 && m_impl->service->currentIndex() <= 0 &&
           m_impl->model->text().trimmed().isEmpty() && m_impl->result->currentIndex() <= 0;
}

void RequestFilterBar::clear()
{
    {
        const QSignalBlocker blockers[]{QSignalBlocker(m_impl->since), QSignalBlocker(m_impl->environment),
                                        QSignalBlocker(m_impl->service), QSignalBlocker(m_impl->model),
                                        QSignalBlocker(m_impl->result)};
        keepSelection(m_impl->since, static_cast<int>(Since::AnyTime));
        m_impl->environment->setCurrentIndex(0);
        m_impl->service->setCurrentIndex(0);
        m_impl->model->clear();
        m_impl->result->setCurrentIndex(0);
    }
    m_impl->typing.stop();
    Q_EMIT filterChanged();
}

} // namespace sb::ui
