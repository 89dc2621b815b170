#include "cart/device_units.hpp"

#include <cartwright/abi/effects.h>

#include <algorithm>
#include <utility>

#include "host/devices.hpp"
#include "host/plugin_index.hpp"
#include "host/record_schema.hpp"

namespace cartwright::cart {
namespace {

std::vector<host::DeviceConfig> configs_of(const Configuration& configuration) {
  std::vector<host::DeviceConfig> configs;
  for (const DeviceEntry& entry : configuration.devices) {
    host::DeviceConfig config;
    config.name = entry.name;
    config.driver = entry.driver;
    config.links = entry.links;
    config.probe = entry.probe;
    config.units = entry.units;
    config.isolation =
        entry.isolation == Isolation::process ? host::Isolation::process : host::Isolation::in_line;
    config.settings = entry.settings;
    config.place = entry.place;
    config.record = entry.record;
    configs.push_back(std::move(config));
  }
  return configs;
}

DeviceState view_of(host::DeviceState state) {
  switch (state) {
    case host::DeviceState::starting:
      return DeviceState::starting;
    case host::DeviceState::up:
      return DeviceState::up;
    case host::DeviceState::link_down:
      return DeviceState::link_down;
    case host::DeviceState::restarting:
      return DeviceState::restarting;
    case host::DeviceState::quarantined:
      return DeviceState::quarantined;
    case host::DeviceState::failed:
      return DeviceState::failed;
    case host::DeviceState::stopped:
      return DeviceState::stopped;
  }
  return DeviceState::failed;
}

LogLevel level_of(std::uint32_t level) {
  switch (level) {
    case CW_LOG_DEBUG:
      return LogLevel::debug;
    case CW_LOG_INFO:
      return LogLevel::info;
    case CW_LOG_WARNING:
      return LogLevel::warning;
    default:
      return LogLevel::error;
  }
}

}  // namespace

// Hears the devices on their thread and posts to the cart loop.
class DeviceUnits::Bridge final : public host::DevicesListener {
 public:
  Bridge(const Configuration& configuration, Loop& loop, Log& log, DeviceEvents& events)
      : loop_(loop),
        log_(log),
        events_(events),
        devices_(configs_of(configuration),
                 host::PluginIndex(host::plugin_search_path(configuration.plugin_dirs)),
                 configuration.state, *this) {
    for (const DeviceEntry& entry : configuration.devices) {
      states_[entry.name] = {entry.name, entry.driver, DeviceState::stopped, ""};
    }
  }
  ~Bridge() override {
    *alive_ = false;
    devices_.stop();
  }

  void unit_events(std::vector<std::string> units, std::vector<host::Record> events,
                   std::function<void()> committed) override {
    auto all = std::make_shared<std::vector<host::Record>>(std::move(events));
    post([this, units = std::move(units), all, committed = std::move(committed)] {
      for (std::size_t i = 0; i < all->size(); ++i) events_.device_event(units[i], (*all)[i]);
      committed();
    });
  }

  void unit_changed(const std::string& unit, const std::string& /*class_id*/,
                    host::DeviceState state, const std::string& reason) override {
    post([this, unit, state, reason] { changed(unit, state, reason); });
  }

  void unit_fault(const std::string& unit, std::string_view text) override {
    log_.write(LogLevel::warning, unit, text);
    post([this, unit, text = std::string(text)] { events_.device_fault(unit, text); });
  }

  void device_log(const std::string& device, std::uint32_t level, std::string_view text) override {
    log_.write(level_of(level), device, text);
  }

  // Posts what must not run after this object has gone.
  void post(Loop::Task task) {
    loop_.post([alive = alive_, task = std::move(task)] {
      if (*alive) task();
    });
  }

  const host::UnitInfo* find(const std::string& unit) const {
    const auto& units = devices_.units();
    const auto found = std::ranges::find(units, unit, &host::UnitInfo::name);
    return found == units.end() ? nullptr : &*found;
  }

  host::Devices& devices() { return devices_; }
  const host::Devices& devices() const { return devices_; }
  const std::map<std::string, DeviceChanged>& states() const { return states_; }

