#pragma once

#include <cstddef>
#include <vector>

#include "bench/samples.hpp"

namespace cartwright::bench {

// Another process behind a SEQPACKET socket that answers each packet with one: what isolation costs
// at the least. Make it before the first thread.
class RawProcess {
 public:
  // Packets are of these sizes in bytes.
  RawProcess(std::size_t request, std::size_t reply);
  ~RawProcess();
  RawProcess(const RawProcess&) = delete;
  RawProcess& operator=(const RawProcess&) = delete;

  // One packet there and one back.
  Clock::duration round_trip();

 private:
  int socket_ = -1;
  int pid_ = -1;
  std::vector<char> request_;
  std::vector<char> reply_;
};

}  // namespace cartwright::bench
