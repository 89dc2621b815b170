// The demo's trip again and again, while the cart, its drivers and the hub are killed with -9: at
// every committed step, at random instants, and at the very writes of the cart's database. Whatever
// dies, it ends with the same receipt, one charge, and the same journey at the hub.

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <random>
#include <set>
#include <string>

#include "harm.hpp"
#include "shopping/evidence.hpp"
#include "shopping/shopper.hpp"

namespace {

using namespace cartwright::shopping;
using namespace cartwright::torture;
using std::chrono::microseconds;

constexpr const char* kDrivers[] = {"scanner-serial", "scale-toledo8217", "display-cd5220",
                                    "mock-terminal", "sink-http"};
// More crashes of one driver within a minute put it into quarantine, as they should.
constexpr int kMostKillsOfADriver = 4;
constexpr milliseconds kDelivery{60'000};

struct Options {
  std::optional<std::uint64_t> seed;
  int rounds = 3;  // of random blows, for each seed
  bool large = false;
};

// A cart's death costs what it had read and not committed; a driver's death costs nothing.
enum class Scans : std::uint8_t { once, perhaps_again };

class Torture {
 public:
  explicit Torture(const Options& options)
      : options_(options), store_({60, 60}), harm_(store_), cart_(store_, harm_) {}

  int run() {
    try {
      all();
      return 0;
    } catch (const Stopped&) {
      throw;
    } catch (const std::exception& failure) {
      std::printf("FAILED in \"%s\", seed %llu%s\n%s\nThe cart's last words:\n%s\nAll is in %s\n",
                  name_.c_str(), static_cast<unsigned long long>(seed_), harm_.story().c_str(),
                  failure.what(), tail_of(store_.log("cart")).c_str(), store_.folder().c_str());
      store_.keep_folder();
      return 1;
    }
  }

 private:
  void all() {
    const Time begun = Clock::now();
    trip("nothing happens", {}, Scans::once);
    writes_ = harm_.writes();
    steps_ = harm_.lines();
    length_ = std::chrono::duration_cast<microseconds>(Clock::now() - begun);
    cart_at_steps();
    drivers_at_steps();
    around_delivery();
    std::random_device device;
    const std::uint64_t fresh = (std::uint64_t{device()} << 32) | device();
    std::vector<std::uint64_t> seeds{7, fresh};
    if (options_.seed) seeds = {*options_.seed};
    for (const std::uint64_t seed : seeds) {
      random_blows(seed);
    }
    trip("nothing happens", {}, Scans::once);
    flush(cart_);
    check_counters(store_, trips_);
    store_.cart_command({"trip", "verify"});
    std::printf(
        "%zu trips of %zu committed steps; killed: %d carts, %d drivers, %d hubs; %d carts "
        "started again, %d scans repeated, %d payments begun; lost 0, doubled 0, charged twice 0\n",
        trips_, steps_, harm_.carts(), harm_.drivers(), harm_.hubs(), restarts_, repeated_,
        payments_);
  }

  // The cart after each committed step. Up to the payment in one trip, since every step then stands
  // for good; of a payment that was begun anew, the later steps come in other trips.
  void cart_at_steps() {
    std::vector<Blow> blows;
    const std::size_t basket = demo_trip().size() - 1;
    for (std::size_t n = 1; n <= basket; ++n) blows.push_back({.n = n});
    trip("the cart dies at every step up to the payment", blows);
    for (std::size_t n = options_.large ? 1 : basket + 1; n <= steps_; ++n) {
      trip("the cart dies at step " + std::to_string(n), {{.n = n}});
    }
  }

  // Each driver at each step: one after the other within a trip, another first in the next trip.
  void drivers_at_steps() {
    const std::size_t trips = options_.large ? std::size(kDrivers) : 2;
    for (std::size_t shift = 0; shift < trips; ++shift) {
      std::vector<Blow> blows;
      for (std::size_t n = 1; n <= steps_ && n <= kMostKillsOfADriver * std::size(kDrivers); ++n) {
        blows.push_back({.n = n, .whom = kDrivers[(n + shift) % std::size(kDrivers)]});
      }
      trip("a driver dies at every step", blows, Scans::once);
    }
  }

  // Between the trip's end and the hub's receipt.
  void around_delivery() {
    random_.seed(seed_ = 7);
    for (int i = 0; i < (options_.large ? 10 : 1); ++i) {
      for (const char* whom : {"", "hub", "sink-http"}) {
        const Blow first{
            .when = Blow::When::end, .delay = microseconds(below(20'000)), .whom = whom};
        const Blow second{
            .when = Blow::When::end, .delay = microseconds(400'000 + below(900'000)), .whom = whom};
        trip(std::string(*whom == '\0' ? "the cart" : whom) + " dies while the journey is sent",
             {first, second});
      }
    }
  }

  void random_blows(std::uint64_t seed) {
    random_.seed(seed_ = seed);
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    for (int i = 0; i < options_.rounds; ++i) {
      std::vector<Blow> blows;
      for (const char* driver : kDrivers) {
        for (std::uint64_t n = below(kMostKillsOfADriver); n > 0; --n) {
          blows.push_back({.when = Blow::When::time, .delay = moment(), .whom = driver});
        }
      }
      if (i % 3 == 2) {
        trip("drivers die at random", blows, Scans::once);
        continue;
      }
      for (std::uint64_t n = below(3); n > 0; --n) {
        blows.push_back({.when = Blow::When::time, .delay = moment()});
      }
      for (std::uint64_t n = 1 + below(3); n > 0; --n) {
        blows.push_back({.when = Blow::When::write,
                         .n = 1 + below(writes_),
                         .delay = microseconds(below(2) * below(1'500))});
      }
      if (below(3) == 0) {
        blows.push_back({.when = Blow::When::time, .delay = moment(), .whom = "hub"});
      }
      trip("all die at random", blows);
    }
  }

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  // Of a trip that takes a little longer, since what dies has to come back.
  microseconds moment() {
    return microseconds(below(static_cast<std::uint64_t>(length_.count() * 3 / 2)));
  }

  // A whole trip with a cart that was started for it, and all that must be left of it.
  void trip(const std::string& name, const std::vector<Blow>& blows,
            Scans scans = Scans::perhaps_again) {
    name_ = name;
    const Time begun = Clock::now();
    const int carts = harm_.carts();
    const int drivers = harm_.drivers();
    const int hubs = harm_.hubs();
    if (cart_.running()) cart_.quit();
    if (!cart_.start()) throw Failure("the cart does not start");
    Shopper shopper(store_, cart_);
    harm_.begin(blows);
    shopper.shop();
    while (harm_.busy()) {
      if (!cart_.running()) cart_.start();
      cart_.next(Clock::now() + milliseconds(100));
    }
    const std::string journey = await_journey(store_, cart_, journeys_, kDelivery);
    harm_.end();
    if (!cart_.running() && !cart_.start()) throw Failure("the cart does not start again");
    if (scans == Scans::once && shopper.troubles().repeated > 0) {
      throw Failure("a driver's death has cost a scan");
    }
    check_sale(store_, shopper.trip_id(), trips_);
    check_journey(store_, journey);
    journeys_.insert(journey);
    ++trips_;
    restarts_ += shopper.troubles().restarts;
    repeated_ += shopper.troubles().repeated;
    payments_ += shopper.troubles().payments;
    std::printf("%3zu  %-48s killed %2d carts %2d drivers %d hubs, %2d scans repeated, %5.1f s\n",
                trips_, name.c_str(), harm_.carts() - carts, harm_.drivers() - drivers,
                harm_.hubs() - hubs, shopper.troubles().repeated,
                std::chrono::duration<double>(Clock::now() - begun).count());
    std::fflush(stdout);
  }

  Options options_;
  Store store_;
  Harm harm_;
  Cart cart_;
  std::string name_;
  std::mt19937_64 random_;
  std::uint64_t seed_ = 0;
  std::size_t steps_ = 0;
  std::size_t writes_ = 0;
  microseconds length_{0};
  std::set<std::string> journeys_;
  std::size_t trips_ = 0;
  int restarts_ = 0;
  int repeated_ = 0;
  int payments_ = 0;
};

std::optional<Options> options_of(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const bool more = i + 1 < count;
    if (word == "--long") {
      options.large = true;
      options.rounds = 30;
    } else if (word == "--seed" && more) {
      options.seed = std::strtoull(words[++i], nullptr, 10);
    } else if (word == "--rounds" && more) {
      options.rounds = std::atoi(words[++i]);
    } else {
      return std::nullopt;
    }
  }
  return options;
}

}  // namespace

int main(int count, char** words) {
  const auto options = options_of(count, words);
  if (!options) {
    std::fprintf(stderr, "usage: torture_trip [--long] [--seed N] [--rounds N]\n");
    return 2;
  }
  stop_waiting_on_signals();
  try {
    return Torture(*options).run();
  } catch (const std::exception& failure) {
    std::printf("FAILED\n%s\n", failure.what());
    return 1;
  }
}
