#include <cerrno>

#include "unit/usb/hidraw_shim.hpp"
#include "unit/usb/rig.hpp"

namespace cartwright::link::test {
namespace {

using testing::HasSubstr;

constexpr const char* kNode = "/dev/hidraw-of-the-test";
// A keyboard without report IDs.
constexpr std::string_view kNoIds = "05010906a10175089508810175089501910275089503b102c0";

class Hidraw : public testing::Test {
 protected:
  bool is_up(const Tried& one) {
    return loop.until([&] { return one.witness.is_up; });
  }
  Completion ask(const Tried& one, RequestKind kind, std::uint32_t value, Bytes data = {}) {
    std::optional<Completion> end;
    Request request = request_of(kind);
    request.value = value;
    request.data = std::move(data);
    one.link->submit(std::move(request), [&](const Completion& ended) { end = ended; });
    loop.until([&] { return end.has_value(); });
    return end.value_or(Completion{});
  }

  Loop loop;
  HidrawNode node{kNode, hex(cartwright::test::kScannerReports)};
  const std::string uri = std::string("hid:") + kNode;
};

}  // namespace

TEST_F(Hidraw, comes_up_with_the_report_descriptor_and_tells_whole_reports) {
  node.plug();
  const Tried tried(loop, uri);
  ASSERT_TRUE(is_up(tried));
  EXPECT_EQ(tried.witness.ups.at(0).descriptor, hex(cartwright::test::kScannerReports));
  EXPECT_EQ(tried.witness.ups.at(0).shape, Shape::messages);
  EXPECT_EQ(tried.witness.ups.at(0).usb_id, 0x05e01900U);
  for (const char* const text : {"one", "two", "three"}) node.send(report(text));
  ASSERT_TRUE(loop.until([&] { return tried.witness.messages.size() == 3; }));
  EXPECT_EQ(to_bytes(tried.witness.messages[2]), report("three"));
}

TEST_F(Hidraw, writes_reports_as_on_the_wire) {
  node.plug();
  const Tried tried(loop, uri);
  ASSERT_TRUE(is_up(tried));
  const Completion end = ask(tried, RequestKind::write, 0, hex("0401"));
  EXPECT_EQ(end.result, Result::ok);
  EXPECT_EQ(end.written, 2U);
  EXPECT_EQ(node.take(), hex("0401"));
}

TEST_F(Hidraw, puts_the_kernel_s_zero_before_reports_without_id_and_takes_it_off) {
  HidrawNode plain(kNode, hex(kNoIds));
  plain.plug();
  const Tried tried(loop, uri);
  ASSERT_TRUE(is_up(tried));
  EXPECT_EQ(ask(tried, RequestKind::write, 0, hex("05")).written, 1U);
  EXPECT_EQ(plain.take(), hex("0005"));
  EXPECT_EQ(ask(tried, RequestKind::feature_set, 0, hex("aabbcc")).written, 3U);
  EXPECT_EQ(plain.features[0], hex("00aabbcc"));
  EXPECT_EQ(ask(tried, RequestKind::feature_get, 0).data, hex("aabbcc"));
}

TEST_F(Hidraw, gets_and_sets_features_by_id) {
  node.plug();
  node.features[7] = hex("0711");
  const Tried tried(loop, uri);
  ASSERT_TRUE(is_up(tried));
  EXPECT_EQ(ask(tried, RequestKind::feature_get, 7).data, hex("0711"));
  EXPECT_EQ(ask(tried, RequestKind::feature_get, 8).result, Result::error);
  EXPECT_EQ(ask(tried, RequestKind::feature_set, 7, hex("0722")).result, Result::ok);
  EXPECT_EQ(node.features[7], hex("0722"));
  EXPECT_EQ(ask(tried, RequestKind::control_in, 0).result, Result::unsupported);
}

TEST_F(Hidraw, is_unplugged_once_and_comes_back) {
  node.plug();
  const Tried tried(loop, uri);
  ASSERT_TRUE(is_up(tried));
  node.unplug();
  ASSERT_TRUE(loop.until([&] { return !tried.witness.downs.empty(); }));
  EXPECT_EQ(tried.witness.downs[0].reason, DownReason::unplugged);
  node.plug();
  ASSERT_TRUE(is_up(tried));
  EXPECT_EQ(tried.witness.downs.size(), 1U);
}

TEST_F(Hidraw, says_why_it_can_not_open_and_what_to_do) {
  const Tried away(loop, uri);
  ASSERT_TRUE(loop.until([&] { return !away.witness.downs.empty(); }));
  EXPECT_EQ(away.witness.downs[0].reason, DownReason::not_there);
  EXPECT_THAT(away.witness.downs[0].text, HasSubstr("paired and awake"));
  node.open_error = EACCES;
  const Tried denied(loop, uri);
  ASSERT_TRUE(loop.until([&] { return !denied.witness.downs.empty(); }));
  EXPECT_EQ(denied.witness.downs[0].reason, DownReason::refused);
  EXPECT_THAT(denied.witness.downs[0].text, HasSubstr("cartwright doctor --udev"));
}

TEST_F(Hidraw, refuses_a_node_that_is_another_device) {
  node.plug();
  const Tried scale(loop, uri + "?usage=8d");
  ASSERT_TRUE(loop.until([&] { return !scale.witness.downs.empty(); }));
  EXPECT_EQ(scale.witness.downs[0].reason, DownReason::refused);
  const Tried scanner(loop, uri + "?usage=8c:02");
  EXPECT_TRUE(is_up(scanner));
}

TEST_F(Hidraw, tells_a_node_that_is_no_hidraw_node) {
  node.plug();
  node.tells_descriptor = false;
  const Tried tried(loop, uri);
  ASSERT_TRUE(loop.until([&] { return !tried.witness.downs.empty(); }));
  EXPECT_EQ(tried.witness.downs[0].reason, DownReason::error);
  EXPECT_THAT(tried.witness.downs[0].text, HasSubstr("is it a hidraw node?"));
}

TEST(HidrawUri, takes_no_keys_of_usb) {
  boost::asio::io_context io;
  EXPECT_THAT(error_of([&] { make_link("hid:/dev/hidraw0?serial=A", io.get_executor()); }),
              HasSubstr("means nothing for a node"));
}

}  // namespace cartwright::link::test
