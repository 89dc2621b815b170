#include "link/replay_link.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "unit/link/scratch.hpp"
#include "unit/link/support.hpp"

namespace cartwright::link {
namespace {

using test::Asked;
using testing::ElementsAre;
using testing::HasSubstr;

// A scale that is asked twice and answers; then the port is pulled.
constexpr const char* scale_recording =
    R"({"cartwright_recording":1,"link":"serial:/dev/ttyS0","started":"2026-05-04T08:00:00Z","redacted":false}
{"t":0,"dir":"up","shape":"stream","address":"serial:/dev/ttyS0"}
{"t":1000000,"dir":"tx","pipe":0,"hex":"57"}
{"t":2000000,"dir":"rx","pipe":0,"hex":"6f6e65"}
{"t":3000000,"dir":"tx","pipe":0,"hex":"57"}
{"t":4000000,"dir":"rx","pipe":0,"hex":"74776f"}
{"t":5000000,"dir":"lines","cts":true,"dsr":false,"dcd":false,"ri":false}
{"t":6000000,"dir":"down","reason":"unplugged","text":"pulled"}
)";

// Asks once when the link comes up and again after each answer, as a polling driver does.
class Poller : public test::Witness {
 public:
  explicit Poller(std::string question) : question_(std::move(question)) {}
  void link_up(const UpInfo& info) override {
    Witness::link_up(info);
    ask();
  }
  void link_data(std::uint32_t pipe, ByteView bytes) override {
    Witness::link_data(pipe, bytes);
    if (messages.size() == 1) {
      ask();
    }
  }
  Link* link = nullptr;

 private:
  void ask() {
    link->submit(test::write_of(question_), [](const Completion&) {});
  }
  std::string question_;
};

class ReplayLink : public testing::Test {
 protected:
  void record(const std::string& text) { std::ofstream(scratch / "a.rec") << text; }
  std::unique_ptr<Link> replay(const std::string& query = {}) {
    return make_link("replay:" + (scratch / "a.rec").string() + query, loop.io.get_executor());
  }

  test::Scratch scratch;
  test::Loop loop;
};

}  // namespace

TEST_F(ReplayLink, plays_the_device_and_finds_the_same_writes) {
  record(scale_recording);
  for (const char* speed : {"?speed=max", "?speed=1", "?speed=10", ""}) {
    Poller driver("W");
    const auto link = replay(speed);
    driver.link = link.get();
    link->start(driver);
    ASSERT_TRUE(loop.until([&] { return !driver.downs.empty(); })) << speed;
    EXPECT_THAT(driver.messages, ElementsAre("one", "two"));
    EXPECT_EQ(driver.lines.size(), 1U);
    EXPECT_EQ(driver.ups[0].address, "serial:/dev/ttyS0");
    EXPECT_EQ(driver.downs[0].reason, DownReason::unplugged);
    EXPECT_EQ(driver.downs[0].text, "pulled");
    EXPECT_EQ(link->counters().differences, 0U);
    loop.run_what_is_ready();
    EXPECT_EQ(driver.downs.size(), 1U);
  }
}

TEST_F(ReplayLink, tells_the_descriptor_and_the_usb_ids_that_were_recorded) {
  record(
      R"({"cartwright_recording":1,"link":"hid:0922:8004","started":"2026-05-04T08:00:00Z","redacted":false}
{"t":0,"dir":"up","shape":"messages","address":"hid:0922:8004","descriptor":"058d","usb":"0922:8004"}
{"t":1000000,"dir":"rx","pipe":129,"hex":"03"}
)");
  test::Witness driver;
  const auto link = replay("?speed=max");
  link->start(driver);
  ASSERT_TRUE(loop.until([&] { return !driver.downs.empty(); }));
  EXPECT_EQ(driver.ups[0].descriptor, to_bytes("\x05\x8d"));
  EXPECT_EQ(driver.ups[0].usb_id, 0x09228004U);
}

TEST_F(ReplayLink, counts_writes_that_differ) {
  record(scale_recording);
  Poller driver("X");
  const auto link = replay("?speed=max");
  driver.link = link.get();
  link->start(driver);
  ASSERT_TRUE(loop.until([&] { return !driver.downs.empty(); }));
  EXPECT_EQ(link->counters().differences, 2U);
}

TEST_F(ReplayLink, goes_on_without_a_driver_that_writes_nothing_and_counts_what_is_missing) {
  std::string text = scale_recording;
  record(text.substr(0, text.rfind(R"({"t":6000000)")));
  test::Witness driver;
  const auto link = replay("?speed=max");
  link->start(driver);
  ASSERT_TRUE(loop.until([&] { return !driver.downs.empty(); }));
  EXPECT_THAT(driver.messages, ElementsAre("one", "two"));
  EXPECT_EQ(link->counters().differences, 2U);
  EXPECT_EQ(driver.downs[0].reason, DownReason::closed);
  EXPECT_THAT(driver.downs[0].text,
              HasSubstr("has ended; what was written differs in 2 bytes, first at byte 0"));
}

TEST_F(ReplayLink, holds_back_while_reading_is_held) {
  record(
      R"({"cartwright_recording":1,"link":"x","started":"","redacted":false}
{"t":0,"dir":"rx","pipe":0,"hex":"61"}
)");
  test::Witness driver;
  const auto link = replay();
  link->set_reading(false);
  link->start(driver);
  loop.run_what_is_ready();
  EXPECT_TRUE(driver.is_up);
  EXPECT_EQ(driver.data, "");
  link->set_reading(true);
  ASSERT_TRUE(loop.until([&] { return driver.data == "a"; }));
}

