#include "host/device.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <nlohmann/json.hpp>

#include "host/loader.hpp"
#include "host/record_json.hpp"
#include "host/record_schema.hpp"
#include "link/pty_pair.hpp"

namespace cartwright::host {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

const std::filesystem::path line_file = CARTWRIGHT_TEST_DRIVERS "/test-line.so";

// A device of test-line on a real pseudo-terminal whose other side the test holds.
class Bench : public DeviceListener {
 public:
  explicit Bench(Isolation isolation, const std::string& settings = "{}",
                 const DevicePolicy& policy = {}) {
    DeviceSetup setup;
    setup.name = "scanner0";
    setup.plugin = line_file;
    setup.manifest = inspect_plugin(line_file);
    setup.links = {"pty:" + line.path().string()};
    setup.units = {"scanner0"};
    setup.isolation = isolation;
    setup.settings = check_settings(setup.manifest, settings, "test");
    setup.policy = policy;
    device = make_device(std::move(setup), *this, io.get_executor());
    device->start();
  }
  ~Bench() override { device->stop({}); }

  void device_events(Device&, std::vector<Record> events,
                     std::function<void()> committed) override {
    for (const Record& event : events) {
      const auto json = record_to_json(event.header());
      if (json.contains("data")) labels.push_back(json["data"].get<std::string>());
      if (json.contains("maker")) infos.push_back(json["maker"].get<std::string>());
    }
    if (commit_at_once) {
      committed();
    } else {
      commits.push_back(std::move(committed));
    }
  }
  void device_changed(Device&, DeviceState state, const std::string& reason) override {
    states.push_back(std::string(to_text(state)));
    why = reason;
  }

