// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promptlab/PromptForm.h"

#include "catalog/ProviderDescriptor.h"
#include "domain/validation/ServiceValidation.h"
#include "kit/FormFields.h"
#include "kit/Icons.h"
#include "kit/Named.h"
#include "kit/UiText.h"

#include <QAction>
#include <QComboBox>
#include <QCompleter>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QStringListModel>
#include <QVBoxLayout>

#include <limits>

namespace sb::ui {

namespace {

constexpr double kHottest = 2.0;
constexpr int kVisibleModels = 14;
constexpr int kSystemLines = 6;

QPlainTextEdit* textField(int lines, const QString& placeholder, QWidget* parent)
{
    auto* edit = new QPlainTextEdit(parent);
    edit->setTabChangesFocus(true);
    edit->setPlaceholderText(placeholder);
    edit->setMinimumHeight(edit->fontMetrics().lineSpacing() * lines + edit->frameWidth() * 4);
    return edit;
}

/// The cheap one that the provider's preset names, where the catalogue knows it.
QString proposedModel(const LabCatalogue::Target* target)
{
    if (target == nullptr || target->models.isEmpty())
        return {};
    const QString preset = UiText::qs(catalog::descriptor(target->provider).probeModel);
    return target->models.contains(preset) ? preset : target->models.first();
}

} // namespace

PromptForm::PromptForm(QWidget* parent)
    : QWidget(parent), m_fields(new FormFields(this)), m_target(new QComboBox(this)), m_model(new QLineEdit(this)),
      m_models(new QStringListModel(this)), m_environment(new QComboBox(this)),
      m_system(textField(2, tr("How the model should behave (optional)"), this)),
      m_user(textField(5, tr("What you want to know"), this)), m_maxTokens(new QLineEdit(this)),
      m_temperature(new QLineEdit(this))
{
    // A line edit and not an editable combo box, whose inner editor has no name of its own for assistive technology.
    auto* completer = new QCompleter(m_models, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    completer->setMaxVisibleItems(kVisibleModels);
    m_model->setCompleter(completer);
    const auto showAll = [this, completer] {
        completer->setCompletionPrefix({});
        completer->complete();
        m_model->setFocus();
    };
    auto* choose = m_model->addAction(Icons::get(QStringLiteral("search")), QLineEdit::TrailingPosition);
    choose->setText(tr("Show known models"));
    choose->setToolTip(tr("Show known models (Alt+Down)"));
    choose->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Down));
    choose->setShortcutContext(Qt::WidgetShortcut);
    connect(choose, &QAction::triggered, this, showAll);
    m_system->setMaximumHeight(m_system->fontMetrics().lineSpacing() * kSystemLines);
    m_maxTokens->setPlaceholderText(tr("The provider's own"));
    m_temperature->setPlaceholderText(tr("The model's own, 0 to 2"));

    m_fields->addField(QStringLiteral("target"), tr("Service or route"), m_target);
    m_fields->addField(QStringLiteral("model"), tr("Model"), m_model);
    m_fields->addField(QStringLiteral("environment"), tr("Environment"), m_environment);
    m_fields->addField(QStringLiteral("system"), tr("System"), m_system);
    m_fields->addField(QStringLiteral("user"), tr("User"), m_user);
    m_fields->addField(QStringLiteral("max_tokens"), tr("Maximum tokens"), m_maxTokens);
    m_fields->addField(QStringLiteral("temperature"), tr("Temperature"), m_temperature);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_fields);

    connect(m_target, &QComboBox::currentIndexChanged, this, [this] {
        showTarget();
        Q_EMIT targetChanged();
    });
    connect(m_environment, &QComboBox::currentIndexChanged, this, &PromptForm::targetChanged);
    const auto clears = [this](const char* key) { return [this, key] { m_fields->clearIssue(QLatin1String(key)); }; };
    connect(m_model, &QLineEdit::textChanged, this, clears("model"));
    connect(m_user, &QPlainTextEdit::textChanged, this, clears("user"));
    connect(m_maxTokens, &QLineEdit::textChanged, this, clears("max_tokens"));
    connect(m_temperature, &QLineEdit::textChanged, this, clears("temperature"));
}

