#include "link/tls_link.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/write.hpp>

#include "unit/link/scratch.hpp"
#include "unit/link/support.hpp"
#include "unit/link/tls_device.hpp"

namespace cartwright::link {
namespace {

using test::Asked;
using test::Authority;
using testing::AllOf;
using testing::HasSubstr;

class TlsLink : public testing::Test {
 protected:
  TlsLink() { authority.root().write(ca(), scratch / "ca.key"); }

  std::string ca() const { return (scratch / "ca.pem").string(); }
  std::string uri(const std::string& query) const {
    return "tls:127.0.0.1:" + device.port() + "?connect_timeout=5s" + query;
  }
  void start(const std::string& query) {
    link = make_link(uri(query), loop.io.get_executor());
    link->start(witness);
  }
  void start() { start("&ca=" + ca()); }
  bool comes_up() {
    if (!device.accept()) return false;
    device.begin();
    return loop.until([&] { return device.go_on() && witness.is_up; });
  }
  // Why the link does not come up; the device does its part.
  std::string refused() {
    if (!device.accept()) return "nobody connects";
    device.begin();
    loop.until([&] { return device.go_on() || !witness.downs.empty(); });
    loop.until([&] { return !witness.downs.empty(); });
    return witness.downs.empty() ? "it is up" : witness.downs[0].text;
  }
  bool goes_down() {
    return loop.until([&] { return !witness.downs.empty(); });
  }

