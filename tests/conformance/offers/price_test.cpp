// `cartwright price` on made and on real shops: every printed result is read back into a choice of
// offers, judged by the checker, and held against oracles that never saw the engine.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <sstream>

#include "conformance/command/process.hpp"
#include "conformance/command/scratch.hpp"
#include "support/offers/brute_force.hpp"
#include "support/offers/mip_oracle.hpp"
#include "support/offers/random_shop.hpp"
#include "support/offers/real_baskets.hpp"
#include "support/offers/receipt.hpp"

namespace cartwright::conformance {
namespace {

using namespace judge;

std::vector<nlohmann::json> priced(const Scratch& scratch, const Shop& shop) {
  std::string baskets;
  for (const ShopBasket& basket : shop.baskets) baskets += basket_text(shop, basket) + "\n";
  const Result result =
      run({"price", "--catalog", scratch.write("catalog.jsonl", catalog_lines(shop)), "--offers",
           scratch.write("offers.json", offers_text(shop)), "--baskets",
           scratch.write("baskets.jsonl", baskets)});
  EXPECT_EQ(result.code, 0) << result.errors;
  std::vector<nlohmann::json> results;
  std::istringstream lines(result.output);
  for (std::string line; std::getline(lines, line);) {
    results.push_back(nlohmann::json::parse(line));
  }
  return results;
}

TEST(Price, of_made_baskets_is_that_of_the_oracles) {
  Size size = kTiny;
  size.stackable = false;
  int proven = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const RandomProblem made = random_problem(seed, size);
    const offers::Problem problem = made.problem;
    const std::string story = "seed " + std::to_string(seed) + "\n" + judge::text(problem);
    const Shop shop = shop_of(random_problem(seed, size));
    const Scratch scratch;
    const auto results = priced(scratch, shop);
    ASSERT_EQ(results.size(), 1U) << story;
    const offers::Problem own = problem_of(shop, shop.baskets[0]);
    const Receipt receipt = read_receipt(results[0], shop.baskets[0], own);
    ASSERT_EQ(receipt.faults, "") << story << results[0].dump(1);
    const auto best = brute_force(problem, 20'000);
    if (!best || !receipt.solution.proven()) continue;
    ++proven;
    ASSERT_EQ(receipt.solution.goods, best->merit.goods) << story << results[0].dump(1);
  }
  EXPECT_GT(proven, 30);
}

TEST(Price, of_real_baskets_is_that_of_the_model) {
  RealData data;
  data.folder = CARTWRIGHT_SOURCE_DIR "/../shared/data";
  data.most_offers = 1'000;
  data.least_lines = 12;
  data.most_baskets = 40;
  if (!present(data)) GTEST_SKIP() << "there is no " << data.folder;
  const Shop shop = real_shop(data);
  const Scratch scratch;
  const auto results = priced(scratch, shop);
  ASSERT_EQ(results.size(), shop.baskets.size());
  int compared = 0;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const offers::Problem problem = problem_of(shop, shop.baskets[i]);
    const std::int64_t goods = results[i].at("goods_minor").get<std::int64_t>();
    const MipAnswer model = mip_oracle(problem, 10);
    const std::string story = basket_text(shop, shop.baskets[i]) + "\n" + results[i].dump(1);
    EXPECT_LE(results[i].at("bound_minor").get<std::int64_t>(), goods) << story;
    if (!model.proven) continue;
    ++compared;
    EXPECT_GE(goods, model.goods) << story;
    if (results[i].at("proven_best").get<bool>()) {
      EXPECT_EQ(goods, model.goods) << story;
    }
  }
  std::printf("%d of %zu real baskets compared\n", compared, results.size());
  EXPECT_GT(compared, 20);
}

}  // namespace
}  // namespace cartwright::conformance
