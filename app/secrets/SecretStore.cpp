// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/SecretStore.h"

#include "secrets/KeychainLock.h"
#include "secrets/KeychainQueue.h"
#include "secrets/OriginBindings.h"
#include "secrets/SecretFile.h"

#include <QDir>
#include <QPromise>
#include <QThreadPool>

#include <cstdlib>

namespace sb::secrets {

namespace {

constexpr int kKeychainLimitMs = 5000;

template <class T>
using Promise = std::shared_ptr<QPromise<T>>;

template <class T>
Promise<T> started()
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    return promise;
}

template <class T>
void finish(const Promise<T>& promise, T value)
{
    promise->addResult(std::move(value));
    promise->finish();
}

Result<Secret> readVariable(const std::string& name)
{
    const char* value = std::getenv(name.c_str()); // NOLINT(concurrency-mt-unsafe): nobody changes the environment
    if (value == nullptr || *value == '\0')
        return Error{ErrorCode::NotFound, "the environment variable " + name + " is not set", "variable"};
    return Secret(std::string_view(value));
}

Result<Secret> readLocal(const SecretRef& ref)
{
    return ref.kind == SecretRef::Kind::File ? readSecretFile(ref.name) : readVariable(ref.name);
}

Error boundElsewhere(const SecretRef& ref, const std::string& bound, const std::string& wanted)
{
    return {ErrorCode::PermissionDenied, ref.toString() + " is bound to " + bound + " and was not sent to " + wanted,
            "origin"};
}

Error notWritable(const SecretRef& ref)
{
    return {ErrorCode::InvalidArgument,
            ref.isNone() ? "no secret is referenced" : ref.toString() + ": environment variables are read only"};
}

Error locked()
{
    return {ErrorCode::PermissionDenied, "the keychain is locked", "keychain"};
}

bool isLocal(const SecretRef& ref)
{
    return ref.kind == SecretRef::Kind::Environment || ref.kind == SecretRef::Kind::File;
}

} // namespace

struct SecretStore::Impl {
    Impl(SecretStore* owner, QString application, const QString& profile)
        : q(owner), keychain(std::move(application), kKeychainLimitMs),
          bindings(std::make_shared<OriginBindings>(QDir(profile).filePath(QStringLiteral("bindings.json"))))
    {
        disk.setMaxThreadCount(1);
        // The password was given after all.
        QObject::connect(&keychain, &KeychainQueue::answeredLate, q, [this] {
            lock.ask([this](std::optional<bool> isLocked) {
                if (isLocked == false && state == KeychainState::LockedOrAbsent)
                    q->probe();
            });
        });
    }
    ~Impl()
    {
        disk.clear();
        disk.waitForDone();
    }

    void setState(KeychainState value)
    {
        if (std::exchange(state, value) != value)
            Q_EMIT q->keychainStateChanged(value);
    }

    /// What any answer of the keychain says about it. "Not found" says nothing: a locked collection answers like that,
    /// too (see readEntry).
    template <class T>
    void learn(const Result<T>& answer)
    {
        if (answer)
            setState(KeychainState::Available);
        else if (answer.error().code == ErrorCode::Unavailable)
            setState(KeychainState::NoService);
        else if (answer.error().code == ErrorCode::Timeout || answer.error().code == ErrorCode::PermissionDenied)
            setState(KeychainState::LockedOrAbsent);
    }

    using EntryRead = std::function<void(Result<KeychainEntry>)>;

    void readEntry(const QString& name, EntryRead then)
    {
        keychain.read(name, [this, then = std::move(then)](Result<KeychainEntry> entry) {
            learn(entry);
            if (entry || entry.error().code != ErrorCode::NotFound)
                return then(std::move(entry));
            lock.ask([this, then, missing = std::move(entry).error()](std::optional<bool> isLocked) {
                if (!isLocked.value_or(false))
                    return then(missing);
                setState(KeychainState::LockedOrAbsent);
                then(locked());
            });
        });
    }

    /// For what nobody is waiting for: a person who refused the password is not asked for it again.
    void readEntryQuietly(const QString& name, EntryRead then)
    {
        if (state != KeychainState::LockedOrAbsent)
            return readEntry(name, std::move(then));
        lock.ask([this, name, then = std::move(then)](std::optional<bool> isLocked) {
            if (isLocked.value_or(false))
                then(locked());
            else
                readEntry(name, then);
        });
    }

    /// Notes a keychain entry in the list of those that were written here, as far as that can be written, and goes on.
    void list(const SecretRef& ref, const std::string& origin, std::function<void()> then)
    {
        disk.start([this, ref, origin, then = std::move(then), bindings = bindings] {
            static_cast<void>(bindings->bind(ref, origin));
            QMetaObject::invokeMethod(q, then, Qt::QueuedConnection);
        });
    }

    void strike(const SecretRef& ref)
    {
        disk.start([ref, bindings = bindings] { static_cast<void>(bindings->forget(ref)); });
    }

