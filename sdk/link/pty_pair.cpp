#include "link/pty_pair.hpp"

#include <fcntl.h>
#include <stdlib.h>  // NOLINT: posix_openpt is not in <cstdlib>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "base/error.hpp"

namespace cartwright::link {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what) {
  throw Error(ErrorKind::unavailable, "pseudo-terminal: " + what + ": " + std::strerror(errno));
}

// An open descriptor until it is given on.
class Holder {
 public:
  explicit Holder(int fd) : fd_(fd) {}
  ~Holder() {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;
  int get() const { return fd_; }
  int take() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

}  // namespace

PtyPair::PtyPair(fs::path published) : published_(std::move(published)) {
  Holder master(::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
  if (master.get() < 0 || ::grantpt(master.get()) != 0 || ::unlockpt(master.get()) != 0) {
    fail("none can be made");
  }
  char name[64];
  if (::ptsname_r(master.get(), name, sizeof name) != 0) {
    fail("it has no name");
  }
  slave_path_ = name;
  Holder slave(::open(name, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
  termios settings{};
  if (slave.get() < 0 || ::tcgetattr(slave.get(), &settings) != 0) {
    fail(slave_path_.string() + " can not be opened");
  }
  ::cfmakeraw(&settings);
  if (::tcsetattr(slave.get(), TCSANOW, &settings) != 0) {
    fail(slave_path_.string() + " can not be made raw");
  }
  if (!published_.empty()) {
    publish();
  }
  master_ = master.take();
  slave_ = slave.take();
}

PtyPair::~PtyPair() {
  std::error_code ignored;
  if (!published_.empty() && fs::read_symlink(published_, ignored) == slave_path_) {
    fs::remove(published_, ignored);
  }
  ::close(slave_);
  ::close(master_);
}

// The link appears whole: made beside its place, then renamed.
void PtyPair::publish() {
  std::error_code error;
  const fs::file_status there = fs::symlink_status(published_, error);
  if (fs::exists(there) && !fs::is_symlink(there)) {
    throw Error(ErrorKind::conflict, published_.string() +
                                         " is another kind of file: name a path where a link to "
                                         "the pseudo-terminal can stand");
  }
  const fs::path fresh = published_.string() + "." + std::to_string(::getpid());
  fs::remove(fresh, error);
  fs::create_symlink(slave_path_, fresh, error);
  if (!error) {
    fs::rename(fresh, published_, error);
  }
  if (error) {
    throw Error(ErrorKind::unavailable,
                "the link " + published_.string() + " can not be made: " + error.message());
  }
}

}  // namespace cartwright::link
