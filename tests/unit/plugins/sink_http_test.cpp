#include <gmock/gmock.h>

#include "base/error.hpp"
#include "unit/plugins/own_rig.hpp"
#include "unit/plugins/tiny_server.hpp"

namespace cartwright::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string digest(64, 'a');
const std::string protobuf = "application/x-protobuf";

std::string settings(const std::string& url, int timeout_ms = 60'000) {
  return R"({"url":")" + url + R"(","timeout_ms":)" + std::to_string(timeout_ms) + "}";
}

// One batch to a server that answers with these bytes.
class SinkHttp : public ::testing::Test {
 protected:
  static OwnRig::Done send(OwnRig& rig, const std::string& batch = "batch") {
    return rig.wait_done(start(rig, batch));
  }
  static std::uint64_t start(OwnRig& rig, const std::string& batch = "batch") {
    return rig.command(R"({"send":{"blob":)" + std::to_string(rig.add_blob(batch)) + R"(,"size":)" +
                       std::to_string(batch.size()) + R"(,"digest":")" + digest + R"("}})");
  }
  static OwnRig::Done answer(const TinyServer::Answer& bytes, int timeout_ms = 60'000) {
    TinyServer server([&](const std::string&) { return bytes; });
    OwnRig rig("sink-http", settings(server.url(), timeout_ms));
    return send(rig);
  }
};