    SecretStore* q;
    KeychainState state = KeychainState::Unknown;
    KeychainLock lock;
    KeychainQueue keychain;
    QThreadPool disk; ///< one thread: variables, files and their bindings
    std::shared_ptr<OriginBindings> bindings;
};

SecretStore::SecretStore(QString application, QString profileDirectory, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(this, std::move(application), profileDirectory))
{
}

SecretStore::~SecretStore() = default;

KeychainState SecretStore::keychainState() const
{
    return m_impl->state;
}

QFuture<Result<Secret>> SecretStore::read(const SecretRef& ref)
{
    auto promise = started<Result<Secret>>();
    auto future = promise->future();
    if (ref.isNone()) {
        finish(promise, Result<Secret>(Error{ErrorCode::InvalidArgument, "no secret is referenced"}));
    } else if (isLocal(ref)) {
        m_impl->disk.start([promise, ref] { finish(promise, readLocal(ref)); });
    } else {
        m_impl->keychain.enqueue([this, promise, ref](KeychainQueue::Done done) {
            m_impl->readEntry(QString::fromStdString(ref.name), [promise, done](Result<KeychainEntry> entry) {
                if (entry)
                    finish(promise, Result<Secret>(std::move(entry->secret)));
                else
                    finish(promise, Result<Secret>(std::move(entry).error()));
                done();
            });
        });
    }
    return future;
}

QFuture<Result<Secret>> SecretStore::readFor(const SecretRef& ref, const std::string& origin, FirstUse firstUse)
{
    if (ref.isNone() || origin.empty())
        return read(SecretRef{}); // refused there
    auto promise = started<Result<Secret>>();
    auto future = promise->future();
    const bool binds = firstUse == FirstUse::Binds;
    if (isLocal(ref)) {
        m_impl->disk.start([promise, ref, origin, binds, bindings = m_impl->bindings] {
            auto bound = bindings->originOf(ref);
            if (!bound)
                return finish(promise, Result<Secret>(std::move(bound).error()));
            if (*bound && **bound != origin)
                return finish(promise, Result<Secret>(boundElsewhere(ref, **bound, origin)));
            auto secret = readLocal(ref);
            if (secret && !*bound && binds) {
                if (auto kept = bindings->bind(ref, origin); !kept)
                    return finish(promise, Result<Secret>(std::move(kept).error()));
            }
            finish(promise, std::move(secret));
        });
        return future;
    }
    m_impl->keychain.enqueue([this, promise, ref, origin, binds](KeychainQueue::Done done) {
        const QString name = QString::fromStdString(ref.name);
        m_impl->readEntryQuietly(name, [this, promise, ref, origin, binds, name, done](Result<KeychainEntry> entry) {
            if (!entry || (!entry->origin.empty() && entry->origin != origin)) {
                finish(promise,
                       Result<Secret>(entry ? boundElsewhere(ref, entry->origin, origin) : std::move(entry).error()));
                done();
                return;
            }
            if (entry->origin == origin || !binds) {
                finish(promise, Result<Secret>(std::move(entry->secret)));
                done();
                return;
            }
            const auto bound = std::make_shared<KeychainEntry>(KeychainEntry{std::move(entry->secret), origin});
            m_impl->keychain.write(name, *bound, [promise, bound, done](Result<void> written) {
                if (written)
                    finish(promise, Result<Secret>(std::move(bound->secret)));
                else
                    finish(promise, Result<Secret>(std::move(written).error()));
                done();
            });
        });
    });
    return future;
}

QFuture<Result<void>> SecretStore::write(const SecretRef& ref, Secret secret, const std::string& origin)
{
    auto promise = started<Result<void>>();
    auto future = promise->future();
    if (secret.isEmpty() || ref.isNone() || ref.kind == SecretRef::Kind::Environment) {
        finish(promise, Result<void>(secret.isEmpty() ? Error{ErrorCode::InvalidArgument, "an empty secret is none"}
                                                      : notWritable(ref)));
        return future;
    }
    const auto entry = std::make_shared<KeychainEntry>(KeychainEntry{std::move(secret), origin});
    if (ref.kind == SecretRef::Kind::File) {
        m_impl->disk.start([promise, ref, entry, bindings = m_impl->bindings] {
            // Bound first: between the two steps the new secret must not be unbound.
            auto bound = entry->origin.empty() ? bindings->forget(ref) : bindings->bind(ref, entry->origin);
            finish(promise, bound ? writeSecretFile(ref.name, entry->secret) : std::move(bound));
        });
        return future;
    }
    m_impl->keychain.enqueue([this, promise, ref, entry](KeychainQueue::Done done) {
        // Listed first, so that an entry that a crash leaves behind can be found.
        m_impl->list(ref, entry->origin, [this, promise, ref, entry, done] {
            m_impl->keychain.write(QString::fromStdString(ref.name), *entry,
                                   [this, promise, ref, done](Result<void> written) {
                                       m_impl->learn(written);
                                       if (!written && written.error().code != ErrorCode::Timeout)
                                           m_impl->strike(ref);
                                       finish(promise, std::move(written));
                                       done();
                                   });
        });
    });
    return future;
}

