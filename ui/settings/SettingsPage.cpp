// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/SettingsPage.h"

#include "async/OnResult.h"
#include "kit/FormFields.h"
#include "kit/MessageBar.h"
#include "kit/Named.h"
#include "kit/PageHeader.h"
#include "kit/StatePill.h"
#include "kit/UiText.h"
#include "runtime/LocalHosts.h"
#include "secrets/SecretStore.h"
#include "settings/AppSettings.h"
#include "settings/Settings.h"
#include "settings/SettingsText.h"
#include "storage/DatabaseUrl.h"
#include "storage/StorageService.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace sb::ui {

namespace {

using secrets::KeychainState;
using settings::AppSettings;
using settings::Origin;
using settings::SettingKey;
namespace Keys = settings::Settings;

constexpr int kFormCharacters = 110; ///< longer lines are hard to read
const QLatin1String kPasswordEntry("database-password");

template <class T>
QString originOf(const AppSettings& settings, const SettingKey<T>& key)
{
    return SettingsText::origin(settings.origin(key), key.variable, key.option);
}

template <class T>
bool isOverridden(const AppSettings& settings, const SettingKey<T>& key)
{
    const Origin origin = settings.origin(key);
    return origin == Origin::CommandLine || origin == Origin::Environment;
}

void selectData(QComboBox* box, const QString& wanted)
{
    const QSignalBlocker blocker(box);
    const int at = box->findData(wanted);
    box->setCurrentIndex(at < 0 ? 0 : at);
}

Tone toneOf(KeychainState state)
{
    switch (state) {
    case KeychainState::Unknown:
        return Tone::Neutral;
    case KeychainState::Available:
        return Tone::Good;
    case KeychainState::LockedOrAbsent:
    case KeychainState::NoService:
        return Tone::Warning;
    }
    return Tone::Neutral;
}

} // namespace

struct SettingsPage::Impl {
    SettingsPage& self;
    AppSettings& settings;
    storage::StorageService& storage;
    secrets::SecretStore& secrets;
    std::function<void(const QString&, quint16)> setListen;

    MessageBar* message = nullptr;
    FormFields* general = nullptr;
    QComboBox* language = nullptr;
    QComboBox* theme = nullptr;
    FormFields* gateway = nullptr;
    QLineEdit* listen = nullptr;
    QLineEdit* localHosts = nullptr;
    QCheckBox* startGateway = nullptr;
    FormFields* store = nullptr;
    QLabel* current = nullptr;
    QLineEdit* database = nullptr;
    QPushButton* applyDatabase = nullptr;
    StatePill* keychain = nullptr;
    QLabel* keychainAdvice = nullptr;
    QPushButton* probe = nullptr;

    Impl(SettingsPage& page, AppSettings& appSettings, storage::StorageService& storageService,
         secrets::SecretStore& store_, std::function<void(const QString&, quint16)> listenSetter)
        : self(page), settings(appSettings), storage(storageService), secrets(store_),
          setListen(std::move(listenSetter))
    {
    }

    void build();
    QWidget* buildGeneral();
    QWidget* buildGateway();
    QWidget* buildStorage();
    QWidget* buildSecrets();
    void show();
    void showKeychain();
    template <class T>
    void save(const SettingKey<T>& key, const T& value);
    void saveListen();
    void saveLocalHosts();
    void saveDatabase();
    void storeDatabaseUrl(const QString& url);
};

template <class T>
void SettingsPage::Impl::save(const SettingKey<T>& key, const T& value)
{
    if (const auto saved = settings.set(key, value); !saved)
        message->showError(saved.error());
    show();
}

