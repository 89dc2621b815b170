#include "offers/presented_coupons.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "offers/priced_basket.hpp"
#include "unit/offers/examples.hpp"

namespace cartwright::offers {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// Company 0614141, offer 654321, 1.50 off one item of any family.
constexpr const char* kPaper = "(8110)106141416543213150110000";
// The same with an end on 31 March 2026.
constexpr const char* kDated = "(8110)1061414165432131501100003260331";
// Funder 0614141, offer 654321, serial number 123456.
constexpr const char* kOnline = "(8112)01061414165432101234560";
constexpr const char* kOnlineId = "8112-0614141-654321";

Line line(const std::string& key, const std::string& id, const std::string& gtin,
          std::int64_t price, std::int64_t units) {
  Product product = examples::piece(id, price, "standard");
  product.gtins.push_back(*gs1::Gtin14::parse(gtin));
  return {key,
          std::make_shared<const Product>(std::move(product)),
          Units{units},
          "2026-03-30T10:00:00-04:00",
          {}};
}

Basket goods(std::int64_t soaps = 1) {
  Basket basket;
  basket.add(line("1", "soap", "614141000036", 499, soaps));
  basket.add(line("2", "tea", "012345000010", 300, 1));
  return basket;
}

OfferBook book(const std::string& offers = {}) {
  return OfferBook::parse(R"({"currency":"USD","offers":[)" + offers + "]}", "offers.json");
}

Facts facts(std::vector<std::string> coupons) {
  Facts facts;
  facts.coupons = std::move(coupons);
  return facts;
}

PricedBasket priced(const OfferBook& offers, const Basket& basket, const Facts& facts) {
  return price(offers, basket, facts, {.currency = currency("USD"), .taxes = {}}, {});
}

std::string online() {
  return std::string(kOnline).substr(0, std::string(kOnline).size() - 1);
}

const std::string kOnlineOffer = R"({"id":"online","kind":"amount_off",
  "set":{"products":["soap"]},"amount_minor":200,"coupon":"8112-0614141-654321"})";

TEST(PresentedCoupons, of_ai_8110_are_weighed_with_all_other_offers) {
  const PricedBasket result = priced(book(), goods(), facts({kPaper}));
  EXPECT_EQ(result.totals.goods, Money(799 - 150));
  EXPECT_TRUE(result.proven_best);
  ASSERT_THAT(result.applied, SizeIs(1));
  EXPECT_EQ(result.applied[0].name, "Coupon 654321");
  const auto& share = result.shares[0].at(0);
  ASSERT_THAT(share.funders, SizeIs(1));
  EXPECT_EQ(share.funders[0].funder, "company-0614141");
  EXPECT_EQ(share.funders[0].minor, 150);
}

TEST(PresentedCoupons, of_ai_8110_yield_to_what_saves_more) {
  const OfferBook better =
      book(R"({"id":"half","kind":"percent_off","set":{"products":["soap"]},"bps":5000})");
  const PricedBasket result = priced(better, goods(), facts({kPaper}));
  EXPECT_EQ(result.totals.goods, Money(799 - 250));
  ASSERT_THAT(result.declined, SizeIs(1));
  EXPECT_EQ(result.declined[0].why, "another choice of offers is better");
}

TEST(PresentedCoupons, of_paper_are_as_many_as_there_are) {
  EXPECT_EQ(priced(book(), goods(3), facts({kPaper, kPaper})).totals.goods,
            Money(3 * 499 + 300 - 2 * 150));
  EXPECT_EQ(priced(book(), goods(1), facts({kPaper, kPaper})).totals.goods, Money(799 - 150));
}

