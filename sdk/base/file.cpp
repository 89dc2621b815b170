#include "base/file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "base/error.hpp"

namespace cartwright {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file, const char* what) {
  const int code = errno;
  throw Error(code == ENOENT ? ErrorKind::not_found : ErrorKind::unavailable,
              file.string() + " can not be " + what + ": " + std::strerror(code));
}

// Owns a descriptor.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

void write_all(int fd, ByteView content, const std::filesystem::path& file) {
  while (!content.empty()) {
    const ssize_t count = ::write(fd, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(file, "written");
    content = content.subspan(static_cast<std::size_t>(count));
  }
}

}  // namespace

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) fail(file, "read");
  std::ostringstream content;
  content << in.rdbuf();
  if (in.bad()) fail(file, "read");
  return std::move(content).str();
}

void write_file_durably(const std::filesystem::path& file, ByteView content, unsigned mode) {
  std::filesystem::path temporary = file;
  temporary += ".new";
  {
    const Descriptor fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
    if (fd.get() < 0) fail(temporary, "written");
    write_all(fd.get(), content, temporary);
    if (::fsync(fd.get()) != 0) fail(temporary, "written");
  }
  if (::rename(temporary.c_str(), file.c_str()) != 0) fail(file, "replaced");
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0 || ::fsync(fd.get()) != 0) fail(folder, "synced");
}

}  // namespace cartwright
