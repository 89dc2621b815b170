#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "link/fd_stream.hpp"
#include "link/uri.hpp"

namespace cartwright::link {

// What the keys `ca`, `cert`, `key`, `name` and `verify` of a `tls:` link say, read and checked:
// certificates, whom to trust, TLS 1.2 or newer. Immutable.
class TlsSettings {
 public:
  // `host` is whom the certificate must name where the URI has no `name`. Error invalid_input names
  // the key, the file and what is wrong with it.
  TlsSettings(const Uri& uri, const std::string& host);
  ~TlsSettings();
  TlsSettings(const TlsSettings&) = delete;
  TlsSettings& operator=(const TlsSettings&) = delete;

 private:
  friend class TlsSession;
  struct Context;
  std::unique_ptr<Context> context_;
};

// The client's end of one TLS connection over a non-blocking socket, which stays its owner's and
// must outlive the calls. Raises no SIGPIPE.
class TlsSession {
 public:
  TlsSession(const TlsSettings& settings, int fd);
  ~TlsSession();
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  enum class Step : std::uint8_t { done, wait_to_read, wait_to_write, failed };
  struct Progress {
    Step step = Step::failed;
    bool distrusted = false;  // failed: the certificate is not the device's
    std::string text;         // failed: for people
  };
  // Goes on with the handshake as far as the socket allows.
  Progress shake_hands();

  // After the handshake. A write that the socket takes in part must be given again with the same
  // bytes at its front, or the session be destroyed.
  FdCalls::Moved read(std::span<std::byte> room);
  FdCalls::Moved write(ByteView bytes);
  // Bytes that were decrypted and not read yet.
  bool pending() const;
  // Tells the far side that nothing follows, where the socket takes that at once.
  void say_goodbye();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cartwright::link
