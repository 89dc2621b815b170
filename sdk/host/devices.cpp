#include "host/devices.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <map>
#include <thread>

#include "base/error.hpp"
#include "host/auto_link.hpp"
#include "host/binding.hpp"
#include "host/kept_store.hpp"

namespace cartwright::host {

// Everything but units, started and the numbers is touched on the thread alone.
struct Devices::Room final : DeviceListener {
  struct Issued {
    std::size_t device;
    std::uint64_t op;
  };

  Room(const std::filesystem::path& state, DevicesListener& told) : store(state), listener(told) {}

  void device_events(Device& device, std::vector<Record> events,
                     std::function<void()> committed) override {
    std::vector<std::string> names;
    for (const Record& event : events) names.push_back(unit_name(device, event.header().unit));
    listener.unit_events(std::move(names), std::move(events), std::move(committed));
  }
  void device_changed(Device& device, DeviceState state, const std::string& reason) override {
    const DeviceSetup& setup = device.setup();
    for (std::size_t i = 0; i < setup.units.size(); ++i) {
      listener.unit_changed(setup.units[i], setup.manifest.units[i].class_id, state, reason);
    }
  }
  void device_fault(Device& device, std::uint32_t unit, std::string_view text) override {
    listener.unit_fault(unit_name(device, unit), text);
  }
  void device_log(Device& device, std::uint32_t level, std::string_view text) override {
    listener.device_log(device.setup().name, level, text);
  }
  void device_keeps(Device& device, std::uint32_t key, std::uint32_t flags,
                    ByteView value) override {
    const std::string& name = device.setup().name;
    KeptValues& values = kept[name];
    values.set(key, flags, value);
    try {
      store.save(name, values);
    } catch (const Error& error) {
      listener.device_log(name, CW_LOG_ERROR, error.what());
    }
  }

  static std::string unit_name(const Device& device, std::uint32_t unit) {
    const auto& units = device.setup().units;
    return unit < units.size() ? units[unit] : device.setup().name;
  }

  void add(const DeviceConfig& config, const PluginIndex& plugins);
  void run_command(std::uint64_t number, const std::string& unit, Record command,
                   std::chrono::nanoseconds soft, std::chrono::nanoseconds hard, CommandDone done);
  // The device and the index of a unit; nothing where there is none.
  std::optional<std::pair<std::size_t, std::uint32_t>> find(const std::string& unit) const;
  Device* device_of(const std::string& unit) const;

