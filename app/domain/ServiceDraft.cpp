// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/ServiceDraft.h"

namespace sb {

SecretPlace placeOf(const BackendSecurity& security)
{
    const SecretRef& ref = security.kind == AuthKind::SigV4 ? security.secretKey : security.secret;
    switch (ref.kind) {
    case SecretRef::Kind::Environment:
        return SecretPlace::Environment;
    case SecretRef::Kind::File:
        return SecretPlace::File;
    case SecretRef::Kind::Keychain:
    case SecretRef::Kind::None:
        break;
    }
    return SecretPlace::Keychain;
}

} // namespace sb
