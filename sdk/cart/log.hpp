#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace cartwright::cart {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

// What an operator reads: `cart.log` in the state folder, three files of 2 MiB at most, times in
// UTC. Any thread. What can not be written is lost in silence: a full disk stops logs before sales.
// Nothing that names a shopper or a card is written; drivers mask before they log.
class Log {
 public:
  explicit Log(const std::filesystem::path& state);
  ~Log();

  // `where`: a device's name, "trip", "journey".
  void write(LogLevel level, std::string_view where, std::string_view text);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cartwright::cart
