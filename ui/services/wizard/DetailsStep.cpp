// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/wizard/DetailsStep.h"

#include "catalog/ProviderDescriptor.h"
#include "domain/validation/ServiceValidation.h"
#include "kit/FormFields.h"
#include "kit/Named.h"
#include "kit/UiText.h"
#include "services/Labels.h"
#include "storage/StorageService.h"
#include "storage/repositories/ServiceRepository.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sb::ui {

namespace {

constexpr int kAskDelayMs = 250;
constexpr int kSummaryMaximum = 500;

QString key(const char* name)
{
    return QString::fromLatin1(name);
}

} // namespace

DetailsStep::DetailsStep(storage::StorageService& storage, std::function<QString()> gatewayUrl, QWidget* parent)
    : QWidget(parent), m_storage(storage), m_gatewayUrl(std::move(gatewayUrl)), m_fields(new FormFields(this)),
      m_scope(new QComboBox(this)), m_name(new QLineEdit(this)), m_path(new QLineEdit(this)),
      m_url(new QLineEdit(this)), m_summary(new QPlainTextEdit(this)), m_version(new QLineEdit(this)),
      m_labels(new QLineEdit(this))
{
    const QString insecure = tr("Allow http without encryption: key and prompts can be read in the network");
    m_allowInsecure = named(new QCheckBox(insecure, this), "allowInsecure", insecure);
    m_allowInsecure->hide();
    const QString publish = tr("Publish in the Marketplace");
    m_publish = named(new QCheckBox(publish, this), "publish", publish);
    m_summary->setTabChangesFocus(true);
    m_summary->setMaximumHeight(fontMetrics().height() * 4);
    for (QLineEdit* edit : {m_path, m_url})
        edit->setLayoutDirection(Qt::LeftToRight);

    m_fields->addField(key("project"), tr("Scope"), m_scope);
    m_fields->addField(key("name"), tr("Name"), m_name);
    m_fields->addField(key("context_path"), tr("Context Path"), m_path);
    m_fields->addField(key("url"), tr("Service URL"), m_url);
    m_fields->addWide(m_allowInsecure);
    m_fields->addField(key("summary"), tr("Summary"), m_summary);
    m_fields->addField(key("version"), tr("Version"), m_version);
    m_fields->addField(key("labels"), tr("Labels"), m_labels, tr("Separated by commas, such as chat, embeddings."));
    m_fields->addWide(m_publish);

    auto* content = new QWidget(this);
    auto* inner = new QVBoxLayout(content);
    inner->addWidget(m_fields);
    m_fields->setMaximumWidth(fontMetrics().averageCharWidth() * 120);
    inner->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(scroll);

    m_delay.setSingleShot(true);
    m_delay.setInterval(kAskDelayMs);
    connect(&m_delay, &QTimer::timeout, this, [this] {
        m_latest.start(askTaken(), this, [this](Result<Taken> taken) {
            if (taken)
                showTaken(*taken); // when the database is away, Next says so
        });
    });
    connect(m_name, &QLineEdit::textChanged, this, &DetailsStep::nameChanged);
    connect(m_path, &QLineEdit::textChanged, this, &DetailsStep::pathChanged);
    connect(m_path, &QLineEdit::editingFinished, this, &DetailsStep::normalisePath);
    connect(m_url, &QLineEdit::textChanged, this, [this] {
        m_fields->clearIssue(key("url"));
        Q_EMIT urlChanged();
        Q_EMIT changed();
    });
    connect(m_scope, &QComboBox::currentIndexChanged, this, [this] {
        checkLater();
        Q_EMIT changed();
    });
    connect(m_summary, &QPlainTextEdit::textChanged, this, [this] {
        m_fields->setHint(key("summary"),
                          tr("%1 of %2 characters").arg(m_summary->toPlainText().size()).arg(kSummaryMaximum));
        Q_EMIT changed();
    });
    setProjects({});
    load({});
}

void DetailsStep::setProjects(const std::vector<Project>& projects)
{
    const QVariant before = m_scope->currentData();
    const QSignalBlocker quiet(m_scope);
    m_scope->clear();
    m_scope->addItem(tr("Organization: every project may use it"), 0);
    for (const Project& project : projects)
        m_scope->addItem(tr("Project %1 only").arg(UiText::qs(project.name)), project.id.value);
    m_scope->setCurrentIndex(std::max(0, m_scope->findData(before)));
}

void DetailsStep::setProvider(ProviderKind provider)
{
    const catalog::ProviderDescriptor& descriptor = catalog::descriptor(provider);
    m_provider = provider;
    m_url->setPlaceholderText(UiText::qs(descriptor.urlPlaceholder));
    if (m_url->text().isEmpty() || m_url->text() == m_presetUrl)
        m_url->setText(UiText::qs(descriptor.defaultUrl));
    m_presetUrl = UiText::qs(descriptor.defaultUrl);
}

void DetailsStep::load(const ServiceDraft& draft)
{
    m_suggestedPath.clear();
    m_name->setText(UiText::qs(draft.service.name));
    m_path->setText(UiText::qs(draft.service.contextPath));
    m_url->setText(UiText::qs(draft.service.url));
    m_summary->setPlainText(UiText::qs(draft.service.summary));
    m_version->setText(UiText::qs(draft.service.version));
    m_labels->setText(labelsToText(draft.service.labels));
    m_publish->setChecked(draft.service.marketplaceState == MarketplaceState::Published);
    m_allowInsecure->setChecked(draft.allowInsecureUrl);
    m_allowInsecure->setVisible(draft.allowInsecureUrl);
    m_scope->setCurrentIndex(std::max(0, m_scope->findData(draft.service.project.value)));
    m_fields->clearIssues();
    pathChanged();
}

