#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/engine.hpp"
#include "host/kept_values.hpp"
#include "host/manifest.hpp"
#include "host/record.hpp"
#include "host/session.hpp"
#include "link/link.hpp"

namespace cartwright::host {

enum class DeviceState : std::uint8_t {
  starting,     // the driver or its links are not up for the first time yet
  up,           // the driver runs and all links are up
  link_down,    // the driver runs, the device is away
  restarting,   // the driver crashed and is started again
  quarantined,  // it crashed too often; the host waits before it tries again
  failed,       // it can not run; only another configuration helps
  stopped
};
std::string_view to_text(DeviceState state);

enum class Isolation : std::uint8_t { process, in_line };

// How patient the host is with a driver.
struct DevicePolicy {
  std::chrono::milliseconds call_limit{2'000};     // wall time of one isolated call
  std::chrono::milliseconds start_limit{15'000};   // from spawn to the driver's first answer
  std::chrono::milliseconds stop_limit{1'000};     // for what a driver sends at its stop
  std::chrono::milliseconds first_pause{100};      // before a restart that follows others
  std::chrono::milliseconds longest_pause{5'000};  // it doubles up to this
  std::uint32_t quick_restarts = 8;                // without a pause while recovery narrows down
  std::uint32_t crashes_to_quarantine = 5;         // incidents within `window`
  std::chrono::milliseconds window{60'000};
  std::chrono::milliseconds quarantine{300'000};
};

// All that one device is made of; checked by Devices or by the caller.
struct DeviceSetup {
  std::string name;
  std::filesystem::path plugin;  // the file of the driver
  Manifest manifest;
  std::vector<std::string> links;  // URIs in the manifest's order, defaults filled in
  std::vector<std::string> units;  // names in the manifest's order
  Isolation isolation = Isolation::process;
  std::vector<Setting> settings;
  std::filesystem::path record;  // folder or file to record links to; empty: not
  KeptValues kept;
  DevicePolicy policy;
  // What drivers take for the time; by default the system's clocks.
  std::function<cw_now()> clock;
  // Called after each call of a pure driver that came back, for recorders and tests.
  std::function<void(const CallRequest&, const CallReply&)> on_call;
};

// What a device looks like from outside at one moment.
struct LinkStatus {
  std::string name;  // the manifest's
  std::string uri;
  bool up = false;
  std::string reason;  // why it is down
  link::Counters counters;
};
struct DeviceStatus {
  std::string name;
  std::string driver;  // plugin id and version
  std::string version;
  Isolation isolation = Isolation::process;
  DeviceState state = DeviceState::starting;
  std::string reason;  // for people: why it is not up
  std::vector<std::string> units;
  std::vector<std::string> classes;  // of the units
  std::vector<LinkStatus> links;
  SessionCounters counters;
  std::uint64_t restarts = 0;
  std::uint64_t quarantines = 0;
  std::uint64_t open_commands = 0;
  std::uint64_t uncommitted = 0;  // batches of events that the app has not committed
  int pid = 0;                    // of an isolated driver
};

class Device;

// Told on the device's executor. Must not block.
class DeviceListener {
 public:
  virtual ~DeviceListener() = default;
  // The events of one call, in order. `committed` must be called once they are durable, from any
  // thread: requests that wait for that go out then. It may be called after the device is gone.
  virtual void device_events(Device& device, std::vector<Record> events,
                             std::function<void()> committed) = 0;
  // The state, or the reason for it, is another one.
  virtual void device_changed(Device&, DeviceState, const std::string& /*reason*/) {}
  virtual void device_fault(Device&, std::uint32_t /*unit*/, std::string_view /*text*/) {}
  virtual void device_log(Device&, std::uint32_t /*level*/, std::string_view /*text*/) {}
  // A value to be kept; empty: to be forgotten. Store it before the call returns.
  virtual void device_keeps(Device&, std::uint32_t /*key*/, std::uint32_t /*flags*/,
                            ByteView /*value*/) {}
};

// One instance of a driver with its links. All calls on the executor that it was made with, which
// must be a strand or run by one thread.
class Device {
 public:
  // The status of a command's end (CW_*) and its result, which may be empty. Told exactly once, on
  // the executor, never inside command().
  using CommandDone = std::function<void(std::int32_t status, const Record& result)>;
  // Reads a blob: at most `size` bytes from `offset`, empty behind its end.
  using BlobReader = std::function<Bytes(std::uint64_t offset, std::uint32_t size)>;

  virtual ~Device() = default;
  virtual void start() = 0;
  // Lets the driver say its last word, then ends links and driver. `done` once, perhaps inside.
  virtual void stop(std::function<void()> done) = 0;

  // Gives a command to a unit (an index into the manifest's units). Soft: the driver is asked to
  // stop; hard: the host ends it; zero: never. Returns its op for cancel, 0 where it was refused.
  virtual std::uint64_t command(std::uint32_t unit, Record command, std::chrono::nanoseconds soft,
                                std::chrono::nanoseconds hard, CommandDone done) = 0;
  virtual void cancel(std::uint64_t op) = 0;
  // Lets commands name the blob; `blob` comes from new_blob_number().
  virtual void add_blob(std::uint64_t blob, BlobReader reader) = 0;
  virtual void remove_blob(std::uint64_t blob) = 0;
  virtual DeviceStatus status() const = 0;
  virtual const DeviceSetup& setup() const = 0;
};

// A number that no other blob of this process has. [any thread]
std::uint64_t new_blob_number();

// Starts nothing yet. Error invalid_input for a link that can not be.
std::shared_ptr<Device> make_device(DeviceSetup setup, DeviceListener& listener,
                                    boost::asio::any_io_executor executor);

}  // namespace cartwright::host
