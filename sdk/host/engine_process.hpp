#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <filesystem>
#include <memory>

#include "host/engine.hpp"
#include "host/init_block.hpp"

namespace cartwright::host {

struct ProcessLimits {
  std::chrono::milliseconds start{15'000};  // from spawn to the first answer
  std::chrono::milliseconds call{2'000};    // wall time of one call
};

// Runs a driver in a cartwright-plugin-host of its own. A call is one packet there and one back;
// the state crosses only to a process that does not have it, back cross only its changed parts.
// When the process dies, what it still answered before is taken first.
class ProcessEngine final : public Engine {
 public:
  // `executor` must be a strand or run by one thread; all calls and callbacks are on it.
  ProcessEngine(boost::asio::any_io_executor executor, std::filesystem::path plugin, InitBlock init,
                const ProcessLimits& limits = {});
  ~ProcessEngine() override;

  void start(EngineListener& listener) override;
  // Never at once: the reply follows as engine_replied.
  std::optional<CallReply> call(const CallRequest& request) override;
  void stop() override;

  // The plugin's process; 0 where there is none. For status pages and tests.
  int pid() const;

 private:
  class Run;
  std::shared_ptr<Run> run_;
};

}  // namespace cartwright::host
