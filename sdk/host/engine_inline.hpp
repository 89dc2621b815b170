#pragma once

#include "host/driver_call.hpp"
#include "host/engine.hpp"

namespace cartwright::host {

// Calls a driver's table in this process. A crash of the driver is a crash of the process; a
// negative status and an exception roll back.
class InlineEngine final : public Engine {
 public:
  // `driver` must live as long as the engine.
  InlineEngine(const cw_driver& driver, InitBlock init);

  void start(EngineListener& listener) override;
  // Always at once.
  std::optional<CallReply> call(const CallRequest& request) override;
  void stop() override {}

 private:
  const cw_driver& driver_;
  InitBlock init_;
  DriverCall calls_;
};

}  // namespace cartwright::host
