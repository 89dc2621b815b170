#pragma once

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "host/child_process.hpp"
#include "host/wire.hpp"

namespace cartwright::host {

// A plugin's process on an executor: reads its packets, notices its end, and kills it when it does
// not answer in time. After its end the socket is read to the last packet before it is told. Only
// engine_process.cpp and own_process.cpp include this: it costs Asio.
class ChildWatch : public std::enable_shared_from_this<ChildWatch> {
 public:
  class Owner {
   public:
    virtual ~Owner() = default;
    // False says that no sound plugin sends this: the process is killed.
    virtual bool child_sent(const wire::Incoming& message) = 0;
    // Once, the last thing told.
    virtual void child_ended(const ProcessEnd& end) = 0;
  };

  ChildWatch(const boost::asio::any_io_executor& executor, const std::filesystem::path& program,
             const std::filesystem::path& plugin, std::uint64_t generation, Owner& owner);

  void start();
  // Nothing is told after it returns; the process is killed and waited for.
  void stop();

  int socket() const { return child_.socket(); }
  std::uint64_t generation() const { return generation_; }
  int pid() const { return child_.pid(); }
  // Kills it, with the reason that child_ended then tells.
  void kill(Loss loss, std::string why);

  // Something must be received within `limit`, else it is killed with `what` as the reason.
  void expect(std::chrono::milliseconds limit, const char* what);
  void satisfied() { expecting_ = false; }

 private:
  using Clock = std::chrono::steady_clock;

  void wait_for_packet();
  void wait_for_end();
  void wait_for_deadline();
  // True where the socket was closed by the other side.
  bool read_one();
  void read_rest();
  void ended();

  ChildProcess child_;
  boost::asio::posix::stream_descriptor readable_;
  boost::asio::posix::stream_descriptor end_;
  boost::asio::steady_timer timer_;
  std::uint64_t generation_;
  Owner* owner_;
  std::vector<std::uint64_t> buffer_;
  Clock::time_point deadline_;
  const char* expected_ = "";
  std::string why_;
  Loss why_loss_ = Loss::crashed;
  bool expecting_ = false;
  bool timer_runs_ = false;
  bool broken_ = false;  // what it sent made no sense: nothing more of it is read
};

}  // namespace cartwright::host
