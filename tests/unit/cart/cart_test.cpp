#include <cartwright/cart.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <fstream>
#include <thread>

#include "link/recording.hpp"
#include "unit/cart/small_store.hpp"

// The Cart API as an app uses it: real devices' thread, real plugins (the mocks), real files.

namespace cartwright {
namespace {

using cart::testing::kApples;
using cart::testing::kCatalog;
using cart::testing::kPen;
using cart::testing::ScratchFolder;

class App {
 public:
  App() {
    write("products.jsonl", std::string(kCatalog) + "\n");
    offers::CatalogStore store(folder_.file("catalog"));
    offers::import_catalog(store, folder_.file("products.jsonl"));
    write("scenario.txt", "seed 1\n");
  }

  void write(const char* name, const std::string& text) {
    std::ofstream(folder_.file(name)) << text;
  }
  void configure(const std::string& isolation, const std::string& more = {}) {
    std::string text = R"([cart]
id = "cart-1"
state = "state"
catalog = "catalog"
[store]
gln = "9521234000013"
currency = "EUR"
zone = "Europe/Berlin"
[store.taxes]
standard = 1900
)";
    for (const std::string name : {"scanner", "scale", "terminal"}) {
      text += "[[device]]\nname = \"" + name + "0\"\ndriver = \"mock-" + name + "\"\n" +
              "link = \"scenario:" + folder_.file("scenario.txt").string() + "?unit=" + name +
              "0\"\nisolation = \"" + isolation + "\"\n";
    }
    write("cart.toml", text + more);
  }
  std::filesystem::path file(const char* name) const { return folder_.file(name); }
  void lose_catalog() {
    std::filesystem::remove_all(folder_.file("catalog"));
    std::filesystem::create_directory(folder_.file("catalog"));
  }
  Cart open() {
    Cart cart = Cart::open(folder_.file("cart.toml"));
    cart.on_event([this](const Event& event) { events.push_back(event); });
    return cart;
  }

  // Dispatches until the event has come; false when it has not in time.
  template <typename E>
  bool wait_for(
      Cart& cart, std::function<bool(const E&)> wanted = [](const E&) { return true; }) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    for (std::size_t seen = 0; std::chrono::steady_clock::now() < deadline;) {
      for (; seen < events.size(); ++seen) {
        const E* event = std::get_if<E>(&events[seen]);
        if (event != nullptr && wanted(*event)) return true;
      }
      cart.wait_and_dispatch(std::chrono::milliseconds(200));
    }
    return false;
  }
  bool wait_for_line(Cart& cart, const std::string& product) {
    return wait_for<LineAdded>(
        cart, [&](const LineAdded& added) { return added.line.product == product; });
  }

  std::vector<Event> events;

 private:
  ScratchFolder folder_;
};

class CartTrip : public ::testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Isolation, CartTrip, ::testing::Values("inline", "process"));

TEST_P(CartTrip, goes_from_scans_to_a_receipt) {
  App app;
  app.write("scenario.txt",
            "seed 1\n0.1s scanner0 scan 4006381333931 ean13\n"
            "+100ms scanner0 scan 9521234000013 ean13\n+100ms scale0 place 1.250 kg\n"
            "+10ms terminal0 approve\n");
  app.configure(GetParam());
  Cart cart = app.open();
  cart.start_trip();
  ASSERT_TRUE(app.wait_for_line(cart, "pen"));
  ASSERT_TRUE(app.wait_for_line(cart, "apples"));
  const Trip trip = cart.trip();
  ASSERT_EQ(trip.lines.size(), 2U);
  EXPECT_EQ(trip.lines[1].grams, 1250);
  EXPECT_EQ(trip.lines[1].net_minor, 375);  // 3.00 a kg
  EXPECT_EQ(trip.totals.total_minor, 625);  // 2.50 + 3.75
  cart.pay();
  ASSERT_TRUE(app.wait_for<TripEnded>(cart));
  EXPECT_EQ(cart.trip().phase, Phase::ended);
  EXPECT_THAT(cart.receipt(), ::testing::HasSubstr("6.25"));
}

TEST_P(CartTrip, goes_on_after_the_cart_was_stopped) {
  App app;
  app.configure(GetParam());
  std::string id;
  {
    Cart cart = app.open();
    id = cart.start_trip();
    cart.scan(kPen);
  }
  Cart cart = app.open();
  ASSERT_TRUE(app.wait_for<TripStarted>(cart, [](const TripStarted& e) { return e.resumed; }));
  EXPECT_EQ(cart.trip().id, id);
  EXPECT_EQ(cart.trip().totals.total_minor, 250);
  cart.scan(kPen);
  EXPECT_EQ(cart.trip().totals.total_minor, 500);
}

