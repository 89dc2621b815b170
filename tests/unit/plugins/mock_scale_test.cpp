#include <gmock/gmock.h>

#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::IsEmpty;

class MockScale : public ::testing::Test {
 protected:
  MockScale() {
    rig.link_up();
    rig.take_events();
  }
  // The only event that the message brings.
  nlohmann::json after(const std::string& message) {
    rig.arrive(message);
    auto events = rig.take_events();
    EXPECT_EQ(events.size(), 1U) << message;
    return events.empty() ? nlohmann::json() : events.back();
  }
  std::string status_after(const std::string& message) {
    return after(message).value("status", "none");
  }
  Rig rig{"mock-scale"};
};

TEST_F(MockScale, begins_with_a_stable_zero_when_it_comes_up) {
  Rig fresh("mock-scale");
  EXPECT_THAT(fresh.take_events(), IsEmpty());
  fresh.link_up();
  const auto events = fresh.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("status"), "stable_zero");
}

TEST_F(MockScale, shows_the_digits_that_were_placed) {
  const auto weight = after("place 1.250 kg");
  EXPECT_EQ(weight.at("type"), "scale.weight");
  EXPECT_EQ(weight.at("indicated"), "1.250");
  EXPECT_EQ(weight.at("unit"), "kg");
  EXPECT_EQ(weight.at("micrograms"), 1'250'000'000);
  EXPECT_EQ(weight.at("grams"), 1250);
  EXPECT_EQ(weight.at("stable"), true);
  EXPECT_EQ(weight.at("net"), false);
  EXPECT_EQ(after("place 2.75 lb").at("indicated"), "2.75");
}

TEST_F(MockScale, says_zero_motion_overload_and_error_as_status_and_no_weight) {
  after("place 1.250 kg");
  EXPECT_EQ(status_after("motion"), "in_motion");
  EXPECT_EQ(status_after("overload"), "over_capacity");
  EXPECT_EQ(status_after("error"), "fault");
  EXPECT_EQ(status_after("remove"), "stable_zero");
}

TEST_F(MockScale, subtracts_a_tare_until_it_is_cleared) {
  EXPECT_EQ(status_after("tare 0.2 kg"), "stable_zero");
  const auto net = after("place 1.250 kg");
  EXPECT_EQ(net.at("indicated"), "1.050");
  EXPECT_EQ(net.at("net"), true);
  EXPECT_EQ(status_after("place 0.100 kg"), "under_zero");
  after("place 1.250 kg");
  const auto op = rig.command(R"({"tare":{"indicated":"0","unit":"kg"}})");
  EXPECT_EQ(rig.done(op).status, "ok");
  EXPECT_EQ(rig.take_events().at(0).at("indicated"), "1.250");
}

TEST_F(MockScale, refuses_a_tare_in_another_unit_than_the_scale_shows) {
  after("place 1.250 kg");
  EXPECT_EQ(rig.done(rig.command(R"({"tare":{"indicated":"0.5","unit":"lb"}})")).status, "invalid");
  EXPECT_EQ(rig.done(rig.command(R"({"tare":{"indicated":"-1","unit":"kg"}})")).status, "invalid");
  rig.arrive("tare 0.5 lb");
  EXPECT_EQ(rig.take_faults().size(), 1U);
}

TEST_F(MockScale, takes_the_load_for_zero_when_told_by_hand_or_by_command) {
  after("place 0.300 kg");
  EXPECT_EQ(status_after("zero"), "stable_zero");
  EXPECT_EQ(after("place 1.300 kg").at("indicated"), "1.000");
  EXPECT_EQ(status_after("remove"), "under_zero");
  EXPECT_EQ(rig.done(rig.command(R"({"zero":{}})")).status, "ok");
  EXPECT_EQ(rig.take_events().at(0).at("status"), "stable_zero");
}

TEST_F(MockScale, answers_a_read_at_once_when_the_load_is_stable) {
  after("place 0.455 kg");
  const auto end = rig.done(rig.command(R"({"read":{}})"));
  EXPECT_EQ(end.status, "ok");
  EXPECT_EQ(end.result.at("indicated"), "0.455");
  after("remove");
  const auto empty = rig.done(rig.command(R"({"read":{}})"));
  EXPECT_EQ(empty.status, "ok");
  EXPECT_EQ(empty.result.at("zero"), true);
  EXPECT_EQ(empty.result.at("micrograms"), 0);
}

TEST_F(MockScale, lets_a_read_wait_for_the_load_to_settle) {
  after("motion");
  const auto op = rig.command(R"({"read":{}})");
  EXPECT_TRUE(rig.is_open(op));
  after("place 0.455 kg");
  EXPECT_EQ(rig.done(op).result.at("indicated"), "0.455");
}

TEST_F(MockScale, ends_a_read_as_motion_when_its_deadline_passes_first) {
  after("motion");
  const auto late = rig.command(R"({"read":{}})", {.soft = 2s, .hard = 3s});
  const auto unwanted = rig.command(R"({"read":{}})");
  const auto lost = rig.command(R"({"read":{}})");
  rig.advance(2s);
  rig.cancel(unwanted);
  rig.link_down();
  EXPECT_EQ(rig.done(late).status, "motion");
  EXPECT_EQ(rig.done(unwanted).status, "cancelled");
  EXPECT_EQ(rig.done(lost).status, "link_down");
}

TEST_F(MockScale, refuses_what_is_no_weight_and_keeps_the_load) {
  after("place 1.250 kg");
  for (const char* message : {"place", "place 1.250", "place x kg", "place 1.2 stone", "remove now",
                              "place 99999999999999999999 kg", "wobble"}) {
    rig.arrive(message);
    EXPECT_EQ(rig.take_faults().size(), 1U) << message;
  }
  EXPECT_EQ(rig.done(rig.command(R"({"read":{}})")).result.at("indicated"), "1.250");
  EXPECT_EQ(rig.counters().rollbacks, 0U);
}

}  // namespace
}  // namespace cartwright::test
