// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace sb::test {

/// A key and a certificate, made for one test run.
class TestCertificate {
public:
    struct Options {
        std::string name; ///< common name, and DNS name unless it is an authority
        long validFromDays = -1;
        long validToDays = 30;
        bool isAuthority = false;
        const TestCertificate* issuer = nullptr; ///< absent: self-signed
    };

    explicit TestCertificate(const Options& options) : m_key(EVP_EC_gen("P-256")), m_certificate(X509_new())
    {
        X509* x = m_certificate.get();
        const TestCertificate& issuer = options.issuer ? *options.issuer : *this;
        X509_set_version(x, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(x), s_serial++);
        X509_gmtime_adj(X509_getm_notBefore(x), options.validFromDays * 86'400);
        X509_gmtime_adj(X509_getm_notAfter(x), options.validToDays * 86'400);
        X509_set_pubkey(x, m_key.get());
        X509_NAME* subject = X509_get_subject_name(x);
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(options.name.c_str()), -1, -1, 0);
        X509_set_issuer_name(x, X509_get_subject_name(issuer.m_certificate.get()));
        add(NID_basic_constraints, options.isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE", issuer);
        if (!options.isAuthority)
            add(NID_subject_alt_name, ("DNS:" + options.name).c_str(), issuer);
        X509_sign(x, issuer.m_key.get(), EVP_sha256());
    }

    std::string certificatePem() const
    {
        return pem([this](BIO* out) { PEM_write_bio_X509(out, m_certificate.get()); });
    }
    std::string keyPem() const
    {
        return pem(
            [this](BIO* out) { PEM_write_bio_PrivateKey(out, m_key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    }

private:
    struct Free {
        void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
        void operator()(X509* certificate) const { X509_free(certificate); }
    };

    void add(int nid, const char* value, const TestCertificate& issuer)
    {
        X509V3_CTX context;
        X509V3_set_ctx_nodb(&context);
        X509V3_set_ctx(&context, issuer.m_certificate.get(), m_certificate.get(), nullptr, nullptr, 0);
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
        X509_add_ext(m_certificate.get(), extension, -1);
        X509_EXTENSION_free(extension);
    }

    template <class F>
    static std::string pem(F write)
    {
        BIO* memory = BIO_new(BIO_s_mem());
        write(memory);
        char* data = nullptr;
        const long size = BIO_get_mem_data(memory, &data);
        std::string text(data, static_cast<std::size_t>(size));
        BIO_free(memory);
        return text;
    }

    static inline long s_serial = 1;
    std::unique_ptr<EVP_PKEY, Free> m_key;
    std::unique_ptr<X509, Free> m_certificate;
};

} // namespace sb::test