 private:
  // The host tells each unit of a device; the app hears of the device once.
  void changed(const std::string& unit, host::DeviceState told, const std::string& reason) {
    const DeviceState state = view_of(told);
    const host::UnitInfo* info = find(unit);
    if (info == nullptr) return;
    DeviceChanged& now = states_[info->device];
    if (now.state == state && now.reason == reason) return;
    now.state = state;
    now.reason = reason;
    log_.write(LogLevel::info, now.name,
               std::string(host::to_text(told)) + (reason.empty() ? "" : ": " + reason));
    events_.device_changed(now);
  }

  Loop& loop_;
  Log& log_;
  DeviceEvents& events_;
  // Read and written on the cart loop's thread alone.
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  std::map<std::string, DeviceChanged> states_;
  host::Devices devices_;
};

DeviceUnits::DeviceUnits(const Configuration& configuration, Loop& loop, Log& log,
                         DeviceEvents& events)
    : bridge_(std::make_unique<Bridge>(configuration, loop, log, events)) {}

DeviceUnits::~DeviceUnits() = default;

void DeviceUnits::start() {
  bridge_->devices().start();
}

std::uint64_t DeviceUnits::command(const std::string& unit, host::Record record,
                                   Deadlines deadlines, Done done) {
  Bridge* bridge = bridge_.get();
  return bridge->devices().command(
      unit, std::move(record), deadlines.soft, deadlines.hard,
      [bridge, done = std::move(done)](std::int32_t status, const host::Record& result) {
        auto shared = std::make_shared<const host::Record>(result);
        bridge->post([done, status, shared] { done(status, *shared); });
      });
}

void DeviceUnits::cancel(const std::string& /*unit*/, std::uint64_t op) {
  bridge_->devices().cancel(op);
}

std::uint64_t DeviceUnits::add_blob(const std::string& unit, Bytes content) {
  auto shared = std::make_shared<const Bytes>(std::move(content));
  return bridge_->devices().add_blob(unit, [shared](std::uint64_t offset, std::uint32_t size) {
    if (offset >= shared->size()) return Bytes();
    const ByteView rest = ByteView(*shared).subspan(offset);
    const ByteView piece = rest.first(std::min<std::size_t>(size, rest.size()));
    return Bytes(piece.begin(), piece.end());
  });
}

void DeviceUnits::remove_blob(const std::string& unit, std::uint64_t blob) {
  bridge_->devices().remove_blob(unit, blob);
}

std::optional<std::string> DeviceUnits::first_of(std::string_view class_id) const {
  const std::vector<std::string> all = all_of(class_id);
  return all.empty() ? std::nullopt : std::optional(all.front());
}

std::vector<std::string> DeviceUnits::all_of(std::string_view class_id) const {
  std::vector<std::string> names;
  for (const host::UnitInfo& unit : bridge_->devices().units()) {
    if (unit.class_id == class_id) names.push_back(unit.name);
  }
  return names;
}

bool DeviceUnits::is_up(const std::string& unit) const {
  const host::UnitInfo* info = bridge_->find(unit);
  return info != nullptr && bridge_->states().at(info->device).state == DeviceState::up;
}

std::vector<DeviceChanged> DeviceUnits::states() const {
  std::vector<DeviceChanged> states;
  for (const auto& [name, state] : bridge_->states()) states.push_back(state);
  return states;
}

std::vector<std::string> DeviceUnits::units_of(const std::string& device) const {
  std::vector<std::string> names;
  for (const host::UnitInfo& unit : bridge_->devices().units()) {
    if (unit.device == device) names.push_back(unit.name);
  }
  return names;
}

std::string_view DeviceUnits::class_of(const std::string& unit) const {
  const host::UnitInfo* info = bridge_->find(unit);
  return info == nullptr ? std::string_view() : std::string_view(info->class_id);
}

std::vector<DeviceStatistics> DeviceUnits::statistics() const {
  std::vector<DeviceStatistics> all;
  for (const host::DeviceStatus& status : bridge_->devices().status()) {
    DeviceStatistics one;
    one.name = status.name;
    one.version = status.version;
    one.calls = status.counters.calls;
    one.bytes = status.counters.bytes;
    one.events = status.counters.events;
    one.requests = status.counters.requests;
    one.faults = status.counters.faults;
    for (const host::LinkStatus& link : status.links) one.link_downs += link.counters.downs;
    one.dropped = status.counters.dropped;
    one.crashes = status.counters.crashes;
    one.restarts = status.restarts;
    one.set_aside = status.counters.slices_aside;
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace cartwright::cart
