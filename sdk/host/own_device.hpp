#pragma once

#include <boost/asio/steady_timer.hpp>
#include <deque>

#include "host/device_base.hpp"
#include "host/own_process.hpp"

namespace cartwright::host {

// A plugin with own I/O as a device: the host keeps its open commands, kept values and blobs, and
// starts it again when it dies.
class OwnDevice final : public DeviceBase, private OwnListener {
 public:
  OwnDevice(DeviceSetup setup, DeviceListener& listener, boost::asio::any_io_executor executor);
  ~OwnDevice() override;

  void start() override;
  void stop(std::function<void()> done) override;
  std::uint64_t command(std::uint32_t unit, Record command, std::chrono::nanoseconds soft,
                        std::chrono::nanoseconds hard, CommandDone done) override;
  void cancel(std::uint64_t op) override;
  DeviceStatus status() const override;

 private:
  void own_ready() override;
  void own_refused(const std::string& text) override;
  void own_effect(const Effect& effect) override;
  void own_blob_ask(std::uint64_t request, std::uint64_t blob, std::uint64_t offset,
                    std::uint32_t size) override;
  void own_died(Loss loss, const std::string& text) override;
  void own_ended() override;

  void launch();
  void launch_after(std::chrono::milliseconds pause);
  void event(const cw_record& event);
  void keep(const KeepEffect& keep);
  void progress(std::uint64_t op);
  void end(std::uint64_t op, std::int32_t status, const Record& result);
  void end_all(std::int32_t status);
  void end_sent(std::int32_t status);
  void expire();
  void arm();
  void finish_stop();
  bool ended() const;

  OwnProcess process_;
  Operations operations_;
  RestartPlan plan_;
  boost::asio::steady_timer timer_;
  boost::asio::steady_timer pause_timer_;
  std::deque<Record> early_;  // commands that wait for the plugin to be ready
  std::vector<std::function<void()>> stopped_told_;
  SessionCounters counters_;
  std::uint64_t restarts_ = 0;
  std::uint64_t quarantines_ = 0;
  bool ready_ = false;
  bool stopping_ = false;
};

}  // namespace cartwright::host
