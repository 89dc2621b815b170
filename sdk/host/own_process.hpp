#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "host/effects.hpp"
#include "host/engine_process.hpp"
#include "host/record.hpp"

namespace cartwright::host {

// What a plugin with own I/O tells, each on the executor.
class OwnListener {
 public:
  virtual ~OwnListener() = default;
  virtual void own_ready() = 0;
  // It can not run; starting again does not help.
  virtual void own_refused(const std::string& text) = 0;
  // One effect by itself: emit, done, keep, log, fault, link state or progress. Views live as long
  // as the call.
  virtual void own_effect(const Effect& effect) = 0;
  // A thread of the plugin waits for this piece: answer with blob_answer.
  virtual void own_blob_ask(std::uint64_t request, std::uint64_t blob, std::uint64_t offset,
                            std::uint32_t size) = 0;
  virtual void own_died(Loss loss, const std::string& text) = 0;
  // It has ended after destroy().
  virtual void own_ended() = 0;
};

// A plugin with own I/O in a cartwright-plugin-host of its own.
class OwnProcess {
 public:
  OwnProcess(boost::asio::any_io_executor executor, std::filesystem::path plugin, InitBlock init,
             const ProcessLimits& limits = {});
  ~OwnProcess();

  // Starts or, after own_died, starts again. `kept` as in CW_IN_START.
  void start(OwnListener& listener, ByteView kept);
  void command(const Record& command);
  void cancel(std::uint64_t op);
  void blob_answer(std::uint64_t request, std::int32_t status, ByteView piece);
  // Asks it to end; own_ended or own_died follows within the start limit.
  void destroy();
  // Kills it because it hangs; own_died follows with this reason.
  void kill(const std::string& why);
  // Kills it; nothing is told after it returns.
  void stop();
  int pid() const;

 private:
  class Run;
  std::shared_ptr<Run> run_;
};

}  // namespace cartwright::host
