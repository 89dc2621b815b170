#include "host/engine_process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <boost/asio/io_context.hpp>
#include <random>

#include "session_rig.hpp"

namespace cartwright::host {
namespace {

using namespace std::chrono_literals;
using test::LineSettings;
using test::Transcript;
using testing::ElementsAre;
using testing::HasSubstr;

const std::filesystem::path line_file = CARTWRIGHT_TEST_DRIVERS "/test-line.so";

// A session whose driver runs in a process of its own, on an executor that the test turns.
class ProcessRig : public EngineListener {
 public:
  explicit ProcessRig(const LineSettings& settings = {}, ProcessLimits limits = {},
                      const std::filesystem::path& file = line_file)
      : engine(io.get_executor(), file, settings.init(), limits),
        session({1, 1}, line_plugin_size(), {}, out) {
    session.link_up(0, link::Shape::stream, {});
    engine.start(*this);
    settle();
    out.lines.clear();
  }

  void feed(std::string_view text) {
    session.data(0, 0, as_bytes(text));
    pump();
    settle();
  }

  // Turns the executor until the driver waits for input or will never run.
  void settle() {
    while (!refused && (!ready || session.call_outstanding())) turn();
  }

  void turn() {
    if (io.run_one_for(30s) == 0) throw std::runtime_error("nothing happened for 30 s");
  }

  void pump() {
    if (!ready) return;
    const cw_now now{sizeof(cw_now), 0, 1'000'000'000, 0, 0, 0};
    if (const CallRequest* request = session.next_call(now)) engine.call(*request);
  }

  void engine_ready(std::uint32_t) override {
    ready = true;
    pump();
  }
  void engine_refused(const std::string& text) override {
    refused = true;
    death = text;
  }
  void engine_replied(const CallReply& reply) override {
    session.commit(reply);
    pump();
  }
  void engine_died(Loss loss, const std::string& text) override {
    ready = false;
    ++deaths;
    death = text;
    if (session.call_outstanding()) session.lost(loss);
    engine.start(*this);
  }

  static std::uint32_t line_plugin_size() { return test::line_plugin().driver()->state_size; }

  boost::asio::io_context io{1};
  Transcript out;
  ProcessEngine engine;
  Session session;
  bool ready = false;
  bool refused = false;
  int deaths = 0;
  std::string death;
};

TEST(ProcessEngine, reads_labels_as_the_inline_engine_does) {
  ProcessRig rig;
  rig.feed("4006381333931\n96385074\nre");
  rig.feed("st\n");
  EXPECT_THAT(rig.out.labels, ElementsAre("4006381333931", "96385074", "rest"));
  EXPECT_EQ(rig.deaths, 0);
}

TEST(ProcessEngine, keeps_the_host_s_copy_of_the_state_equal_to_the_driver_s) {
  ProcessRig rig({.greedy = true});
  test::Rig twin({.greedy = true});
  for (const std::string_view text : {"one\ntw", "o\nthr", "ee\n"}) {
    rig.feed(text);
    twin.feed(text);
    EXPECT_EQ(to_hex(rig.session.state()), to_hex(twin.session.state()));
  }
}

class Crash : public testing::TestWithParam<std::pair<char, const char*>> {};

TEST_P(Crash, costs_only_the_slice_that_causes_it) {
  ProcessRig rig({}, {.call = 300ms});
  rig.feed(std::string("one\ntwo\nth") + GetParam().first + "ree\nfour\nfive\n");
  EXPECT_THAT(rig.out.labels, ElementsAre("one", "two", "four", "five"));
  EXPECT_EQ(rig.session.counters().slices_aside, 1u);
  EXPECT_EQ(rig.session.counters().incidents, 1u);
}

INSTANTIATE_TEST_SUITE_P(ProcessEngine, Crash,
                         testing::Values(std::pair('\x01', "abort"), std::pair('\x02', "segv"),
                                         std::pair('\x03', "loop"), std::pair('\x05', "exit")),
                         [](const auto& one) { return one.param.second; });

TEST(ProcessEngine, hands_the_state_on_to_a_fresh_process) {
  ProcessRig rig({.greedy = true});
  rig.feed("one\nha");
  ::kill(rig.engine.pid(), SIGKILL);
  while (rig.deaths == 0) rig.turn();
  rig.settle();
  rig.feed("lf\n");
  EXPECT_THAT(rig.out.labels, ElementsAre("one", "half"));
  EXPECT_EQ(rig.session.counters().states_lost, 0u);
  EXPECT_THAT(rig.death, HasSubstr("signal 9"));
}

TEST(ProcessEngine, gives_each_label_once_and_in_order_while_it_is_killed_at_random) {
  std::random_device device;
  const unsigned seed = device();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  ProcessRig rig({.greedy = true});
  std::string all;
  std::vector<std::string> expected;
  for (int i = 0; i < 500; ++i) {
    expected.push_back("label" + std::to_string(i));
    all += expected.back() + "\n";
  }
  int kills = 0;
  for (std::size_t at = 0; at < all.size() || rig.session.call_outstanding() || !rig.ready;) {
    if (random() % 3 == 0 && at < all.size()) {
      const std::size_t length = 1 + random() % 40;
      rig.session.data(0, 0, as_bytes(std::string_view(all).substr(at, length)));
      at += length;
      if (!rig.session.call_outstanding()) rig.pump();
    }
    if (random() % 60 == 0 && kills < 40 && rig.engine.pid() != 0) {
      ::kill(rig.engine.pid(), SIGKILL);
      ++kills;
    }
    if (rig.session.call_outstanding() || !rig.ready) rig.turn();
  }
  EXPECT_EQ(rig.out.labels, expected);
  EXPECT_GT(rig.deaths, 0);
}

TEST(ProcessEngine, says_why_a_file_can_not_run) {
  ProcessRig rig({}, {}, "/nowhere/none.so");
  EXPECT_TRUE(rig.refused);
  EXPECT_THAT(rig.death, HasSubstr("/nowhere/none.so"));
}

TEST(ProcessEngine, leaves_no_process_behind) {
  int pid = 0;
  {
    ProcessRig rig;
    pid = rig.engine.pid();
    ASSERT_EQ(::kill(pid, 0), 0);
  }
  EXPECT_NE(::kill(pid, 0), 0);
}

}  // namespace
}  // namespace cartwright::host
