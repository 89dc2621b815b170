#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <nlohmann/json.hpp>

#include "host/device.hpp"
#include "host/loader.hpp"
#include "host/record_json.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;

const std::filesystem::path plugin =
    std::filesystem::path(CARTWRIGHT_TEST_PLUGINS) / "probe-vendor-library.so";

// The probe around a blocking library in a process of its own, as every own plugin runs.
class IsolatedVendorLibrary : public ::testing::Test, private host::DeviceListener {
 protected:
  IsolatedVendorLibrary() {
    host::DeviceSetup setup;
    setup.name = "scanner0";
    setup.plugin = plugin;
    setup.manifest = host::inspect_plugin(plugin);
    setup.units = {"scanner0"};
    device = host::make_device(std::move(setup), *this, io.get_executor());
    device->start();
  }
  ~IsolatedVendorLibrary() override { device->stop({}); }

  // The status with which a vendor's command ends.
  std::string run(const std::string& id, const std::string& data,
                  std::chrono::nanoseconds soft = 0s, std::chrono::nanoseconds hard = 0s) {
    const std::string json = R"({"vendor":{"id":")" + id + R"(","data":")" + data + R"("}})";
    std::string ended;
    device->command(
        0, host::command_from_json(std::string_view(json)), soft, hard,
        [&ended](std::int32_t status, const host::Record&) { ended = status_name(status); });
    io.restart();
    while (ended.empty()) io.run_one();
    return ended;
  }
  std::string next_label() {
    io.restart();
    while (labels.empty()) io.run_one();
    std::string label = labels.front();
    labels.erase(labels.begin());
    return label;
  }

  boost::asio::io_context io{1};
  std::shared_ptr<host::Device> device;
  std::vector<std::string> labels;
  std::map<std::uint32_t, std::string> kept;

 private:
  void device_events(host::Device&, std::vector<host::Record> events,
                     std::function<void()> committed) override {
    for (const host::Record& event : events) {
      const auto shown = host::record_to_json(event.header());
      if (shown.contains("data")) labels.push_back(shown.at("data"));
    }
    committed();
  }
  void device_keeps(host::Device&, std::uint32_t key, std::uint32_t, ByteView value) override {
    kept[key] = std::string(as_text(value));
  }
};

TEST_F(IsolatedVendorLibrary, posts_from_its_thread_through_the_process_border) {
  EXPECT_EQ(run("see", "4006"), "ok");
  EXPECT_EQ(next_label(), "4006");
  EXPECT_EQ(kept.at(1), std::string("\x01\0\0\0", 4));
}

TEST_F(IsolatedVendorLibrary, is_ended_when_it_hangs_and_starts_again_with_what_it_kept) {
  EXPECT_EQ(run("see", "1"), "ok");
  EXPECT_EQ(next_label(), "1");
  EXPECT_NE(run("hang", "", 50ms, 200ms), "ok");
  EXPECT_EQ(run("see", "2"), "ok");
  EXPECT_EQ(next_label(), "2");
  EXPECT_EQ(kept.at(1), std::string("\x02\0\0\0", 4));
}

}  // namespace
}  // namespace cartwright::test
