#include "hub/http_server.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "loopback.hpp"

namespace cartwright::hub {
namespace {

using std::chrono::milliseconds;

HttpResponse echo(const HttpRequest& request) {
  if (request.target == "/busy") throw Error(ErrorKind::unavailable, "secret detail");
  if (request.target == "/broken") throw std::runtime_error("secret detail");
  return {200, "text/plain", request.method + " " + request.target + " " + request.body, {}};
}

struct Served {
  HttpServer server;
  explicit Served(HttpLimits limits = {}) : server("127.0.0.1", 0, limits, echo) { server.start(); }
};

}  // namespace

TEST(HttpServer, answers_over_a_real_socket) {
  const Served served;
  const Answer answer = ask(served.server.port(), post("hello"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "POST /v1/batches hello");
}

TEST(HttpServer, keeps_a_connection_for_the_next_request) {
  const Served served;
  Loopback socket(served.server.port());
  socket.write(
      "GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  const std::string both = socket.read_all();
  EXPECT_NE(both.find("GET /a"), std::string::npos);
  EXPECT_NE(both.find("GET /b"), std::string::npos);
}

TEST(HttpServer, takes_a_request_byte_by_byte) {
  const Served served;
  Loopback socket(served.server.port());
  for (const char byte : post("slow")) socket.write(std::string_view(&byte, 1));
  EXPECT_EQ(parse_answer(socket.read_all()).body, "POST /v1/batches slow");
}

TEST(HttpServer, refuses_what_is_too_large_and_says_so) {
  HttpLimits limits;
  limits.most_body_bytes = 1000;
  limits.most_header_bytes = 2000;
  const Served served(limits);
  EXPECT_EQ(ask(served.server.port(), post(std::string(200'000, 'x'))).status, 413);
  EXPECT_EQ(ask(served.server.port(), get("/" + std::string(20'000, 'x'))).status, 431);
  EXPECT_EQ(ask(served.server.port(), post(std::string(1000, 'x'))).status, 200);
}

TEST(HttpServer, refuses_a_chunked_body_over_the_limit) {
  HttpLimits limits;
  limits.most_body_bytes = 16;
  const Served served(limits);
  const std::string request =
      "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
      "10\r\n0123456789abcdef\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n";
  EXPECT_EQ(ask(served.server.port(), request).status, 413);
}

TEST(HttpServer, answers_garbage_with_400) {
  const Served served;
  EXPECT_EQ(ask(served.server.port(), "\x16\x03\x01 this is TLS\r\n\r\n").status, 400);
}

TEST(HttpServer, closes_a_client_that_never_ends_its_header) {
  HttpLimits limits;
  limits.idle = milliseconds(20);
  const Served served(limits);
  Loopback slow(served.server.port());
  slow.write("POST /v1/batches HTTP/1.1\r\nHost: h");
  EXPECT_EQ(slow.read_all(), "");  // returns because the server closes
}

TEST(HttpServer, closes_a_client_that_never_ends_its_body) {
  HttpLimits limits;
  limits.body = milliseconds(20);
  const Served served(limits);
  Loopback slow(served.server.port());
  const std::string request = post("0123456789");
  slow.write(std::string_view(request).substr(0, request.size() - 1));
  EXPECT_EQ(slow.read_all(), "");
}

TEST(HttpServer, serves_others_while_slow_clients_wait) {
  const Served served;
  std::vector<Loopback> slow;
  for (int i = 0; i < 20; ++i) {
    slow.emplace_back(served.server.port());
    slow.back().write("POST /v1/batches HTTP/1.1\r\n");
  }
  EXPECT_EQ(ask(served.server.port(), get("/quick")).status, 200);
}

TEST(HttpServer, answers_503_beyond_its_connections_and_recovers) {
  HttpLimits limits;
  limits.most_connections = 2;
  const Served served(limits);
  std::vector<Loopback> held;
  for (int i = 0; i < 2; ++i) {
    held.emplace_back(served.server.port());
    held.back().write("GET /held HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_NE(held.back().read_some(), "");
  }
  const Answer full = ask(served.server.port(), get("/"));
  EXPECT_EQ(full.status, 503);
  EXPECT_NE(full.header.find("Retry-After: "), std::string::npos);
  // The held one has ended when its connection is closed in turn.
  held.back().write(get("/last"));
  EXPECT_NE(held.back().read_all(), "");
  held.pop_back();
  int status = 503;
  while (status == 503) status = ask(served.server.port(), get("/")).status;
  EXPECT_EQ(status, 200);
}

TEST(HttpServer, tells_nobody_what_went_wrong_inside) {
  const Served served;
  const Answer busy = ask(served.server.port(), get("/busy"));
  EXPECT_EQ(busy.status, 503);
  EXPECT_NE(busy.header.find("Retry-After: "), std::string::npos);
  EXPECT_EQ(busy.body.find("secret"), std::string::npos);
  const Answer broken = ask(served.server.port(), get("/broken"));
  EXPECT_EQ(broken.status, 500);
  EXPECT_EQ(broken.body.find("secret"), std::string::npos);
}

TEST(HttpServer, stops_with_connections_open_and_twice) {
  Served served;
  Loopback idle(served.server.port());
  Loopback half(served.server.port());
  half.write("GET / HT");
  served.server.stop();
  served.server.stop();
}

TEST(HttpServer, names_the_address_that_is_taken) {
  const Served served;
  try {
    const HttpServer second("127.0.0.1", served.server.port(), {}, echo);
    FAIL() << "two servers on one port";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::unavailable);
    EXPECT_NE(std::string(error.what()).find(std::to_string(served.server.port())),
              std::string::npos);
  }
  EXPECT_THROW(HttpServer("localhost.", 0, {}, echo), Error);
}

}  // namespace cartwright::hub
