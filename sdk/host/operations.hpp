#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host/record.hpp"

namespace cartwright::host {

// When a command must end, in monotonic nanoseconds; 0: never. At the soft deadline the driver is
// asked to stop and keeps listening, at the hard one the host ends the command itself.
struct Deadlines {
  std::uint64_t soft_ns = 0;
  std::uint64_t hard_ns = 0;
};

// What became of a command's start.
struct CommandStart {
  std::uint64_t op = 0;     // its number, never used again by this instance
  std::int32_t status = 0;  // CW_OK; else it was refused and no done follows
};

// The open commands of one instance: each ends exactly once, whoever ends it.
class Operations {
 public:
  struct Open {
    std::uint64_t op = 0;
    std::uint32_t unit = 0;
    bool moves_money = false;
    bool sent = false;       // the driver has committed a call that saw it
    bool cancelled = false;  // the driver was asked to stop
    Deadlines deadlines;
  };

  // Gives the record its number and unit and opens it. Refused: DUPLICATE where its key was used
  // before, BUSY where too many are open, INVALID where it is no command.
  CommandStart begin(Record& command, std::uint32_t unit, const Deadlines& deadlines);
  Open* find(std::uint64_t op);
  // False where it is not open: it has ended before, or never was.
  bool end(std::uint64_t op);
  const std::vector<Open>& open() const { return open_; }
  // The next soft or hard deadline.
  std::optional<std::uint64_t> next_deadline() const;

 private:
  std::vector<Open> open_;
  std::set<std::string, std::less<>> used_keys_;
  std::uint64_t next_op_ = 1;
};

// How the host ends a command that the driver has seen and can no longer answer: money may have
// moved.
std::int32_t host_end_status(const Operations::Open& open, std::int32_t otherwise);

}  // namespace cartwright::host
