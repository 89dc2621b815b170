#pragma once

#include <map>

#include "host/init_block.hpp"

#include "host/device.hpp"

namespace cartwright::host {

// The system's clocks as drivers see them.
cw_now system_now();

// What pure and own devices have in common: state, commands' ends, blobs.
class DeviceBase : public Device, public std::enable_shared_from_this<DeviceBase> {
 public:
  DeviceBase(DeviceSetup setup, DeviceListener& listener, boost::asio::any_io_executor executor);

  void add_blob(std::uint64_t blob, BlobReader reader) override;
  void remove_blob(std::uint64_t blob) override;
  const DeviceSetup& setup() const override { return setup_; }

 protected:
  cw_now now() const { return setup_.clock(); }
  void set_state(DeviceState state, const std::string& reason);
  DeviceState state() const { return state_; }
  const std::string& reason() const { return reason_; }
  DeviceStatus base_status() const;

  // Remembers who waits for the op, or tells the refusal soon.
  std::uint64_t started(const CommandStart& start, CommandDone done);
  void tell_done(std::uint64_t op, std::int32_t status, const Record& result);
  // A piece of a blob; nothing where there is no such blob.
  std::optional<Bytes> read_blob(std::uint64_t blob, std::uint64_t offset, std::uint32_t size);
  InstanceShape shape() const;
  InitBlock make_init() const;
  // Absolute monotonic deadlines.
  Deadlines deadlines(std::chrono::nanoseconds soft, std::chrono::nanoseconds hard) const;

  DeviceSetup setup_;
  DeviceListener& listener_;
  boost::asio::any_io_executor executor_;

 private:
  DeviceState state_ = DeviceState::starting;
  std::string reason_;
  std::map<std::uint64_t, CommandDone> waiting_;
  std::map<std::uint64_t, BlobReader> blobs_;
};

std::shared_ptr<Device> make_pure_device(DeviceSetup setup, DeviceListener& listener,
                                         boost::asio::any_io_executor executor);
std::shared_ptr<Device> make_own_device(DeviceSetup setup, DeviceListener& listener,
                                        boost::asio::any_io_executor executor);

// When to start a driver again, and when to wait long.
class RestartPlan {
 public:
  explicit RestartPlan(const DevicePolicy& policy) : policy_(policy) {}

  // A call has worked: the next restart needs no pause.
  void worked() { in_row_ = 0; }
  // The pause before the restart that is needed now.
  std::chrono::milliseconds pause();
  // Notes an incident at `now_ns`; true where there are too many.
  bool too_many(std::uint64_t now_ns);
  void forget() {
    in_row_ = 0;
    incidents_.clear();
  }

 private:
  const DevicePolicy policy_;
  std::uint32_t in_row_ = 0;
  std::vector<std::uint64_t> incidents_;
};

}  // namespace cartwright::host