void PromptForm::setCatalogue(const LabCatalogue& catalogue)
{
    const QString before = target();
    const QString typed = model();
    m_catalogue = catalogue;
    {
        const QSignalBlocker quiet(m_target);
        m_target->clear();
        for (const LabCatalogue::Target& t : m_catalogue.targets)
            m_target->addItem(t.isRoute() ? tr("%1 (route)").arg(t.name) : tr("%1 (%2)").arg(t.name, t.key), t.key);
        m_target->setCurrentIndex(std::max(0, m_target->findData(before)));
    }
    showTarget();
    if (!typed.isEmpty() && target() == before)
        m_model->setText(typed); // the list was only read again
    Q_EMIT targetChanged();
}

void PromptForm::showTarget()
{
    const LabCatalogue::Target* chosen = m_catalogue.find(target());
    const QString model = this->model();
    const int environment = m_environment->currentData().toInt();
    {
        const QSignalBlocker quietEnvironment(m_environment);
        m_environment->clear();
        m_models->setStringList(chosen ? chosen->models : QStringList());
        if (chosen != nullptr) {
            for (const EnvironmentId id : chosen->environments)
                m_environment->addItem(m_catalogue.environmentName(id), id.value);
        }
        // Another service: a model that it does not list stays only if it lists none at all.
        const bool keeps = !model.isEmpty() && (m_models->stringList().contains(model) || m_models->rowCount() == 0);
        const bool isRoute = chosen != nullptr && chosen->isRoute();
        m_model->setText(isRoute ? QString() : keeps ? model : proposedModel(chosen));
        m_model->setEnabled(!isRoute);
        m_model->setPlaceholderText(isRoute ? tr("The route chooses the model") : tr("As the provider calls it"));
        m_environment->setCurrentIndex(std::max(0, m_environment->findData(environment)));
    }
    m_fields->clearIssues();
}

void PromptForm::choose(const QString& target, const QString& model, EnvironmentId environment)
{
    if (const int at = m_target->findData(target); at >= 0)
        m_target->setCurrentIndex(at);
    if (!model.isEmpty() && m_model->isEnabled())
        m_model->setText(model);
    if (const int at = m_environment->findData(environment.value); at >= 0)
        m_environment->setCurrentIndex(at);
}

void PromptForm::setRequest(const promptlab::LabRequest& request)
{
    choose(request.target, request.model, request.environment);
    m_system->setPlainText(request.system);
    m_user->setPlainText(request.user);
    m_maxTokens->setText(request.maxTokens ? QString::number(*request.maxTokens) : QString());
    m_temperature->setText(request.temperature ? locale().toString(*request.temperature) : QString());
}

std::optional<promptlab::LabRequest> PromptForm::read()
{
    m_fields->clearIssues();
    promptlab::LabRequest request;
    request.target = target();
    request.model = request.isToRoute() ? request.target : model();
    request.environment = environment();
    request.system = m_system->toPlainText().trimmed();
    request.user = m_user->toPlainText().trimmed();
    FieldIssues issues;
    if (const LabCatalogue::Target* chosen = m_catalogue.find(request.target))
        request.provider = chosen->provider;
    else
        issues.push_back({"target", "required"});
    if (request.model.isEmpty())
        issues.push_back({"model", "required"});
    if (request.user.isEmpty())
        issues.push_back({"user", "required"});

    const auto maximum = validation::readCount(m_maxTokens->text().toStdString());
    if (!maximum || maximum->value_or(1) > std::numeric_limits<int>::max())
        issues.push_back({"max_tokens", "bad_number"});
    else if (*maximum)
        request.maxTokens = static_cast<int>(**maximum);
    m_fields->showIssues(issues);

    bool good = true;
    if (const QString typed = m_temperature->text().trimmed(); !typed.isEmpty()) {
        double value = locale().toDouble(typed, &good);
        if (!good)
            value = QLocale::c().toDouble(typed, &good);
        good = good && value >= 0 && value <= kHottest;
        if (good)
            request.temperature = value;
        else
            m_fields->showIssue(QStringLiteral("temperature"), tr("Write a number from 0 to 2, or leave it empty."));
    }
    if (!issues.empty() || !good) {
        m_fields->focusFirstError();
        return std::nullopt;
    }
    return request;
}

void PromptForm::focusUserText()
{
    m_user->setFocus();
}

QString PromptForm::target() const
{
    return m_target->currentData().toString();
}

QString PromptForm::model() const
{
    return m_model->text().trimmed();
}

EnvironmentId PromptForm::environment() const
{
    return EnvironmentId(m_environment->currentData().toInt());
}

} // namespace sb::ui
