// How fast a basket is priced with the best choice of offers.

#include <cstdio>

#include "bench/figures.hpp"
#include "bench/market.hpp"
#include "offers/price_memory.hpp"
#include "offers/problem_builder.hpp"

namespace cartwright::bench {
namespace {

constexpr const char* kHelp =
    "Microseconds to price baskets of 10, 50 and 200 lines with 10 to 10,000 live offers of all\n"
    "kinds, without nudges and declined offers: from nothing; and again, with the memory that a\n"
    "trip keeps, after one more scan, and after another line is put back. Beside the aims, which\n"
    "are for 200 lines and 10,000 offers. Then, for these: where the time goes; the same baskets\n"
    "with 90,000 more offers, none of which touch them. Products and purchases are real where\n"
    "their data lies beside the tree, else made; offers are made from them, seed 1. The first "
    "line\n"
    "says which.";

constexpr double kAimMedian = 300;
constexpr double kAimP99 = 1'000;
constexpr double kAimOneMoreScan = 100;
constexpr double kAimProven = 99.9;
constexpr std::uint64_t kSeed = 1;
constexpr std::size_t kOffers[] = {10, 100, 1'000, 10'000};
constexpr std::size_t kLines[] = {10, 50, 200};
// A cell of the table ends after so much measuring, so that slow pricing does not take for ever.
constexpr auto kLongest = std::chrono::seconds(8);

const offers::PriceOptions kOptions{.declined = false, .nudges = 0, .suggest = {}};

offers::PricedBasket price(const Market& market, const MarketBasket& basket,
                           offers::PriceMemory* memory = nullptr) {
  offers::PriceOptions options = kOptions;
  options.memory = memory;
  return offers::price(market.book(), basket.basket, basket.facts, market.rules(), options);
}

// What it cost to price many baskets, each of them once.
struct Cell {
  Samples from_nothing;
  Samples one_more_scan;
  Samples put_back;
  Samples states;
  std::size_t proven = 0;
  double proven_share() const {
    return 100.0 * static_cast<double>(proven) / static_cast<double>(from_nothing.size());
  }
};

Clock::duration time_of(const Market& market, const MarketBasket& basket,
                        offers::PriceMemory* memory) {
  const auto begin = Clock::now();
  price(market, basket, memory);
  return Clock::now() - begin;
}

// A trip that has come to this basket: one line more, then one from the middle put back. Neither
// basket was priced before.
void price_again(const Market& market, MarketBasket basket, const offers::Line& line, Cell& cell) {
  offers::PriceMemory memory;
  price(market, basket, &memory);
  basket.basket.add(line);
  cell.one_more_scan.add(time_of(market, basket, &memory));
  basket.basket.remove(std::string(basket.basket.lines()[basket.basket.lines().size() / 2].key));
  cell.put_back.add(time_of(market, basket, &memory));
}

Cell measure_cell(const Market& market, std::size_t lines, std::size_t most) {
  Cell cell;
  const auto begin = Clock::now();
  const std::size_t there = std::min(most, baskets_of(market.assortment(), lines + 1));
  for (std::size_t i = 0; i < there && Clock::now() - begin < kLongest; ++i) {
    judge::ShopBasket bought = market.baskets(lines + 1, i, 1).front();
    const judge::ShopLine last = bought.lines.back();
    bought.lines.pop_back();
    const MarketBasket basket = market.basket(bought);
    const auto start = Clock::now();
    const offers::PricedBasket priced = price(market, basket);
    cell.from_nothing.add(Clock::now() - start);
    cell.states.add(static_cast<double>(priced.states));
    if (priced.proven_best) ++cell.proven;
    price_again(market, basket, market.line(last, bought.at), cell);
  }
  return cell;
}

void add(Figures& figures, const std::string& size, const Cell& cell) {
  const auto aim = [&](const char* name, double value, const char* unit, double limit) {
    figures.add({"offers." + std::string(name) + "." + size, value, unit, "aim", limit});
  };
  aim("from_nothing.median", cell.from_nothing.median(), "us", kAimMedian);
  aim("from_nothing.p99", cell.from_nothing.p99(), "us", kAimP99);
  aim("one_more_scan.median", cell.one_more_scan.median(), "us", kAimOneMoreScan);
  aim("one_more_scan.p99", cell.one_more_scan.p99(), "us", kAimP99);
  aim("put_back.median", cell.put_back.median(), "us", kAimOneMoreScan);
  aim("put_back.p99", cell.put_back.p99(), "us", kAimP99);
  aim("proven_best", cell.proven_share(), "%", kAimProven);
  figures.add({"offers.states.p99." + size, cell.states.p99(), "states", "the default budget",
               static_cast<double>(offers::kDefaultBudget)});
}

void measure_table(Figures& figures, const Market& market, std::size_t offers) {
  for (const std::size_t lines : kLines) {
    const auto most = static_cast<std::size_t>(figures.rounds(1'000, 3));
    const Cell cell = measure_cell(market, lines, most);
    const std::string size = std::to_string(lines) + "x" + std::to_string(offers);
    std::printf(
        "%5zu lines %6zu offers: from nothing %9.1f us, p99 %9.1f; one more scan %9.1f us, "
        "p99 %9.1f; put back %9.1f us, p99 %9.1f; proven best %5.1f %% of %zu; states %.0f, p99 "
        "%.0f\n",
        lines, offers, cell.from_nothing.median(), cell.from_nothing.p99(),
        cell.one_more_scan.median(), cell.one_more_scan.p99(), cell.put_back.median(),
        cell.put_back.p99(), cell.proven_share(), cell.from_nothing.size(), cell.states.median(),
        cell.states.p99());
    std::fflush(stdout);
    add(figures, size, cell);
  }
}

// Where the time goes, each part beside all of it.
void measure_parts(Figures& figures, const Market& market, std::size_t lines) {
  Samples build;
  Samples solve;
  Samples whole;
  Samples with_nudges;
  Samples with_nudges_again;
  Samples touched;
  Samples with_declined;
  offers::PriceOptions nudging = kOptions;
  nudging.nudges = 3;
  offers::PriceOptions declining = kOptions;
  declining.declined = true;
  const auto count = static_cast<std::size_t>(figures.rounds(100, 2));
  for (const judge::ShopBasket& bought : market.baskets(lines, 0, count)) {
    const MarketBasket basket = market.basket(bought);
    const auto start = Clock::now();
    const auto built = offers::build_problem(market.book(), basket.basket, basket.facts);
    const auto built_at = Clock::now();
    offers::solve(built.problem);
    const auto solved_at = Clock::now();
    price(market, basket);
    const auto priced_at = Clock::now();
    offers::price(market.book(), basket.basket, basket.facts, market.rules(), nudging);
    const auto nudged_at = Clock::now();
    offers::price(market.book(), basket.basket, basket.facts, market.rules(), declining);
    const auto declined_at = Clock::now();
    with_declined.add(declined_at - nudged_at);
    // As a trip does it: nudges are asked for once the price is there.
    offers::PriceMemory memory;
    nudging.memory = &memory;
    price(market, basket, &memory);
    const auto known_at = Clock::now();
    offers::price(market.book(), basket.basket, basket.facts, market.rules(), nudging);
    with_nudges_again.add(Clock::now() - known_at);
    nudging.memory = nullptr;
    with_nudges.add(nudged_at - priced_at);
    build.add(built_at - start);
    solve.add(solved_at - built_at);
    whole.add(priced_at - solved_at);
    touched.add(static_cast<double>(built.problem.items.size() + built.problem.baskets.size()));
  }
  const auto part = [&](const char* name, double value) {
    figures.add({std::string("offers.parts.") + name, value, "us", "pricing without nudges",
                 whole.median()});
  };
  part("facts_and_problem", build.median());
  part("search", solve.median());
  part("shares_and_totals", std::max(0.0, whole.median() - build.median() - solve.median()));
  part("with_declined", with_declined.median());
  part("with_nudges", with_nudges.median());
  part("with_nudges_of_a_trip", with_nudges_again.median());
  figures.add({"offers.parts.offers_in_the_search", touched.median(), "offers", "live offers",
               static_cast<double>(market.book().offers().size())});
}

// Ten times as many live offers, of which no more touch the baskets.
void measure_untouched(Figures& figures, const Assortment& assortment, const Market& market,
                       std::size_t lines) {
  const std::size_t offers = market.book().offers().size();
  const Market larger(assortment, offers, kSeed, offers * 9);
  Samples with;
  Samples without;
  const auto count = static_cast<std::size_t>(figures.rounds(100, 2));
  for (const judge::ShopBasket& bought : market.baskets(lines, 0, count)) {
    const MarketBasket basket = market.basket(bought);
    const MarketBasket same = larger.basket(bought);
    const auto start = Clock::now();
    price(market, basket);
    const auto half = Clock::now();
    price(larger, same);
    with.add(Clock::now() - half);
    without.add(half - start);
  }
  figures.add("offers.ten_times_as_many_exist", with, "us", "as many that touch, none else",
              without);
}

void measure(Figures& figures) {
  const Assortment assortment = figures.quick() ? built_in_assortment() : any_assortment();
  std::printf("%zu products, %zu purchases: %s\n", assortment.products.size(),
              assortment.purchases.size(), assortment.source.c_str());
  for (const std::size_t offers : kOffers) {
    if (figures.quick() && offers > 100) break;
    measure_table(figures, Market(assortment, offers, kSeed), offers);
  }
  const Market market(assortment, figures.quick() ? 100 : 10'000, kSeed);
  const std::size_t lines = figures.quick() ? 10 : 200;
  measure_parts(figures, market, lines);
  measure_untouched(figures, assortment, market, lines);
}

}  // namespace
}  // namespace cartwright::bench

int main(int argc, char** argv) {
  using namespace cartwright::bench;
  return run_bench(argc, argv, kHelp, measure);
}
