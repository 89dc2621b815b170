#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "gs1/refusal.hpp"

namespace cartwright::gs1 {

// Takes a field after the other from digits without separators. The first field that is not as it
// should be ends the reading: every later call returns empty, and refusal() says what was wrong and
// where. Field names appear in the message, so they read "the offer code".
class DigitCursor {
 public:
  // At most `limit` digits, nothing else.
  DigitCursor(std::string_view value, std::size_t limit);

  // The next `count` digits.
  std::string_view digits(std::string_view field, std::size_t count);
  // The next digit, which must be one of `allowed`; '0' after a refusal.
  char one_of(std::string_view field, std::string_view allowed);
  // A length indicator, one of `allowed`, then as many digits as it says and `more`.
  std::string_view sized(std::string_view field, std::string_view allowed, std::size_t more);

  // True, and the digit is passed, if the next one is `digit`.
  bool skip(char digit);
  // The refusal of an ended reading or of digits left over.
  std::optional<Refusal> refusal() const;
  bool ended() const { return refusal_.has_value(); }

  // Where the next field begins.
  std::size_t position() const { return at_; }
  // Ends the reading with a fault at an offset.
  void refuse(std::string text, std::size_t at);

 private:
  std::string_view value_;
  std::size_t at_ = 0;
  std::optional<Refusal> refusal_;
};

}  // namespace cartwright::gs1
