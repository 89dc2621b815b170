#include "link/serial_link.hpp"

#include <fcntl.h>
#include <libserialport.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.hpp"
#include "link/fd_transport.hpp"
#include "link/numbers.hpp"
#include "link/serial_handle.hpp"
#include "link/serial_ports.hpp"
#include "link/terminal_use.hpp"

namespace cartwright::link {
namespace {

constexpr std::uint32_t dtr_bit = 1;
constexpr std::uint32_t rts_bit = 2;
constexpr std::uint32_t longest_break_ms = 5000;

struct OpenFailure {
  DownReason reason;
  std::string text;
};

DownReason reason_of(int error) {
  switch (error) {
    case ENOENT:
    case ENXIO:
    case ENODEV:
    case EIO:
      return DownReason::not_there;
    case EACCES:
    case EPERM:
      return DownReason::refused;
    case EBUSY:
      return DownReason::in_use;
    default:
      return DownReason::error;
  }
}

class SerialTransport final : public FdTransport {
 public:
  SerialTransport(const Uri& uri, std::chrono::nanoseconds lines_every,
                  boost::asio::any_io_executor executor)
      : FdTransport(std::move(executor)),
        name_(usb_port_name(uri)),
        path_(uri.path),
        address_(to_text(uri)),
        wanted_(line_settings(uri)),
        lines_every_(lines_every),
        break_timer_(executor_),
        lines_timer_(executor_) {}
  ~SerialTransport() override { SerialTransport::close(); }

  void open(Owner& owner) override {
    close();
    owner_ = &owner;
    settings_ = wanted_;
    if (const auto failure = open_port()) {
      release();
      owner.went_down(failure->reason, failure->text);
      return;
    }
    int fd = -1;
    sp_get_port_handle(port_.get(), &fd);
    const int copy = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);  // Asio closes the one it has
    if (copy < 0) {
      const std::string why = std::strerror(errno);
      release();
      owner.went_down(DownReason::error, "serial port " + path_ + ": " + why);
      return;
    }
    alive_ = std::make_shared<int>();
    const std::weak_ptr<int> alive = alive_;
    run(owner, copy, calls_of(port_.get()), {Shape::stream, address_, {}}, "serial port " + path_);
    if (alive.lock()) {
      tell_lines(true);
      watch_lines();
    }
  }

  void close() override {
    end_stream();
    release();
  }

 private:
  // Finds the path of a port that is named by its device.
  std::optional<OpenFailure> find_port() {
    std::vector<SerialPort> found = serial_ports();
    std::erase_if(found, [&](const SerialPort& port) { return !fits(*name_, port); });
    if (found.size() == 1) {
      path_ = found.front().node;
      return std::nullopt;
    }
    if (found.empty()) {
      return OpenFailure{DownReason::not_there,
                         "no serial port is there that fits " + address_ +
                             ": is the device plugged in, and has it a kernel driver?"};
    }
    std::string all;
    for (const SerialPort& port : found) {
      all += (all.empty() ? "" : ", ") + port.node + " (port=" + port.usb->device.port +
             (port.usb->interface ? "&interface=" + std::to_string(*port.usb->interface) : "") +
             ")";
    }
    return OpenFailure{DownReason::refused,
                       "several serial ports fit " + address_ + ", say which: " + all};
  }

  std::optional<OpenFailure> open_port() {
    if (name_) {
      if (auto failure = find_port()) {
        return failure;
      }
    }
    struct stat file {};
    if (::stat(path_.c_str(), &file) != 0) {
      return OpenFailure{reason_of(errno), open_failure_text("serial port", path_, errno)};
    }
    if (!S_ISCHR(file.st_mode)) {
      return OpenFailure{DownReason::refused,
                         path_ + " is no serial port but another kind of file"};
    }
    const std::string name = own_name(path_);
    sp_port* port = nullptr;
    if (sp_get_port_by_name(name.c_str(), &port) != SP_OK) {
      return OpenFailure{DownReason::refused,
                         path_ +
                             " is no serial port known to the system; a pseudo-terminal is "
                             "opened by pty:" +
                             path_};
    }
    port_.reset(port);
    if (sp_open(port, SP_MODE_READ_WRITE) != SP_OK) {
      return OpenFailure{reason_of(errno), open_failure_text("serial port", path_, errno)};
    }
    int fd = -1;
    sp_get_port_handle(port, &fd);
    if (!take_exclusively(fd)) {
      return OpenFailure{DownReason::in_use, open_failure_text("serial port", path_, EBUSY)};
    }
    ::ioctl(fd, TIOCEXCL);
    if (!apply(port, settings_)) {
      return OpenFailure{reason_of(errno), "serial port " + path_ + " does not take " +
                                               to_text(settings_) + ": " + std::strerror(errno)};
    }
    sp_flush(port, SP_BUF_INPUT);
    return std::nullopt;
  }

