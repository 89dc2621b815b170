#include "host/devices.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "broken_plugin.hpp"
#include "host/kept_store.hpp"
#include "host/record_json.hpp"
#include "host/record_schema.hpp"
#include "link/pty_pair.hpp"

namespace cartwright::host {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;

const PluginIndex& plugins() {
  static const PluginIndex index(std::vector<PluginFolder>{{CARTWRIGHT_TEST_DRIVERS, "test"}});
  return index;
}

// Keeps what the devices' thread tells and lets the test wait for it.
class Witness : public DevicesListener {
 public:
  void unit_events(std::vector<std::string> units, std::vector<Record> events,
                   std::function<void()> committed) override {
    for (std::size_t i = 0; i < events.size(); ++i) {
      const auto json = record_to_json(events[i].header());
      note(units[i] + " " + json.value("data", json["type"].get<std::string>()));
    }
    committed();
  }
  void unit_changed(const std::string& unit, const std::string&, DeviceState state,
                    const std::string&) override {
    note(unit + " is " + std::string(to_text(state)));
  }
  void device_log(const std::string& device, std::uint32_t level, std::string_view text) override {
    if (level == CW_LOG_INFO) note(device + " logs " + std::string(text));
  }
  Devices::CommandDone done(const std::string& name) {
    return [this, name](std::int32_t status, const Record&) {
      note(name + " " + std::string(status_name(status)));
    };
  }

