#include "vendor_reader.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace vendor {

struct Reader::State {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::string> seen;
  bool ending = false;
  std::thread thread;
};

Reader::Reader(OnLabel on_label, void* user) : state_(new State) {
  state_->thread = std::thread([state = state_, on_label, user] {
    std::unique_lock lock(state->mutex);
    while (true) {
      state->changed.wait(lock, [state] { return state->ending || !state->seen.empty(); });
      if (state->ending) return;
      const std::string label = std::move(state->seen.front());
      state->seen.pop_front();
      lock.unlock();
      on_label(user, label.c_str());
      lock.lock();
    }
  });
}

Reader::~Reader() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->ending = true;
  }
  state_->changed.notify_all();
  state_->thread.join();
  delete state_;
}

void Reader::see(const std::string& label) {
  const std::lock_guard lock(state_->mutex);
  state_->seen.push_back(label);
  state_->changed.notify_all();
}

bool Reader::calibrate(OnStep on_step, void* user) {
  for (unsigned percent = 0; percent <= 100; percent += 10) {
    if (!on_step(user, percent)) return false;
  }
  return true;
}

void Reader::hang() {
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock(mutex);
  while (true) never.wait(lock);
}

}  // namespace vendor