TEST(CartLoop, lets_the_handler_start_the_next_trip) {
  App app;
  app.configure("inline");
  Cart cart = app.open();
  const std::string first = cart.start_trip();
  std::string second;
  cart.on_event([&](const Event& event) {
    if (std::holds_alternative<TripEnded>(event)) second = cart.start_trip();
  });
  cart.end_trip(EndCause::abandoned);
  EXPECT_NE(second, first);
  EXPECT_EQ(cart.trip().id, second);
  EXPECT_EQ(cart.trip().phase, Phase::shopping);
}

TEST(CartLoop, lends_its_descriptor_to_the_app) {
  App app;
  app.write("scenario.txt", "seed 1\n0.1s scanner0 scan 4006381333931\n");
  app.configure("inline");
  Cart cart = app.open();
  cart.start_trip();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (cart.trip().lines.empty() && std::chrono::steady_clock::now() < deadline) {
    pollfd entry{cart.descriptor(), POLLIN, 0};
    ASSERT_EQ(::poll(&entry, 1, 60'000), 1);
    cart.dispatch();
  }
  EXPECT_EQ(cart.trip().lines.size(), 1U);
}

TEST(CartLoop, run_ends_when_another_thread_says_stop) {
  App app;
  app.configure("inline");
  Cart cart = app.open();
  std::thread other([&] { cart.stop(); });
  cart.run();
  other.join();
}

TEST(CartJourney, without_a_grant_nothing_is_written_of_it) {
  App app;
  app.configure("inline");
  Cart cart = app.open();
  cart.start_trip();
  cart.scan(kPen);
  EXPECT_EQ(cart.journey().events, 0U);
}

TEST(CartJourney, waits_on_the_cart_while_there_is_no_sink) {
  App app;
  app.configure("inline");
  Cart cart = app.open();
  cart.start_trip();
  cart.set_consent({Purpose::store_insight, true, "1", ""});
  cart.scan(kPen);
  EXPECT_EQ(cart.journey().events, 2U);  // the start and one product
  cart.set_consent({Purpose::store_insight, true, "1", ""});
  EXPECT_EQ(cart.journey().events, 2U);  // said twice is granted once
  EXPECT_THAT(cart.trip().granted, ::testing::ElementsAre(Purpose::store_insight));
  cart.flush_journey();
  EXPECT_GE(cart.journey().batches, 1U);
}

TEST(CartBasket, takes_products_by_id_and_gtin_and_gives_them_back) {
  App app;
  app.configure("inline");
  Cart cart = app.open();
  cart.start_trip();
  const Line pens = cart.add_pieces("pen", 3);
  EXPECT_EQ(pens.net_minor, 750);
  EXPECT_EQ(cart.add_grams(kApples, 500).net_minor, 150);
  cart.put_back(pens.key, 1);
  EXPECT_EQ(cart.trip().totals.total_minor, 650);
  cart.put_back(pens.key);
  EXPECT_EQ(cart.trip().totals.total_minor, 150);
  EXPECT_THROW(cart.put_back(pens.key), Error);
}

TEST(CartOpen, names_the_device_whose_driver_is_not_there) {
  App app;
  app.configure("inline",
                "[[device]]\nname = \"x0\"\ndriver = \"mock-scaner\"\nlink = \"pty:/x\"\n");
  try {
    app.open();
    FAIL() << "it opened";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("cart.toml:"));
    EXPECT_THAT(error.what(), ::testing::HasSubstr("mock-scanner"));
  }
}

TEST(CartOpen, begins_a_new_recording_at_each_start) {
  App app;
  app.configure("inline", "record = \"line.jsonl\"\n");  // of the last device
  for (int start = 0; start < 2; ++start) {
    Cart cart = app.open();
    ASSERT_TRUE(app.wait_for<DeviceChanged>(cart, [](const DeviceChanged& e) {
      return e.name == "terminal0" && e.state == DeviceState::up;
    }));
    app.events.clear();
  }
  EXPECT_FALSE(link::Recording::read(app.file("line.jsonl")).entries.empty());
  EXPECT_FALSE(link::Recording::read(app.file("line.jsonl.2")).entries.empty());
}

TEST(CartOpen, goes_on_without_the_catalog_of_its_trip_and_says_so) {
  App app;
  app.configure("inline");
  {
    Cart cart = app.open();
    cart.start_trip();
    cart.scan(kPen);
  }
  app.lose_catalog();
  Cart cart = app.open();
  EXPECT_TRUE(app.wait_for<Trouble>(cart));
  EXPECT_TRUE(app.wait_for<TripStarted>(cart));
  EXPECT_EQ(cart.trip().totals.total_minor, 250);
}

}  // namespace
}  // namespace cartwright