void DetailsStep::read(ServiceDraft& draft) const
{
    draft.service.provider = m_provider;
    draft.service.project = ProjectId(m_scope->currentData().toInt());
    draft.service.scope = draft.service.project.isNone() ? Scope::Organization : Scope::Project;
    draft.service.name = m_name->text().toStdString();
    draft.service.contextPath = validation::normalisedContextPath(m_path->text().toStdString());
    draft.service.url = m_url->text().trimmed().toStdString();
    draft.service.summary = m_summary->toPlainText().toStdString();
    draft.service.version = m_version->text().trimmed().toStdString();
    draft.service.labels = labelsFromText(m_labels->text());
    draft.service.marketplaceState = m_publish->isChecked() ? MarketplaceState::Published : MarketplaceState::Draft;
    draft.allowInsecureUrl = m_allowInsecure->isChecked();
}

void DetailsStep::nameChanged()
{
    const QString suggestion = UiText::qs(validation::suggestContextPath(m_name->text().toStdString()));
    const bool follows = m_path->text().isEmpty() || m_path->text() == m_suggestedPath;
    m_suggestedPath = suggestion;
    if (follows)
        m_path->setText(suggestion);
    m_fields->clearIssue(key("name"));
    checkLater();
    Q_EMIT changed();
}

void DetailsStep::pathChanged()
{
    m_fields->clearIssue(key("context_path"));
    showInvokeUrl();
    checkLater();
    Q_EMIT changed();
}

void DetailsStep::normalisePath()
{
    const QString normalised = UiText::qs(validation::normalisedContextPath(m_path->text().toStdString()));
    if (!m_path->text().isEmpty() && normalised != m_path->text())
        m_path->setText(normalised);
    const FieldIssues issues = validation::checkContextPath(normalised.toStdString());
    if (!m_path->text().isEmpty() && !issues.empty())
        m_fields->showIssue(key("context_path"), UiText::sentence(issues.front()), issues.front().severity);
}

QString DetailsStep::invokeUrl() const
{
    const std::string path = validation::normalisedContextPath(m_path->text().toStdString());
    const FieldIssues issues = validation::checkContextPath(path);
    return m_gatewayUrl() + (issues.empty() ? UiText::qs(path) : QStringLiteral("/…"));
}

void DetailsStep::showInvokeUrl()
{
    m_fields->setHint(key("context_path"), tr("Clients call %1").arg(invokeUrl()));
}

void DetailsStep::checkLater()
{
    m_latest.cancel();
    if (m_name->text().isEmpty() && m_path->text().isEmpty())
        m_delay.stop();
    else
        m_delay.start();
}

QFuture<Result<DetailsStep::Taken>> DetailsStep::askTaken() const
{
    const std::string name = validation::normalisedName(m_name->text().toStdString());
    const std::string path = validation::normalisedContextPath(m_path->text().toStdString());
    const ProjectId project(m_scope->currentData().toInt());
    return m_storage.read([name, path, project](storage::DbSession& db) -> Result<Taken> {
        storage::ServiceRepository services(db);
        Taken taken;
        if (!name.empty()) {
            const auto isFree = services.isNameFree(name, project);
            if (!isFree)
                return isFree.error();
            taken.name = !*isFree;
        }
        if (!path.empty()) {
            const auto isFree = services.isContextPathFree(path);
            if (!isFree)
                return isFree.error();
            taken.path = !*isFree;
        }
        return taken;
    });
}

void DetailsStep::showTaken(const Taken& taken)
{
    if (taken.name)
        m_fields->showIssue(key("name"), UiText::sentence(FieldIssue{"name", "taken"}));
    if (taken.path)
        m_fields->showIssue(key("context_path"), UiText::sentence(FieldIssue{"context_path", "taken"}));
}

FieldIssues DetailsStep::localIssues() const
{
    ServiceDraft draft;
    read(draft);
    FieldIssues issues = validation::check(draft, {});
    std::erase_if(issues, [](const FieldIssue& issue) {
        return issue.field.rfind("environments", 0) == 0; // the next step's matter
    });
    return issues;
}

void DetailsStep::validate(std::function<void(bool ok)> done)
{
    m_delay.stop();
    normalisePath();
    const FieldIssues issues = localIssues();
    showIssues(issues);
    m_latest.start(askTaken(), this, [this, failed = hasErrors(issues), done = std::move(done)](Result<Taken> taken) {
        if (taken)
            showTaken(*taken);
        else
            m_fields->showIssue(
                key("context_path"),
                tr("Whether this path is free could not be checked. %1").arg(UiText::sentence(taken.error())));
        done(!failed && taken && !taken->name && !taken->path);
    });
}

void DetailsStep::showIssues(const FieldIssues& issues)
{
    m_fields->showIssues(issues);
    for (const FieldIssue& issue : issues) {
        if (issue.field == "url" && (issue.code == "insecure" || issue.code == "insecure_accepted"))
            m_allowInsecure->show();
    }
}

bool DetailsStep::focusFirstError()
{
    return m_fields->focusFirstError();
}

} // namespace sb::ui
