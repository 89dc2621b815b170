#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <string>

namespace cartwright::hardware {

using Clock = std::chrono::steady_clock;

// Seconds with one digit behind the point, as "6.1 s".
std::string seconds(Clock::duration time);

// One thread does everything: the wires to the machine, the emulated devices, and the waiting.
class Loop {
 public:
  boost::asio::io_context& io() { return io_; }

  // From now on the whole stage has so long; what is waited for later fails at once.
  void allow(std::chrono::seconds whole) { end_ = Clock::now() + whole; }

  // Lets things happen until `done` says so. Throws std::runtime_error with `what` where it never
  // comes: after a minute, or at the end of what the stage may take.
  void until(const std::string& what, const std::function<bool()>& done);

 private:
  boost::asio::io_context io_{1};
  Clock::time_point end_ = Clock::time_point::max();
};

}  // namespace cartwright::hardware