TEST_F(SinkHttp, posts_the_batch_as_it_is_and_brings_the_receipt_back_as_it_came) {
  const std::string receipt("\x0a\x00\xff receipt", 11);
  TinyServer server([&](const std::string&) {
    return TinyServer::Answer{http_reply("200 OK", protobuf, receipt)};
  });
  OwnRig rig("sink-http", settings(server.url() + "/store/7/"));
  std::string batch(100'000, '\0');
  for (std::size_t i = 0; i < batch.size(); ++i) batch[i] = static_cast<char>(i * 7);
  const auto end = send(rig, batch);
  EXPECT_EQ(end.status, "ok");
  EXPECT_EQ(end.result.at("code"), 200);
  EXPECT_EQ(end.result.at("receipt"), to_hex(as_bytes(receipt)));
  const std::string request = server.wait_request();
  EXPECT_THAT(request, StartsWith("POST /store/7/v1/batches HTTP/1.1\r\n"));
  EXPECT_THAT(request, HasSubstr("Content-Type: application/x-protobuf\r\n"));
  EXPECT_TRUE(request.ends_with("\r\n\r\n" + batch));
}

TEST_F(SinkHttp, asks_for_a_receipt_by_its_digest) {
  TinyServer server([](const std::string& request) {
    return TinyServer::Answer{request.find(digest) != std::string::npos
                                  ? http_reply("200 OK", protobuf + "; v=1", "receipt")
                                  : http_reply("404 Not Found", "text/plain", "none")};
  });
  OwnRig rig("sink-http", settings(server.url()));
  const auto known = rig.wait_done(rig.command(R"({"ask":{"digest":")" + digest + R"("}})"));
  EXPECT_EQ(known.status, "ok");
  EXPECT_THAT(server.wait_request(), StartsWith("GET /v1/receipts/" + digest + " HTTP/1.1\r\n"));
  const auto unknown =
      rig.wait_done(rig.command(R"({"ask":{"digest":")" + std::string(64, 'b') + R"("}})"));
  EXPECT_EQ(unknown.status, "not_found");
}

TEST_F(SinkHttp, takes_the_page_of_a_captive_portal_for_no_receipt) {
  const auto end = answer({http_reply("200 OK", "text/html", "<html>Welcome</html>")});
  EXPECT_EQ(end.status, "device_error");
  EXPECT_EQ(end.result.at("code"), 200);
  EXPECT_EQ(answer({http_reply("302 Found", "text/html", "", "Location: http://portal/\r\n")})
                .result.at("code"),
            302);
}

TEST_F(SinkHttp, tells_the_code_of_a_refusal) {
  for (const char* status :
       {"400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found",
        "413 Content Too Large", "500 Internal Server Error", "204 No Content"}) {
    const auto end = answer({http_reply(status, protobuf, "")});
    EXPECT_EQ(end.status, "device_error") << status;
    EXPECT_EQ(end.result.at("code"), std::stoi(status));
  }
}

TEST_F(SinkHttp, is_busy_for_as_long_as_the_hub_says) {
  const auto busy =
      answer({http_reply("429 Too Many Requests", "text/plain", "", "Retry-After: 17\r\n")});
  EXPECT_EQ(busy.status, "busy");
  EXPECT_EQ(busy.result.at("code"), 429);
  EXPECT_EQ(busy.result.at("retry_after_s"), 17);
  const auto dated = answer({http_reply("503 Service Unavailable", "text/plain", "",
                                        "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n")});
  EXPECT_EQ(dated.status, "busy");
  EXPECT_EQ(dated.result.at("retry_after_s"), 0);
}

TEST_F(SinkHttp, is_down_when_the_hub_resets_or_closes_in_the_middle) {
  const std::string half = http_reply("200 OK", protobuf, std::string(100, 'x')).substr(0, 120);
  EXPECT_EQ(answer({half, true}).status, "link_down");
  EXPECT_EQ(answer({half}).status, "link_down");
  EXPECT_EQ(answer({""}).status, "link_down");
}

TEST_F(SinkHttp, refuses_what_is_larger_than_a_receipt_or_no_http) {
  const auto large = answer({http_reply("200 OK", protobuf, std::string(9000, 'x'))});
  EXPECT_EQ(large.status, "device_error");
  EXPECT_EQ(answer({"HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x')}).status, "device_error");
  EXPECT_EQ(answer({"SSH-2.0-OpenSSH_9.2\r\n\r\n"}).status, "device_error");
}

TEST_F(SinkHttp, gives_up_when_the_hub_takes_longer_than_it_may) {
  EXPECT_EQ(answer({"", false, true}, 100).status, "timeout");
}

TEST_F(SinkHttp, closes_the_connection_when_it_is_cancelled) {
  TinyServer server([](const std::string&) { return TinyServer::Answer{"", false, true}; });
  OwnRig rig("sink-http", settings(server.url()));
  const auto op = start(rig);
  server.wait_request();
  rig.cancel(op);
  EXPECT_EQ(rig.wait_done(op).status, "cancelled");
}

TEST_F(SinkHttp, carries_one_request_at_a_time) {
  TinyServer server([](const std::string&) { return TinyServer::Answer{"", false, true}; });
  OwnRig rig("sink-http", settings(server.url()));
  const auto first = start(rig);
  server.wait_request();
  EXPECT_EQ(send(rig).status, "busy");
  rig.cancel(first);
  EXPECT_EQ(rig.wait_done(first).status, "cancelled");
}

TEST_F(SinkHttp, ends_while_a_request_runs) {
  TinyServer server([](const std::string&) { return TinyServer::Answer{"", false, true}; });
  OwnRig rig("sink-http", settings(server.url()));
  start(rig);
  server.wait_request();
}

TEST_F(SinkHttp, says_that_the_hub_is_away_and_there_again_each_once) {
  std::string gone;
  {
    const TinyServer server([](const std::string&) { return TinyServer::Answer{}; });
    gone = server.url();
  }
  OwnRig rig("sink-http", settings(gone));
  EXPECT_EQ(send(rig).status, "link_down");
  EXPECT_EQ(send(rig).status, "link_down");
  EXPECT_THAT(rig.link_states(), ElementsAre(true, false));
}

TEST_F(SinkHttp, refuses_a_batch_that_is_not_there) {
  OwnRig rig("sink-http", settings("http://127.0.0.1:9"));
  EXPECT_EQ(
      rig.wait_done(rig.command(R"({"send":{"blob":99,"size":5,"digest":")" + digest + R"("}})"))
          .status,
      "internal");
  EXPECT_EQ(
      rig.wait_done(rig.command(R"({"send":{"blob":1,"size":0,"digest":")" + digest + R"("}})"))
          .status,
      "invalid");
  EXPECT_EQ(rig.wait_done(rig.command(R"({"clear":{}})")).status, "unsupported");
}

TEST_F(SinkHttp, names_what_is_wrong_with_its_url) {
  const auto why = [](const std::string& url) -> std::string {
    try {
      OwnRig rig("sink-http", settings(url));
    } catch (const Error& error) {
      return error.what();
    }
    return "started";
  };
  EXPECT_THAT(why("https://hub.example"), HasSubstr("https is not supported yet"));
  EXPECT_THAT(why("ftp://hub.example"), HasSubstr("http://"));
  EXPECT_THAT(why("http://"), HasSubstr("no host"));
  EXPECT_THAT(why("http://hub:99999"), HasSubstr("port"));
  EXPECT_THAT(why("http://hub:80x"), HasSubstr("port"));
  EXPECT_THAT(why("http://[::1"), HasSubstr("bracket"));
  EXPECT_THAT(why("http://hub/a?b=c"), HasSubstr("query"));
  EXPECT_EQ(why("http://[::1]:8080/a"), "started");
}

}  // namespace
}  // namespace cartwright::test
