// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/ConnectionDetails.h"

#include "connections/ConnectionText.h"
#include "connections/SnippetTabs.h"
#include "kit/CopyField.h"
#include "kit/ListColumns.h"
#include "kit/Named.h"
#include "kit/StatePill.h"
#include "kit/UiText.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>
#include <QVBoxLayout>

namespace sb::ui {

ConnectionDetails::ConnectionDetails(const ConnectionsSlice& slice, QWidget* parent)
    : QWidget(parent), m_slice(slice), m_title(new QLabel(this)), m_address(new CopyField(tr("Base URL"), this)),
      m_keys(named(new QTableView(this), "connectionKeys", tr("Keys"))),
      m_revoke(named(new QPushButton(tr("Revoke key"), this), "revokeKey", tr("Revoke key"))),
      m_environment(new QComboBox(this)),
      m_newKey(named(new QPushButton(tr("New key"), this), "newKey", tr("New key"))), m_snippets(new SnippetTabs(this))
{
    m_title->setTextFormat(Qt::PlainText);
    QFont bold = m_title->font();
    bold.setWeight(QFont::DemiBold);
    bold.setPointSizeF(bold.pointSizeF() * 1.15);
    m_title->setFont(bold);

    using Column = TableColumn<KeyRow>;
    std::vector<Column> columns;
    columns.push_back(Column(tr("Environment"), [](const KeyRow& row) { return row.environment; }));
    columns.push_back(Column(tr("Key"), [](const KeyRow& row) { return ConnectionText::masked(row.key); }));
    columns.push_back(
        Column(tr("State"), [this](const KeyRow& row) {
            return ConnectionText::stateOf(row.key, m_slice.clock.now()).word;
        }).withTone([this](const KeyRow& row) { return ConnectionText::stateOf(row.key, m_slice.clock.now()).tone; }));
    columns.push_back(Column(tr("Created"), [](const KeyRow& row) { return UiText::dateTime(row.key.created); }));
    columns.push_back(Column(tr("Expires"), [](const KeyRow& row) {
        return row.key.expires ? UiText::dateTime(*row.key.expires) : tr("never");
    }));
    m_model = new Model(
        std::move(columns), [](const KeyRow& row) { return row.key.publicId; }, this);
    m_keys->setModel(m_model);
    m_keys->setItemDelegate(new StateDelegate(m_keys));
    m_keys->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_keys->setSelectionMode(QAbstractItemView::SingleSelection);
    m_keys->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_keys->setTabKeyNavigation(false);
    m_keys->setShowGrid(false);
    m_keys->verticalHeader()->hide();
    m_keys->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    new ListColumns(m_keys, QStringLiteral("environment key state created expires").split(QLatin1Char(' ')));
    m_keys->setMinimumHeight(m_keys->fontMetrics().lineSpacing() * 7);

    auto* addressRow = new QHBoxLayout;
    auto* addressLabel = new QLabel(tr("Base URL"), this);
    addressLabel->setBuddy(m_address->edit());
    addressRow->addWidget(addressLabel);
    addressRow->addWidget(m_address, 1);
    auto* lab = named(new QPushButton(tr("Try in Prompt Lab"), this), "connectionTryInLab", tr("Try in Prompt Lab"));
    addressRow->addWidget(lab);

    auto* keyRow = new QHBoxLayout;
    auto* environmentLabel = new QLabel(tr("New key for"), this);
    environmentLabel->setBuddy(m_environment);
    m_environment->setObjectName(QStringLiteral("newKeyEnvironment"));
    m_newKey->setToolTip(tr("A further key of 90 days, for replacing one without an interruption: the older one stays "
                            "valid until you revoke it."));
    keyRow->addWidget(m_revoke);
    keyRow->addStretch(1);
    keyRow->addWidget(environmentLabel);
    keyRow->addWidget(m_environment);
    keyRow->addWidget(m_newKey);

    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins({});
    column->addWidget(m_title);
    column->addLayout(addressRow);
    column->addWidget(m_keys, 1);
    column->addLayout(keyRow);
    column->addWidget(m_snippets, 1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(scroll);

    m_newKey->setEnabled(false);
    showButtons();
    connect(m_keys->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ConnectionDetails::showButtons);
    connect(m_revoke, &QPushButton::clicked, this, [this] {
        if (const auto row = current())
            Q_EMIT revokeRequested(UiText::qs(row->key.publicId), row->environment);
    });
    connect(m_newKey, &QPushButton::clicked, this,
            [this] { Q_EMIT newKeyRequested(EnvironmentId(m_environment->currentData().toInt())); });
    connect(lab, &QPushButton::clicked, this, &ConnectionDetails::labRequested);
}

void ConnectionDetails::show(const storage::ConnectionListRow& row, const ConnectionsContent& content)
{
    const QString name = UiText::qs(row.connection.name);
    const QString url = m_slice.gatewayAddress() + UiText::qs(row.contextPath);
    m_title->setText(name);
    m_address->setValue(url);
    std::vector<KeyRow> keys;
    for (const Environment& environment : content.environments) {
        for (const GatewayKey& key : row.keys) {
            if (key.environment == environment.id)
                keys.push_back({key, UiText::qs(environment.name)});
        }
    }
    m_model->setRows(std::move(keys));
    if (!m_keys->currentIndex().isValid() && m_model->rowCount() > 0)
        m_keys->selectRow(0);

    const storage::ServiceListRow* service = content.service(row.connection.service);
    const int chosen = m_environment->currentData().toInt();
    m_environment->clear();
    for (const Environment& environment : content.environments) {
        const auto state = service ? service->states.find(environment.id) : decltype(service->states.begin()){};
        const bool configured =
            service && state != service->states.end() && state->second != DeploymentState::NotConfigured;
        if (configured || !row.connection.route.isNone())
            m_environment->addItem(UiText::qs(environment.name), environment.id.value);
    }
    m_environment->setCurrentIndex(std::max(0, m_environment->findData(chosen)));
    m_newKey->setEnabled(m_environment->count() > 0);
    m_snippets->setConnection(name, content.callee(row.connection.service, row.routeName),
                              ConnectionText::dotEnv(name, url, tr("paste the key here")), false);
    showButtons();
}

std::optional<ConnectionDetails::KeyRow> ConnectionDetails::current() const
{
    const QModelIndex index = m_keys->currentIndex();
    return index.isValid() ? std::optional(m_model->rowAt(index.row())) : std::nullopt;
}

void ConnectionDetails::showButtons()
{
    const auto row = current();
    m_revoke->setEnabled(row && !row->key.revoked);
    m_revoke->setToolTip(!row               ? tr("Choose a key first.")
                         : row->key.revoked ? tr("This key is revoked already.")
                                            : QString());
}

} // namespace sb::ui