QFuture<Result<std::optional<std::string>>> SecretStore::originOf(const SecretRef& ref)
{
    using Origin = Result<std::optional<std::string>>;
    auto promise = started<Origin>();
    auto future = promise->future();
    if (ref.isNone()) {
        finish(promise, Origin(Error{ErrorCode::InvalidArgument, "no secret is referenced"}));
    } else if (isLocal(ref)) {
        m_impl->disk.start([promise, ref, bindings = m_impl->bindings] { finish(promise, bindings->originOf(ref)); });
    } else {
        m_impl->keychain.enqueue([this, promise, ref](KeychainQueue::Done done) {
            m_impl->readEntry(QString::fromStdString(ref.name), [promise, done](Result<KeychainEntry> entry) {
                if (!entry)
                    finish(promise, Origin(std::move(entry).error()));
                else if (entry->origin.empty())
                    finish(promise, Origin(std::optional<std::string>()));
                else
                    finish(promise, Origin(std::optional(entry->origin)));
                done();
            });
        });
    }
    return future;
}

QFuture<Result<void>> SecretStore::bind(const SecretRef& ref, const std::string& origin)
{
    auto promise = started<Result<void>>();
    auto future = promise->future();
    if (ref.isNone() || origin.empty()) {
        finish(promise, Result<void>(Error{ErrorCode::InvalidArgument, "nothing to bind"}));
        return future;
    }
    if (isLocal(ref)) {
        m_impl->disk.start(
            [promise, ref, origin, bindings = m_impl->bindings] { finish(promise, bindings->bind(ref, origin)); });
        return future;
    }
    m_impl->keychain.enqueue([this, promise, ref, origin](KeychainQueue::Done done) {
        const QString name = QString::fromStdString(ref.name);
        m_impl->readEntry(name, [this, promise, origin, name, done](Result<KeychainEntry> entry) {
            if (!entry) {
                finish(promise, Result<void>(std::move(entry).error()));
                done();
                return;
            }
            entry->origin = origin;
            m_impl->keychain.write(name, *entry, [promise, done](Result<void> written) {
                finish(promise, std::move(written));
                done();
            });
        });
    });
    return future;
}

QFuture<Result<void>> SecretStore::remove(const SecretRef& ref)
{
    auto promise = started<Result<void>>();
    auto future = promise->future();
    if (ref.isNone() || ref.kind == SecretRef::Kind::Environment) {
        finish(promise, Result<void>(notWritable(ref)));
    } else if (ref.kind == SecretRef::Kind::File) {
        m_impl->disk.start([promise, ref, bindings = m_impl->bindings] {
            auto removed = removeSecretFile(ref.name);
            if (removed)
                removed = bindings->forget(ref);
            finish(promise, std::move(removed));
        });
    } else {
        m_impl->keychain.enqueue([this, promise, ref](KeychainQueue::Done done) {
            m_impl->keychain.remove(QString::fromStdString(ref.name), [this, ref, promise, done](Result<void> removed) {
                m_impl->learn(removed);
                if (removed || removed.error().code == ErrorCode::NotFound)
                    m_impl->strike(ref);
                finish(promise, std::move(removed));
                done();
            });
        });
    }
    return future;
}

QFuture<Result<std::vector<SecretRef>>> SecretStore::known()
{
    auto promise = started<Result<std::vector<SecretRef>>>();
    auto future = promise->future();
    m_impl->disk.start([promise, bindings = m_impl->bindings] { finish(promise, bindings->references()); });
    return future;
}

QFuture<Result<KeychainState>> SecretStore::probe()
{
    auto promise = started<Result<KeychainState>>();
    auto future = promise->future();
    m_impl->keychain.enqueue([this, promise](KeychainQueue::Done done) {
        const QString name = QStringLiteral("probe");
        const auto conclude = [this, promise, done](const Result<void>& answer) {
            m_impl->setState(answer                                          ? KeychainState::Available
                             : answer.error().code == ErrorCode::Unavailable ? KeychainState::NoService
                                                                             : KeychainState::LockedOrAbsent);
            finish(promise, Result<KeychainState>(m_impl->state));
            done();
        };
        m_impl->keychain.write(name, KeychainEntry{Secret(std::string_view("probe")), {}},
                               [this, name, conclude](Result<void> written) {
                                   if (!written)
                                       return conclude(written);
                                   m_impl->keychain.read(name, [this, name, conclude](Result<KeychainEntry> entry) {
                                       if (!entry)
                                           return conclude(Result<void>(std::move(entry).error()));
                                       m_impl->keychain.remove(name, conclude);
                                   });
                               });
    });
    return future;
}

} // namespace sb::secrets
