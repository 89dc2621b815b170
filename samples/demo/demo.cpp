// `./dev demo`: a hub, three simulated devices that speak their protocols over pseudo-terminals,
// and a cart with isolated drivers, each a process of its own. A shopper goes through a whole trip,
// one driver is killed on the way, and at the end everything that is left is compared with sums
// that were stated beforehand (tests/torture/shopping/script.cpp).

#include <cstdio>
#include <cstring>
#include <exception>
#include <set>
#include <string>

#include "shopping/evidence.hpp"
#include "shopping/shopper.hpp"
#include "view.hpp"

namespace {

using namespace cartwright::shopping;
using cartwright::demo::money;
using cartwright::demo::View;

constexpr const char* kVictim = "scanner-serial";
constexpr const char* kKilledBefore = "chocolate-100g";
constexpr milliseconds kPause{700};
constexpr milliseconds kDelivery{30'000};

void title(const std::string& text) {
  std::printf("\n== %s\n", text.c_str());
}

void require(bool holds, const std::string& what) {
  if (!holds) throw Failure(what);
}

class Demo {
 public:
  explicit Demo(bool paced)
      : paced_(paced),
        store_({paced ? 1'500 : 300, 400}),
        view_(store_, paced),
        cart_(store_, view_) {}

  void run() {
    view_.say("The cart starts: five drivers, each in a process of its own");
    require(cart_.start(), "the cart does not start");
    Shopper shopper(store_, cart_);
    shopper.before_step = [this](const Step& step, std::size_t) {
      pause();
      if (std::strcmp(step.product, kKilledBefore) == 0 && step.kind == Step::Kind::scan) {
        kill_driver();
      }
      view_.say(std::string("The shopper ") + step.says);
    };
    shopper.shop();
    pause();
    view_.say("The journey goes to the hub");
    const std::string journey = await_journey(store_, cart_, {}, kDelivery);
    flush(cart_);
    pause();
    view_.finish();
    cart_.quit();

    require(shopper.troubles().restarts == 0, "the cart was restarted");
    require(shopper.troubles().repeated == 0, "a scan was lost and had to be repeated");
    require(view_.driver_restarts() == 1, "the killed driver was not started again once");
    show_receipt(shopper.trip_id());
    show_hub(journey);
  }

 private:
  // For the eye; what happens meanwhile is drawn.
  void pause() {
    if (paced_) cart_.await([](const Json&) { return false; }, Clock::now() + kPause);
  }

  void kill_driver() {
    require(cart_.kill_driver(kVictim), std::string("no process runs ") + kVictim);
    view_.say(std::string("kill -9: the driver ") + kVictim + " is dead; the shopper goes on");
  }

  void show_receipt(const std::string& trip) {
    title("The receipt");
    std::fputs(store_.cart_command({"trip", "receipt", trip}).c_str(), stdout);
    check_sale(store_, trip, 0);
    std::printf("Total %s, as stated beforehand. cartwright trip verify: %s",
                money(stated().total).c_str(),
                store_.cart_command({"trip", "verify", trip}).c_str());
  }

  void show_hub(const std::string& journey) {
    title("What the hub received");
    std::fputs(store_.hub_command({"show"}).c_str(), stdout);
    check_journey(store_, journey);
    check_counters(store_, 1);
    std::printf("\nThe journey, event by event:\n");
    for (std::size_t i = 0; i < stated().journey.size(); ++i) {
      std::printf("%5zu  %s\n", i + 1, stated().journey[i].c_str());
    }
    std::printf(
        "All %zu events in order, none missing, none twice; the cart has deleted them on the "
        "hub's signed receipts.\n",
        stated().journey.size());
  }

  bool paced_;
  Store store_;
  View view_;
  Cart cart_;
};

}  // namespace

int main(int count, char** words) {
  bool headless = !View::fits_terminal();
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(words[i], "--headless") != 0) {
      std::fprintf(stderr, "usage: cartwright-demo [--headless]\n");
      return 2;
    }
    headless = true;
  }
  stop_waiting_on_signals();
  try {
    Demo(!headless).run();
    title("DEMO PASSED");
    return 0;
  } catch (const std::exception& failure) {
    title("DEMO FAILED");
    std::printf("%s\n", failure.what());
    return 1;
  }
}
