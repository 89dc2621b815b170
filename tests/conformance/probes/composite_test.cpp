#include <gmock/gmock.h>

#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::IsEmpty;

constexpr std::uint32_t reader = 0;
constexpr std::uint32_t balance = 1;

std::string label_report(const std::string& data, bool more) {
  return std::string{2, static_cast<char>(data.size()), static_cast<char>(more ? 1 : 0)} + data;
}
std::string weight_report(char status, unsigned grams) {
  return {3,
          status,
          3,
          static_cast<char>(-3),
          static_cast<char>(grams & 0xFF),
          static_cast<char>(grams >> 8)};
}

class Composite : public ::testing::Test {
 protected:
  Composite() {
    rig.link_up(reader);
    rig.link_up(balance);
  }
  Rig rig{"probe-composite"};
};

TEST_F(Composite, says_of_each_event_which_unit_it_is_from) {
  rig.arrive(label_report("4006381333931", false), reader, 0x81);
  rig.arrive(weight_report(4, 1250), balance, 0x82);
  const auto events = rig.take_events();
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].at("type"), "scanner.data");
  EXPECT_FALSE(events[0].contains("unit_index"));
  EXPECT_EQ(events[1].at("indicated"), "1.250");
  EXPECT_EQ(events[1].at("unit_index"), 1);
}

TEST_F(Composite, keeps_the_pipes_of_one_link_apart) {
  rig.arrive(std::string{4, 1}, balance, 0x83);
  EXPECT_EQ(rig.take_events().at(0).at("status"), "stable_zero");
  rig.arrive(std::string{4, 1}, balance, 0x84);
  EXPECT_EQ(rig.take_faults().size(), 1U);
}

TEST_F(Composite, joins_a_label_over_reports_while_weights_come_between) {
  rig.arrive(label_report("40063813", true), reader, 0x81);
  rig.arrive(weight_report(3, 0), balance, 0x82);
  rig.arrive(label_report("33931", false), reader, 0x81);
  const auto events = rig.take_events();
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[1].at("data"), "4006381333931");
}

TEST_F(Composite, gives_a_command_to_the_unit_that_it_names) {
  EXPECT_EQ(rig.done(rig.command(R"({"read":{}})", 0U)).status, "unsupported");
  const auto op = rig.command(R"({"read":{}})", 1U);
  rig.arrive(weight_report(4, 455), balance, 0x82);
  EXPECT_EQ(rig.done(op).result.at("indicated"), "0.455");
  EXPECT_THAT(rig.take_events(), IsEmpty());
  EXPECT_EQ(rig.done(rig.command(R"({"zero":{}})", 1U)).status, "ok");
}

TEST_F(Composite, loses_one_interface_and_keeps_the_other) {
  const auto reading = rig.command(R"({"read":{}})", 1U);
  rig.link_down(balance);
  EXPECT_EQ(rig.done(reading).status, "link_down");
  EXPECT_EQ(rig.done(rig.command(R"({"check_health":{}})", 1U)).status, "link_down");
  EXPECT_EQ(rig.done(rig.command(R"({"check_health":{}})", 0U)).status, "ok");
  rig.arrive(label_report("1", false), reader, 0x81);
  EXPECT_EQ(rig.take_events().size(), 1U);
}

TEST_F(Composite, takes_a_malformed_report_for_a_fault_of_its_unit) {
  rig.arrive(std::string{2, 50, 0, '1'}, reader, 0x81);
  rig.arrive(std::string{3, 9}, balance, 0x82);
  rig.arrive("", reader, 0x81);
  EXPECT_EQ(rig.take_faults().size(), 3U);
  EXPECT_EQ(rig.counters().rollbacks, 0U);
}

}  // namespace
}  // namespace cartwright::test
