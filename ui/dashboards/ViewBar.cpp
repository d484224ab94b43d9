// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboards/ViewBar.h"

#include "charts/ChartSpec.h"
#include "kit/FlowLayout.h"
#include "kit/UiText.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QSignalBlocker>
#include <QTimeZone>

#include <algorithm>

namespace sb::ui {

using analytics::GroupBy;
using analytics::PeriodPreset;
using analytics::ViewState;

namespace {

std::int32_t dayNumber(QDate date)
{
    return date.year() * 10000 + date.month() * 100 + date.day();
}

template <class E>
void select(QComboBox* box, E value)
{
    box->setCurrentIndex(box->findData(static_cast<int>(value)));
}

} // namespace

struct ViewBar::Impl {
    ViewBar& self;
    ViewState view;
    bool excluded = false;
    std::string organizationZone = "UTC";
    std::vector<Environment> environments;
    QComboBox* period = nullptr;
    QDateEdit* from = nullptr;
    QDateEdit* to = nullptr;
    QComboBox* zone = nullptr;
    QComboBox* group = nullptr;
    FlowLayout* flow = nullptr;
    std::vector<QCheckBox*> boxes;

    explicit Impl(ViewBar& bar) : self(bar) {}

    std::shared_ptr<const ZoneRules> rules() const
    {
        auto loaded = ZoneRules::load(view.zone.empty() ? organizationZone : view.zone);
        return loaded ? *loaded : nullptr;
    }

    void fillZones();
    void show();
    void read();
    void apply(ViewState next, bool nextExcluded);
};

void ViewBar::Impl::fillZones()
{
    const QSignalBlocker blocker(zone);
    zone->clear();
    zone->addItem(ViewBar::tr("Organization (%1)").arg(UiText::qs(organizationZone)), QString());
    zone->addItem(ViewBar::tr("UTC"), QStringLiteral("UTC"));
    const QString local = QString::fromUtf8(QTimeZone::systemTimeZoneId());
    if (!local.isEmpty())
        zone->addItem(ViewBar::tr("This computer (%1)").arg(local), local);
    const QString wanted = UiText::qs(view.zone);
    if (zone->findData(wanted) < 0)
        zone->addItem(wanted, wanted);
    zone->setCurrentIndex(zone->findData(wanted));
}

void ViewBar::Impl::show()
{
    const QSignalBlocker blockPeriod(period);
    const QSignalBlocker blockZone(zone);
    const QSignalBlocker blockGroup(group);
    const QSignalBlocker blockFrom(from);
    const QSignalBlocker blockTo(to);
    select(period, view.preset);
    select(group, view.group);
    fillZones();
    const bool custom = view.preset == PeriodPreset::Custom;
    for (QDateEdit* day : {from, to})
        day->parentWidget()->setVisible(custom); // with its label
    if (const auto zoneRules = rules(); custom && zoneRules) {
        from->setDate(wallTime(*zoneRules, view.customFrom).date());
        to->setDate(wallTime(*zoneRules, view.customTo - std::chrono::microseconds{1}).date());
    }
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const QSignalBlocker block(boxes[i]);
        const bool ticked = view.environments.empty() ? !excluded
                                                      : std::find(view.environments.begin(), view.environments.end(),
                                                                  environments[i].id) != view.environments.end();
        boxes[i]->setChecked(ticked);
    }
}

void ViewBar::Impl::read()
{
    ViewState next = view;
    next.preset = static_cast<PeriodPreset>(period->currentData().toInt());
    next.group = static_cast<GroupBy>(group->currentData().toInt());
    next.zone = zone->currentData().toString().toStdString();
    bool nextExcluded = !boxes.empty();
    bool all = true;
    next.environments.clear();
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (boxes[i]->isChecked()) {
            next.environments.push_back(environments[i].id);
            nextExcluded = false;
        } else {
            all = false;
        }
    }
    if (all)
        next.environments.clear(); // also those that are made later
    if (next.preset == PeriodPreset::Custom) {
        auto loaded = ZoneRules::load(next.zone.empty() ? organizationZone : next.zone);
        if (loaded) {
            const ZoneRules& zoneRules = **loaded;
            const QDate last = std::max(from->date(), to->date());
            next.customFrom = zoneRules.startOfDay(dayNumber(std::min(from->date(), to->date())));
            next.customTo = zoneRules.startOfDay(zoneRules.addDays(dayNumber(last), 1));
        }
    }
    apply(std::move(next), nextExcluded);
}

