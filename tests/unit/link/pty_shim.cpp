#include "unit/link/pty_shim.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#define SHIM_EXPORT extern "C" __attribute__((visibility("default")))

namespace {

constexpr std::string_view sys_class_pts = "/sys/class/tty/pts/";
constexpr int output_bits = TIOCM_DTR | TIOCM_RTS;
constexpr tcflag_t kept_flags = CSIZE | PARENB | PARODD | CSTOPB | CRTSCTS;

struct Line {
  int outputs = 0;
  int inputs = TIOCM_CTS | TIOCM_DSR;
  int breaks = 0;
  std::optional<tcflag_t> flags;  // as set; the kernel makes 8N1 of it on a pseudo-terminal
};
std::array<Line, 4096> lines;

Line* line_of(int fd) {
  struct stat file {};
  if (::fstat(fd, &file) != 0 || !S_ISCHR(file.st_mode) || major(file.st_rdev) != 136 ||
      minor(file.st_rdev) >= lines.size()) {
    return nullptr;
  }
  return &lines[minor(file.st_rdev)];
}

template <typename Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

bool modem_ioctl(Line& line, unsigned long request, int* bits) {
  switch (request) {
    case TIOCMGET:
      *bits = line.outputs | line.inputs;
      return true;
    case TIOCMSET:
      line.outputs = *bits & output_bits;
      return true;
    case TIOCMBIS:
      line.outputs |= *bits & output_bits;
      return true;
    case TIOCMBIC:
      line.outputs &= ~*bits;
      return true;
    case TIOCSBRK:
      ++line.breaks;
      return true;
    case TIOCCBRK:
      return true;
    default:
      return false;
  }
}

}  // namespace

SHIM_EXPORT int __lxstat(int version, const char* path, struct stat* file) {
  if (std::string_view(path).starts_with(sys_class_pts)) {
    *file = {};
    file->st_mode = S_IFLNK | 0777;
    return 0;
  }
  static const auto real = next<int (*)(int, const char*, struct stat*)>("__lxstat");
  return real(version, path, file);
}

SHIM_EXPORT ssize_t readlink(const char* path, char* buffer, size_t size) noexcept {
  if (std::string_view(path).starts_with(sys_class_pts)) {
    const std::string target =
        "../../devices/virtual/tty/pts" + std::string(path).substr(sys_class_pts.size());
    const size_t length = std::min(size, target.size());
    std::memcpy(buffer, target.data(), length);
    return static_cast<ssize_t>(length);
  }
  static const auto real = next<ssize_t (*)(const char*, char*, size_t)>("readlink");
  return real(path, buffer, size);
}

SHIM_EXPORT int ioctl(int fd, unsigned long request, ...) noexcept {
  va_list arguments;
  va_start(arguments, request);
  void* const argument = va_arg(arguments, void*);
  va_end(arguments);
  Line* const line = line_of(fd);
  if (line != nullptr && modem_ioctl(*line, request, static_cast<int*>(argument))) {
    return 0;
  }
  static const auto real = next<int (*)(int, unsigned long, ...)>("ioctl");
  return real(fd, request, argument);
}

SHIM_EXPORT int tcsetattr(int fd, int when, const struct termios* settings) noexcept {
  static const auto real = next<int (*)(int, int, const struct termios*)>("tcsetattr");
  Line* const line = line_of(fd);
  if (line == nullptr) {
    return real(fd, when, settings);
  }
  line->flags = settings->c_cflag & kept_flags;
  termios plain = *settings;
  plain.c_cflag = (plain.c_cflag & ~kept_flags) | CS8;
  return real(fd, when, &plain);
}

SHIM_EXPORT int tcgetattr(int fd, struct termios* settings) noexcept {
  static const auto real = next<int (*)(int, struct termios*)>("tcgetattr");
  const int result = real(fd, settings);
  const Line* const line = line_of(fd);
  if (result == 0 && line != nullptr && line->flags) {
    settings->c_cflag = (settings->c_cflag & ~kept_flags) | *line->flags;
  }
  return result;
}

namespace cartwright::link::test {

ShimPort::ShimPort(const std::filesystem::path& pty)
    : number_(static_cast<std::uint32_t>(std::stoul(pty.filename().string()))), path_(pty) {
  lines.at(number_) = {};
}

int ShimPort::output_lines() const {
  return lines[number_].outputs;
}

void ShimPort::set_input_lines(int bits) const {
  lines[number_].inputs = bits;
}

std::string ShimPort::format() const {
  const tcflag_t flags = lines[number_].flags.value_or(CS8);
  std::string text(1, (flags & CSIZE) == CS8 ? '8' : (flags & CSIZE) == CS7 ? '7' : '?');
  text += (flags & PARENB) == 0 ? 'N' : (flags & PARODD) != 0 ? 'O' : 'E';
  return text + ((flags & CSTOPB) != 0 ? '2' : '1');
}

std::uint32_t ShimPort::baud() const {
  const int fd = ::open(path_.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  termios settings{};
  ::tcgetattr(fd, &settings);
  ::close(fd);
  switch (::cfgetospeed(&settings)) {
    case B2400:
      return 2400;
    case B4800:
      return 4800;
    case B9600:
      return 9600;
    default:
      return 0;
  }
}

int ShimPort::breaks() const {
  return lines[number_].breaks;
}

}  // namespace cartwright::link::test
