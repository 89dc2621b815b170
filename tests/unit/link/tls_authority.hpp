#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

namespace cartwright::link::test {

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Certificate = std::unique_ptr<X509, FreeCertificate>;

// A certificate with its key, as files and as objects.
struct Identity {
  Key key;
  Certificate certificate;

  void write(const std::filesystem::path& cert_file, const std::filesystem::path& key_file) const {
    FILE* out = std::fopen(cert_file.c_str(), "w");
    PEM_write_X509(out, certificate.get());
    std::fclose(out);
    out = std::fopen(key_file.c_str(), "w");
    PEM_write_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(out);
  }
};

// Makes certificates for the tests, for this run alone.
class Authority {
 public:
  struct Wanted {
    std::string names = "DNS:localhost,IP:127.0.0.1";  // subjectAltName; empty: an authority
    long from_days = -1;
    long until_days = 1;
  };

  Authority() : root_(issue({"", -1, 1})) {}

  Identity issue(const Wanted& wanted) {
    Identity made{Key(EVP_EC_gen("P-256")), Certificate(X509_new())};
    X509* const cert = made.certificate.get();
    X509_set_version(cert, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), ++serial_);
    X509_gmtime_adj(X509_getm_notBefore(cert), wanted.from_days * 86400);
    X509_gmtime_adj(X509_getm_notAfter(cert), wanted.until_days * 86400);
    X509_set_pubkey(cert, made.key.get());
    static int named = 0;
    const std::string name = "test " + std::to_string(++named);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(cert), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    const bool is_root = wanted.names.empty();
    X509* const by = is_root ? cert : root_.certificate.get();
    X509_set_issuer_name(cert, X509_get_subject_name(by));
    extend(cert, by, NID_basic_constraints, is_root ? "critical,CA:TRUE" : "CA:FALSE");
    if (!is_root) extend(cert, by, NID_subject_alt_name, wanted.names.c_str());
    if (X509_sign(cert, is_root ? made.key.get() : root_.key.get(), EVP_sha256()) == 0) {
      throw std::runtime_error("the certificate can not be signed");
    }
    return made;
  }

  const Identity& root() const { return root_; }

 private:
  static void extend(X509* cert, X509* by, int what, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, by, cert, nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, what, value);
    if (extension == nullptr || X509_add_ext(cert, extension, -1) != 1) {
      throw std::runtime_error(std::string("no extension ") + value);
    }
    X509_EXTENSION_free(extension);
  }

  long serial_ = 0;
  Identity root_;
};

}  // namespace cartwright::link::test
