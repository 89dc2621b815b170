#include <csignal>
#include <map>

#include "cart.hpp"
#include "hub/hub.hpp"
#include "unit/hub/fault_plan.hpp"

namespace cartwright::conformance {
namespace {

using hub::Fault;
using testing::HasSubstr;

// A cart with a hub whose port is known before anybody listens on it.
class HubAway : public testing::Test {
 protected:
  HubAway() : port_(free_port()) {
    // The hub makes its key, the cart its own, before they meet.
    EXPECT_EQ(run({"hub", "--dir", store_.file("hub"), "show"}).code, 0);
    store_.scratch.write(
        "cart.toml", content_of(store_.configuration()) +
                         "[journey]\nsink = \"hub0\"\nhub_key = \"hub/hub.pub\"\n" +
                         device("hub0", "sink-http", "",
                                "settings = { url = \"http://127.0.0.1:" + std::to_string(port_) +
                                    "\", timeout_ms = 5000 }\n"));
    std::string key = store_.cart_command({"journey", "key"}).output;
    key.erase(key.find_last_not_of('\n') + 1);
    EXPECT_EQ(run({"hub", "--dir", store_.file("hub"), "enrol", "cart-1", key}).code, 0);
  }

  static std::uint16_t free_port() {
    hub::HttpServer server("127.0.0.1", 0, {},
                           [](const hub::HttpRequest&) { return hub::HttpResponse{}; });
    return server.port();
  }

  // A trip under way whose journey has begun.
  static void begin(RunningCart& cart) {
    cart.reply("start");
    cart.reply("consent store-insight yes");
    cart.say(kPen);
    cart.event("line_added");
  }
  // Until the app is told this.
  static void trouble(RunningCart& cart, const std::string& text) {
    const Json told = cart.until("trouble: " + text, [&](const Json& json) {
      return json.value("event", "") == "journey_changed" &&
             json.value("trouble", "").find(text) != std::string::npos;
    });
    EXPECT_GT(told.value("waiting", 0), 0);
    EXPECT_EQ(told.value("dropped", -1), 0);
  }
  // The trip goes on, and then everything is there.
  static void finish(RunningCart& cart) {
    cart.say(kPen);
    EXPECT_EQ(cart.event("line_added")["line"]["units"], 2);
    cart.reply("end staff");
  }
  static void all_delivered(RunningCart& cart) {
    cart.reply("flush");
    cart.until("everything delivered", [&](const Json& json) {
      if (json.value("event", "") != "journey_changed") return false;
      if (json.value("trouble", "") != "") cart.say("flush");  // not after its back-off, but now
      return json.value("waiting", -1) == 0;
    });
  }
  // What the hub has: each event of the journey, once, in order.
  void everything_once() const {
    const Json shown =
        Json::parse(run({"hub", "--dir", store_.file("hub"), "show", "--json"}).output);
    ASSERT_EQ(shown["journeys"].size(), 1u) << shown;
    const Json& journey = shown["journeys"][0];
    EXPECT_EQ(journey["whole"], true);
    Strings kinds;
    const Result events =
        run({"hub", "--dir", store_.file("hub"), "show", journey.value("journey", ""), "--json"});
    for (const std::string& line : lines_of(events.output)) {
      const Json event = Json::parse(line);
      EXPECT_EQ(event["jseq"], std::to_string(kinds.size() + 1));
      for (const auto& [key, value] : event.items()) {
        if (value.is_object()) kinds.push_back(key);
      }
    }
    EXPECT_THAT(kinds, testing::ElementsAre("journey_started", "product_added", "product_added",
                                            "journey_ended"));
    std::map<std::string, std::int64_t> counters;
    for (const Json& counter : shown["counters"]) {
      counters[counter.value("counter", "")] += counter.value("value", std::int64_t{0});
    }
    EXPECT_EQ(counters["PRODUCTS_ADDED"], 2);
    EXPECT_EQ(counters["TRIPS_ENDED"], 1);
    const Result left = store_.cart_command({"journey", "status", "--json"});
    EXPECT_EQ(left.code, 0) << left.errors;
    EXPECT_EQ(Json::parse(left.output),
              Json::parse(R"({"events":0,"batches":0,"bytes":0,"dropped":0})"));
  }

