#pragma once

#include <cartwright/abi/terminal.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "base/sqlite.hpp"
#include "cart/checkout.hpp"
#include "cart/configuration.hpp"
#include "cart/journal.hpp"
#include "cart/loop.hpp"
#include "cart/shopping.hpp"
#include "journey/envelope.hpp"
#include "journey/outbox.hpp"
#include "journey/receipt.hpp"
#include "offers/catalog.hpp"
#include "offers/offer_store.hpp"
#include "support/scratch_folder.hpp"
#include "trip/clock.hpp"
#include "trip/trip.hpp"
#include "unit/cart/scripted_units.hpp"

namespace cartwright::cart::testing {

using test::ScratchFolder;

inline constexpr const char* kPen = "4006381333931";
inline constexpr const char* kApples = "9521234000013";
inline constexpr const char* kPears = "9521234000020";
inline constexpr const char* kWine = "9521234000037";
inline constexpr const char* kMilk = "9521234543213";

inline constexpr const char* kOffers = R"({"currency":"EUR","offers":[
 {"id":"pens","name":"2 pens for 4","kind":"n_for_price","set":{"products":["pen"]},"n":2,
  "price_minor":400},
 {"id":"wine-coupon","kind":"amount_off","set":{"products":["wine"]},"amount_minor":100,
  "coupon":"W1"},
 {"id":"club","kind":"percent_off","set":{"products":["wine"]},"bps":1000,"segments":["club"]},
 {"id":"pen-and-wine","kind":"meal_deal","slots":[{"set":{"products":["pen"]},"n":1},
  {"set":{"products":["wine"]},"n":1}],"price_minor":700}]})";

inline constexpr const char* kCatalog =
    R"({"product":"pen","gtins":["4006381333931"],"name":"Pen","sold_by":"piece","price_minor":250,"tax":"standard"}
{"product":"apples","gtins":["9521234000013"],"name":"Apples","sold_by":"kg","price_minor":300,"tax":"standard"}
{"product":"pears","gtins":["9521234000020"],"name":"Pears","sold_by":"kg","price_minor":400,"tax":"standard"}
{"product":"wine","gtins":["9521234000037"],"name":"Wine","sold_by":"piece","price_minor":600,"tax":"standard","min_age":18}
{"product":"milk","gtins":["9521234543213"],"name":"Milk","sold_by":"piece","price_minor":129,"tax":"standard","recalls":[{"id":"R-17","reason":"glass","batches":["A1"],"untold":"sell"}],"best_before":{"past":"refuse","markdown_days":2,"markdown_bps":3000}}
{"product":"ham","gtins":["9521234000044"],"name":"Ham","sold_by":"100g","price_minor":249,"tax":"standard"}
{"product":"cola","gtins":["9521234000051"],"name":"Cola","sold_by":"piece","price_minor":89,"tax":"standard","content":{"amount":500,"unit":"ml"},"packs":[{"gtin":"19521234000058","units":6}],"prices":[{"from":"2026-03-01T07:20:00Z","price_minor":79},{"store":"9521234000020","from":"2026-01-01T00:00:00Z","price_minor":10}]}
{"product":"cheese","gtins":["2012340000006"],"name":"Cheese","sold_by":"kg","price_minor":1500,"tax":"standard"}
)";

// What a terminal says of a transaction.
struct TerminalSays {
  std::optional<std::int64_t> amount{};
  std::optional<std::uint32_t> currency{};
  std::optional<std::uint32_t> receipt{};
  std::optional<std::uint32_t> trace{};
  std::string text{};
};

inline host::Record record_of(const TerminalSays& says) {
  host::RecordBuilder build(CW_TERMINAL_RESULT, sizeof(cw_terminal_facts));
  build.set(offsetof(cw_terminal_facts, amount_minor), says.amount.value_or(0));
  build.set(offsetof(cw_terminal_facts, currency), says.currency.value_or(0));
  build.set(offsetof(cw_terminal_facts, receipt), says.receipt.value_or(0));
  build.set(offsetof(cw_terminal_facts, trace), says.trace.value_or(0));
  const std::uint32_t has = (says.amount ? CW_HAS_AMOUNT : 0U) |
                            (says.currency ? CW_HAS_CURRENCY : 0U) |
                            (says.receipt ? CW_HAS_RECEIPT : 0U) | (says.trace ? CW_HAS_TRACE : 0U);
  build.set(offsetof(cw_terminal_facts, has), has);
  build.span(offsetof(cw_terminal_facts, text), as_bytes(says.text));
  return build.take();
}