QWidget* SettingsPage::Impl::buildGeneral()
{
    language = new QComboBox;
    language->setObjectName(QStringLiteral("language"));
    language->addItem(tr("Language of the system"), QString());
    language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    language->addItem(QStringLiteral("Deutsch"), QStringLiteral("de"));
    theme = new QComboBox;
    theme->setObjectName(QStringLiteral("theme"));
    theme->addItem(tr("As the system"), QStringLiteral("system"));
    theme->addItem(tr("Light"), QStringLiteral("light"));
    theme->addItem(tr("Dark"), QStringLiteral("dark"));
    general = new FormFields;
    general->addField(QStringLiteral("language"), tr("Language"), language);
    general->addField(QStringLiteral("theme"), tr("Theme"), theme);
    auto* box = new QGroupBox(tr("General and appearance"));
    auto* layout = new QVBoxLayout(box);
    layout->addWidget(general);
    connect(language, &QComboBox::currentIndexChanged, &self,
            [this] { save(Keys::language, language->currentData().toString()); });
    connect(theme, &QComboBox::currentIndexChanged, &self,
            [this] { save(Keys::theme, theme->currentData().toString()); });
    return box;
}

QWidget* SettingsPage::Impl::buildGateway()
{
    listen = new QLineEdit;
    listen->setObjectName(QStringLiteral("listen"));
    startGateway = named(new QCheckBox(tr("Start the gateway with the program")), "startGateway",
                         tr("Start the gateway with the program"));
    gateway = new FormFields;
    gateway->addField(QStringLiteral("listen"), tr("Listen address"), listen);
    gateway->addField(QStringLiteral("startGateway"), tr("At start"), startGateway);
    localHosts = new QLineEdit;
    localHosts->setObjectName(QStringLiteral("localHosts"));
    gateway->addField(QStringLiteral("localHosts"), tr("Local hosts"), localHosts);
    auto* box = new QGroupBox(tr("Gateway"));
    auto* layout = new QVBoxLayout(box);
    layout->addWidget(gateway);
    connect(listen, &QLineEdit::textChanged, &self, [this] { saveListen(); });
    connect(startGateway, &QCheckBox::toggled, &self, [this](bool on) { save(Keys::startGateway, on); });
    connect(localHosts, &QLineEdit::textChanged, &self, [this] { saveLocalHosts(); });
    return box;
}

QWidget* SettingsPage::Impl::buildStorage()
{
    current = new QLabel;
    current->setObjectName(QStringLiteral("currentDatabase"));
    current->setWordWrap(true);
    current->setTextFormat(Qt::PlainText);
    current->setTextInteractionFlags(Qt::TextSelectableByMouse);
    database = new QLineEdit;
    database->setObjectName(QStringLiteral("databaseUrl"));
    database->setPlaceholderText(QStringLiteral("postgresql://user@host:5432/name?sslmode=verify-full"));
    applyDatabase = named(new QPushButton(tr("Use at the next start")), "applyDatabase", tr("Use at the next start"));
    store = new FormFields;
    store->addField(QStringLiteral("database_url"), tr("Database URL"), database);
    auto* box = new QGroupBox(tr("Storage"));
    auto* layout = new QVBoxLayout(box);
    layout->addWidget(current);
    layout->addWidget(store);
    layout->addWidget(applyDatabase, 0, Qt::AlignLeft);
    connect(applyDatabase, &QPushButton::clicked, &self, [this] { saveDatabase(); });
    connect(database, &QLineEdit::textChanged, &self, [this] { store->clearIssues(); });
    connect(&storage, &storage::StorageService::healthChanged, &self, [this] { show(); });
    return box;
}

QWidget* SettingsPage::Impl::buildSecrets()
{
    keychain = new StatePill;
    keychain->setObjectName(QStringLiteral("keychainState"));
    keychainAdvice = new QLabel;
    keychainAdvice->setObjectName(QStringLiteral("keychainAdvice"));
    keychainAdvice->setWordWrap(true);
    probe = named(new QPushButton(tr("Test keychain")), "testKeychain", tr("Test keychain"));
    auto* row = new QHBoxLayout;
    row->addWidget(new QLabel(tr("System keychain")));
    row->addWidget(keychain);
    row->addWidget(probe);
    row->addStretch(1);
    auto* box = new QGroupBox(tr("Secrets"));
    auto* layout = new QVBoxLayout(box);
    layout->addLayout(row);
    layout->addWidget(keychainAdvice);
    connect(probe, &QPushButton::clicked, &self, [this] {
        probe->setEnabled(false);
        probe->setToolTip(tr("The keychain is being asked."));
        onResult(secrets.probe(), &self, [this](Result<KeychainState>) {
            probe->setEnabled(true);
            probe->setToolTip(QString());
            showKeychain();
        });
    });
    connect(&secrets, &secrets::SecretStore::keychainStateChanged, &self, [this] { showKeychain(); });
    return box;
}