  Store store_;
  std::uint16_t port_;
};

TEST_F(HubAway, is_told_and_costs_nothing) {
  RunningCart cart(store_);
  begin(cart);
  cart.say("flush");
  trouble(cart, "the hub does not answer");
  finish(cart);

  Process hub({"hub", "--dir", store_.file("hub"), "--port", std::to_string(port_)});
  ASSERT_THAT(hub.line().value_or(hub.errors()), HasSubstr("Hub on http://"));
  all_delivered(cart);
  EXPECT_EQ(cart.end(), 0);
  hub.signal(SIGTERM);
  EXPECT_EQ(hub.wait(), 0);
  EXPECT_THAT(hub.output(), HasSubstr("1 journeys, 4 events"));
  everything_once();
}

TEST_F(HubAway, while_the_cart_restarts_costs_nothing) {
  {
    RunningCart cart(store_);
    begin(cart);
    finish(cart);
    EXPECT_EQ(cart.end(), 0);
  }
  const Json waiting = Json::parse(store_.cart_command({"journey", "status", "--json"}).output);
  EXPECT_GT(waiting.value("events", 0) + waiting.value("batches", 0), 0);
  Process hub({"hub", "--dir", store_.file("hub"), "--port", std::to_string(port_)});
  ASSERT_TRUE(hub.line());
  RunningCart cart(store_);
  all_delivered(cart);
  EXPECT_EQ(cart.end(), 0);
  everything_once();
}

// Everything that stands between a cart and its hub, one fault after the other.
class HubBehind : public HubAway, public testing::WithParamInterface<Fault> {};

TEST_P(HubBehind, answers_that_are_no_receipts_lose_nothing_and_double_nothing) {
  hub::HubConfig config;
  config.folder = store_.file("hub");
  {
    hub::Hub real(config);
    hub::FaultPlan plan([&](const hub::HttpRequest& request) { return real.answer(request); });
    for (int i = 0; i < 2; ++i) plan.add(GetParam());
    hub::HttpServer server("127.0.0.1", port_, {}, std::ref(plan));
    server.start();
    RunningCart cart(store_);
    begin(cart);
    cart.say("flush");
    cart.event("journey_changed");
    finish(cart);
    all_delivered(cart);
    EXPECT_EQ(cart.end(), 0);
    server.stop();
  }
  everything_once();
}

constexpr const char* kFaultNames[] = {"none", "captive_portal", "forbidden",     "server_error",
                                       "busy", "lost_answer",    "bare_duplicate"};

INSTANTIATE_TEST_SUITE_P(Faults, HubBehind,
                         testing::Values(Fault::captive_portal, Fault::forbidden,
                                         Fault::server_error, Fault::busy, Fault::lost_answer,
                                         Fault::bare_duplicate),
                         [](const auto& one) {
                           return std::string(kFaultNames[static_cast<int>(one.param)]);
                         });

// As long as it answers like this: told, kept, and the trip goes on.
class HubThatIsNone : public HubAway, public testing::WithParamInterface<unsigned> {};

TEST_P(HubThatIsNone, is_told_with_its_answer_and_everything_waits) {
  {
    hub::HttpServer server("127.0.0.1", port_, {}, [](const hub::HttpRequest&) {
      return hub::HttpResponse{GetParam(), "text/html", "<html><body>Log in</body></html>", {}};
    });
    server.start();
    RunningCart cart(store_);
    begin(cart);
    cart.say("flush");
    trouble(cart, "HTTP " + std::to_string(GetParam()));
    finish(cart);
    cart.say("flush");
    trouble(cart, "HTTP " + std::to_string(GetParam()));
    EXPECT_EQ(cart.end(), 0);
    server.stop();
  }
  Process hub({"hub", "--dir", store_.file("hub"), "--port", std::to_string(port_)});
  ASSERT_TRUE(hub.line());
  RunningCart cart(store_);
  all_delivered(cart);
  EXPECT_EQ(cart.end(), 0);
  everything_once();
}

INSTANTIATE_TEST_SUITE_P(Answers, HubThatIsNone, testing::Values(200U, 403U),
                         [](const auto& one) { return std::to_string(one.param); });

}  // namespace
}  // namespace cartwright::conformance
