#include "offers/csv.hpp"

#include <utility>

#include "base/error.hpp"

namespace cartwright::offers {

void CsvRecord::fail(const char* what) const {
  throw Error(ErrorKind::invalid_input,
              "field " + std::to_string(fields_.size() + 1) + ": " + what);
}

void CsvRecord::take(char c) {
  const auto end_field = [this] {
    fields_.push_back(std::exchange(field_, {}));
    state_ = State::start;
  };
  switch (state_) {
    case State::start:
      if (c == '"') {
        state_ = State::quoted;
      } else if (c == ',') {
        end_field();
      } else {
        field_ += c;
        state_ = State::plain;
      }
      return;
    case State::plain:
      if (c == '"') fail("a quote inside a field; quote the whole field and double its quotes");
      if (c == ',') {
        end_field();
      } else {
        field_ += c;
      }
      return;
    case State::quoted:
      if (c == '"') {
        state_ = State::after_quote;
      } else {
        field_ += c;
      }
      return;
    case State::after_quote:
      if (c == '"') {
        field_ += '"';
        state_ = State::quoted;
      } else if (c == ',') {
        end_field();
      } else {
        fail("text after the closing quote; a quote inside a field is written twice");
      }
      return;
  }
}

bool CsvRecord::add_line(std::string_view line) {
  if (state_ == State::quoted) field_ += '\n';
  for (const char c : line) take(c);
  if (state_ == State::quoted) return false;
  fields_.push_back(std::exchange(field_, {}));
  state_ = State::start;
  return true;
}

void CsvRecord::clear() {
  fields_.clear();
  field_.clear();
  state_ = State::start;
}

}  // namespace cartwright::offers
