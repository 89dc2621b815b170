#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>

namespace cartwright::link {

// Calls into the kernel that last as long as a device lets them: opening, claiming. Each device has
// a thread while it has some, which does them one after the other; so a device that hangs holds up
// no other, and never takes more than one thread.
class UsbAside {
 public:
  using Told = std::function<void()>;
  using Call = std::function<Told()>;

  UsbAside();

  // Runs `call` on the device's thread, then what it returns on `executor`, unless the token that
  // this returns was let go before: then the call is left out where it has not begun, and what it
  // returns is destroyed on its thread. The token must be let go on the executor, which must live
  // that long.
  std::shared_ptr<void> begin(std::uint32_t device, boost::asio::any_io_executor executor,
                              Call call);

 private:
  struct Job;
  struct Queues;
  static void run(const std::shared_ptr<Queues>& queues, std::uint32_t device);

  std::shared_ptr<Queues> queues_;
};

}  // namespace cartwright::link
