// What drivers ask of a USB link.

#include <cerrno>

#include "unit/usb/rig.hpp"

namespace cartwright::link::test {
namespace {

using testing::ElementsAre;
using testing::Pair;

MockUsbModel with_out_pipe() {
  MockUsbModel model = mock_scanner();
  model.interfaces[0].endpoints.push_back({0x02, true, 64});
  return model;
}

MockUsbModel bulk_printer() {
  MockUsbModel model;
  model.vendor = 0x04b8;
  model.product = 0x0202;
  MockUsbInterface bulk;
  bulk.class_code = 0xff;
  bulk.endpoints = {{0x82, false, 64}, {0x01, false, 64}};
  model.interfaces = {bulk};
  return model;
}

// Input, output and feature report of one byte without IDs.
MockUsbModel without_ids() {
  MockUsbModel model = mock_scanner();
  model.interfaces[0].report_descriptor = hex("05010906a10175089508810175089501910275089503b102c0");
  return model;
}

class UsbRequests : public UsbRig {
 protected:
  Completion ask(Tried& one, Request request) {
    std::optional<Completion> end;
    one.link->submit(std::move(request), [&](const Completion& ended) { end = ended; });
    EXPECT_TRUE(loop.until([&] { return end.has_value(); }));
    return end.value_or(Completion{Result::error, 0, {}});
  }
  static Request of(RequestKind kind, std::uint32_t value, Bytes data = {}) {
    Request request = request_of(kind);
    request.value = value;
    request.data = std::move(data);
    return request;
  }
};

}  // namespace

TEST_F(UsbRequests, a_report_goes_out_by_the_interrupt_pipe_where_there_is_one) {
  MockUsbDevice device(bus, with_out_pipe());
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  EXPECT_EQ(ask(tried, of(RequestKind::write, 0, hex("0401"))).written, 2U);
  Request named = of(RequestKind::write, 0, hex("0402"));
  named.pipe = 0x02;
  EXPECT_EQ(ask(tried, named).result, Result::ok);
  named.pipe = 0x03;
  EXPECT_EQ(ask(tried, named).result, Result::error);
  EXPECT_THAT(device.writes(), ElementsAre(Pair(0x02, hex("0401")), Pair(0x02, hex("0402"))));
  EXPECT_EQ(tried.link->counters().tx_bytes, 4U);
}

TEST_F(UsbRequests, a_report_goes_out_by_set_report_where_there_is_none) {
  MockUsbDevice device(bus, mock_scanner());
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  EXPECT_EQ(ask(tried, of(RequestKind::write, 0, hex("0401"))).written, 2U);
  const MockUsbControl last = device.controls().back();
  EXPECT_EQ(last.request_type, 0x21);
  EXPECT_EQ(last.request, 0x09);
  EXPECT_EQ(last.value, 0x0204);  // output report 4
  EXPECT_EQ(last.index, 0);
  EXPECT_EQ(last.data, hex("0401"));
}

TEST_F(UsbRequests, features_carry_no_id_byte_where_the_descriptor_has_none) {
  MockUsbDevice device(bus, without_ids());
  device.answer = [](const MockUsbControl& asked) -> std::optional<Bytes> {
    if (asked.request_type != 0xa1 || asked.request != 1 || asked.value != 0x0300) return {};
    EXPECT_EQ(asked.length, 3);
    return hex("aabbcc");
  };
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  EXPECT_EQ(ask(tried, of(RequestKind::feature_get, 0)).data, hex("aabbcc"));
  EXPECT_EQ(ask(tried, of(RequestKind::feature_get, 9)).result, Result::error);  // it stalls
  EXPECT_EQ(ask(tried, of(RequestKind::feature_set, 0, hex("112233"))).written, 3U);
  EXPECT_EQ(device.controls().back().value, 0x0300);
  EXPECT_EQ(device.controls().back().data, hex("112233"));
  EXPECT_EQ(ask(tried, of(RequestKind::write, 0, hex("07"))).written, 1U);
  EXPECT_EQ(device.controls().back().value, 0x0200);
}

TEST_F(UsbRequests, control_transfers_go_as_they_are_asked) {
  MockUsbDevice device(bus, mock_scanner());
  device.answer = [](const MockUsbControl& asked) -> std::optional<Bytes> {
    return asked.request == 0x42 ? std::optional(hex("01020304")) : std::nullopt;
  };
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  Request in = request_of(RequestKind::control_in);
  in.request_type = 0xc0;
  in.request = 0x42;
  in.value = 0x1234;
  in.index = 0x5678;
  EXPECT_EQ(ask(tried, in).data, hex("01020304"));
  in.data.resize(2);
  EXPECT_EQ(ask(tried, in).data, hex("0102"));
  EXPECT_EQ(device.controls().back().value, 0x1234);
  EXPECT_EQ(device.controls().back().index, 0x5678);
  Request out = in;
  out.kind = RequestKind::control_out;
  out.request_type = 0x40;
  out.data = hex("beef");
  EXPECT_EQ(ask(tried, out).written, 2U);
  EXPECT_EQ(device.controls().back().data, hex("beef"));
  out.request_type = 0xc0;  // the other direction
  EXPECT_EQ(ask(tried, out).result, Result::error);
}

TEST_F(UsbRequests, bulk_pipes_carry_bytes_both_ways) {
  MockUsbDevice device(bus, bulk_printer());
  device.plug();
  Tried tried(loop, "usb:04b8:0202", Shape::stream);
  ASSERT_TRUE(is_up(tried));
  const UpInfo& up = tried.witness.ups.at(0);
  EXPECT_EQ(up.shape, Shape::stream);
  ASSERT_EQ(up.descriptor.size(), 18U + 9 + 9 + 14);
  EXPECT_EQ(up.descriptor[0], std::byte{18});
  EXPECT_EQ(up.descriptor[18 + 1], std::byte{2});
  Bytes much(50000, std::byte{0x55});
  EXPECT_EQ(ask(tried, of(RequestKind::write, 0, much)).written, much.size());
  std::size_t sum = 0;
  for (const auto& [pipe, data] : device.writes()) sum += data.size();
  EXPECT_EQ(sum, much.size());
  device.send(0x82, hex("1011"));
  device.send(0x82, hex("12"));
  ASSERT_TRUE(has_messages(tried, 2));
  EXPECT_EQ(to_bytes(tried.witness.data), hex("101112"));
  EXPECT_EQ(ask(tried, of(RequestKind::feature_get, 0)).result, Result::unsupported);
}

TEST_F(UsbRequests, a_timeout_says_how_much_had_passed) {
  MockUsbDevice device(bus, bulk_printer());
  device.plug();
  Tried tried(loop, "usb:04b8:0202");
  ASSERT_TRUE(is_up(tried));
  device.hold_writes(3);
  Request write = of(RequestKind::write, 0, hex("0102030405"));
  write.timeout = std::chrono::milliseconds(30);
  const Completion end = ask(tried, write);
  EXPECT_EQ(end.result, Result::timeout);
  EXPECT_EQ(end.written, 3U);
  device.hold_writes(std::nullopt);
  EXPECT_EQ(ask(tried, write).written, 5U);
}

TEST_F(UsbRequests, stop_cancels_what_is_in_flight_and_says_how_much_had_passed) {
  MockUsbDevice device(bus, bulk_printer());
  device.plug();
  Tried tried(loop, "usb:04b8:0202");
  ASSERT_TRUE(is_up(tried));
  device.hold_writes(2);
  const Asked running(*tried.link, of(RequestKind::write, 0, hex("0102030405")));
  const Asked queued(*tried.link, of(RequestKind::write, 0, hex("06")));
  ASSERT_TRUE(loop.until([&] { return device.writes().size() == 1; }));
  tried.link->stop();
  EXPECT_EQ(running.result(), Result::cancelled);
  EXPECT_EQ(running.written(), 2U);
  EXPECT_TRUE(queued.ended());
  EXPECT_EQ(queued.written(), 0U);
  EXPECT_EQ(device.in_flight(0x82), 0U);
  EXPECT_EQ(device.opened_claims(), 0U);
  loop.run_what_is_ready();
  EXPECT_EQ(running.ends() + queued.ends(), 2);
}

TEST_F(UsbRequests, an_unplug_ends_the_running_write_with_what_had_passed) {
  MockUsbDevice device(bus, bulk_printer());
  device.plug();
  Tried tried(loop, "usb:04b8:0202");
  ASSERT_TRUE(is_up(tried));
  device.hold_writes(4);
  const Asked running(*tried.link, of(RequestKind::write, 0, hex("0102030405")));
  ASSERT_TRUE(loop.until([&] { return device.writes().size() == 1; }));
  device.unplug();
  ASSERT_TRUE(loop.until([&] { return running.ended(); }));
  EXPECT_EQ(running.result(), Result::link_down);
  EXPECT_EQ(running.written(), 4U);
  ASSERT_TRUE(is_down(tried));
}

TEST_F(UsbRequests, a_reset_leaves_the_link_up) {
  MockUsbDevice device(bus, mock_scanner());
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  EXPECT_EQ(ask(tried, request_of(RequestKind::reset)).result, Result::ok);
  EXPECT_EQ(device.resets(), 1U);
  device.send(0x81, report("after"));
  ASSERT_TRUE(has_messages(tried, 1));
  EXPECT_TRUE(tried.witness.downs.empty());
}

TEST_F(UsbRequests, what_a_usb_link_has_not_is_unsupported) {
  MockUsbDevice device(bus, mock_scanner());
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  for (const RequestKind kind :
       {RequestKind::line_settings, RequestKind::modem_lines, RequestKind::send_break}) {
    EXPECT_EQ(ask(tried, request_of(kind)).result, Result::unsupported);
  }
}

}  // namespace cartwright::link::test
