#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "link/random.hpp"
#include "simulators/simulator.hpp"

namespace cartwright::simulators {

// What is wrong with a line all the time, beside what a scenario says. The chances are drawn from
// the seed, byte by byte, on the way to the device and from it.
struct LineFaults {
  nanoseconds byte_gap{0};         // between bytes of the device: a slow typist
  std::uint32_t flip_every = 0;    // one byte in so many has its highest bit wrong; 0: none
  std::uint32_t lose_every = 0;    // one in so many is lost
  std::uint32_t double_every = 0;  // one in so many comes twice
  std::uint64_t seed = 0;
};

// Reads `lose=50`, `double=80`, `flip=100`, `slow=5ms`, `seed=7` as people write them behind
// --fault. Error invalid_input names what is wrong with which, the last of a name counts.
LineFaults read_line_faults(const std::vector<std::string>& texts);

// Bytes on their way over a bad line.
class BadLine {
 public:
  explicit BadLine(const LineFaults& faults) : faults_(faults), random_(faults.seed) {}

  Bytes pass(ByteView bytes);

 private:
  bool happens(std::uint32_t one_in) { return one_in != 0 && random_.below(one_in) == 0; }

  LineFaults faults_;
  link::SplitMix64 random_;
};

}  // namespace cartwright::simulators