  void release() override {
    alive_.reset();
    break_timer_.cancel();
    lines_timer_.cancel();
    port_.reset();
  }

  void perform_special(const Request& request, Link::Done done) override {
    switch (request.kind) {
      case RequestKind::line_settings:
        done({change_settings(as_text(request.data)), 0, {}});
        return;
      case RequestKind::modem_lines:
        set_lines(request.value, request.index, done);
        return;
      case RequestKind::send_break:
        send_break(request.value, std::move(done));
        return;
      default:
        done({Result::unsupported, 0, {}});
    }
  }

  Result change_settings(std::string_view text) {
    try {
      const LineSettings changed = parse_line_settings(text, settings_);
      if (!apply(port_.get(), changed)) {
        return Result::error;
      }
      settings_ = changed;
      return Result::ok;
    } catch (const Error&) {
      return Result::error;
    }
  }

  void set_lines(std::uint32_t value, std::uint32_t which, const Link::Done& done) {
    bool taken = true;
    if ((which & dtr_bit) != 0) {
      settings_.dtr = (value & dtr_bit) != 0;
      taken = sp_set_dtr(port_.get(), settings_.dtr ? SP_DTR_ON : SP_DTR_OFF) == SP_OK;
    }
    if ((which & rts_bit) != 0) {
      settings_.rts = (value & rts_bit) != 0;
      taken = sp_set_rts(port_.get(), settings_.rts ? SP_RTS_ON : SP_RTS_OFF) == SP_OK && taken;
    }
    const std::weak_ptr<int> alive = alive_;
    done({taken ? Result::ok : Result::error, 0, {}});
    if (alive.lock()) {
      tell_lines(true);
    }
  }

  void send_break(std::uint32_t milliseconds, Link::Done done) {
    if (milliseconds == 0 || milliseconds > longest_break_ms ||
        sp_start_break(port_.get()) != SP_OK) {
      done({Result::error, 0, {}});
      return;
    }
    break_timer_.expires_after(std::chrono::milliseconds(milliseconds));
    break_timer_.async_wait([this, alive = std::weak_ptr(alive_),
                             done = std::move(done)](boost::system::error_code error) {
      if (!error && alive.lock()) {
        const bool ended = sp_end_break(port_.get()) == SP_OK;
        done({ended ? Result::ok : Result::error, 0, {}});
      }
    });
  }

  void tell_lines(bool always) {
    sp_signal signals{};
    if (sp_get_signals(port_.get(), &signals) != SP_OK) {
      return;  // the hang-up is told by the stream
    }
    if (always || signals != last_signals_) {
      last_signals_ = signals;
      const auto is = [signals](sp_signal line) { return (signals & line) != 0; };
      owner_->got_lines({is(SP_SIG_CTS), is(SP_SIG_DSR), is(SP_SIG_DCD), is(SP_SIG_RI)});
    }
  }

  void watch_lines() {
    if (lines_every_.count() == 0 || !alive_) {
      return;
    }
    lines_timer_.expires_after(lines_every_);
    lines_timer_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code error) {
      if (!error && alive.lock()) {
        tell_lines(false);
        if (alive.lock()) {
          watch_lines();
        }
      }
    });
  }

  std::optional<UsbPortName> name_;  // where the URI names the device instead of a path
  std::string path_;
  std::string address_;
  LineSettings wanted_;    // of the URI
  LineSettings settings_;  // as they are since the port was opened
  std::chrono::nanoseconds lines_every_;
  boost::asio::steady_timer break_timer_;
  boost::asio::steady_timer lines_timer_;
  std::shared_ptr<int> alive_;  // while the port is open
  Port port_;
  sp_signal last_signals_{};
  Owner* owner_ = nullptr;
};

}  // namespace

std::unique_ptr<Transport> make_serial_transport(const Uri& uri,
                                                 boost::asio::any_io_executor executor) {
  std::chrono::nanoseconds lines_every{0};
  if (const auto text = uri.value("lines")) {
    const auto interval = read_duration(*text);
    if (!interval || *interval < std::chrono::milliseconds(10) ||
        *interval > std::chrono::seconds(10)) {
      refuse_value(uri, "lines", "is no interval from 10ms to 10s");
    }
    lines_every = *interval;
  }
  return std::make_unique<SerialTransport>(uri, lines_every, std::move(executor));
}

}  // namespace cartwright::link
