// The best choice of offers beside what other engines make of the same offers and baskets.

#include <cstdio>
#include <set>
#include <stdexcept>

#include "bench/figures.hpp"
#include "bench/npm_rivals.hpp"
#include "bench/rival_answer.hpp"
#include "offers/problem_builder.hpp"
#include "support/offers/checker.hpp"
#include "support/offers/rivals.hpp"

namespace cartwright::bench {
namespace {

constexpr const char* kHelp =
    "Microseconds to price a basket, beside Medusa (@medusajs/promotion 2.21.2, computeActions "
    "with\n"
    "its promotions in memory; it gets the offers that it can express: rates, amounts and "
    "buy-get;\n"
    "ours is timed with all offers, and with those alone)\n"
    "and json-rules-engine 7.3.1, which merely matches, of 200 lines with 10,000 offers; and what\n"
    "baskets come to. Every answer goes to the checker: one that breaks a rule of the offers "
    "counts\n"
    "as infeasible. The run fails where a feasible answer is cheaper than ours on the same "
    "offers.\n"
    "Needs node 20 and npm; the rivals are installed into the build folder. With --quick, or "
    "where\n"
    "they can not be had, priority order and average value are the only rivals.";

constexpr std::uint64_t kSeed = 1;

struct Size {
  std::size_t lines;
  std::size_t offers;
  std::size_t baskets;
};

const offers::PriceOptions kOptions{.declined = false, .nudges = 0, .suggest = {}};

offers::Problem problem_of(const Market& market, const judge::ShopBasket& bought) {
  const MarketBasket basket = market.basket(bought);
  return offers::build_problem(market.book(), basket.basket, basket.facts).problem;
}

Samples our_times(const Figures& figures, const Market& market, const offers::OfferBook& book,
                  const std::vector<judge::ShopBasket>& baskets) {
  Samples times;
  for (int round = 0; round < figures.rounds(10, 1); ++round) {
    for (const judge::ShopBasket& bought : baskets) {
      const MarketBasket basket = market.basket(bought);
      const auto begin = Clock::now();
      offers::price(book, basket.basket, basket.facts, market.rules(), kOptions);
      times.add(Clock::now() - begin);
    }
  }
  return times;
}

// The problem with these offers only and without those on the basket.
offers::Problem with_only(offers::Problem problem, const std::set<std::string>& offers) {
  std::erase_if(problem.items,
                [&](const offers::Candidate& item) { return !offers.contains(item.offer->id); });
  problem.baskets.clear();
  return problem;
}

void must_not_be_cheaper(const char* whose, const offers::Solution& theirs,
                         const offers::Solution& ours) {
  if (theirs.goods >= ours.goods) return;
  throw std::runtime_error(std::string(whose) + " comes to " + std::to_string(theirs.goods) +
                           " where ours comes to " + std::to_string(ours.goods));
}

void compare_with_ways(Figures& figures, const Market& market, const Size& size) {
  double base = 0;
  double ours = 0;
  double by_priority = 0;
  double by_value = 0;
  for (const judge::ShopBasket& bought : market.baskets(size.lines, 0, size.baskets)) {
    const offers::Problem problem = problem_of(market, bought);
    const offers::Solution answer = offers::solve(problem);
    const auto goods = [&](const char* whose, const offers::Solution& solution) {
      const std::string broken = judge::violations_text(problem, solution);
      if (!broken.empty()) throw std::runtime_error(std::string(whose) + ": " + broken);
      must_not_be_cheaper(whose, solution, answer);
      return static_cast<double>(solution.goods);
    };
    for (const offers::Unit& unit : problem.units) base += static_cast<double>(unit.base);
    ours += goods("ours", answer);
    by_priority += goods("priority order", judge::by_priority(problem));
    by_value += goods("average value", judge::by_average_value(problem));
  }
  const std::string name =
      "rivals.saved." + std::to_string(size.lines) + "x" + std::to_string(size.offers);
  figures.add(
      {name + ".beside_priority", base - ours, "cents", "priority order", base - by_priority});
  figures.add({name + ".beside_value", base - ours, "cents", "average value", base - by_value});
}

Samples times_of(const nlohmann::json& answers) {
  Samples times;
  for (const nlohmann::json& basket : answers["baskets"]) times.add(basket["us"].get<double>());
  return times;
}

// How many of Medusa's answers the checker accepts; none of them may be cheaper than ours.
std::size_t judge_medusa(const Market& market, const std::vector<judge::ShopBasket>& baskets,
                         const nlohmann::json& answers) {
  const auto known = answers["offers"].get<std::set<std::string>>();
  std::size_t feasible = 0;
  for (std::size_t i = 0; i < answers["baskets"].size(); ++i) {
    const offers::Problem problem = with_only(problem_of(market, baskets[i]), known);
    std::vector<RivalDiscount> discounts;
    for (const nlohmann::json& each : answers["baskets"][i]["discounts"]) {
      const auto line = std::stoul(each["line"].get<std::string>()) - 1'001;
      discounts.push_back(
          {each["offer"], static_cast<std::uint32_t>(line), each["minor"].get<double>()});
    }
    const auto theirs = read_answer(problem, discounts);
    if (!theirs || !judge::violations(problem, *theirs).empty()) continue;
    ++feasible;
    must_not_be_cheaper("Medusa", *theirs, offers::solve(problem));
  }
  return feasible;
}

void compare_with_npm(Figures& figures, const NpmRivals& rivals, const Market& market,
                      const Size& size) {
  const std::vector<judge::ShopBasket> baskets = market.baskets(size.lines, 0, size.baskets);
  const std::string name = std::to_string(size.lines) + "x" + std::to_string(size.offers);
  const nlohmann::json medusa = rivals.run("medusa.mjs", market, baskets, 20);
  const nlohmann::json engine = rivals.run("rules_engine.mjs", market, baskets, 15);
  const Samples ours = our_times(figures, market, market.book(), baskets);
  const Samples ours_alike = our_times(
      figures, market, market.book_of(medusa["offers"].get<std::set<std::string>>()), baskets);
  const std::size_t feasible = judge_medusa(market, baskets, medusa);
  const std::string known = std::to_string(medusa["offers"].size());
  figures.add("rivals.medusa." + name, ours, "us",
              "Medusa with the " + known + " offers it can say", times_of(medusa));
  figures.add("rivals.medusa.same_offers." + name, ours_alike, "us",
              "Medusa, ours too with these " + known + " offers only", times_of(medusa));
  figures.add("rivals.json_rules_engine." + name, ours, "us",
              "json-rules-engine, matching " + std::to_string(engine["offers"].size()) + " offers",
              times_of(engine));
  const auto answered = static_cast<double>(medusa["baskets"].size());
  figures.add({"rivals.medusa.infeasible." + name, answered - static_cast<double>(feasible),
               "baskets", "Medusa's answers that were judged", answered});
}

void measure(Figures& figures) {
  const Assortment assortment = figures.quick() ? built_in_assortment() : any_assortment();
  std::printf("%zu products, %zu purchases: %s\n", assortment.products.size(),
              assortment.purchases.size(), assortment.source.c_str());
  const NpmRivals rivals(!figures.quick());
  if (!rivals.missing().empty()) {
    std::fprintf(stderr, "NOT MEASURED: Medusa and json-rules-engine: %s\n",
                 rivals.missing().c_str());
  }
  std::vector<Size> sizes = {{10, 1'000, 40}, {200, 10'000, 5}};
  if (figures.quick()) sizes = {{10, 100, 2}};
  for (const Size& size : sizes) {
    const Market market(assortment, size.offers, kSeed);
    compare_with_ways(figures, market, size);
    if (rivals.missing().empty()) compare_with_npm(figures, rivals, market, size);
  }
}

}  // namespace
}  // namespace cartwright::bench

int main(int argc, char** argv) {
  using namespace cartwright::bench;
  return run_bench(argc, argv, kHelp, measure);
}
