// A firmware update over USB from the app's command to its end: the device leaves the bus, comes
// back in its boot mode, is written, and leaves and comes back once more.

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>

#include "host/devices.hpp"
#include "host/record_json.hpp"
#include "unit/link/scratch.hpp"
#include "unit/usb/rig.hpp"

namespace cartwright::link::test {
namespace {

using host::DeviceState;
using host::Isolation;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::chrono::seconds kLimit{60};

// What the app is told: events and ends of commands in their order, and states in theirs. A state
// is not held back behind what an isolated driver still works on.
class App : public host::DevicesListener {
 public:
  void unit_events(std::vector<std::string>, std::vector<host::Record> events,
                   std::function<void()> committed) override {
    for (const host::Record& event : events) {
      const auto json = host::record_to_json(event.header());
      const std::string type = json["type"];
      if (type == "scanner.data") tell("scan " + json["data"].get<std::string>());
      if (type == "device.progress") tell("progress " + std::to_string(json["done"].get<int>()));
      if (type == "device.info") tell("firmware " + json["firmware"].get<std::string>());
    }
    committed();
  }
  void unit_changed(const std::string&, const std::string&, DeviceState state,
                    const std::string& reason) override {
    const std::lock_guard lock(mutex_);
    states_.push_back(state == DeviceState::link_down ? "away: " + reason
                                                      : std::string(to_text(state)));
  }

  void tell(const std::string& line) {
    const std::lock_guard lock(mutex_);
    lines_.push_back(line);
  }
  std::vector<std::string> told() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }
  std::vector<std::string> states() const {
    const std::lock_guard lock(mutex_);
    return states_;
  }
  bool heard(const std::string& line) const {
    const auto lines = told();
    return std::ranges::find(lines, line) != lines.end();
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
  std::vector<std::string> states_;
};

// Where and as what the device comes back in its boot mode, and where the driver runs.
struct Way {
  const char* name;
  std::uint16_t boot_product;
  const char* boot_serial;
  Isolation isolation;
};

class FirmwareUpdate : public UsbRig, public testing::WithParamInterface<Way> {
 protected:
  static MockUsbModel scanner(std::uint16_t product, const std::string& serial) {
    MockUsbModel model = mock_scanner(serial);
    model.product = product;
    model.interfaces[0].endpoints.push_back({0x02, true, 64});
    return model;
  }
  static host::DeviceConfig config() {
    host::DeviceConfig config;
    config.name = "scanner0";
    config.driver = "test-firmware";
    config.links = {"hid:05e0:1900?serial=A1"};
    config.isolation = GetParam().isolation;
    config.place = "cart.toml:3";
    return config;
  }
  bool until(const std::function<bool()>& condition) { return loop.until(condition, kLimit); }
  bool written(const MockUsbDevice& device, std::string_view report) {
    return until([&] {
      const auto writes = device.writes();
      return !writes.empty() && writes.back().second == hex(report);
    });
  }

  const host::PluginIndex plugins{{{CARTWRIGHT_TEST_USB_DRIVERS, "test"}}};
  Scratch scratch;
  App app;
};

}  // namespace

TEST_P(FirmwareUpdate, outlasts_two_replugs_and_loses_nothing) {
  MockUsbDevice normal(bus, scanner(0x1900, "A1"));
  MockUsbDevice boot(bus, scanner(GetParam().boot_product, GetParam().boot_serial));
  normal.plug();
  host::Devices devices({config()}, plugins, scratch / "state", app);
  devices.start();
  ASSERT_TRUE(until([&] { return !app.states().empty() && app.states().back() == "up"; }));
  normal.send(0x81, report("before"));

  const Bytes image(80, std::byte{0x5a});
  const auto blob =
      devices.add_blob("scanner0", [&image](std::uint64_t offset, std::uint32_t size) {
        const ByteView rest = ByteView(image).subspan(std::min<std::size_t>(offset, image.size()));
        return Bytes(rest.begin(), rest.begin() + std::min<std::ptrdiff_t>(size, std::ssize(rest)));
      });
  devices.command(
      "scanner0",
      host::command_from_json(R"({"update":{"blob":)" + std::to_string(blob) + R"(,"size":80}})"),
      kLimit, kLimit, [this](std::int32_t status, const host::Record&) {
        app.tell("update ended " + std::to_string(status));
      });
  ASSERT_TRUE(written(normal, "040b"));
  normal.send(0x81, report("last"));
  normal.unplug();
  boot.plug();
  ASSERT_TRUE(written(boot, "040e"));
  boot.unplug();
  normal.plug();
  ASSERT_TRUE(until([&] { return app.heard("update ended 0"); }));
  normal.send(0x81, report("after"));
  ASSERT_TRUE(until([&] { return app.heard("scan after"); }));

  Bytes taken;
  for (const auto& [pipe, data] : boot.writes()) {
    if (data[1] == std::byte{0x0d}) taken.insert(taken.end(), data.begin() + 2, data.end());
  }
  EXPECT_EQ(taken, image);
  const auto away = HasSubstr("was unplugged; it is expected back soon");
  EXPECT_THAT(app.told(),
              ElementsAre("scan before", "scan last", "progress 32", "progress 64", "progress 80",
                          "firmware new", "update ended 0", "scan after"));
  EXPECT_THAT(app.states(), ElementsAre("starting", "up", away, "up", away, "up"));
  const auto status = devices.status();
  EXPECT_EQ(status[0].restarts, 0U);
  EXPECT_EQ(status[0].open_commands, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Ways, FirmwareUpdate,
    testing::Values(Way{"under_other_ids", 0xb007, "", Isolation::in_line},
                    Way{"under_its_own_ids", 0x1900, "A1", Isolation::in_line},
                    Way{"under_other_ids_isolated", 0xb007, "", Isolation::process},
                    Way{"without_its_serial_number_isolated", 0x1900, "", Isolation::process}),
    [](const auto& way) { return std::string(way.param.name); });

}  // namespace cartwright::link::test