TEST_F(ReplayLink, answers_what_the_driver_asks_as_the_device_did) {
  record(
      R"({"cartwright_recording":1,"link":"hid:0922:8004","started":"2026-05-04T08:00:00Z","redacted":false}
{"t":0,"dir":"up","shape":"messages","address":"hid:0922:8004"}
{"t":1000000,"dir":"request","kind":"feature_get","result":"ok","value":7,"hex":"","reply_hex":"0711"}
{"t":2000000,"dir":"request","kind":"feature_get","result":"ok","value":7,"hex":"","reply_hex":"0722"}
{"t":3000000,"dir":"request","kind":"feature_set","result":"ok","value":8,"hex":"0801","reply_hex":""}
{"t":4000000,"dir":"request","kind":"control_in","result":"timeout","request_type":192,"request":66,"hex":"","reply_hex":""}
{"t":5000000,"dir":"rx","pipe":129,"hex":"03"}
{"t":3600000000000,"dir":"rx","pipe":129,"hex":"04"}
)");
  test::Witness driver;
  const auto link = replay();
  link->start(driver);
  const auto feature = [](RequestKind kind, std::uint32_t id, std::string_view data = {}) {
    Request request = test::request_of(kind);
    request.value = id;
    request.data = to_bytes(data);
    return request;
  };
  Request vendors = test::request_of(RequestKind::control_in);
  vendors.request_type = 0xc0;
  vendors.request = 0x42;
  ASSERT_TRUE(loop.until([&] { return driver.is_up; }));
  const Asked first(*link, feature(RequestKind::feature_get, 7));
  const Asked second(*link, feature(RequestKind::feature_get, 7));
  const Asked third(*link, feature(RequestKind::feature_get, 7));
  const Asked other(*link, feature(RequestKind::feature_get, 9));
  const Asked set(*link, feature(RequestKind::feature_set, 8, "\x08\x01"));
  loop.run_what_is_ready();
  EXPECT_EQ(first.data(), to_bytes("\x07\x11"));
  EXPECT_EQ(second.data(), to_bytes("\x07\x22"));
  EXPECT_EQ(third.data(), to_bytes("\x07\x22"));
  EXPECT_EQ(other.result(), Result::unsupported);
  EXPECT_EQ(set.result(), Result::ok);
  EXPECT_EQ(set.written(), 2U);
  EXPECT_TRUE(driver.messages.empty());  // the device has not been asked all it was asked before it
  const Asked slow(*link, vendors);
  ASSERT_TRUE(loop.until([&] { return driver.messages.size() == 1; }));
  EXPECT_EQ(slow.result(), Result::timeout);
  EXPECT_EQ(link->counters().differences, 0U);
}

TEST_F(ReplayLink, has_no_answer_where_the_recording_has_only_lengths) {
  record(
      R"({"cartwright_recording":1,"link":"hid:0922:8004","started":"2026-05-04T08:00:00Z","redacted":false}
{"t":0,"dir":"request","kind":"feature_get","result":"ok","value":7,"hex":"","reply_redacted":2}
{"t":3600000000000,"dir":"rx","pipe":129,"hex":"04"}
)");
  test::Witness driver;
  const auto link = replay();
  link->start(driver);
  ASSERT_TRUE(loop.until([&] { return driver.is_up; }));
  Request get = test::request_of(RequestKind::feature_get);
  get.value = 7;
  const Asked asked(*link, get);
  ASSERT_TRUE(loop.until([&] { return asked.ended(); }));
  EXPECT_EQ(asked.result(), Result::unsupported);
}

TEST_F(ReplayLink, refuses_a_redacted_recording_and_a_missing_one) {
  record(
      R"({"cartwright_recording":1,"link":"x","started":"","redacted":true}
{"t":0,"dir":"rx","pipe":0,"redacted":1}
)");
  EXPECT_THAT(test::error_of([&] { replay(); }), HasSubstr("is redacted"));
  EXPECT_THAT(test::error_of([&] { make_link("replay:/nowhere/a", loop.io.get_executor()); }),
              HasSubstr("/nowhere/a"));
}

TEST_F(ReplayLink, closes_and_connects_on_request) {
  record(R"({"cartwright_recording":1,"link":"x","started":"","redacted":false}
{"t":3600000000000,"dir":"rx","pipe":0,"hex":"61"}
)");
  test::Witness driver;
  const auto link = replay();
  link->start(driver);
  const Asked closed(*link, test::request_of(RequestKind::close));
  const Asked write(*link, test::write_of("a"));
  const Asked connected(*link, test::request_of(RequestKind::connect));
  const Asked reset(*link, test::request_of(RequestKind::reset));
  ASSERT_TRUE(loop.until([&] { return reset.ended(); }));
  EXPECT_EQ(closed.result(), Result::ok);
  EXPECT_EQ(write.result(), Result::link_down);
  EXPECT_EQ(connected.result(), Result::ok);
  EXPECT_EQ(reset.result(), Result::unsupported);
  EXPECT_EQ(driver.ups.size(), 2U);
  link->stop();
  const Asked late(*link, test::write_of("a"));
  loop.run_what_is_ready();
  EXPECT_EQ(late.result(), Result::cancelled);
}

}  // namespace cartwright::link
