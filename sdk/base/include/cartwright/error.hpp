#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace cartwright {

// What went wrong, for code that must decide; the text is for the person who must act.
enum class ErrorKind : std::uint8_t {
  invalid_input,  // the caller's data is wrong; the text names the place and the remedy
  not_found,      // the named thing does not exist
  conflict,       // the thing exists in another state or belongs to someone else
  unavailable,    // a device, file or server is away; trying later may help
  corrupt,        // stored data does not hold together
  refused,        // the other side or a rule said no
  internal,       // a fault of this library
};

// The one exception of Cartwright. The text is one sentence that names the input, the place and
// what to do, without a trailing full stop.
class __attribute__((visibility("default"))) Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& text) : std::runtime_error(text), kind_(kind) {}
  ErrorKind kind() const noexcept { return kind_; }

 private:
  ErrorKind kind_;
};

}  // namespace cartwright
