#include "offers/line_reader.hpp"

#include "base/error.hpp"

namespace cartwright::offers {
namespace {

constexpr std::size_t kChunk = 1 << 16;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

bool LineReader::fill() {
  buffer_.erase(0, start_);
  start_ = 0;
  const std::size_t held = buffer_.size();
  buffer_.resize(held + kChunk);
  stream_->read(buffer_.data() + held, static_cast<std::streamsize>(kChunk));
  buffer_.resize(held + static_cast<std::size_t>(stream_->gcount()));
  if (stream_->bad()) throw Error(ErrorKind::unavailable, "the file can not be read to its end");
  return buffer_.size() > held;
}

std::optional<std::string_view> LineReader::next() {
  std::size_t searched = 0;
  std::size_t end = buffer_.find('\n', start_);
  while (end == std::string::npos) {
    searched = buffer_.size() - start_;
    if (searched > kMaxLine) {
      ++line_;
      throw Error(ErrorKind::invalid_input, "the line is longer than " + std::to_string(kMaxLine) +
                                                " bytes; is this a text file?");
    }
    if (!fill()) break;
    end = buffer_.find('\n', searched);
  }
  if (end == std::string::npos && start_ == buffer_.size()) return std::nullopt;
  const std::size_t next_start = end == std::string::npos ? buffer_.size() : end + 1;
  std::string_view line(buffer_.data() + start_,
                        (end == std::string::npos ? buffer_.size() : end) - start_);
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line_ == 0 && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  ++line_;
  bytes_ += next_start - start_;
  start_ = next_start;
  return line;
}

}  // namespace cartwright::offers