TEST(PresentedCoupons, that_are_over_are_declined_by_the_lines_own_time) {
  EXPECT_EQ(priced(book(), goods(), facts({kDated})).totals.goods, Money(799 - 150));
  Basket late = goods();
  late.remove("1");
  Line soap = line("3", "soap", "614141000036", 499, 1);
  soap.at = "2026-04-01T00:00:01+00:00";
  late.add(soap);
  const PricedBasket result = priced(book(), late, facts({kDated}));
  EXPECT_EQ(result.totals.goods, Money(799));
  ASSERT_THAT(result.declined, SizeIs(1));
  EXPECT_THAT(result.declined[0].why, HasSubstr("within its times"));
}

TEST(PresentedCoupons, that_fit_nothing_or_can_not_be_read_say_why) {
  Basket tea = goods();
  tea.remove("1");
  const PricedBasket result = priced(book(), tea, facts({kPaper, "(8110)12", "(8112)9"}));
  EXPECT_EQ(result.totals.goods, Money(300));
  ASSERT_THAT(result.declined, SizeIs(3));
  for (const DeclinedOffer& declined : result.declined) EXPECT_FALSE(declined.why.empty());
}

TEST(PresentedCoupons, of_ai_8112_are_provisional_until_a_server_has_spoken) {
  const OfferBook offers = book(kOnlineOffer);
  const PricedBasket waiting = priced(offers, goods(), facts({online()}));
  EXPECT_EQ(waiting.totals.total, Money(599));
  EXPECT_EQ(waiting.provisional, Money(200));
  Facts said = facts({online()});
  said.accepted = {online()};
  EXPECT_EQ(priced(offers, goods(), said).totals.total, Money(599));
  EXPECT_EQ(priced(offers, goods(), said).provisional, Money(0));
  said.accepted.clear();
  said.refused = {online()};
  const PricedBasket refused = priced(offers, goods(), said);
  EXPECT_EQ(refused.totals.total, Money(799));
  EXPECT_EQ(refused.provisional, Money(0));
  EXPECT_TRUE(std::any_of(refused.declined.begin(), refused.declined.end(),
                          [](const auto& each) { return each.why == "its server refused it"; }));
}

TEST(PresentedCoupons, hang_on_a_server_by_what_the_next_best_choice_costs_more) {
  const OfferBook offers =
      book(kOnlineOffer +
           R"(,{"id":"tenth","kind":"percent_off","set":{"products":["soap"]},"bps":1000})");
  const PricedBasket waiting = priced(offers, goods(), facts({online()}));
  EXPECT_EQ(waiting.totals.total, Money(599));
  EXPECT_EQ(waiting.provisional, Money(150)) << "without it 10 % of 4.99 are left";
}

TEST(PresentedCoupons, of_ai_8112_count_once_and_need_an_offer_of_the_store) {
  const PricedBasket twice = priced(book(kOnlineOffer), goods(2), facts({online(), online()}));
  EXPECT_EQ(twice.totals.goods, Money(2 * 499 + 300 - 200));
  const PricedBasket unknown = priced(book(), goods(), facts({online()}));
  EXPECT_EQ(unknown.totals.goods, Money(799));
  ASSERT_THAT(unknown.declined, SizeIs(1));
  EXPECT_THAT(unknown.declined[0].why, HasSubstr(kOnlineId));
}

TEST(PresentedCoupons, leave_other_coupons_as_they_are) {
  EXPECT_FALSE(has_gs1_coupons(facts({"C1", "8110"})));
  const PresentedCoupons result = present(facts({"C1", kPaper}), goods(), nullptr, currency("USD"));
  EXPECT_THAT(result.facts.coupons, ElementsAre("C1", kPaper));
  EXPECT_THAT(result.offers, SizeIs(1));
  EXPECT_THAT(result.pending, IsEmpty());
}

TEST(PresentedCoupons, in_cents_are_not_for_a_currency_without_them) {
  const PresentedCoupons result = present(facts({kPaper}), goods(), nullptr, currency("JPY"));
  EXPECT_THAT(result.offers, IsEmpty());
  ASSERT_THAT(result.declined, SizeIs(1));
  EXPECT_THAT(result.declined[0].second, HasSubstr("JPY"));
}

}  // namespace
}  // namespace cartwright::offers
