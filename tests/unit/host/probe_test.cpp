#include "host/probe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "host/devices.hpp"
#include "link/pty_pair.hpp"

namespace cartwright::host {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

// A device that answers each "?"; with nothing where it is silent.
class Answering {
 public:
  explicit Answering(const char* answer) : answer_(answer), thread_([this] { run(); }) {}
  ~Answering() {
    over_ = true;
    thread_.join();
  }
  std::string path() const { return line_.path().string(); }
  // What came, when the probe is over.
  std::string end() {
    over_ = true;
    thread_.join();
    thread_ = std::thread([] {});
    return heard_;
  }

 private:
  void run() {
    while (true) {
      pollfd wait{line_.master(), POLLIN, 0};
      const bool last = over_;
      const int ready = ::poll(&wait, 1, 10);
      char buffer[256];
      const ssize_t count =
          ready > 0 && (wait.revents & POLLIN) != 0 ? ::read(line_.master(), buffer, 256) : 0;
      if (count > 0) heard_.append(buffer, static_cast<std::size_t>(count));
      if (count > 0 && answer_[0] != '\0' &&
          std::find(buffer, buffer + count, '?') != buffer + count) {
        EXPECT_EQ(::write(line_.master(), answer_, 1), 1);
      }
      if (last && count <= 0) return;
    }
  }

  link::PtyPair line_;
  const char* answer_;
  std::string heard_;
  std::atomic<bool> over_{false};
  std::thread thread_;
};

DeviceSetup setup_of(const std::string& driver, const std::string& path) {
  static const PluginIndex plugins(std::vector<PluginFolder>{{CARTWRIGHT_TEST_DRIVERS, "test"}});
  DeviceConfig config;
  config.name = "scale0";
  config.driver = driver;
  config.links = {"pty:" + path};
  return resolve_device(config, plugins);
}

}  // namespace

TEST(Probe, is_well_where_the_device_answers_for_its_health) {
  Answering device("!");
  const ProbeResult result = probe(setup_of("test-answer", device.path()), 30s);
  EXPECT_TRUE(result.well) << result.why;
  EXPECT_THAT(device.end(), HasSubstr("?"));
}

TEST(Probe, ends_within_its_limit_where_nobody_answers) {
  const Answering device("");
  const ProbeResult result = probe(setup_of("test-answer", device.path()), 1s);
  EXPECT_FALSE(result.well);
}

TEST(Probe, says_that_a_driver_can_not_ask) {
  const Answering device("#");
  const ProbeResult result = probe(setup_of("test-answer", device.path()), 30s);
  EXPECT_FALSE(result.well);
  EXPECT_THAT(result.why, HasSubstr("can not ask"));
}

TEST(Probe, says_why_the_port_does_not_open) {
  const ProbeResult result = probe(setup_of("test-answer", "/nowhere/at/all"), 1s);
  EXPECT_FALSE(result.well);
  EXPECT_THAT(result.why, HasSubstr("/nowhere/at/all is not there"));
}

// test-line acknowledges a label with "A" once it is committed, and says "Z" at its end: that waits
// behind the acknowledgement, which a probe never gives.
TEST(Probe, acknowledges_nothing_that_the_device_tells_meanwhile) {
  const std::string label = "4006381333931";
  link::PtyPair line;
  DeviceSetup setup = setup_of("test-line", line.path().string());
  bool told = false;
  setup.on_call = [&](const CallRequest&, const CallReply& reply) {
    told = told || as_text(reply.effects).find(label) != std::string_view::npos;
    // Until the driver has had one: what comes before the line is open is thrown away.
    if (!told) {
      EXPECT_EQ(::write(line.master(), (label + "\n").data(), 14), 14);
    }
  };
  EXPECT_FALSE(probe(std::move(setup), 1s).well);
  EXPECT_TRUE(told);
  std::string heard(256, '\0');
  const ssize_t count = ::read(line.master(), heard.data(), heard.size());
  heard.resize(static_cast<std::size_t>(std::max<ssize_t>(0, count)));
  EXPECT_EQ(heard, "");
}

}  // namespace cartwright::host
