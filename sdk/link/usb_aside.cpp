#include "link/usb_aside.hpp"

#include <boost/asio/post.hpp>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace cartwright::link {

struct UsbAside::Job {
  std::mutex mutex;
  boost::asio::any_io_executor executor;
  Call call;
  bool wanted = true;

  bool is_wanted() {
    const std::lock_guard lock(mutex);
    return wanted;
  }
};

struct UsbAside::Queues {
  std::mutex mutex;
  // One for each device that has a thread.
  std::map<std::uint32_t, std::deque<std::shared_ptr<Job>>> waiting;
};

UsbAside::UsbAside() : queues_(std::make_shared<Queues>()) {}

std::shared_ptr<void> UsbAside::begin(std::uint32_t device, boost::asio::any_io_executor executor,
                                      Call call) {
  auto job = std::make_shared<Job>();
  job->executor = std::move(executor);
  job->call = std::move(call);
  {
    const std::lock_guard lock(queues_->mutex);
    const auto [queue, is_first] = queues_->waiting.try_emplace(device);
    // Behind one that hangs others may have come and gone.
    std::erase_if(queue->second, [](const auto& one) { return !one->is_wanted(); });
    queue->second.push_back(job);
    // Nobody waits for a thread that hangs in the kernel.
    if (is_first) std::thread([queues = queues_, device] { run(queues, device); }).detach();
  }
  return {job.get(), [job](void*) {
            const std::lock_guard lock(job->mutex);
            job->wanted = false;
          }};
}

void UsbAside::run(const std::shared_ptr<Queues>& queues, std::uint32_t device) {
  for (;;) {
    std::shared_ptr<Job> job;
    {
      const std::lock_guard lock(queues->mutex);
      auto& queue = queues->waiting[device];
      if (queue.empty()) {
        queues->waiting.erase(device);
        return;
      }
      job = std::move(queue.front());
      queue.pop_front();
    }
    // What the call holds is let go before its end is told.
    Call call = std::exchange(job->call, nullptr);
    if (!job->is_wanted()) continue;
    Told told = call();
    call = nullptr;
    const std::lock_guard lock(job->mutex);
    if (!job->wanted) continue;
    boost::asio::post(job->executor, [job, told = std::move(told)] {
      if (job->is_wanted()) told();
    });
  }
}

}  // namespace cartwright::link
