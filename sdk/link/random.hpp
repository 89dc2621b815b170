#pragma once

#include <cstddef>
#include <cstdint>

#include "base/hex.hpp"

namespace cartwright::link {

// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014): the
// same numbers on every machine and with every standard library. Not for keys.
class SplitMix64 {
 public:
  explicit SplitMix64(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  }

  // next() modulo `count`, which must not be 0.
  std::uint64_t below(std::uint64_t count) { return next() % count; }

  // Each byte is the lowest of one next().
  Bytes bytes(std::size_t count) {
    Bytes drawn(count);
    for (std::byte& byte : drawn) {
      byte = static_cast<std::byte>(next() & 0xff);
    }
    return drawn;
  }

 private:
  std::uint64_t state_;
};

}  // namespace cartwright::link
