#include "link/tcp_listen_link.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "unit/link/support.hpp"

namespace cartwright::link {
namespace {

using boost::asio::ip::tcp;
using test::Asked;
using testing::HasSubstr;

class TcpListenLink : public testing::Test {
 protected:
  // A port that is free now.
  TcpListenLink() {
    tcp::acceptor acceptor(loop.io, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
    port = acceptor.local_endpoint().port();
  }
  std::string uri(const std::string& host = "127.0.0.1:") const {
    return "tcp-listen:" + host + std::to_string(port);
  }
  void start(const std::string& text) {
    link = make_link(text, loop.io.get_executor());
    link->start(witness);
    loop.until([&] { return !witness.downs.empty(); });
  }
  void start() { start(uri()); }
  // A device at that address of this machine; 127.x.y.z are all its own.
  tcp::socket connect(const std::string& from = "127.0.0.1") {
    tcp::socket socket(loop.io);
    socket.open(tcp::v4());
    socket.bind(tcp::endpoint(boost::asio::ip::make_address(from), 0));
    socket.connect(tcp::endpoint(boost::asio::ip::address_v4::loopback(), port));
    socket.non_blocking(true);
    return socket;
  }
  bool comes_up(std::size_t times = 1) {
    return loop.until([&] { return witness.ups.size() == times && witness.is_up; });
  }
  bool sees_the_end(tcp::socket& socket) {
    return loop.until([&] {
      char byte = 0;
      boost::system::error_code error;
      socket.read_some(boost::asio::buffer(&byte, 1), error);
      return error == boost::asio::error::eof || error == boost::asio::error::connection_reset;
    });
  }

  test::Loop loop;
  test::Witness witness;
  unsigned short port = 0;
  std::unique_ptr<Link> link;
};

}  // namespace

TEST_F(TcpListenLink, waits_for_the_device_and_says_so) {
  start();
  EXPECT_EQ(witness.downs[0].reason, DownReason::not_there);
  EXPECT_THAT(witness.downs[0].text,
              HasSubstr("waits for the device to connect to port " + std::to_string(port)));
  const tcp::socket device = connect();
  EXPECT_TRUE(comes_up());
}

TEST_F(TcpListenLink, carries_bytes_both_ways) {
  start();
  tcp::socket device = connect();
  ASSERT_TRUE(comes_up());
  boost::asio::write(device, boost::asio::buffer("hello", 5));
  EXPECT_TRUE(loop.until([&] { return witness.data == "hello"; }));
  const Asked asked(*link, test::write_of("world"));
  ASSERT_TRUE(loop.until([&] { return asked.ended(); }));
  std::string received(5, ' ');
  device.non_blocking(false);
  boost::asio::read(device, boost::asio::buffer(received));
  EXPECT_EQ(received, "world");
}

TEST_F(TcpListenLink, listens_on_this_machine_alone_where_no_address_is_named) {
  start(uri(""));
  const tcp::socket device = connect();
  EXPECT_TRUE(comes_up());
}

TEST_F(TcpListenLink, takes_the_device_again_after_a_hang_up) {
  start();
  tcp::socket device = connect();
  ASSERT_TRUE(comes_up());
  boost::asio::write(device, boost::asio::buffer("bye", 3));
  device.close();
  ASSERT_TRUE(loop.until([&] { return !witness.is_up; }));
  EXPECT_EQ(witness.data, "bye");
  EXPECT_EQ(witness.downs.back().reason, DownReason::hang_up);
  tcp::socket again = connect();
  ASSERT_TRUE(comes_up(2));
  boost::asio::write(again, boost::asio::buffer("!", 1));
  EXPECT_TRUE(loop.until([&] { return witness.data == "bye!"; }));
}

// The device lost its power: its old connection stands and will never say anything again.
TEST_F(TcpListenLink, lets_a_device_that_connects_anew_replace_its_half_open_connection) {
  start();
  tcp::socket device = connect();
  ASSERT_TRUE(comes_up());
  tcp::socket again = connect();
  ASSERT_TRUE(comes_up(2));
  EXPECT_THAT(witness.downs.back().text, HasSubstr("127.0.0.1 has connected anew"));
  EXPECT_TRUE(sees_the_end(device));
  boost::asio::write(again, boost::asio::buffer("new", 3));
  EXPECT_TRUE(loop.until([&] { return witness.data == "new"; }));
}

TEST_F(TcpListenLink, refuses_another_device_while_one_is_there) {
  start();
  tcp::socket device = connect();
  ASSERT_TRUE(comes_up());
  tcp::socket other = connect("127.0.0.2");
  EXPECT_TRUE(sees_the_end(other));
  EXPECT_TRUE(witness.is_up);
  boost::asio::write(device, boost::asio::buffer("mine", 4));
  EXPECT_TRUE(loop.until([&] { return witness.data == "mine"; }));
  device.close();
  tcp::socket later = connect("127.0.0.2");
  EXPECT_TRUE(comes_up(2));
}

TEST_F(TcpListenLink, says_that_the_port_is_taken_and_takes_it_when_it_is_free) {
  tcp::acceptor other(loop.io, tcp::endpoint(boost::asio::ip::address_v4::loopback(), port));
  start();
  EXPECT_EQ(witness.downs[0].reason, DownReason::in_use);
  EXPECT_THAT(witness.downs[0].text, HasSubstr("can not listen: Address already in use"));
  other.close();
  ASSERT_TRUE(loop.until([&] {
    tcp::socket probe(loop.io);
    boost::system::error_code error;
    probe.connect(tcp::endpoint(boost::asio::ip::address_v4::loopback(), port), error);
    return !error;
  }));
  EXPECT_TRUE(loop.until([&] { return !witness.ups.empty(); }));
}

TEST_F(TcpListenLink, listens_no_more_when_it_is_stopped) {
  start();
  tcp::socket device = connect();
  ASSERT_TRUE(comes_up());
  link->stop();
  EXPECT_TRUE(sees_the_end(device));
  EXPECT_THROW(connect(), boost::system::system_error);
  witness.downs.clear();
  link->start(witness);
  ASSERT_TRUE(loop.until([&] { return !witness.downs.empty(); }));
  const tcp::socket again = connect();
  EXPECT_TRUE(comes_up(2));
}

TEST_F(TcpListenLink, ends_a_connect_request_while_nobody_is_there) {
  start();
  const Asked closed(*link, test::request_of(RequestKind::close));
  const Asked connected(*link, test::request_of(RequestKind::connect));
  ASSERT_TRUE(loop.until([&] { return connected.ended(); }));
  EXPECT_EQ(connected.result(), Result::link_down);
  const tcp::socket device = connect();
  EXPECT_TRUE(comes_up());
}

TEST_F(TcpListenLink, refuses_what_is_no_address_of_a_machine) {
  const auto refused = [&](const std::string& text) {
    return test::error_of([&] { make_link(text, loop.io.get_executor()); });
  };
  EXPECT_THAT(refused("tcp-listen:scale.example:9100"), HasSubstr("is no address of this machine"));
  EXPECT_THAT(refused("tcp-listen:0"), HasSubstr("port from 1 to 65535"));
  EXPECT_THAT(refused("tcp-listen:x"), HasSubstr("port from 1 to 65535"));
  EXPECT_THAT(refused("tcp-listen:::1:80"), HasSubstr("brackets round an IPv6 address"));
  EXPECT_EQ(refused("tcp-listen:[::1]:9100"), "");
  EXPECT_EQ(refused("tcp-listen:localhost:9100"), "");
}

// A write to a device that has gone must not end the app.
TEST_F(TcpListenLink, raises_no_signal_when_the_device_goes_under_a_write) {
  start();
  tcp::socket device = connect();
  ASSERT_TRUE(comes_up());
  link->set_reading(false);
  device.set_option(boost::asio::socket_base::linger(true, 0));
  device.close();
  ASSERT_TRUE(loop.until([&] {
    const Asked asked(*link, test::write_of("x"));
    loop.until([&] { return asked.ended(); });
    return asked.result() != Result::ok;
  }));
  EXPECT_FALSE(witness.is_up);
}

}  // namespace cartwright::link