void ViewBar::Impl::apply(ViewState next, bool nextExcluded)
{
    const bool changed = next != view || nextExcluded != excluded;
    view = std::move(next);
    excluded = nextExcluded;
    show();
    if (changed)
        Q_EMIT self.viewChanged();
}

ViewBar::ViewBar(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>(*this))
{
    setObjectName(QStringLiteral("viewBar"));
    m_impl->flow = new FlowLayout(this);
    const auto labelled = [this](const QString& text, QWidget* widget, const QString& name) {
        auto* label = new QLabel(text, this);
        label->setBuddy(widget);
        widget->setObjectName(name);
        widget->setAccessibleName(text);
        m_impl->flow->addLabelled(label, widget);
    };

    m_impl->period = new QComboBox(this);
    const std::pair<PeriodPreset, QString> presets[]{
        {PeriodPreset::Today, tr("Today")},          {PeriodPreset::Last24Hours, tr("24 hours")},
        {PeriodPreset::Last7Days, tr("7 days")},     {PeriodPreset::Last30Days, tr("30 days")},
        {PeriodPreset::Last90Days, tr("90 days")},   {PeriodPreset::MonthToDate, tr("Month to date")},
        {PeriodPreset::LastMonth, tr("Last month")}, {PeriodPreset::Custom, tr("Custom")},
    };
    for (const auto& [preset, text] : presets)
        m_impl->period->addItem(text, static_cast<int>(preset));
    labelled(tr("Period"), m_impl->period, QStringLiteral("period"));

    m_impl->from = new QDateEdit(QDate::currentDate().addDays(-6), this);
    m_impl->to = new QDateEdit(QDate::currentDate(), this);
    for (QDateEdit* edit : {m_impl->from, m_impl->to}) {
        edit->setCalendarPopup(true);
        edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    }
    labelled(tr("First day"), m_impl->from, QStringLiteral("firstDay"));
    labelled(tr("Last day"), m_impl->to, QStringLiteral("lastDay"));

    m_impl->group = new QComboBox(this);
    const std::pair<GroupBy, QString> groups[]{
        {GroupBy::Model, tr("Model")},     {GroupBy::Provider, tr("Provider")},
        {GroupBy::Project, tr("Project")}, {GroupBy::Environment, tr("Environment")},
        {GroupBy::Service, tr("Service")},
    };
    for (const auto& [group, text] : groups)
        m_impl->group->addItem(text, static_cast<int>(group));
    labelled(tr("Group by"), m_impl->group, QStringLiteral("groupBy"));

    m_impl->zone = new QComboBox(this);
    labelled(tr("Time zone"), m_impl->zone, QStringLiteral("timeZone"));

    m_impl->show();
    for (QComboBox* box :
         {m_impl->period, m_impl->group, m_impl->zone}) // a narrow window cuts their texts, not the environments
        box->setMinimumWidth(box->fontMetrics().averageCharWidth() * 12);
    for (QComboBox* box : {m_impl->period, m_impl->group, m_impl->zone})
        connect(box, &QComboBox::currentIndexChanged, this, [this] { m_impl->read(); });
    for (QDateEdit* edit : {m_impl->from, m_impl->to})
        connect(edit, &QDateEdit::dateChanged, this, [this] { m_impl->read(); });
}

ViewBar::~ViewBar() = default;

void ViewBar::setChoices(const Organization& organization, const std::vector<Environment>& environments)
{
    if (organization.timeZone == m_impl->organizationZone && environments == m_impl->environments)
        return;
    m_impl->organizationZone = organization.timeZone;
    if (environments != m_impl->environments) {
        qDeleteAll(m_impl->boxes);
        m_impl->boxes.clear();
        m_impl->environments = environments;
        for (const Environment& environment : environments) {
            auto* box = new QCheckBox(UiText::qs(environment.name), this);
            box->setObjectName(QStringLiteral("environment_%1").arg(environment.id.value));
            box->setAccessibleName(box->text());
            m_impl->flow->addWidget(box);
            m_impl->boxes.push_back(box);
            connect(box, &QCheckBox::toggled, this, [this] { m_impl->read(); });
        }
    }
    m_impl->show();
}

const ViewState& ViewBar::view() const
{
    return m_impl->view;
}

void ViewBar::setView(const ViewState& view)
{
    m_impl->apply(view, false);
}

bool ViewBar::isEverythingExcluded() const
{
    return m_impl->excluded;
}

} // namespace sb::ui
