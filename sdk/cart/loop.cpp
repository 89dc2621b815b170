#include "cart/loop.hpp"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <string>
#include <utility>

#include "base/error.hpp"

namespace cartwright::cart {
namespace {

[[noreturn]] void fail(const char* what) {
  throw Error(ErrorKind::unavailable,
              std::string("the cart loop can not start: ") + what + ": " + std::strerror(errno));
}

void watch(int poll_fd, int fd) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = fd;
  if (::epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &event) != 0) fail("epoll_ctl");
}

void drain(int fd) {
  std::uint64_t count = 0;
  while (::read(fd, &count, sizeof count) > 0) {
  }
}

}  // namespace

Loop::Loop() {
  event_fd_ = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  timer_fd_ = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  poll_fd_ = ::epoll_create1(EPOLL_CLOEXEC);
  if (event_fd_ < 0 || timer_fd_ < 0 || poll_fd_ < 0) fail("no descriptors left");
  watch(poll_fd_, event_fd_);
  watch(poll_fd_, timer_fd_);
}

Loop::~Loop() {
  ::close(poll_fd_);
  ::close(timer_fd_);
  ::close(event_fd_);
}

void Loop::post(Task task) {
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  wake();
}

void Loop::wake() noexcept {
  const std::uint64_t one = 1;
  // A full counter is readable already; nothing else can fail here.
  [[maybe_unused]] const ssize_t written = ::write(event_fd_, &one, sizeof one);
}

Loop::TimerId Loop::after(std::chrono::nanoseconds delay, Task task) {
  const TimerId id = next_id_++;
  const Clock::time_point due = Clock::now() + delay;
  due_[id] = due;
  timers_[{due, id}] = std::move(task);
  arm();
  return id;
}

void Loop::cancel(TimerId id) {
  const auto found = due_.find(id);
  if (found == due_.end()) return;
  timers_.erase({found->second, id});
  due_.erase(found);
  arm();
}

void Loop::arm() {
  itimerspec spec{};
  if (!timers_.empty()) {
    const auto due = timers_.begin()->first.first.time_since_epoch();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(due);
    spec.it_value.tv_sec = seconds.count();
    // Never zero, which would disarm.
    spec.it_value.tv_nsec = std::chrono::nanoseconds(due - seconds).count() + 1;
    if (spec.it_value.tv_nsec > 999'999'999) spec.it_value.tv_nsec = 999'999'999;
  }
  ::timerfd_settime(timer_fd_, TFD_TIMER_ABSTIME, &spec, nullptr);
}

std::size_t Loop::run_due_timers() {
  std::size_t count = 0;
  const Clock::time_point now = Clock::now();
  while (!timers_.empty() && timers_.begin()->first.first <= now) {
    auto node = timers_.extract(timers_.begin());
    due_.erase(node.key().second);
    node.mapped()();
    ++count;
  }
  drain(timer_fd_);
  arm();
  return count;
}

std::size_t Loop::dispatch() {
  drain(event_fd_);
  std::deque<Task> ready;
  {
    const std::lock_guard lock(mutex_);
    ready.swap(tasks_);
  }
  std::size_t count = 0;
  while (!ready.empty()) {
    const Task task = std::move(ready.front());
    ready.pop_front();
    try {
      task();
    } catch (...) {
      // The rest is not lost with the task that failed.
      const std::lock_guard lock(mutex_);
      tasks_.insert(tasks_.begin(), std::make_move_iterator(ready.begin()),
                    std::make_move_iterator(ready.end()));
      if (!tasks_.empty()) wake();
      throw;
    }
    ++count;
  }
  return count + run_due_timers();
}

void Loop::wait(std::chrono::milliseconds longest) const {
  pollfd entry{poll_fd_, POLLIN, 0};
  const int timeout = longest.count() < 0 ? -1
                                          : static_cast<int>(std::min<std::int64_t>(
                                                longest.count(), std::numeric_limits<int>::max()));
  ::poll(&entry, 1, timeout);  // EINTR is a wake-up like another
}

}  // namespace cartwright::cart