  void note(const std::string& line) {
    const std::lock_guard lock(mutex);
    lines.push_back(line);
    changed.notify_all();
  }
  bool heard(const std::string& line) {
    std::unique_lock lock(mutex);
    return changed.wait_for(
        lock, 30s, [&] { return std::find(lines.begin(), lines.end(), line) != lines.end(); });
  }

  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> lines;
};

DeviceConfig scanner(const link::PtyPair& line) {
  DeviceConfig config;
  config.name = "scanner0";
  config.driver = "test-line";
  config.links = {"pty:" + line.path().string()};
  config.place = "cart.toml:3";
  return config;
}

DeviceConfig own(const std::string& settings = "{}") {
  DeviceConfig config;
  config.name = "own0";
  config.driver = "test-own";
  config.settings = settings;
  config.place = "cart.toml:9";
  return config;
}

std::string refusal(const DeviceConfig& config) {
  try {
    resolve_device(config, plugins());
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Devices, run_beside_each_other_and_end_together) {
  const ScratchFolder scratch;
  link::PtyPair line;
  Witness witness;
  Devices devices({scanner(line), own()}, plugins(), scratch.path(), witness);
  EXPECT_EQ(devices.units().size(), 2u);
  devices.start();
  ASSERT_TRUE(witness.heard("scanner0 is up"));
  ASSERT_TRUE(witness.heard("own0 is up"));
  ASSERT_EQ(::write(line.master(), "4006381333931\n", 14), 14);
  EXPECT_TRUE(witness.heard("scanner0 4006381333931"));
  const auto status = devices.status();
  ASSERT_EQ(status.size(), 2u);
  EXPECT_EQ(status[0].counters.events, 1u);
  EXPECT_NE(status[1].pid, 0);
  devices.stop();
  EXPECT_THAT(witness.lines, Contains("scanner0 is stopped"));
  EXPECT_THAT(witness.lines, Contains("own0 bye"));
  EXPECT_THAT(witness.lines, Contains("own0 is stopped"));
}

TEST(Devices, answer_for_a_unit_that_is_not_there) {
  const ScratchFolder scratch;
  Witness witness;
  Devices devices({}, plugins(), scratch.path(), witness);
  devices.start();
  devices.command("ghost0", command_from_json(R"({"clear":{}})"), 1s, 2s, witness.done("clear"));
  EXPECT_TRUE(witness.heard("clear link_down"));
}

TEST(OwnDevice, runs_commands_in_its_threads) {
  const ScratchFolder scratch;
  Witness witness;
  Devices devices({own()}, plugins(), scratch.path(), witness);
  devices.start();
  const auto blob = devices.add_blob("own0", [](std::uint64_t, std::uint32_t) { return Bytes(); });
  EXPECT_NE(blob, 0u);
  devices.command("own0", command_from_json(R"({"beep":{"kind":"good"}})"), 10s, 20s,
                  witness.done("beep"));
  EXPECT_TRUE(witness.heard("beep ok"));
  EXPECT_TRUE(witness.heard("own0 own"));
  devices.command("own0", command_from_json(R"({"check_health":{}})"), 10s, 20s,
                  witness.done("health"));
  EXPECT_TRUE(witness.heard("health ok"));
  devices.command("own0", command_from_json(R"({"clear":{}})"), 10s, 20s, witness.done("clear"));
  EXPECT_TRUE(witness.heard("clear invalid"));
}

TEST(OwnDevice, ends_a_command_that_is_cancelled_or_late) {
  const ScratchFolder scratch;
  Witness witness;
  Devices devices({own()}, plugins(), scratch.path(), witness);
  devices.start();
  ASSERT_TRUE(witness.heard("own0 is up"));
  const auto number = devices.command("own0", command_from_json(R"({"beep":{"kind":"bad"}})"), 0s,
                                      0s, witness.done("first"));
  devices.cancel(number);
  EXPECT_TRUE(witness.heard("first cancelled"));
  devices.command("own0", command_from_json(R"({"beep":{"kind":"bad"}})"), 10ms, 20s,
                  witness.done("second"));
  EXPECT_TRUE(witness.heard("second cancelled"));
}

TEST(OwnDevice, starts_again_after_a_crash_with_what_it_kept) {
  const ScratchFolder scratch;
  Witness witness;
  Devices devices({own()}, plugins(), scratch.path(), witness);
  devices.start();
  devices.command("own0", command_from_json(R"({"brightness":{"percent":5}})"), 10s, 20s,
                  witness.done("keep"));
  ASSERT_TRUE(witness.heard("keep ok"));
  EXPECT_TRUE(witness.heard("own0 is link_down"));
  devices.command("own0", command_from_json(R"({"zero":{}})"), 10s, 20s, witness.done("zero"));
  EXPECT_TRUE(witness.heard("zero internal"));
  EXPECT_TRUE(witness.heard("own0 is restarting"));
  EXPECT_TRUE(witness.heard("own0 kept"));
  EXPECT_EQ(KeptStore(scratch.path()).load("own0").values().size(), 1u);
}

TEST(OwnDevice, says_when_it_can_not_start) {
  const ScratchFolder scratch;
  Witness witness;
  Devices devices({own(R"({"refuse":true})")}, plugins(), scratch.path(), witness);
  devices.start();
  EXPECT_TRUE(witness.heard("own0 is failed"));
}

TEST(ResolveDevice, names_place_and_remedy_of_each_mistake) {
  link::PtyPair line;
  DeviceConfig config = scanner(line);
  config.driver = "test-lime";
  EXPECT_THAT(refusal(config), HasSubstr("cart.toml:3"));
  EXPECT_THAT(refusal(config), HasSubstr("test-line"));
  config = scanner(line);
  config.links.clear();
  EXPECT_THAT(refusal(config), HasSubstr("needs 1 link (line), 0 given"));
  config.links = {"scenario:x"};
  EXPECT_THAT(refusal(config), HasSubstr("can not be scenario:"));
  config = scanner(line);
  config.settings = R"({"gready":true})";
  EXPECT_THAT(refusal(config), HasSubstr("greedy"));
  config = scanner(line);
  config.units = {"a", "b"};
  EXPECT_THAT(refusal(config), HasSubstr("has 1 unit (scanner)"));
  config = own();
  config.isolation = Isolation::in_line;
  EXPECT_THAT(refusal(config), HasSubstr("isolation = \"process\""));
}

TEST(ResolveDevice, refuses_a_unit_that_stands_twice) {
  const ScratchFolder scratch;
  link::PtyPair line;
  Witness witness;
  EXPECT_THROW(Devices({scanner(line), scanner(line)}, plugins(), scratch.path(), witness), Error);
}

}  // namespace
}  // namespace cartwright::host
