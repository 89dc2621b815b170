#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.hpp"
#include "link/recording.hpp"

namespace cartwright::link {
namespace {

constexpr std::size_t most_kept_bytes = 64U << 10;
constexpr std::size_t most_kept_entries = 256;

}  // namespace

RecordingWriter::RecordingWriter(const std::filesystem::path& file, RecordingHeader header)
    : file_(file), header_(std::move(header)) {
  fd_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd_ < 0) {
    const bool exists = errno == EEXIST;
    throw Error(exists ? ErrorKind::conflict : ErrorKind::unavailable,
                "recording " + file.string() + " can not be made: " +
                    (exists ? "the file exists, name another" : std::strerror(errno)));
  }
  kept_ = to_line(header_) + "\n";
}

RecordingWriter::~RecordingWriter() {
  try {
    flush();
  } catch (const Error&) {
    // Nobody is left to be told; the reader takes what stands in the file.
  }
  if (fd_ >= 0) {
    ::close(fd_);
  }
}

void RecordingWriter::add(const RecordingEntry& entry) {
  if (fd_ < 0) {
    return;
  }
  kept_ += to_line(entry, header_.redacted);
  kept_ += '\n';
  if (++kept_entries_ >= most_kept_entries || kept_.size() >= most_kept_bytes) {
    flush();
  }
}

void RecordingWriter::flush() {
  std::string_view rest = kept_;
  while (fd_ >= 0 && !rest.empty()) {
    const ssize_t written = ::write(fd_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      const std::string why = std::strerror(errno);
      ::close(fd_);
      fd_ = -1;
      throw Error(ErrorKind::unavailable,
                  "recording " + file_.string() + " can not be written: " + why);
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  kept_.clear();
  kept_entries_ = 0;
}

}  // namespace cartwright::link
