#pragma once

#include <string>

// Stands for a vendor's library: blocking calls, callbacks on a thread of its own, and no way to
// interrupt a call that hangs.
namespace vendor {

class Reader {
 public:
  using OnLabel = void (*)(void* user, const char* label);
  using OnStep = bool (*)(void* user, unsigned percent);  // false: give up

  // Starts the library's thread, which calls `on_label` for each label.
  Reader(OnLabel on_label, void* user);
  ~Reader();

  // A label as if it were read now.
  void see(const std::string& label);
  // Blocks; calls `on_step` from the calling thread. False if it gave up.
  bool calibrate(OnStep on_step, void* user);
  // Blocks until the library is ended by force.
  [[noreturn]] void hang();

 private:
  struct State;
  State* state_;
};

}  // namespace vendor
