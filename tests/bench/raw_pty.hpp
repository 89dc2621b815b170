#pragma once

#include <thread>

#include "bench/raw_process.hpp"
#include "bench/scanner_device.hpp"

namespace cartwright::bench {

// A thread that polls and reads a pseudo-terminal with nothing in between: the least that any
// reader of a serial line costs. With `through`, each read then makes a round trip to that process.
class RawPty : public Receiver {
 public:
  explicit RawPty(RawProcess* through = nullptr);
  ~RawPty() override;

 private:
  int far_end() const override { return line_.master(); }
  void read();

  link::PtyPair line_;
  RawProcess* through_;
  int near_end_;
  int end_;  // readable: the thread shall end
  std::thread thread_;
};

}  // namespace cartwright::bench
