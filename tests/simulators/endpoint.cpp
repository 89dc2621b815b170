#include "simulators/endpoint.hpp"

#include <fcntl.h>

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/write.hpp>
#include <deque>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "link/numbers.hpp"
#include "link/pty_pair.hpp"

namespace cartwright::simulators {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t most_waiting = 65536;

// One open stream: reads for ever, writes one piece after the other. Handlers hold it alive.
template <typename Stream>
class Channel : public std::enable_shared_from_this<Channel<Stream>> {
 public:
  Channel(Stream stream, std::function<void(ByteView)> data, std::function<void()> gone)
      : stream_(std::move(stream)), data_(std::move(data)), gone_(std::move(gone)) {}

  void read() {
    stream_.async_read_some(asio::buffer(buffer_),
                            [self = this->shared_from_this()](error_code error, std::size_t count) {
                              if (!self->open_) return;
                              if (error) return self->hang_up();
                              self->data_({self->buffer_.data(), count});
                              if (self->open_) self->read();
                            });
  }

  void write(Bytes bytes) {
    if (waiting_ + bytes.size() > most_waiting) return;
    waiting_ += bytes.size();
    queue_.push_back(std::move(bytes));
    if (queue_.size() == 1) write_front();
  }

  void close() {
    open_ = false;
    error_code ignored;
    stream_.close(ignored);
  }

 private:
  void hang_up() {
    close();
    gone_();
  }

  void write_front() {
    asio::async_write(stream_, asio::buffer(queue_.front()),
                      [self = this->shared_from_this()](error_code error, std::size_t) {
                        if (!self->open_) return;
                        if (error) return self->hang_up();
                        self->waiting_ -= self->queue_.front().size();
                        self->queue_.pop_front();
                        if (!self->queue_.empty()) self->write_front();
                      });
  }

  Stream stream_;
  std::function<void(ByteView)> data_;
  std::function<void()> gone_;
  std::array<std::byte, 4096> buffer_{};
  std::deque<Bytes> queue_;
  std::size_t waiting_ = 0;
  bool open_ = true;
};

class PtyEndpoint final : public Endpoint {
 public:
  PtyEndpoint(std::string path, asio::any_io_executor executor)
      : path_(std::move(path)), executor_(std::move(executor)) {}
  ~PtyEndpoint() override { close(); }

  void open(std::function<void(ByteView)> data) override {
    pair_.emplace(path_);
    const int own = ::fcntl(pair_->master(), F_DUPFD_CLOEXEC, 0);
    if (own < 0) throw Error(ErrorKind::unavailable, "no descriptor is left for " + address());
    channel_ = std::make_shared<Channel<asio::posix::stream_descriptor>>(
        asio::posix::stream_descriptor(executor_, own), std::move(data), [] {});
    channel_->read();
  }
  void close() override {
    if (channel_) channel_->close();
    channel_.reset();
    pair_.reset();
  }
  void write(Bytes bytes) override {
    if (channel_) channel_->write(std::move(bytes));
  }
  std::string address() const override { return "pty:" + (pair_ ? pair_->path().string() : path_); }

 private:
  std::string path_;
  asio::any_io_executor executor_;
  std::optional<link::PtyPair> pair_;
  std::shared_ptr<Channel<asio::posix::stream_descriptor>> channel_;
};

// Serves one cart at a time; the next is accepted when it has gone.
class TcpEndpoint final : public Endpoint {
 public:
  TcpEndpoint(const std::string& host, std::uint16_t port, asio::any_io_executor executor)
      : executor_(std::move(executor)) {
    error_code error;
    const auto ip = asio::ip::make_address(host, error);
    if (error) {
      throw Error(ErrorKind::invalid_input,
                  "tcp:" + host + ": name the address to listen on in digits, 127.0.0.1");
    }
    where_ = {ip, port};
  }
  ~TcpEndpoint() override { close(); }

  void open(std::function<void(ByteView)> data) override {
    data_ = std::move(data);
    try {
      acceptor_ = std::make_shared<tcp::acceptor>(executor_, where_);
    } catch (const boost::system::system_error& error) {
      throw Error(ErrorKind::unavailable, address() + ": " + error.code().message());
    }
    where_ = acceptor_->local_endpoint();
    accept();
  }
  void close() override {
    if (channel_) channel_->close();
    channel_.reset();
    acceptor_.reset();
  }
  void write(Bytes bytes) override {
    if (channel_) channel_->write(std::move(bytes));
  }
  std::string address() const override {
    return "tcp:" + where_.address().to_string() + ":" + std::to_string(where_.port());
  }

 private:
  void accept() {
    acceptor_->async_accept([this, alive = std::weak_ptr(acceptor_)](error_code error,
                                                                     tcp::socket socket) {
      if (error || alive.expired()) return;
      socket.set_option(tcp::no_delay(true), error);
      channel_ = std::make_shared<Channel<tcp::socket>>(std::move(socket), data_, [this, alive] {
        if (alive.expired()) return;
        channel_.reset();
        accept();
      });
      channel_->read();
    });
  }

  asio::any_io_executor executor_;
  tcp::endpoint where_;
  std::function<void(ByteView)> data_;
  std::shared_ptr<tcp::acceptor> acceptor_;
  std::shared_ptr<Channel<tcp::socket>> channel_;
};

}  // namespace

std::unique_ptr<Endpoint> make_endpoint(const std::string& where,
                                        boost::asio::any_io_executor executor) {
  if (where.starts_with("pty:")) {
    return std::make_unique<PtyEndpoint>(where.substr(4), std::move(executor));
  }
  const std::size_t colon = where.rfind(':');
  if (where.starts_with("tcp:") && colon > 4) {
    if (const auto port = link::read_unsigned(where.substr(colon + 1), 65535)) {
      return std::make_unique<TcpEndpoint>(where.substr(4, colon - 4),
                                           static_cast<std::uint16_t>(*port), std::move(executor));
    }
  }
  throw Error(ErrorKind::invalid_input,
              "\"" + where + "\" is no place for a simulator; use pty:, pty:PATH or tcp:HOST:PORT");
}

}  // namespace cartwright::simulators
