#include <gmock/gmock.h>

#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class MockScanner : public ::testing::Test {
 protected:
  MockScanner() { rig.link_up(); }
  Rig rig{"mock-scanner"};
};

TEST_F(MockScanner, tells_the_label_of_a_scan_and_no_symbology_where_none_is_named) {
  rig.arrive("scan 4006381333931");
  const auto events = rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("type"), "scanner.data");
  EXPECT_EQ(events[0].at("data"), "4006381333931");
  EXPECT_EQ(events[0].at("symbology"), "unknown");
  EXPECT_FALSE(events[0].contains("aim"));
}

TEST_F(MockScanner, knows_every_symbology_of_the_closed_list_by_the_name_that_tools_print) {
  for (const char* name : {"ean8",       "ean13",
                           "upca",       "upce",
                           "itf14",      "itf",
                           "code39",     "code93",
                           "code128",    "gs1_128",
                           "databar",    "databar_expanded",
                           "qr",         "gs1_qr",
                           "datamatrix", "gs1_datamatrix",
                           "pdf417",     "aztec",
                           "dotcode",    "codabar",
                           "composite",  "gs1_digital_link"}) {
    rig.arrive(std::string("scan 123 ") + name);
    const auto events = rig.take_events();
    ASSERT_EQ(events.size(), 1U) << name;
    EXPECT_EQ(events[0].at("symbology"), name);
  }
}

TEST_F(MockScanner, reads_quotes_and_escapes_of_a_label) {
  rig.arrive(R"(scan "\x1d01 \"x\" \\" gs1_128)");
  const auto events = rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("data"),
            "\x1d"
            "01 \"x\" \\");
}

TEST_F(MockScanner, takes_each_unreadable_message_for_a_fault_and_goes_on) {
  for (const char* message : {"", "scan", "scan a b c", "scan 1 ean31", "approve", "scan \"open",
                              "scan \"\\q\"", "\x01\x02\xff", "scan \"a\"b"}) {
    rig.arrive(message);
    EXPECT_EQ(rig.take_faults().size(), 1U) << message;
  }
  rig.arrive(std::string(5000, 'x'));
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("unreadable")));
  EXPECT_THAT(rig.take_events(), IsEmpty());
  rig.arrive("scan 1");
  EXPECT_EQ(rig.take_events().size(), 1U);
  EXPECT_EQ(rig.counters().rollbacks, 0U);
}

TEST_F(MockScanner, reads_nothing_while_disabled) {
  const auto off = rig.command(R"({"enable":{"enabled":false}})");
  EXPECT_EQ(rig.done(off).status, "ok");
  rig.arrive("scan 1");
  EXPECT_THAT(rig.take_events(), IsEmpty());
  rig.command(R"({"enable":{"enabled":true}})");
  rig.arrive("scan 2");
  EXPECT_EQ(rig.take_events().size(), 1U);
}

TEST_F(MockScanner, ends_commands_for_an_unplugged_device_as_link_down) {
  EXPECT_EQ(rig.done(rig.command(R"({"beep":{"kind":"good"}})")).status, "ok");
  EXPECT_EQ(rig.done(rig.command(R"({"check_health":{}})")).status, "ok");
  rig.link_down();
  EXPECT_EQ(rig.done(rig.command(R"({"beep":{"kind":"bad"}})")).status, "link_down");
  EXPECT_EQ(rig.done(rig.command(R"({"check_health":{}})")).status, "link_down");
  EXPECT_EQ(rig.done(rig.command(R"({"read":{}})")).status, "unsupported");
}

TEST_F(MockScanner, takes_a_firmware_in_pieces_tells_its_progress_and_is_the_new_one_then) {
  const std::string image = "2.7.1\n" + std::string(40'000, 'x');
  const auto op = rig.command(R"({"update":{"blob":)" + std::to_string(rig.add_blob(image)) +
                              R"(,"size":)" + std::to_string(image.size()) + "}}");
  EXPECT_EQ(rig.done(op).status, "ok");
  const auto events = rig.take_events();
  ASSERT_EQ(events.size(), 4U);
  EXPECT_EQ(events[0].at("done"), CW_BLOB_PIECE_LIMIT);
  EXPECT_EQ(events[2].at("done"), image.size());
  EXPECT_EQ(events[3].at("firmware"), "2.7.1");
}

TEST_F(MockScanner, keeps_its_firmware_where_the_image_ends_too_early) {
  const auto op = rig.command(R"({"update":{"blob":)" + std::to_string(rig.add_blob("2.7.1\n")) +
                              R"(,"size":100}})");
  EXPECT_EQ(rig.done(op).status, "device_error");
  EXPECT_EQ(rig.take_events().size(), 1U);  // the progress alone
}

}  // namespace
}  // namespace cartwright::test
