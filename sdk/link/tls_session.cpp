#include "link/tls_session.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <boost/asio/ip/address.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "base/error.hpp"

namespace cartwright::link {
namespace {

constexpr std::string_view trust_anyone = "off-and-trust-anyone";

template <auto free>
struct Free {
  template <typename T>
  void operator()(T* object) const {
    free(object);
  }
};

// The library's own words for what it noted last.
std::string last_error() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  const char* const reason = ERR_reason_error_string(code);
  return reason != nullptr ? reason : "no reason given";
}

int fd_of(BIO* bio) {
  return *static_cast<const int*>(BIO_get_data(bio));
}

int ended(BIO* bio, ssize_t count, int retry) {
  BIO_clear_retry_flags(bio);
  // What tells a connection that was cut from one that failed.
  if (count == 0 && retry == BIO_FLAGS_READ) BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
  if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) {
    BIO_set_flags(bio, retry | BIO_FLAGS_SHOULD_RETRY);
  }
  return static_cast<int>(count);
}

// The library's socket BIO writes with write(2), which raises SIGPIPE; this one does not.
const BIO_METHOD* quiet_socket() {
  static const std::unique_ptr<BIO_METHOD, Free<BIO_meth_free>> method = [] {
    std::unique_ptr<BIO_METHOD, Free<BIO_meth_free>> made(
        BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without SIGPIPE"));
    BIO_meth_set_read(made.get(), [](BIO* bio, char* room, int size) {
      const auto most = static_cast<std::size_t>(size);
      return ended(bio, ::recv(fd_of(bio), room, most, 0), BIO_FLAGS_READ);
    });
    BIO_meth_set_write(made.get(), [](BIO* bio, const char* bytes, int size) {
      const auto all = static_cast<std::size_t>(size);
      return ended(bio, ::send(fd_of(bio), bytes, all, MSG_NOSIGNAL), BIO_FLAGS_WRITE);
    });
    BIO_meth_set_ctrl(made.get(), [](BIO* bio, int what, long, void*) {
      if (what == BIO_CTRL_EOF) return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1L : 0L;
      return what == BIO_CTRL_FLUSH ? 1L : 0L;
    });
    return made;
  }();
  return method.get();
}

bool is_address(const std::string& host) {
  boost::system::error_code error;
  boost::asio::ip::make_address(host, error);
  return !error;
}

// A key whose value names a file that must be there.
std::optional<std::string> file_of(const Uri& uri, std::string_view key) {
  const auto value = uri.value(key);
  if (!value) return std::nullopt;
  std::error_code none;
  if (!std::filesystem::exists(*value, none)) refuse_value(uri, key, "is no file that is there");
  return std::string(*value);
}

}  // namespace

struct TlsSettings::Context {
  std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>> ssl;
  std::string name;
  bool verify = true;

  void trust(const Uri& uri);
  void present(const Uri& uri) const;
};