// A cart without devices: everything real on one database, the device world as the test says.
class SmallStore {
 public:
  SmallStore() {
    configuration.cart_id = "cart-7";
    configuration.catalog = folder_.file("catalog");
    configuration.weighing_timeout_ms = 1;
    configuration.store.gln = "9521234000013";
    configuration.store.zone = "Europe/Berlin";
    configuration.store.cut_over_minutes = 240;
    configuration.store.rules.currency = offers::currency("EUR");
    configuration.store.rules.taxes["standard"] = {1900, offers::TaxPlacement::included};
    import(kCatalog);
    units.add("terminal0", CW_TERMINAL_CLASS);
    open();
  }
  ~SmallStore() { close(); }

  // The store has these offers from the next trip on.
  void import_offers(const std::string& offers = kOffers) {
    configuration.offers = folder_.file("offers");
    offers::OfferStore(configuration.offers).import(offers, "offers.json");
  }

  // Makes these products the store's current version.
  void import(const std::string& products) {
    std::ofstream(folder_.file("catalog.jsonl")) << products;
    offers::CatalogStore catalogs(configuration.catalog);
    offers::import_catalog(catalogs, folder_.file("catalog.jsonl"));
  }

  // As after a power cut: only the database stays.
  void restart() {
    close();
    events.clear();
    units.open.clear();
    open();
    if (!trip->running()) return;
    shopping->resume();
    checkout->resume();
  }

  void scan(const std::string& code) { shopping->scan({code, "", gs1::Symbology::unknown}); }
  void weigh(std::int64_t grams) {
    shopping->weighed({"scale0", std::to_string(grams) + " g", grams * 1'000'000, true, ""});
  }
  void move_plate() { shopping->weighed({"scale0", "", 0, false, "in_motion"}); }

  // From now on no commit succeeds, until it is let go.
  void block_disk() {
    database->run("PRAGMA busy_timeout=0");
    other_.emplace(database->file());
    lock_.emplace(*other_);
  }
  void free_disk() {
    lock_.reset();
    other_.reset();
  }
  // Dispatches until the condition holds; tests of timers alone wait here.
  void run_until(const std::function<bool()>& holds) {
    while (!holds()) {
      loop.wait(std::chrono::milliseconds(-1));
      loop.dispatch();
    }
  }

  template <typename E>
  std::vector<E> told() const {
    std::vector<E> found;
    for (const Event& event : events) {
      if (const auto* one = std::get_if<E>(&event)) found.push_back(*one);
    }
    return found;
  }
  template <typename E>
  E last() const {
    const std::vector<E> all = told<E>();
    return all.empty() ? E{} : all.back();
  }
  trip::PaymentState payment() const { return trip->state().payment_state(); }

  Configuration configuration;
  ScriptedUnits units;
  Loop loop;
  // 2026-03-01 08:15:00 in Berlin.
  trip::ManualClock clock{{.utc_ms = 1'772'349'300'000,
                           .monotonic_ns = 5'000,
                           .offset_minutes = 60,
                           .synchronised = true}};
  SigningKey key = SigningKey::generate();
  SigningKey hub = SigningKey::generate();
  std::vector<Event> events;
  std::optional<Database> database;
  std::optional<journey::Outbox> outbox;
  std::optional<Journal> journal;
  std::optional<trip::Trip> trip;
  std::optional<Shopping> shopping;
  std::optional<Checkout> checkout;

 private:
  void open() {
    const auto tell = [this](const Event& event) { events.push_back(event); };
    database.emplace(folder_.file("cart.db"));
    outbox.emplace(*database, journey::OutboxSettings{
                                  .cart_id = "cart-7", .key = key, .hub = hub.public_key()});
    journal.emplace(*outbox);
    trip.emplace(*database, clock, &*journal);
    shopping.emplace(loop, *trip, configuration, tell);
    shopping->set_scale("scale0");
    checkout.emplace(
        loop, *trip, units, tell, [this] { shopping->refuse_recalled(); },
        std::chrono::milliseconds(1));
  }
  void close() {
    free_disk();
    checkout.reset();
    shopping.reset();
    trip.reset();
    journal.reset();
    outbox.reset();
    database.reset();
  }

  ScratchFolder folder_;
  std::optional<Database> other_;
  std::optional<Transaction> lock_;
};

}  // namespace cartwright::cart::testing
