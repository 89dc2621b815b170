#include "link/tls_link.hpp"

#include <optional>

#include "link/fd_transport.hpp"
#include "link/numbers.hpp"
#include "link/tcp_socket.hpp"
#include "link/tls_session.hpp"

namespace cartwright::link {
namespace {

using Descriptor = boost::asio::posix::stream_descriptor;

// A handshake under way. Its handlers hold it; whoever gives it up sets `ended`.
struct Handshake {
  Handshake(const boost::asio::any_io_executor& executor, int fd)
      : socket(executor, fd), timer(executor) {}

  void end() {
    ended = true;
    timer.cancel();
    boost::system::error_code ignored;
    socket.close(ignored);
  }

  Descriptor socket;
  boost::asio::steady_timer timer;
  bool ended = false;
};

class TlsTransport final : public FdTransport {
 public:
  TlsTransport(const Uri& uri, boost::asio::any_io_executor executor)
      : FdTransport(std::move(executor)),
        options_(read_tcp_options(uri)),
        settings_(uri, options_.host),
        name_(uri.path),
        address_(to_text(uri)) {}
  ~TlsTransport() override { TlsTransport::close(); }

  void open(Owner& owner) override {
    close();
    owner_ = &owner;
    connector_.emplace(executor_, options_,
                       [this](const TcpConnector::Result& result) { connected(result); });
  }

  void close() override {
    if (session_) {
      session_->say_goodbye();
    }
    connector_.reset();
    end_stream();
    if (handshake_) {
      handshake_->end();
      handshake_.reset();
    }
    release();
  }

  void perform(const Request& request, Link::Done done) override {
    FdTransport::perform(request, [this, open = std::weak_ptr(open_),
                                   done = std::move(done)](const Completion& end) {
      done(end);
      // What has left of a record can not be taken back, and no other may follow it.
      if (end.result == Result::timeout && open.lock()) {
        close();
        owner_->went_down(DownReason::error,
                          name_ + " did not take what was written in time, and was cut off");
      }
    });
  }

 private:
  void connected(const TcpConnector::Result& result) {
    connector_.reset();
    if (result.fd < 0) {
      owner_->went_down(result.reason, name_ + " " + result.text);
      return;
    }
    handshake_ = std::make_shared<Handshake>(executor_, result.fd);
    session_ = std::make_shared<TlsSession>(settings_, result.fd);
    handshake_->timer.expires_after(options_.connect_timeout);
    handshake_->timer.async_wait([this, shake = handshake_](boost::system::error_code error) {
      if (!error && !shake->ended) {
        fail(DownReason::not_there, "does not shake hands within " +
                                        duration_text(options_.connect_timeout) +
                                        ": does it speak TLS on that port?");
      }
    });
    go_on();
  }

  void go_on() {
    const TlsSession::Progress progress = session_->shake_hands();
    switch (progress.step) {
      case TlsSession::Step::done:
        return shaken();
      case TlsSession::Step::wait_to_read:
        return wait(Descriptor::wait_read);
      case TlsSession::Step::wait_to_write:
        return wait(Descriptor::wait_write);
      case TlsSession::Step::failed:
        return fail(progress.distrusted ? DownReason::refused : DownReason::error, progress.text);
    }
  }

  void wait(Descriptor::wait_type what) {
    handshake_->socket.async_wait(what, [this, shake = handshake_](boost::system::error_code) {
      if (!shake->ended) {
        go_on();
      }
    });
  }

  void shaken() {
    const auto shake = std::move(handshake_);
    const int fd = shake->socket.release();
    shake->end();
    FdCalls calls{[session = session_](std::span<std::byte> room) { return session->read(room); },
                  [session = session_](ByteView bytes) { return session->write(bytes); },
                  [session = session_] { return session->pending(); }};
    open_ = std::make_shared<int>();
    run(*owner_, fd, std::move(calls), {Shape::stream, address_, {}}, name_);
  }

  void release() override {
    open_.reset();
    session_.reset();
  }

  void fail(DownReason reason, const std::string& what) {
    session_.reset();
    close();
    owner_->went_down(reason, name_ + " " + what);
  }

  TcpOptions options_;
  TlsSettings settings_;
  std::string name_;
  std::string address_;
  std::optional<TcpConnector> connector_;
  std::shared_ptr<Handshake> handshake_;
  std::shared_ptr<TlsSession> session_;
  std::shared_ptr<int> open_;  // while the link is up
  Owner* owner_ = nullptr;
};

}  // namespace

std::unique_ptr<Transport> make_tls_transport(const Uri& uri,
                                              boost::asio::any_io_executor executor) {
  return std::make_unique<TlsTransport>(uri, std::move(executor));
}

}  // namespace cartwright::link