void TlsSettings::Context::trust(const Uri& uri) {
  const std::string_view wanted = uri.value("verify").value_or("on");
  if (wanted == trust_anyone) {
    verify = false;
  } else if (wanted == "off") {
    refuse_value(uri, "verify",
                 "would let anyone on the way read and change what passes. Name the device's "
                 "authority by ca=FILE; to go without all the same write verify=" +
                     std::string(trust_anyone));
  } else if (wanted != "on") {
    refuse_value(uri, "verify", "is neither on nor " + std::string(trust_anyone));
  }
  SSL_CTX_set_verify(ssl.get(), verify ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
  if (const auto ca = file_of(uri, "ca")) {
    const bool folder = std::filesystem::is_directory(*ca);
    const int taken = folder ? SSL_CTX_load_verify_dir(ssl.get(), ca->c_str())
                             : SSL_CTX_load_verify_file(ssl.get(), ca->c_str());
    if (taken != 1) refuse_value(uri, "ca", "holds no certificate in PEM: " + last_error());
  } else {
    SSL_CTX_set_default_verify_paths(ssl.get());
  }
}

void TlsSettings::Context::present(const Uri& uri) const {
  const auto cert = file_of(uri, "cert");
  const auto key = file_of(uri, "key");
  if (!cert) {
    if (key) refuse_value(uri, "key", "needs cert=FILE, the certificate it belongs to");
    return;
  }
  // Without this the library would ask at the terminal for a passphrase.
  SSL_CTX_set_default_passwd_cb(ssl.get(), [](char*, int, int, void*) { return -1; });
  if (SSL_CTX_use_certificate_chain_file(ssl.get(), cert->c_str()) != 1) {
    refuse_value(uri, "cert", "holds no certificate in PEM: " + last_error());
  }
  const std::string& key_file = key ? *key : *cert;
  if (SSL_CTX_use_PrivateKey_file(ssl.get(), key_file.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(ssl.get()) != 1) {
    refuse_value(uri, key ? "key" : "cert",
                 "holds no key in PEM, without passphrase, for the certificate: " + last_error());
  }
}

TlsSettings::TlsSettings(const Uri& uri, const std::string& host)
    : context_(std::make_unique<Context>()) {
  context_->ssl.reset(SSL_CTX_new(TLS_client_method()));
  if (!context_->ssl) throw Error(ErrorKind::internal, "TLS can not be set up: " + last_error());
  SSL_CTX* const ssl = context_->ssl.get();
  SSL_CTX_set_min_proto_version(ssl, TLS1_2_VERSION);
  SSL_CTX_set_options(ssl, SSL_OP_NO_RENEGOTIATION);
  // The bytes of a repeated write may stand elsewhere; a part that was taken is told.
  SSL_CTX_set_mode(ssl, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  context_->name = uri.value("name").value_or(host);
  context_->trust(uri);
  context_->present(uri);
}

TlsSettings::~TlsSettings() = default;

struct TlsSession::State {
  int fd = -1;  // the BIO of `ssl` points here
  std::unique_ptr<SSL, Free<SSL_free>> ssl;
  std::string name;
  bool sound = false;  // shaken hands and not failed since

  std::string distrust() const;
  FdCalls::Moved no_more(int result);
};

// Why the certificate was not believed, with the remedy; empty where it was.
std::string TlsSession::State::distrust() const {
  if (SSL_get_verify_mode(ssl.get()) == SSL_VERIFY_NONE) return {};
  const long why = SSL_get_verify_result(ssl.get());
  const std::string words = X509_verify_cert_error_string(why);
  switch (why) {
    case X509_V_OK:
      return {};
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return "shows a certificate that does not name \"" + name +
             "\": is it another device? name=NAME says what its certificate names";
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "shows a certificate that does not hold today (" + words +
             "): renew it, or set this machine's clock";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:  // an authority of the same name with another key
      return "shows a certificate of an authority that is not known here (" + words +
             "): name it by ca=FILE";
    default:
      return "shows a certificate that does not hold: " + words;
  }
}

// What a call that moved nothing means.
FdCalls::Moved TlsSession::State::no_more(int result) {
  switch (SSL_get_error(ssl.get(), result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
      return {};
    case SSL_ERROR_ZERO_RETURN:
      return {0, "the far side hung up"};
    case SSL_ERROR_SYSCALL:
      sound = false;
      return {0, std::string("the connection broke: ") + std::strerror(errno)};
    default:
      break;
  }
  sound = false;
  if (ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
    ERR_clear_error();
    return {0, "the connection was cut off, without the goodbye of TLS"};
  }
  return {0, "TLS failed: " + last_error()};
}

TlsSession::TlsSession(const TlsSettings& settings, int fd) : state_(std::make_unique<State>()) {
  state_->ssl.reset(SSL_new(settings.context_->ssl.get()));
  state_->name = settings.context_->name;
  BIO* const bio = BIO_new(quiet_socket());
  if (!state_->ssl || bio == nullptr) {
    throw Error(ErrorKind::internal, "TLS can not begin: " + last_error());
  }
  state_->fd = fd;
  BIO_set_data(bio, &state_->fd);
  BIO_set_init(bio, 1);
  SSL* const ssl = state_->ssl.get();
  SSL_set_bio(ssl, bio, bio);
  SSL_set_connect_state(ssl);
  if (is_address(state_->name)) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), state_->name.c_str());
  } else {
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    SSL_set1_host(ssl, state_->name.c_str());
    SSL_set_tlsext_host_name(ssl, state_->name.c_str());
  }
}

TlsSession::~TlsSession() = default;

TlsSession::Progress TlsSession::shake_hands() {
  ERR_clear_error();
  const int result = SSL_do_handshake(state_->ssl.get());
  if (result == 1) {
    state_->sound = true;
    return {Step::done, false, {}};
  }
  switch (SSL_get_error(state_->ssl.get(), result)) {
    case SSL_ERROR_WANT_READ:
      return {Step::wait_to_read, false, {}};
    case SSL_ERROR_WANT_WRITE:
      return {Step::wait_to_write, false, {}};
    default:
      break;
  }
  if (const std::string why = state_->distrust(); !why.empty()) return {Step::failed, true, why};
  const FdCalls::Moved end = state_->no_more(result);
  return {Step::failed, false,
          "does not shake hands: " + end.gone.value_or("no reason given") +
              ". Does it speak TLS on that port?"};
}

FdCalls::Moved TlsSession::read(std::span<std::byte> room) {
  ERR_clear_error();
  std::size_t count = 0;
  const int result = SSL_read_ex(state_->ssl.get(), room.data(), room.size(), &count);
  return result == 1 ? FdCalls::Moved{count, {}} : state_->no_more(result);
}

FdCalls::Moved TlsSession::write(ByteView bytes) {
  ERR_clear_error();
  std::size_t count = 0;
  const int result = SSL_write_ex(state_->ssl.get(), bytes.data(), bytes.size(), &count);
  return result == 1 ? FdCalls::Moved{count, {}} : state_->no_more(result);
}

bool TlsSession::pending() const {
  return SSL_pending(state_->ssl.get()) > 0;
}

void TlsSession::say_goodbye() {
  if (state_->sound) SSL_shutdown(state_->ssl.get());
  ERR_clear_error();
}

}  // namespace cartwright::link