  test::Scratch scratch;
  test::Loop loop;
  test::Witness witness;
  Authority authority;
  test::TlsDevice device{loop};
  std::unique_ptr<Link> link;
};

}  // namespace

TEST_F(TlsLink, carries_bytes_both_ways) {
  device.is(authority.issue({}));
  start();
  ASSERT_TRUE(comes_up());
  ASSERT_TRUE(device.send("hello"));
  EXPECT_TRUE(loop.until([&] { return witness.data == "hello"; }));
  const Asked asked(*link, test::write_of("world"));
  std::string received;
  ASSERT_TRUE(loop.until([&] {
    received += device.take();
    return asked.ended() && received == "world";
  }));
  EXPECT_EQ(asked.written(), 5U);
}

TEST_F(TlsLink, speaks_1_2_as_well_and_nothing_older) {
  device.is(authority.issue({}));
  device.speaks_at_most(TLS1_2_VERSION);
  start();
  ASSERT_TRUE(comes_up());
  ASSERT_TRUE(device.send("hello"));
  EXPECT_TRUE(loop.until([&] { return witness.data == "hello"; }));
}

TEST_F(TlsLink, refuses_a_device_that_speaks_1_1_alone) {
  device.is(authority.issue({}));
  device.speaks_at_most(TLS1_1_VERSION);
  start();
  EXPECT_THAT(refused(), HasSubstr("does not shake hands"));
}

// A record holds more than one read takes: what is decrypted already wakes no descriptor.
TEST_F(TlsLink, brings_records_larger_than_a_read_to_their_end) {
  device.is(authority.issue({}));
  start();
  ASSERT_TRUE(comes_up());
  std::string all(16'000, 'x');
  all.back() = 'y';
  ASSERT_TRUE(device.send(all));
  EXPECT_TRUE(loop.until([&] { return witness.data.size() >= all.size(); }));
  EXPECT_EQ(witness.data, all);
}

TEST_F(TlsLink, holds_decrypted_bytes_back_while_reading_is_held_back) {
  device.is(authority.issue({}));
  start();
  ASSERT_TRUE(comes_up());
  link->set_reading(false);
  ASSERT_TRUE(device.send(std::string(9'000, 'x')));
  const Asked asked(*link, test::write_of("still writes"));
  ASSERT_TRUE(loop.until([&] { return asked.ended(); }));
  EXPECT_EQ(witness.data, "");
  link->set_reading(true);
  EXPECT_TRUE(loop.until([&] { return witness.data.size() == 9'000; }));
}

TEST_F(TlsLink, writes_more_than_the_socket_takes_at_once) {
  device.is(authority.issue({}));
  start();
  ASSERT_TRUE(comes_up());
  std::string all;
  for (int i = 0; all.size() < 4'000'000; ++i) all += std::to_string(i) + " ";
  const Asked asked(*link, test::write_of(all));
  std::string received;
  EXPECT_TRUE(loop.until([&] {
    received += device.take();
    return asked.ended() && received.size() == all.size();
  }));
  EXPECT_EQ(received, all);
  EXPECT_EQ(asked.written(), all.size());
}

TEST_F(TlsLink, refuses_an_authority_that_is_not_known) {
  device.is(authority.issue({}));
  Authority other;
  other.root().write(scratch / "other.pem", scratch / "other.key");
  start("&ca=" + (scratch / "other.pem").string());
  EXPECT_THAT(refused(),
              AllOf(HasSubstr("127.0.0.1:" + device.port() + " shows a certificate"),
                    HasSubstr("authority that is not known here"), HasSubstr("ca=FILE")));
  EXPECT_EQ(witness.downs[0].reason, DownReason::refused);
  EXPECT_TRUE(witness.ups.empty());
}

TEST_F(TlsLink, trusts_the_system_s_authorities_alone_where_none_is_named) {
  device.is(authority.issue({}));
  start("");
  EXPECT_THAT(refused(), HasSubstr("authority that is not known here"));
}

TEST_F(TlsLink, refuses_a_certificate_of_another_name) {
  device.is(authority.issue({"DNS:other.example,IP:192.0.2.1", -1, 1}));
  start();
  EXPECT_THAT(refused(), AllOf(HasSubstr("does not name \"127.0.0.1\""), HasSubstr("name=NAME")));
}

TEST_F(TlsLink, takes_a_certificate_of_the_name_it_was_told) {
  device.is(authority.issue({"DNS:scale-7.example", -1, 1}));
  start("&name=scale-7.example&ca=" + ca());
  EXPECT_TRUE(comes_up());
}

TEST_F(TlsLink, refuses_a_certificate_that_has_expired_or_does_not_hold_yet) {
  device.is(authority.issue({"IP:127.0.0.1", -10, -1}));
  start();
  EXPECT_THAT(refused(), AllOf(HasSubstr("does not hold today (certificate has expired)"),
                               HasSubstr("clock")));
}

TEST_F(TlsLink, refuses_a_certificate_of_tomorrow) {
  device.is(authority.issue({"IP:127.0.0.1", 1, 10}));
  start();
  EXPECT_THAT(refused(), HasSubstr("certificate is not yet valid"));
}

TEST_F(TlsLink, trusts_anyone_only_where_that_is_spelled_in_full) {
  device.is(authority.issue({"DNS:other.example", -10, -1}));
  start("&verify=off-and-trust-anyone");
  EXPECT_TRUE(comes_up());
  EXPECT_THAT(link_warning(uri("&verify=off-and-trust-anyone")),
              HasSubstr("nobody checks who answers"));
  EXPECT_EQ(link_warning(uri("")), "");
  const auto refused = [&](const std::string& query) {
    return test::error_of([&] { make_link(uri(query), loop.io.get_executor()); });
  };
  EXPECT_THAT(refused("&verify=off"), HasSubstr("write verify=off-and-trust-anyone"));
  EXPECT_THAT(refused("&verify=no"), HasSubstr("is neither on nor"));
}

TEST_F(TlsLink, shows_its_own_certificate_where_it_has_one) {
  device.is(authority.issue({}));
  device.wants_client_of(authority.root());
  authority.issue({}).write(scratch / "cart.pem", scratch / "cart.key");
  start("&ca=" + ca() + "&cert=" + (scratch / "cart.pem").string() +
        "&key=" + (scratch / "cart.key").string());
  ASSERT_TRUE(comes_up());
  ASSERT_TRUE(device.send("hello"));
  EXPECT_TRUE(loop.until([&] { return witness.data == "hello"; }));
}

TEST_F(TlsLink, tells_that_a_device_wants_a_certificate) {
  device.is(authority.issue({}));
  device.speaks_at_most(TLS1_2_VERSION);
  device.wants_client_of(authority.root());
  start();
  EXPECT_THAT(refused(), HasSubstr("does not shake hands: TLS failed"));
  EXPECT_TRUE(device.failed());
}

TEST_F(TlsLink, names_a_file_that_is_none) {
  std::ofstream(scratch / "text") << "no certificate";
  const std::string text = (scratch / "text").string();
  const auto refused = [&](const std::string& query) {
    return test::error_of([&] { make_link(uri(query), loop.io.get_executor()); });
  };
  EXPECT_THAT(refused("&ca=/nowhere/ca.pem"),
              HasSubstr("ca \"/nowhere/ca.pem\" is no file that is there"));
  EXPECT_THAT(refused("&ca=" + text), HasSubstr("holds no certificate"));
  EXPECT_THAT(refused("&cert=" + text), HasSubstr("holds no certificate"));
  EXPECT_THAT(refused("&key=" + text), HasSubstr("needs cert=FILE"));
  EXPECT_THAT(refused("&cert=" + ca() + "&key=" + text), HasSubstr("holds no key"));
  authority.issue({}).write(scratch / "one.pem", scratch / "one.key");
  EXPECT_THAT(refused("&cert=" + ca() + "&key=" + (scratch / "one.key").string()),
              HasSubstr("for the certificate"));
}

TEST_F(TlsLink, does_not_ask_for_the_passphrase_of_a_key) {
  const test::Identity cart = authority.issue({});
  cart.write(scratch / "cart.pem", scratch / "plain.key");
  FILE* out = std::fopen((scratch / "cart.key").c_str(), "w");
  PEM_write_PrivateKey(out, cart.key.get(), EVP_aes_128_cbc(),
                       reinterpret_cast<const unsigned char*>("secret"), 6, nullptr, nullptr);
  std::fclose(out);
  EXPECT_THAT(test::error_of([&] {
                make_link(uri("&cert=" + (scratch / "cart.pem").string() +
                              "&key=" + (scratch / "cart.key").string()),
                          loop.io.get_executor());
              }),
              HasSubstr("without passphrase"));
}

TEST_F(TlsLink, takes_a_goodbye_as_a_hang_up_and_connects_again) {
  device.is(authority.issue({}));
  start();
  ASSERT_TRUE(comes_up());
  ASSERT_TRUE(device.send("bye"));
  device.say_goodbye();
  ASSERT_TRUE(goes_down());
  EXPECT_EQ(witness.data, "bye");
  EXPECT_EQ(witness.downs[0].reason, DownReason::hang_up);
  EXPECT_THAT(witness.downs[0].text, HasSubstr("the far side hung up"));
  device.cut();
  EXPECT_TRUE(comes_up());
}

TEST_F(TlsLink, says_goodbye_when_it_is_stopped) {
  device.is(authority.issue({}));
  start();
  ASSERT_TRUE(comes_up());
  link->stop();
  EXPECT_TRUE(loop.until([&] { return device.got_goodbye(); }));
}

TEST_F(TlsLink, tells_a_connection_that_was_cut_off_from_one_that_ended) {
  device.is(authority.issue({}));
  start();
  ASSERT_TRUE(comes_up());
  device.cut();
  ASSERT_TRUE(goes_down());
  EXPECT_EQ(witness.downs[0].reason, DownReason::hang_up);
  EXPECT_THAT(witness.downs[0].text, HasSubstr("cut off, without the goodbye of TLS"));
}

// A record's header promises 100 bytes; the line is cut after ten.
TEST_F(TlsLink, gives_nothing_of_a_record_that_was_cut) {
  device.is(authority.issue({}));
  start();
  ASSERT_TRUE(comes_up());
  ASSERT_TRUE(device.send("whole"));
  ASSERT_TRUE(loop.until([&] { return witness.data == "whole"; }));
  boost::asio::write(device.socket(), boost::asio::buffer("\x17\x03\x03\x00\x64"
                                                          "tenletters",
                                                          15));
  device.cut();
  ASSERT_TRUE(goes_down());
  EXPECT_EQ(witness.data, "whole");
  EXPECT_THAT(witness.downs[0].text, HasSubstr("cut off"));
}

TEST_F(TlsLink, ends_a_connection_on_which_somebody_changes_bytes) {
  device.is(authority.issue({}));
  start();
  ASSERT_TRUE(comes_up());
  std::string record("\x17\x03\x03\x00\x28", 5);
  record += std::string(40, '?');
  boost::asio::write(device.socket(), boost::asio::buffer(record));
  ASSERT_TRUE(goes_down());
  EXPECT_EQ(witness.data, "");
  EXPECT_THAT(witness.downs[0].text, HasSubstr("TLS failed"));
}

TEST_F(TlsLink, says_that_a_device_does_not_speak_tls) {
  start();
  ASSERT_TRUE(device.accept());
  boost::asio::write(device.socket(), boost::asio::buffer("220 scale ready\r\n", 17));
  ASSERT_TRUE(goes_down());
  EXPECT_THAT(witness.downs[0].text,
              AllOf(HasSubstr("does not shake hands"), HasSubstr("speak TLS on that port?")));
}

// Half open: the connection stands, and nobody answers on it.
TEST_F(TlsLink, gives_up_a_device_that_does_not_shake_hands) {
  link = make_link("tls:127.0.0.1:" + device.port() + "?connect_timeout=50ms&ca=" + ca(),
                   loop.io.get_executor());
  link->start(witness);
  ASSERT_TRUE(device.accept());
  ASSERT_TRUE(goes_down());
  EXPECT_THAT(witness.downs[0].text, HasSubstr("does not shake hands within 50ms"));
}

// What is left of a record would spoil what is written next.
TEST_F(TlsLink, goes_down_after_a_write_that_the_device_does_not_take) {
  device.is(authority.issue({}));
  start();
  ASSERT_TRUE(comes_up());
  Request request = test::write_of(std::string(20'000'000, 'x'));
  request.timeout = std::chrono::milliseconds(50);
  const Asked asked(*link, request);
  ASSERT_TRUE(goes_down());
  EXPECT_EQ(asked.result(), Result::timeout);
  EXPECT_LT(asked.written(), 20'000'000U);
  EXPECT_THAT(witness.downs[0].text, HasSubstr("did not take what was written in time"));
}

TEST_F(TlsLink, may_be_destroyed_while_it_shakes_hands) {
  device.is(authority.issue({}));
  start();
  ASSERT_TRUE(device.accept());
  loop.run_what_is_ready();
  link.reset();
  loop.run_what_is_ready();
  EXPECT_TRUE(witness.ups.empty());
}

}  // namespace cartwright::link
