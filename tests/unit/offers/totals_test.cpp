#include "offers/totals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/error.hpp"
#include "unit/offers/examples.hpp"

namespace cartwright::offers {
namespace {

using examples::line;
using examples::piece;
using examples::rules;
using examples::weighed;

Basket of(const std::vector<Line>& lines) {
  Basket basket;
  for (const Line& each : lines) basket.add(each);
  return basket;
}

Basket example() {
  return of({line("1", piece("milk", 129), Units{3}), line("2", weighed("apples", 249), Grams(512)),
             line("3", piece("water", 69, "standard", 25), Units{6})});
}

TEST(Totals, are_the_sums_worked_out_by_hand) {
  const Totals sums = totals(example(), rules());
  ASSERT_EQ(sums.lines.size(), 3U);
  EXPECT_EQ(sums.lines[0].list, Money(387));
  EXPECT_EQ(sums.lines[1].list, Money(127));  // 127.488
  EXPECT_EQ(sums.lines[2].list, Money(414));
  EXPECT_EQ(sums.list, Money(928));
  EXPECT_EQ(sums.goods, Money(928));
  EXPECT_EQ(sums.deposit, Money(150));
  ASSERT_EQ(sums.taxes.size(), 2U);
  EXPECT_EQ(sums.taxes[0].tax, "reduced");
  EXPECT_EQ(sums.taxes[0].base, Money(514));
  EXPECT_EQ(sums.taxes[0].tax_amount, Money(34));  // 514 x 7 / 107 = 33.63
  EXPECT_EQ(sums.taxes[1].tax_amount, Money(66));  // 414 x 19 / 119 = 66.10
  EXPECT_EQ(sums.tax, Money(100));
  EXPECT_EQ(sums.tax_on_top, Money(0));
  EXPECT_EQ(sums.total, Money(1078));
}

TEST(Totals, add_a_tax_that_is_on_top) {
  const Totals sums = totals(example(), rules(TaxPlacement::on_top));
  EXPECT_EQ(sums.taxes[0].tax_amount, Money(36));  // 514 x 7 % = 35.98
  EXPECT_EQ(sums.taxes[1].tax_amount, Money(79));  // 414 x 19 % = 78.66
  EXPECT_EQ(sums.tax_on_top, Money(115));
  EXPECT_EQ(sums.total, Money(928 + 150 + 115));
}

TEST(Totals, of_an_empty_basket_are_zero) {
  const Totals sums = totals(Basket(), rules());
  EXPECT_EQ(sums.total, Money(0));
  EXPECT_TRUE(sums.lines.empty());
  EXPECT_TRUE(sums.taxes.empty());
}

TEST(Totals, round_the_whole_to_the_step_that_is_paid) {
  PriceRules in_fives = rules();
  in_fives.round_total_to = Money(5);
  const Totals sums = totals(example(), in_fives);
  EXPECT_EQ(sums.rounding, Money(2));
  EXPECT_EQ(sums.total, Money(1080));
}

TEST(Totals, work_tax_out_line_by_line_and_halves_to_even_where_the_store_says_so) {
  // 10 % on top of two lines of 0.05: 0.5 each, 1 together.
  PriceRules store{.currency = currency("EUR"), .taxes = {{"t", {1000, TaxPlacement::on_top}}}};
  const Basket basket =
      of({line("1", piece("a", 5, "t"), Units{1}), line("2", piece("b", 5, "t"), Units{1})});
  EXPECT_EQ(totals(basket, store).tax, Money(1));
  store.tax_per = TaxPer::line;
  EXPECT_EQ(totals(basket, store).tax, Money(2));
  store.tax_halves = Halves::even;
  EXPECT_EQ(totals(basket, store).tax, Money(0));
  EXPECT_EQ(totals(basket, store).total, Money(10));
}

TEST(Totals, take_discounts_off_before_tax) {
  const std::vector<Discount> discounts = {{"3", "offer-1", Money(14)},
                                           {"3", "offer-2", Money(100)}};
  const Totals sums = totals(example(), rules(), discounts);
  EXPECT_EQ(sums.list, Money(928));
  EXPECT_EQ(sums.goods, Money(814));
  EXPECT_EQ(sums.lines[2].net, Money(300));
  EXPECT_EQ(sums.taxes[1].base, Money(300));
  EXPECT_EQ(sums.total, Money(814 + 150));
}

TEST(Totals, refuse_discounts_that_do_not_fit) {
  for (const Discount& bad : {Discount{"3", "o", Money(415)}, Discount{"3", "o", Money(0)},
                              Discount{"3", "o", Money(-1)}, Discount{"9", "o", Money(1)}}) {
    EXPECT_THROW(totals(example(), rules(), std::array{bad}), Error);
  }
}

TEST(Totals, name_a_tax_class_that_the_store_does_not_set) {
  const Basket basket = of({line("1", piece("milk", 129, "reducd"), Units{1})});
  try {
    totals(basket, rules());
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("product milk"));
    EXPECT_THAT(error.what(), testing::HasSubstr("did you mean \"reduced\""));
  }
}

TEST(Totals, refuse_sums_beyond_their_range) {
  const Basket basket = of({line("1", piece("gold", INT64_MAX / 2), Units{3})});
  EXPECT_THROW(totals(basket, rules()), Error);
}

TEST(Totals, use_the_member_price_for_members) {
  Product milk = piece("milk", 129);
  milk.member_price = Money(119);
  Basket basket = of({line("1", milk, Units{2})});
  EXPECT_EQ(totals(basket, rules()).total, Money(258));
  basket.member = true;
  EXPECT_EQ(totals(basket, rules()).total, Money(238));
}

TEST(Totals, are_written_with_the_names_of_the_result_format) {
  const auto json = nlohmann::json::parse(to_json(totals(example(), rules()), currency("EUR")));
  EXPECT_EQ(json["currency"], "EUR");
  EXPECT_EQ(json["list_minor"], 928);
  EXPECT_EQ(json["goods_minor"], 928);
  EXPECT_EQ(json["deposit_minor"], 150);
  EXPECT_EQ(json["tax_minor"], 100);
  EXPECT_EQ(json["rounding_minor"], 0);
  EXPECT_EQ(json["total_minor"], 1078);
  EXPECT_EQ(json["lines"][0]["units"], 3);
  EXPECT_EQ(json["lines"][1]["grams"], 512);
  EXPECT_EQ(json["lines"][1]["net_minor"], 127);
}

std::vector<Line> random_lines() {
  static constexpr std::array kTaxes = {"reduced", "standard"};
  const auto count = *rc::gen::inRange<std::size_t>(0, 12);
  std::vector<Line> lines;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string key = std::to_string(i + 1);
    const auto price = *rc::gen::inRange<std::int64_t>(0, 100'000);
    const std::string tax = *rc::gen::elementOf(kTaxes);
    if (*rc::gen::arbitrary<bool>()) {
      const auto deposit = *rc::gen::inRange<std::int64_t>(0, 100);
      lines.push_back(line(key, piece("p" + key, price, tax, deposit),
                           Units{*rc::gen::inRange<std::int64_t>(1, 20)}));
    } else {
      lines.push_back(line(key, weighed("w" + key, price, tax),
                           Grams(*rc::gen::inRange<std::int64_t>(1, 20'000))));
    }
  }
  return lines;
}

PriceRules random_rules() {
  PriceRules result = rules(*rc::gen::element(TaxPlacement::included, TaxPlacement::on_top));
  result.round_total_to = Money(*rc::gen::element<std::int64_t>(1, 5, 10));
  return result;
}

void assert_same_sums(const Totals& a, const Totals& b) {
  RC_ASSERT(a.list == b.list);
  RC_ASSERT(a.goods == b.goods);
  RC_ASSERT(a.deposit == b.deposit);
  RC_ASSERT(a.tax == b.tax);
  RC_ASSERT(a.tax_on_top == b.tax_on_top);
  RC_ASSERT(a.rounding == b.rounding);
  RC_ASSERT(a.total == b.total);
}

RC_GTEST_PROP(Totals, do_not_depend_on_the_order_of_lines, ()) {
  std::vector<Line> lines = random_lines();
  const PriceRules store = random_rules();
  const Totals before = totals(of(lines), store);
  for (std::size_t i = lines.size(); i > 1; --i) {
    std::swap(lines[i - 1], lines[*rc::gen::inRange<std::size_t>(0, i)]);
  }
  assert_same_sums(before, totals(of(lines), store));
}

RC_GTEST_PROP(Totals, do_not_depend_on_how_pieces_are_split_over_lines, ()) {
  const std::vector<Line> lines = random_lines();
  const PriceRules store = random_rules();
  std::vector<Line> split;
  for (const Line& whole : lines) {
    const auto* units = std::get_if<Units>(&whole.quantity);
    split.push_back(whole);
    if (units == nullptr || units->count < 2) continue;
    const auto apart = *rc::gen::inRange<std::int64_t>(1, units->count);
    split.back().quantity = Units{units->count - apart};
    split.push_back(whole);
    split.back().key += "b";
    split.back().quantity = Units{apart};
  }
  assert_same_sums(totals(of(lines), store), totals(of(split), store));
}

RC_GTEST_PROP(Totals, add_up, ()) {
  const Totals sums = totals(of(random_lines()), random_rules());
  Money goods;
  for (const LineTotal& each : sums.lines) goods += each.net;
  Money tax;
  for (const TaxTotal& each : sums.taxes) tax += each.tax_amount;
  RC_ASSERT(goods == sums.goods);
  RC_ASSERT(tax == sums.tax);
  RC_ASSERT(sums.total == sums.goods + sums.deposit + sums.tax_on_top + sums.rounding);
}

TEST(Totals, of_what_is_sold_by_100_g_are_price_times_grams_by_100) {
  Basket basket;
  Product ham = weighed("ham", 249);
  ham.sold_by = SoldBy::hundred_grams;
  basket.add(line("1", ham, Grams(150)));
  EXPECT_EQ(totals(basket, rules()).total, Money(374));
  basket.override_price("1", {.price = Money(200), .by = "staff"});
  EXPECT_EQ(totals(basket, rules()).total, Money(300));
}

TEST(Totals, take_the_tax_class_above_where_the_store_sets_none) {
  Basket basket;
  basket.add(line("1", piece("milk", 107, "reduced/food/dairy"), Units{1}));
  basket.add(line("2", piece("bread", 214, "reduced"), Units{1}));
  const Totals all = totals(basket, rules());
  ASSERT_EQ(all.taxes.size(), 1U);
  EXPECT_EQ(all.taxes[0].tax, "reduced");
  EXPECT_EQ(all.taxes[0].tax_amount, Money(21));
  basket.add(line("3", piece("tea", 100, "reduce/food"), Units{1}));
  EXPECT_THROW(totals(basket, rules()), Error);
}

}  // namespace
}  // namespace cartwright::offers
