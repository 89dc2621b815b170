#include "link/pty_link.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.hpp"
#include "link/fd_transport.hpp"
#include "link/terminal_use.hpp"

namespace cartwright::link {
namespace {

// Major numbers of Unix98 pseudo-terminals (Documentation/admin-guide/devices.txt of Linux).
bool is_pty(int fd) {
  struct stat file {};
  if (::fstat(fd, &file) != 0 || !S_ISCHR(file.st_mode)) {
    return false;
  }
  const unsigned major_number = major(file.st_rdev);
  return major_number >= 136 && major_number <= 143;
}

bool make_raw(int fd) {
  termios settings{};
  if (::tcgetattr(fd, &settings) != 0) {
    return false;
  }
  ::cfmakeraw(&settings);
  settings.c_cc[VMIN] = 1;  // with 0 a read of nothing could not be told from a hang-up
  settings.c_cc[VTIME] = 0;
  return ::tcsetattr(fd, TCSANOW, &settings) == 0;
}

DownReason reason_of(int error) {
  if (error == ENOENT || error == EIO || error == ENXIO) {
    return DownReason::not_there;
  }
  return error == EACCES ? DownReason::refused : DownReason::error;
}

class PtyTransport final : public FdTransport {
 public:
  PtyTransport(const Uri& uri, boost::asio::any_io_executor executor)
      : FdTransport(std::move(executor)),
        path_(uri.path),
        address_(to_text(uri)),
        settings_(line_settings(uri)) {}

  void open(Owner& owner) override {
    close();
    const int fd = ::open(path_.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
      owner.went_down(reason_of(errno), open_failure_text("pseudo-terminal", path_, errno));
      return;
    }
    if (!is_pty(fd)) {
      give_up(owner, fd, DownReason::refused,
              path_ + " is no pseudo-terminal; a serial port is opened by serial:" + path_);
    } else if (!take_exclusively(fd)) {
      give_up(owner, fd, DownReason::in_use, open_failure_text("pseudo-terminal", path_, EBUSY));
    } else if (!make_raw(fd)) {
      give_up(owner, fd, reason_of(errno), open_failure_text("pseudo-terminal", path_, errno));
    } else {
      ::tcflush(fd, TCIFLUSH);
      run(owner, fd, FdCalls::plain(fd), {Shape::stream, address_, {}}, "pseudo-terminal " + path_);
    }
  }

  void close() override { end_stream(); }

 private:
  static void give_up(Owner& owner, int fd, DownReason reason, const std::string& text) {
    ::close(fd);
    owner.went_down(reason, text);
  }

  void perform_special(const Request& request, Link::Done done) override {
    if (request.kind != RequestKind::line_settings) {
      done({Result::unsupported, 0, {}});
      return;
    }
    Result result = Result::ok;
    try {
      settings_ = parse_line_settings(as_text(request.data), settings_);
    } catch (const Error&) {
      result = Result::error;
    }
    done({result, 0, {}});
  }

  std::string path_;
  std::string address_;
  LineSettings settings_;
};

}  // namespace

std::unique_ptr<Transport> make_pty_transport(const Uri& uri,
                                              boost::asio::any_io_executor executor) {
  return std::make_unique<PtyTransport>(uri, std::move(executor));
}

}  // namespace cartwright::link
