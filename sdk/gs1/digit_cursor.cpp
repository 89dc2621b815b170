#include "gs1/digit_cursor.hpp"

#include <algorithm>
#include <utility>

namespace cartwright::gs1 {
namespace {

std::string place(std::size_t at) {
  return " at position " + std::to_string(at + 1);
}

// "0, 1, 2 or 9"
std::string listed(std::string_view allowed) {
  std::string text;
  for (std::size_t i = 0; i < allowed.size(); ++i) {
    if (i > 0) text += i + 1 == allowed.size() ? " or " : ", ";
    text += allowed[i];
  }
  return text;
}

}  // namespace

DigitCursor::DigitCursor(std::string_view value, std::size_t limit) : value_(value) {
  const auto other =
      std::find_if(value.begin(), value.end(), [](char c) { return c < '0' || c > '9'; });
  if (other != value.end()) {
    const auto at = static_cast<std::size_t>(other - value.begin());
    refuse("the character" + place(at) + " is no digit; a coupon has digits alone", at);
  } else if (value.size() > limit) {
    refuse(std::to_string(value.size()) + " digits; a coupon has at most " + std::to_string(limit),
           limit);
  }
}

std::string_view DigitCursor::digits(std::string_view field, std::size_t count) {
  if (ended()) return {};
  const std::size_t left = value_.size() - at_;
  if (left < count) {
    refuse("the coupon ends within " + std::string(field) + place(at_) + ": " +
               std::to_string(count) + " digits are due, " + std::to_string(left) + " are there",
           at_);
    return {};
  }
  const std::string_view taken = value_.substr(at_, count);
  at_ += count;
  return taken;
}

char DigitCursor::one_of(std::string_view field, std::string_view allowed) {
  const std::size_t start = at_;
  const std::string_view taken = digits(field, 1);
  if (taken.empty()) return '0';
  if (allowed.find(taken[0]) != std::string_view::npos) return taken[0];
  refuse(std::string(field) + place(start) + " is " + std::string(taken) + "; it can be " +
             listed(allowed),
         start);
  return '0';
}

std::string_view DigitCursor::sized(std::string_view field, std::string_view allowed,
                                    std::size_t more) {
  const char length = one_of("the length of " + std::string(field), allowed);
  return digits(field, static_cast<std::size_t>(length - '0') + more);
}

bool DigitCursor::skip(char digit) {
  if (ended() || at_ == value_.size() || value_[at_] != digit) return false;
  ++at_;
  return true;
}

std::optional<Refusal> DigitCursor::refusal() const {
  if (refusal_) return refusal_;
  if (at_ == value_.size()) return std::nullopt;
  return Refusal{std::to_string(value_.size() - at_) + " digits too many" + place(at_) +
                     ": no field of the coupon begins with " + value_[at_] + " there",
                 at_};
}

void DigitCursor::refuse(std::string text, std::size_t at) {
  if (!refusal_) refusal_ = Refusal{std::move(text), at};
}

}  // namespace cartwright::gs1
