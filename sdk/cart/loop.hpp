#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <utility>

namespace cartwright::cart {

// The cart loop: tasks posted from any thread and timers, run by whoever calls dispatch(). Its
// descriptor is readable while something stands ready, so it fits into any event loop.
class Loop {
 public:
  using Task = std::function<void()>;
  using TimerId = std::uint64_t;

  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Any thread. Runs the task in the next dispatch(), in the order of posting.
  void post(Task task);
  // Any thread, also a signal handler: makes the descriptor readable.
  void wake() noexcept;

  // The loop's thread. Runs `task` once after `delay`.
  TimerId after(std::chrono::nanoseconds delay, Task task);
  void cancel(TimerId id);

  // The loop's thread. Runs what stands ready, tasks before timers and each in its order; returns
  // how many that were. An exception of one leaves through here; the others stay and the descriptor
  // stays readable.
  std::size_t dispatch();
  // Waits until the descriptor is readable; a negative time waits for ever.
  void wait(std::chrono::milliseconds longest) const;
  int descriptor() const noexcept { return poll_fd_; }

 private:
  using Clock = std::chrono::steady_clock;

  std::size_t run_due_timers();
  void arm();

  int event_fd_ = -1;
  int timer_fd_ = -1;
  int poll_fd_ = -1;
  std::mutex mutex_;
  std::deque<Task> tasks_;
  std::map<std::pair<Clock::time_point, TimerId>, Task> timers_;
  std::map<TimerId, Clock::time_point> due_;
  TimerId next_id_ = 1;
};

}  // namespace cartwright::cart