  KeptStore store;
  DevicesListener& listener;
  boost::asio::io_context context{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{
      context.get_executor()};
  std::vector<std::shared_ptr<Device>> devices;
  std::vector<UnitInfo> units;
  std::map<std::string, KeptValues> kept;
  std::map<std::uint64_t, Issued> issued;
  std::atomic<std::uint64_t> last_number{0};
  std::thread thread;
};

void Devices::Room::add(const DeviceConfig& config, const PluginIndex& plugins) {
  DeviceSetup setup = resolve_device(config, plugins);
  setup.kept = store.load(config.name);
  kept[config.name] = setup.kept;
  for (std::size_t i = 0; i < setup.units.size(); ++i) {
    if (find(setup.units[i])) {
      throw Error(ErrorKind::invalid_input,
                  config.place + ": a unit named \"" + setup.units[i] +
                      "\" stands in the configuration already; give each a name of its own");
    }
    units.push_back({setup.units[i], setup.manifest.units[i].class_id, config.name});
  }
  for (const std::string& link : setup.links) {
    if (const std::string warning = link::link_warning(link); !warning.empty()) {
      boost::asio::post(context, [this, name = config.name, warning] {
        listener.device_log(name, CW_LOG_WARNING, warning);
      });
    }
  }
  try {
    devices.push_back(make_device(std::move(setup), *this, context.get_executor()));
  } catch (const Error& error) {
    throw Error(error.kind(), config.place + ": device \"" + config.name + "\": " + error.what());
  }
}

std::optional<std::pair<std::size_t, std::uint32_t>> Devices::Room::find(
    const std::string& unit) const {
  for (std::size_t at = 0; at < devices.size(); ++at) {
    const auto& names = devices[at]->setup().units;
    const auto found = std::find(names.begin(), names.end(), unit);
    if (found != names.end()) {
      return std::pair(at, static_cast<std::uint32_t>(found - names.begin()));
    }
  }
  return std::nullopt;
}

Device* Devices::Room::device_of(const std::string& unit) const {
  const auto found = find(unit);
  return found ? devices[found->first].get() : nullptr;
}

void Devices::Room::run_command(std::uint64_t number, const std::string& unit, Record command,
                                std::chrono::nanoseconds soft, std::chrono::nanoseconds hard,
                                CommandDone done) {
  const auto found = find(unit);
  if (!found) {
    done(CW_LINK_DOWN, Record());
    return;
  }
  auto told = [this, number, done = std::move(done)](std::int32_t status, const Record& result) {
    issued.erase(number);
    done(status, result);
  };
  const std::uint64_t op = devices[found->first]->command(found->second, std::move(command), soft,
                                                          hard, std::move(told));
  if (op != 0) issued[number] = {found->first, op};
}

namespace {

// Looks at the machine's devices where a configuration says "auto", and only then.
std::vector<DeviceConfig> with_links(const std::vector<DeviceConfig>& configs,
                                     const PluginIndex& plugins) {
  const bool any = std::ranges::any_of(configs, [](const DeviceConfig& config) {
    return std::ranges::find(config.links, auto_link) != config.links.end();
  });
  if (!any) return configs;
  return find_links(configs, manifests_of(plugins), attached_devices(),
                    [&](const DeviceConfig& tried) {
                      return probe(resolve_device(tried, plugins), tried.probe_limit);
                    });
}

}  // namespace

Devices::Devices(const std::vector<DeviceConfig>& configs, const PluginIndex& plugins,
                 const std::filesystem::path& state, DevicesListener& listener)
    : room_(std::make_unique<Room>(state, listener)) {
  for (const DeviceConfig& config : with_links(configs, plugins)) room_->add(config, plugins);
}

Devices::~Devices() {
  stop();
}

void Devices::start() {
  if (room_->thread.joinable()) return;
  for (const auto& device : room_->devices) {
    boost::asio::post(room_->context, [device] { device->start(); });
  }
  room_->thread = std::thread([this] { room_->context.run(); });
}

void Devices::stop() {
  if (!room_->thread.joinable()) return;
  boost::asio::post(room_->context, [room = room_.get()] {
    // What was posted before, such as the ends of refused commands, is still told.
    const auto last = [room] {
      boost::asio::post(room->context, [room] { room->context.stop(); });
    };
    auto left = std::make_shared<std::size_t>(room->devices.size());
    if (*left == 0) last();
    for (const auto& device : room->devices) {
      device->stop([left, last] {
        if (--*left == 0) last();
      });
    }
  });
  room_->thread.join();
}

std::uint64_t Devices::command(const std::string& unit, Record command,
                               std::chrono::nanoseconds soft, std::chrono::nanoseconds hard,
                               CommandDone done) {
  const std::uint64_t number = ++room_->last_number;
  boost::asio::post(room_->context, [room = room_.get(), number, unit, command = std::move(command),
                                     soft, hard, done = std::move(done)]() mutable {
    room->run_command(number, unit, std::move(command), soft, hard, std::move(done));
  });
  return number;
}

void Devices::cancel(std::uint64_t number) {
  boost::asio::post(room_->context, [room = room_.get(), number] {
    const auto found = room->issued.find(number);
    if (found == room->issued.end()) return;
    room->devices[found->second.device]->cancel(found->second.op);
  });
}

std::uint64_t Devices::add_blob(const std::string& unit, Device::BlobReader reader) {
  const std::uint64_t blob = new_blob_number();
  boost::asio::post(room_->context, [room = room_.get(), unit, blob, reader = std::move(reader)] {
    if (Device* const device = room->device_of(unit)) device->add_blob(blob, reader);
  });
  return blob;
}

void Devices::remove_blob(const std::string& unit, std::uint64_t blob) {
  boost::asio::post(room_->context, [room = room_.get(), unit, blob] {
    if (Device* const device = room->device_of(unit)) device->remove_blob(blob);
  });
}

const std::vector<UnitInfo>& Devices::units() const {
  return room_->units;
}

std::vector<DeviceStatus> Devices::status() const {
  const auto collect = [room = room_.get()] {
    std::vector<DeviceStatus> all;
    for (const auto& device : room->devices) all.push_back(device->status());
    return all;
  };
  if (!room_->thread.joinable()) return collect();
  std::promise<std::vector<DeviceStatus>> promise;
  auto answer = promise.get_future();
  boost::asio::post(room_->context, [&] { promise.set_value(collect()); });
  return answer.get();
}

}  // namespace cartwright::host
