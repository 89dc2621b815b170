#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "host/record.hpp"

namespace cartwright::cart {

// How long a command may take: at `soft` the driver is asked to give up, at `hard` the host ends
// it.
struct Deadlines {
  std::chrono::milliseconds soft{5'000};
  std::chrono::milliseconds hard{8'000};
};

// What the parts of the cart ask of its devices. The cart loop's thread; answers come on it too,
// exactly one for each command and never from inside command() or cancel().
class Units {
 public:
  // A CW_* status and the result, which may be empty.
  using Done = std::function<void(std::int32_t status, const host::Record& result)>;

  virtual ~Units() = default;
  // Gives a command to a unit; returns its operation for cancel(). A unit that does not exist or is
  // away answers CW_LINK_DOWN.
  virtual std::uint64_t command(const std::string& unit, host::Record record, Deadlines deadlines,
                                Done done) = 0;
  virtual void cancel(const std::string& unit, std::uint64_t op) = 0;
  // Gives a unit a blob to read; `content` is shared until it is removed.
  virtual std::uint64_t add_blob(const std::string& unit, Bytes content) = 0;
  virtual void remove_blob(const std::string& unit, std::uint64_t blob) = 0;
  // The first configured unit of the class ("cw.scale/1"), and all of them.
  virtual std::optional<std::string> first_of(std::string_view class_id) const = 0;
  virtual std::vector<std::string> all_of(std::string_view class_id) const = 0;
  virtual bool is_up(const std::string& unit) const = 0;
};

}  // namespace cartwright::cart
