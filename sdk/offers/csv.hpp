#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cartwright::offers {

// One record of a CSV file (RFC 4180), put together from as many lines as its quoted fields span.
// Strict: a quote opens only at a field's start, and after it closes only a comma or the end may
// follow. Error (invalid_input) names the field by its number.
class CsvRecord {
 public:
  // Takes the next line without its end. True when the record is complete; false while a quoted
  // field is open, which then holds a line feed.
  bool add_line(std::string_view line);
  // Of a complete record.
  const std::vector<std::string>& fields() const { return fields_; }
  // True while a quoted field waits for its end.
  bool open() const { return state_ == State::quoted; }
  void clear();

 private:
  enum class State : char { start, plain, quoted, after_quote };
  void take(char c);
  [[noreturn]] void fail(const char* what) const;

  std::vector<std::string> fields_;
  std::string field_;
  State state_ = State::start;
};

}  // namespace cartwright::offers
