// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "DrainDialog.h"

#include "kit/Named.h"
#include "runtime/GatewayHost.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sb::ui {

namespace {
constexpr int kGraceSeconds = 30;
}

DrainDialog::DrainDialog(runtime::GatewayHost& gateway, QWidget* parent)
    : QDialog(parent), m_gateway(gateway), m_text(new QLabel(this)), m_secondsLeft(kGraceSeconds)
{
    setWindowTitle(tr("Closing Signalbox"));
    setObjectName(QStringLiteral("drain"));
    m_text->setWordWrap(true);
    m_text->setMinimumWidth(fontMetrics().averageCharWidth() * 50);
    auto* stop = named(new QPushButton(tr("Stop now"), this), "drainStop", tr("Stop now"));
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_text);
    column->addWidget(stop, 0, Qt::AlignTrailing);
    connect(stop, &QPushButton::clicked, this, &QDialog::accept);
    connect(&m_gateway, &runtime::GatewayHost::stateChanged, this, &DrainDialog::update);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        --m_secondsLeft;
        update();
    });
    m_timer.start(1000);
    update();
}

void DrainDialog::update()
{
    const bool over = m_gateway.state() == runtime::GatewayHost::State::Stopped ||
                      m_gateway.state() == runtime::GatewayHost::State::Failed;
    if (over || m_secondsLeft <= 0) {
        accept();
        return;
    }
    const int active = static_cast<int>(m_gateway.live().counters.activeRequests);
    m_text->setText(tr("The gateway is finishing %n running request(s).", nullptr, active) + QLatin1Char(' ') +
                    tr("Signalbox closes in at most %n second(s).", nullptr, m_secondsLeft));
}

} // namespace sb::ui