void SettingsPage::Impl::build()
{
    message = new MessageBar(tr("settings message"));
    auto* content = new QWidget;
    content->setMaximumWidth(content->fontMetrics().averageCharWidth() * kFormCharacters);
    auto* sections = new QVBoxLayout(content);
    sections->addWidget(buildGeneral());
    sections->addWidget(buildGateway());
    sections->addWidget(buildStorage());
    sections->addWidget(buildSecrets());
    sections->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("settingsScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto* header = new PageHeader(tr("Settings"));
    header->setSubtitle(tr("Changes are kept on this computer and apply at once, unless they say when."));
    auto* layout = new QVBoxLayout(&self);
    layout->setContentsMargins({});
    layout->addWidget(header);
    layout->addWidget(message);
    layout->addWidget(scroll, 1);
    connect(&settings, &AppSettings::changed, &self, [this] { show(); });
    connect(&settings, &AppSettings::saveFailed, &self, [this](const Error& error) { message->showError(error); });
    for (const Error& problem : settings.problems()) {
        if (!SettingsText::concernsTheFile(problem)) // the window says those at the start
            message->showMessage(
                {Tone::Warning, SettingsText::problem(problem, settings.damagedFile()), {}, UiText::qs(problem.what)});
    }
}

void SettingsPage::Impl::show()
{
    selectData(language, settings.value(Keys::language));
    selectData(theme, settings.value(Keys::theme));
    general->setHint(QStringLiteral("language"),
                     tr("%1 Takes effect at the next start.").arg(originOf(settings, Keys::language)));
    general->setHint(QStringLiteral("theme"), originOf(settings, Keys::theme));

    const QString address = settings.value(Keys::listen);
    if (!gateway->hasError(QStringLiteral("listen")) && listen->text().trimmed() != address) {
        const QSignalBlocker blocker(listen);
        listen->setText(address);
    }
    listen->setReadOnly(isOverridden(settings, Keys::listen));
    gateway->setHint(QStringLiteral("listen"),
                     tr("%1 Takes effect the next time the gateway starts.").arg(originOf(settings, Keys::listen)));
    {
        const QSignalBlocker blocker(startGateway);
        startGateway->setChecked(settings.value(Keys::startGateway));
    }
    gateway->setHint(QStringLiteral("startGateway"), originOf(settings, Keys::startGateway));
    const QStringList hosts = settings.value(Keys::localHosts);
    if (!gateway->hasError(QStringLiteral("localHosts")) && SettingsText::hostList(localHosts->text()) != hosts) {
        const QSignalBlocker blocker(localHosts);
        localHosts->setText(hosts.join(QStringLiteral(", ")));
    }
    gateway->setHint(QStringLiteral("localHosts"),
                     tr("Model servers, separated by commas, whose names may lead into your own network. Takes effect "
                        "the next time the gateway starts."));

    const QString stored = settings.value(Keys::databaseUrl);
    const bool overridden = isOverridden(settings, Keys::databaseUrl);
    current->setText(tr("In use: %1").arg(storage.health().location));
    if (!store->hasError(QStringLiteral("database_url")) && !database->isModified()) {
        const auto url = storage::DatabaseUrl::parse(stored);
        database->setText(url ? url->masked() : stored);
    }
    database->setReadOnly(overridden);
    applyDatabase->setEnabled(!overridden);
    applyDatabase->setToolTip(overridden ? originOf(settings, Keys::databaseUrl) : QString());
    store->setHint(
        QStringLiteral("database_url"),
        tr("%1 Empty means the SQLite file of the profile. A password is kept in the keychain. The database is opened "
           "at the next start of the program.")
            .arg(originOf(settings, Keys::databaseUrl)));
    showKeychain();
}

void SettingsPage::Impl::showKeychain()
{
    const KeychainState state = secrets.keychainState();
    keychain->setState(toneOf(state), SettingsText::keychain(state));
    keychainAdvice->setText(SettingsText::keychainAdvice(state));
    keychainAdvice->setVisible(!keychainAdvice->text().isEmpty());
}

void SettingsPage::Impl::saveListen()
{
    const auto parsed = SettingsText::parseListen(listen->text());
    if (!parsed) {
        const QString why = parsed.error().field == "beyond_loopback"
                                ? UiText::sentence(parsed.error())
                                : tr("Write it as HOST:PORT, for example 127.0.0.1:8484.");
        gateway->showIssue(QStringLiteral("listen"), tr("%1 It is not saved yet.").arg(why));
        return;
    }
    gateway->clearIssue(QStringLiteral("listen"));
    save(Keys::listen, listen->text().trimmed());
    setListen(parsed->first, parsed->second);
}

void SettingsPage::Impl::saveLocalHosts()
{
    const QStringList hosts = SettingsText::hostList(localHosts->text());
    if (!runtime::readLocalHosts(hosts)) {
        gateway->showIssue(QStringLiteral("localHosts"),
                           tr("Write host names without port, separated by commas. They are not saved yet."));
        return;
    }
    gateway->clearIssue(QStringLiteral("localHosts"));
    save(Keys::localHosts, hosts);
}

void SettingsPage::Impl::saveDatabase()
{
    const QString text = database->text().trimmed();
    if (text.isEmpty()) {
        storeDatabaseUrl(QString());
        return;
    }
    const auto url = storage::DatabaseUrl::parse(text);
    if (!url) {
        store->showIssue(QStringLiteral("database_url"),
                         tr("This is no database URL: %1. It is not saved.").arg(UiText::qs(url.error().what)));
        return;
    }
    if (url->password.isEmpty() || url->password == QLatin1String("****")) {
        storeDatabaseUrl(text);
        return;
    }
    const SecretRef ref{SecretRef::Kind::Keychain, kPasswordEntry.latin1()};
    onResult(secrets.write(ref, Secret(url->password.toStdString())), &self, [this, ref, text](Result<void> written) {
        if (!written) {
            store->showIssue(QStringLiteral("database_url"),
                             tr("The password could not be put into the keychain, so nothing is saved. %1")
                                 .arg(UiText::sentence(written.error())));
            return;
        }
        if (const auto saved = settings.set(Keys::databasePassword, UiText::qs(ref.toString())); !saved) {
            message->showError(saved.error());
            return;
        }
        storeDatabaseUrl(SettingsText::withoutPassword(text));
    });
}

void SettingsPage::Impl::storeDatabaseUrl(const QString& url)
{
    database->setModified(false);
    if (const auto saved = settings.set(Keys::databaseUrl, url); !saved) {
        message->showError(saved.error());
        return;
    }
    message->showMessage(
        {Tone::Info, tr("Saved. The database is opened at the next start of the program; nothing is copied "
                        "from the present one.")});
    show();
}

SettingsPage::SettingsPage(AppSettings& settings, storage::StorageService& storage, secrets::SecretStore& secrets,
                           std::function<void(const QString&, quint16)> setListen, QWidget* parent)
    : Page(parent), m_impl(std::make_unique<Impl>(*this, settings, storage, secrets, std::move(setListen)))
{
    setObjectName(QStringLiteral("settingsPage"));
    m_impl->build();
    m_impl->show();
}

SettingsPage::~SettingsPage() = default;

void SettingsPage::activate()
{
    m_impl->show();
}

} // namespace sb::ui
