// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/TestRequest.h"

#include "async/OnResult.h"
#include "domain/validation/ServiceValidation.h"
#include "secrets/SecretStore.h"

#include <array>

namespace sb::ui {

namespace {

using Request = runtime::ConnectionTest::Request;

/// One secret of the request: taken at once, or read from `ref`.
struct Part {
    std::shared_ptr<const Secret> Request::*member;
    SecretRef ref;
};

struct Gathering {
    Request request;
    std::vector<Part> open;
    std::string origin;
    secrets::SecretStore* secrets;
    QObject* context;
    std::function<void(Result<Request>)> done;
};

void gatherNext(const std::shared_ptr<Gathering>& gathering)
{
    if (gathering->open.empty()) {
        gathering->done(std::move(gathering->request));
        return;
    }
    const Part part = gathering->open.back();
    gathering->open.pop_back();
    using FirstUse = secrets::SecretStore::FirstUse; // only what is registered is bound: the address may be mistyped
    onResult(gathering->secrets->readFor(part.ref, gathering->origin, FirstUse::LeavesUnbound), gathering->context,
             [gathering, part](Result<Secret> secret) {
                 if (!secret) {
                     gathering->done(std::move(secret).error());
                     return;
                 }
                 gathering->request.*part.member = std::make_shared<const Secret>(*std::move(secret));
                 gatherNext(gathering);
             });
}

} // namespace

bool namesNoReference(const EnvironmentDraft& draft)
{
    const std::array<const Secret*, 4> secrets{&draft.apiKey, &draft.accessKeyId, &draft.secretAccessKey,
                                               &draft.sessionToken};
    for (const Secret* secret : secrets) {
        if (secret->isEmpty())
            continue;
        const auto ref = validation::readReference(secret->reveal(), draft.place);
        if (!ref || !ref->isNone())
            return false;
    }
    return true;
}

void makeTestRequest(Service service, const EnvironmentDraft& draft, const BackendSecurity& stored,
                     secrets::SecretStore& secrets, QObject* context, std::function<void(Result<Request>)> done)
{
    const auto url = validation::parseServiceUrl(service.url);
    if (!url) {
        done(url.error());
        return;
    }
    auto gathering = std::make_shared<Gathering>();
    gathering->origin = url->origin();
    gathering->secrets = &secrets;
    gathering->context = context;
    gathering->request.security.kind = draft.authKind;
    gathering->request.security.region = draft.region;
    gathering->request.apiVersion = draft.apiVersion;

    const auto add = [&](const Secret& typed, const SecretRef& kept,
                         std::shared_ptr<const Secret> Request::*member) -> Result<void> {
        if (typed.isEmpty()) {
            if (!kept.isNone())
                gathering->open.push_back({member, kept});
            return {};
        }
        auto ref = validation::readReference(typed.reveal(), draft.place);
        if (!ref)
            return std::move(ref).error();
        if (ref->isNone())
            gathering->request.*member = std::make_shared<const Secret>(typed.clone());
        else
            gathering->open.push_back({member, *ref});
        return {};
    };

    Result<void> added;
    if (draft.authKind == AuthKind::Header) {
        auto header = validation::readAuthorizationHeader(draft.authorizationHeader, service.provider);
        if (!header) {
            done(std::move(header).error());
            return;
        }
        gathering->request.security.header = header->header;
        gathering->request.security.prefix = header->prefix;
        added = add(draft.apiKey, stored.secret, &Request::secret);
    } else if (draft.authKind == AuthKind::SigV4) {
        added = add(draft.accessKeyId, stored.accessKey, &Request::accessKey);
        if (added)
            added = add(draft.secretAccessKey, stored.secretKey, &Request::secretKey);
        if (added)
            added = add(draft.sessionToken, stored.sessionToken, &Request::sessionToken);
    }
    if (!added) {
        done(std::move(added).error());
        return;
    }
    gathering->request.service = std::move(service);
    gathering->done = std::move(done);
    gatherNext(gathering);
}

} // namespace sb::ui
