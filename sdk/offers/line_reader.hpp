#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

namespace cartwright::offers {

// Lines of a text file, parted by LF or CRLF, with their numbers for messages. A byte order mark
// at the front is skipped. Memory is bounded: a line beyond kMaxLine is Error (invalid_input).
class LineReader {
 public:
  static constexpr std::size_t kMaxLine = 1 << 20;

  // The stream must outlive the reader.
  explicit LineReader(std::istream& stream) : stream_(&stream) {}

  // The next line without its end; valid until the next call. Nothing at the file's end.
  std::optional<std::string_view> next();

  std::int64_t line() const { return line_; }     // of the line that next() gave, from 1
  std::uint64_t bytes() const { return bytes_; }  // taken from the stream's front so far

 private:
  bool fill();

  std::istream* stream_;
  std::string buffer_;
  std::size_t start_ = 0;  // of the next line in the buffer
  std::int64_t line_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace cartwright::offers