  template <typename Condition>
  bool until(const Condition& condition) {
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      io.restart();
      io.run_one_for(20ms);
    }
    return true;
  }
  bool until_up() {
    return until([&] { return device->status().state == DeviceState::up; });
  }
  void send(std::string_view text) {
    ASSERT_EQ(::write(line.master(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  // What the device has got so far.
  std::string& received() {
    char buffer[4096];
    const ssize_t count = ::read(line.master(), buffer, sizeof(buffer));
    if (count > 0) got.append(buffer, static_cast<std::size_t>(count));
    return got;
  }
  void command(std::string_view json, std::chrono::milliseconds soft = 0ms,
               std::chrono::milliseconds hard = 0ms) {
    device->command(
        0, command_from_json(json), soft, hard,
        [this](std::int32_t status, const Record&) { ends.emplace_back(status_name(status)); });
  }

  boost::asio::io_context io{1};
  link::PtyPair line;
  std::shared_ptr<Device> device;
  std::vector<std::string> labels;
  std::vector<std::string> infos;
  std::vector<std::string> states;
  std::vector<std::string> ends;
  std::vector<std::function<void()>> commits;
  std::string why;
  std::string got;
  bool commit_at_once = true;
};

class AnyIsolation : public testing::TestWithParam<Isolation> {};

INSTANTIATE_TEST_SUITE_P(Device, AnyIsolation,
                         testing::Values(Isolation::in_line, Isolation::process),
                         [](const auto& one) {
                           return one.param == Isolation::process ? "process" : "in_line";
                         });

TEST_P(AnyIsolation, brings_labels_and_acknowledges_them) {
  Bench bench(GetParam());
  ASSERT_TRUE(bench.until_up());
  bench.send("4006381333931\n96385074\n");
  ASSERT_TRUE(bench.until([&] { return bench.received() == "AA"; }));
  EXPECT_THAT(bench.labels, ElementsAre("4006381333931", "96385074"));
}

TEST_P(AnyIsolation, holds_an_acknowledgement_until_its_label_is_durable) {
  Bench bench(GetParam());
  bench.commit_at_once = false;
  ASSERT_TRUE(bench.until_up());
  bench.send("one\n");
  ASSERT_TRUE(bench.until([&] { return bench.commits.size() == 1; }));
  // A command that came later waits behind it: requests of one link go out in order.
  bench.command(R"({"beep":{"kind":"good"}})");
  bench.send("two\n");
  ASSERT_TRUE(bench.until([&] { return bench.commits.size() == 2; }));
  EXPECT_EQ(bench.received(), "");
  bench.commits[0]();
  ASSERT_TRUE(bench.until([&] { return bench.received() == "AG"; }));
  bench.commits[1]();
  ASSERT_TRUE(bench.until([&] { return bench.received() == "AGA"; }));
  ASSERT_TRUE(bench.until([&] { return !bench.ends.empty(); }));
  EXPECT_THAT(bench.ends, ElementsAre("ok"));
}

TEST_P(AnyIsolation, takes_a_queued_write_out_when_a_newer_one_replaces_it) {
  Bench bench(GetParam());
  bench.commit_at_once = false;
  ASSERT_TRUE(bench.until_up());
  bench.send("one\n");
  ASSERT_TRUE(bench.until([&] { return bench.commits.size() == 1; }));
  bench.command(R"({"beep":{"kind":"good"}})");
  bench.command(R"({"beep":{"kind":"good"}})");
  ASSERT_TRUE(bench.until([&] { return bench.ends.size() == 1; }));
  EXPECT_THAT(bench.ends, ElementsAre("cancelled"));
  bench.commits[0]();
  ASSERT_TRUE(bench.until([&] { return bench.received() == "AG"; }));
}

TEST_P(AnyIsolation, ends_a_command_at_its_deadline) {
  Bench bench(GetParam());
  ASSERT_TRUE(bench.until_up());
  bench.command(R"({"brightness":{"percent":1}})", 5ms, 10ms);
  ASSERT_TRUE(bench.until([&] { return !bench.ends.empty(); }));
  EXPECT_THAT(bench.ends, ElementsAre("timeout"));
}

TEST_P(AnyIsolation, reads_a_blob_in_pieces) {
  Bench bench(GetParam());
  ASSERT_TRUE(bench.until_up());
  bench.device->add_blob(5, [](std::uint64_t offset, std::uint32_t size) {
    return to_bytes(std::string("abcdefgh").substr(offset, size));
  });
  bench.command(R"({"check_health":{}})");
  ASSERT_TRUE(bench.until([&] { return !bench.ends.empty(); }));
  EXPECT_THAT(bench.ends, ElementsAre("ok"));
}

TEST_P(AnyIsolation, sends_a_driver_s_last_word_before_it_stops) {
  Bench bench(GetParam());
  ASSERT_TRUE(bench.until_up());
  bool stopped = false;
  bench.device->stop([&] { stopped = true; });
  ASSERT_TRUE(bench.until([&] { return stopped; }));
  EXPECT_EQ(bench.received(), "Z");
  EXPECT_EQ(bench.states.back(), "stopped");
  bench.command(R"({"clear":{}})");
  ASSERT_TRUE(bench.until([&] { return !bench.ends.empty(); }));
  EXPECT_THAT(bench.ends, ElementsAre("link_down"));
}

TEST_P(AnyIsolation, is_quarantined_when_it_crashes_too_often) {
  DevicePolicy policy;
  policy.crashes_to_quarantine = 2;
  Bench bench(GetParam(), "{}", policy);
  ASSERT_TRUE(bench.until_up());
  bench.send("\x04");  // rolls back
  // A lost state opens the link anew, and what lay in the line then is gone.
  ASSERT_TRUE(bench.until([&] {
    const DeviceStatus status = bench.device->status();
    return status.counters.slices_aside == 1 && status.links[0].counters.opens == 2 &&
           status.state == DeviceState::up;
  }));
  bench.command(R"({"brightness":{"percent":1}})");
  bench.send("\n\x04");
  ASSERT_TRUE(
      bench.until([&] { return bench.device->status().state == DeviceState::quarantined; }));
  EXPECT_THAT(bench.ends, ElementsAre("link_down"));
  EXPECT_EQ(bench.device->status().quarantines, 1u);
}

TEST_P(AnyIsolation, says_in_the_driver_s_words_why_it_refuses_its_settings) {
  Bench bench(GetParam(), R"({"greedy":true,"deaf":true})");
  ASSERT_TRUE(
      bench.until([&] { return !bench.states.empty() && bench.states.back() == "failed"; }));
  EXPECT_THAT(bench.why, HasSubstr("greedy and deaf exclude each other"));
}

TEST(Device, says_that_a_port_is_not_there) {
  Bench bench(Isolation::in_line);
  DeviceSetup setup = bench.device->setup();
  setup.links = {"pty:/dev/pts/none"};
  const auto absent = make_device(setup, bench, bench.io.get_executor());
  absent->start();
  ASSERT_TRUE(bench.until([&] { return absent->status().state == DeviceState::link_down; }));
  EXPECT_THAT(absent->status().reason, HasSubstr("/dev/pts/none"));
  absent->stop({});
}

TEST(Device, says_why_a_driver_can_not_run) {
  Bench bench(Isolation::process);
  DeviceSetup setup = bench.device->setup();
  setup.plugin = "/nowhere/none.so";
  const auto broken = make_device(setup, bench, bench.io.get_executor());
  broken->start();
  ASSERT_TRUE(bench.until([&] { return broken->status().state == DeviceState::failed; }));
  EXPECT_THAT(broken->status().reason, HasSubstr("/nowhere/none.so"));
  broken->stop({});
}

TEST(Device, restarts_a_killed_driver_and_loses_no_label) {
  Bench bench(Isolation::process, R"({"greedy":true})");
  ASSERT_TRUE(bench.until_up());
  for (int i = 0; i < 8; ++i) {
    bench.send("half");
    ASSERT_TRUE(bench.until([&] { return bench.device->status().pid != 0; }));
    ::kill(bench.device->status().pid, SIGKILL);
    bench.send(std::to_string(i) + "\n");
    ASSERT_TRUE(
        bench.until([&] { return bench.labels.size() == static_cast<std::size_t>(i) + 1; }));
    EXPECT_EQ(bench.labels.back(), "half" + std::to_string(i));
  }
  EXPECT_THAT(bench.states, Contains("restarting"));
  EXPECT_EQ(bench.device->status().quarantines, 0u);
}

// Nothing calls it that could show that it works.
TEST(Device, is_up_again_when_its_driver_is_killed_while_it_has_nothing_to_do) {
  Bench bench(Isolation::process);
  ASSERT_TRUE(bench.until_up());
  ::kill(bench.device->status().pid, SIGKILL);
  ASSERT_TRUE(bench.until([&] { return bench.states.back() == "restarting"; }));
  EXPECT_TRUE(bench.until_up());
}

}  // namespace
}  // namespace cartwright::host
