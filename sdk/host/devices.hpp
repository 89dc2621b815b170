#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/device.hpp"
#include "host/plugin_index.hpp"

namespace cartwright::host {

// One device as a configuration names it.
struct DeviceConfig {
  std::string name;
  std::string driver;              // plugin id
  std::vector<std::string> links;  // URIs in the manifest's order, or one "auto" (auto_link.hpp)
  bool probe = false;              // "auto" may open ports to find the device
  std::chrono::milliseconds probe_limit{3'000};  // for one port
  std::vector<std::string> units;  // names in the manifest's order; empty: as the device is named
  Isolation isolation = Isolation::process;
  std::string settings = "{}";   // a JSON object
  std::string place;             // FILE:LINE, for messages
  std::filesystem::path record;  // recordings are made beside this name; empty: none
  DevicePolicy policy;
};

// Resolves a configuration against the plugins that there are: finds the driver, checks settings,
// number and schemes of the links and fills their defaults in. Error names the place and the
// remedy.
DeviceSetup resolve_device(const DeviceConfig& config, const PluginIndex& plugins);

// What the devices of one app tell. Called on the devices' thread.
class DevicesListener {
 public:
  virtual ~DevicesListener() = default;
  // One call's events of one device; `units[i]` names the unit of `events[i]`. `committed` as in
  // DeviceListener, from any thread.
  virtual void unit_events(std::vector<std::string> units, std::vector<Record> events,
                           std::function<void()> committed) = 0;
  // Told for each unit of the device.
  virtual void unit_changed(const std::string& /*unit*/, const std::string& /*class_id*/,
                            DeviceState, const std::string& /*reason*/) {}
  virtual void unit_fault(const std::string& /*unit*/, std::string_view /*text*/) {}
  virtual void device_log(const std::string& /*device*/, std::uint32_t /*level*/,
                          std::string_view /*text*/) {}
};

// A unit of a configured device.
struct UnitInfo {
  std::string name;
  std::string class_id;
  std::string device;
};

// All devices of an app on one thread of their own. Every function may be called from any thread,
// but not from a listener call where it says so.
class Devices {
 public:
  using CommandDone = Device::CommandDone;  // on the devices' thread

  // `state` is the folder for what drivers keep (KeptStore). Error for a configuration that can not
  // work: a unit twice, an unknown driver, a setting with a wrong value.
  Devices(const std::vector<DeviceConfig>& configs, const PluginIndex& plugins,
          const std::filesystem::path& state, DevicesListener& listener);
  // Stops them first. Not from a listener call.
  ~Devices();
  Devices(const Devices&) = delete;
  Devices& operator=(const Devices&) = delete;

  void start();
  // Returns when every driver has ended; no listener call follows. Not from a listener call.
  void stop();

  // As Device::command. Returns a number for cancel. A unit that does not exist ends LINK_DOWN.
  std::uint64_t command(const std::string& unit, Record command, std::chrono::nanoseconds soft,
                        std::chrono::nanoseconds hard, CommandDone done);
  void cancel(std::uint64_t number);
  // For commands of that unit that name a blob; `reader` is called on the devices' thread.
  std::uint64_t add_blob(const std::string& unit, Device::BlobReader reader);
  void remove_blob(const std::string& unit, std::uint64_t blob);

  const std::vector<UnitInfo>& units() const;
  // Waits for the devices' thread. Not from a listener call.
  std::vector<DeviceStatus> status() const;

 private:
  struct Room;
  std::unique_ptr<Room> room_;
};

}  // namespace cartwright::host
