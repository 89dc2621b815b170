#include "link/tcp_link.hpp"

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

class TcpLink : public testing::Test {
 protected:
  void listen(unsigned short port = 0) {
    const tcp::endpoint here(boost::asio::ip::address_v4::loopback(), port);
    acceptor.open(here.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind(here);
    acceptor.listen();
    acceptor.non_blocking(true);
    uri = "tcp:127.0.0.1:" + std::to_string(acceptor.local_endpoint().port());
  }
  void start(const std::string& query = {}) {
    link = make_link(uri + query, loop.io.get_executor());
    link->start(witness);
  }
  bool accept() {
    return loop.until([&] {
      boost::system::error_code error;
      peer = tcp::socket(loop.io);
      acceptor.accept(peer, error);
      return !error;
    }) && loop.until([&] { return witness.is_up; });
  }

  test::Loop loop;
  test::Witness witness;
  tcp::acceptor acceptor{loop.io};
  tcp::socket peer{loop.io};
  std::string uri;
  std::unique_ptr<Link> link;
};

}  // namespace

TEST_F(TcpLink, carries_bytes_both_ways) {
  listen();
  start("?keep_alive=30s&connect_timeout=2s");
  ASSERT_TRUE(accept());
  boost::asio::write(peer, boost::asio::buffer("hello", 5));
  EXPECT_TRUE(loop.until([&] { return witness.data == "hello"; }));
  const Asked asked(*link, test::write_of("world"));
  ASSERT_TRUE(loop.until([&] { return asked.ended(); }));
  std::string received(5, ' ');
  boost::asio::read(peer, boost::asio::buffer(received));
  EXPECT_EQ(received, "world");
}

TEST_F(TcpLink, takes_a_name_for_the_host) {
  listen();
  uri = "tcp:localhost:" + std::to_string(acceptor.local_endpoint().port());
  start();
  EXPECT_TRUE(accept());
}

TEST_F(TcpLink, takes_the_far_sides_end_as_a_hang_up_and_connects_again) {
  listen();
  start();
  ASSERT_TRUE(accept());
  boost::asio::write(peer, boost::asio::buffer("bye", 3));
  peer.close();
  ASSERT_TRUE(loop.until([&] { return !witness.is_up; }));
  EXPECT_EQ(witness.data, "bye");
  EXPECT_EQ(witness.downs[0].reason, DownReason::hang_up);
  EXPECT_TRUE(accept());
}

TEST_F(TcpLink, takes_a_reset_as_a_hang_up) {
  listen();
  start();
  ASSERT_TRUE(accept());
  peer.set_option(boost::asio::socket_base::linger(true, 0));
  peer.close();
  ASSERT_TRUE(loop.until([&] { return !witness.is_up; }));
  EXPECT_EQ(witness.downs[0].reason, DownReason::hang_up);
  EXPECT_THAT(witness.downs[0].text, HasSubstr("Connection reset"));
}

TEST_F(TcpLink, does_not_wake_up_after_a_hang_up) {
  listen();
  start();
  ASSERT_TRUE(accept());
  peer.close();
  acceptor.close();
  ASSERT_TRUE(loop.until([&] { return !witness.is_up; }));
  const std::uint64_t after = link->counters().wake_ups;
  ASSERT_TRUE(loop.until([&] { return link->counters().open_failures >= 2; }));
  EXPECT_EQ(link->counters().wake_ups, after);
  EXPECT_EQ(witness.downs.size(), 1U);
}

TEST_F(TcpLink, says_that_a_port_refuses) {
  listen();
  acceptor.close();
  start();
  ASSERT_TRUE(loop.until([&] { return !witness.downs.empty(); }));
  EXPECT_EQ(witness.downs[0].reason, DownReason::refused);
  EXPECT_THAT(witness.downs[0].text, HasSubstr("refuses the connection"));
}

TEST_F(TcpLink, gives_up_a_device_that_does_not_answer) {
  // A listener whose queue is full: Linux then leaves further connects without answer.
  listen();
  acceptor.listen(0);
  std::vector<tcp::socket> fill;
  for (int i = 0; i < 4; ++i) {
    fill.emplace_back(loop.io);
    fill.back().async_connect(acceptor.local_endpoint(), [](boost::system::error_code) {});
  }
  loop.run_what_is_ready();
  start("?connect_timeout=50ms");
  ASSERT_TRUE(loop.until([&] { return !witness.downs.empty(); }));
  EXPECT_EQ(witness.downs[0].reason, DownReason::not_there);
  EXPECT_THAT(witness.downs[0].text, HasSubstr("does not answer within 50ms"));
}

TEST_F(TcpLink, may_be_destroyed_while_it_connects) {
  listen();
  start();
  loop.run_what_is_ready();
  link.reset();
  loop.run_what_is_ready();
  EXPECT_TRUE(witness.ups.empty());
}

}  // namespace cartwright::link
