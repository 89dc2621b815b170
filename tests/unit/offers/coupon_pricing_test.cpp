#include "offers/coupon_pricing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "offers/presented_coupons.hpp"
#include "offers/price_memory.hpp"
#include "offers/priced_basket_json.hpp"
#include "unit/offers/examples.hpp"

namespace cartwright::offers {
namespace {

using testing::SizeIs;

// Company 0614141, offer 654321, 1.50 off one item of any family.
constexpr const char* kPaper = "(8110)106141416543213150110000";
// Funder 0614141, offer 654321, serial number 123456.
constexpr const char* kOnline = "(8112)0106141416543210123456";

std::shared_ptr<const Product> product(const std::string& id, const std::string& gtin,
                                       std::int64_t price) {
  Product made = examples::piece(id, price, "standard");
  made.gtins.push_back(*gs1::Gtin14::parse(gtin));
  return std::make_shared<const Product>(std::move(made));
}

const auto kSoap = product("soap", "614141000036", 499);
const auto kTea = product("tea", "012345000010", 300);

class CouponPricing : public testing::Test {
 protected:
  void put(const std::shared_ptr<const Product>& product, std::int64_t units) {
    basket_.add({std::to_string(++lines_), product, Units{units}, "2026-03-30T10:00:00-04:00", {}});
  }
  PricedBasket priced(PriceMemory* memory = nullptr, std::size_t nudges = 3) const {
    PriceOptions options;
    options.nudges = nudges;
    options.memory = memory;
    options.suggest = [](const ProductSet& set) { return set.products[0] == "tea" ? kTea : kSoap; };
    return price(book_, basket_, facts_, {.currency = currency("USD"), .taxes = {}}, options);
  }
  static std::string text(const PricedBasket& priced) { return to_json(priced, currency("USD")); }

  OfferBook book_ = OfferBook::parse(R"({"currency":"USD","offers":[
    {"id":"bars","kind":"n_for_price","set":{"products":["soap"]},"n":3,"price_minor":1000},
    {"id":"leaves","kind":"cheapest_of","set":{"products":["tea"]},"n":3,"k":1,"bps":10000},
    {"id":"online","kind":"amount_off","set":{"products":["tea"]},"amount_minor":200,
     "coupon":"8112-0614141-654321"}]})",
                                     "offers.json");
  Facts facts_;
  Basket basket_;
  int lines_ = 0;
};

TEST_F(CouponPricing, with_a_memory_is_that_from_nothing) {
  PriceMemory memory;
  const auto same = [&] {
    EXPECT_EQ(text(priced(&memory)), text(priced()));
    EXPECT_EQ(text(priced(&memory, 0)), text(priced(nullptr, 0)));
  };
  put(kTea, 1);
  same();
  facts_.coupons = {kPaper};  // before there is anything to take it off
  same();
  put(kSoap, 2);
  same();
  facts_.coupons = {kPaper, kPaper, kOnline};
  same();
  put(kSoap, 1);
  put(kTea, 1);
  same();
  facts_.refused = {kOnline};
  same();
  facts_.coupons = {};
  same();
}

TEST_F(CouponPricing, searches_again_only_what_a_scan_changes) {
  PriceMemory memory;
  facts_.coupons = {kPaper};
  put(kSoap, 3);
  priced(&memory);
  const auto searches = [&] {
    const PresentedCoupons coupons = present(facts_, basket_, nullptr, currency("USD"));
    return memory.searches(memory.joined(book_, coupons.offers)).searches();
  };
  const std::uint64_t first = searches();
  EXPECT_GT(first, 0);
  priced(&memory);
  EXPECT_EQ(searches(), first);
  put(kTea, 3);
  priced(&memory);
  EXPECT_GT(searches(), first);
}

TEST_F(CouponPricing, joins_anew_where_coupons_or_offers_are_others) {
  PriceMemory memory;
  put(kSoap, 1);
  const auto offers_of = [&](std::vector<std::string> coupons) {
    facts_.coupons = std::move(coupons);
    return present(facts_, basket_, nullptr, currency("USD")).offers;
  };
  const auto one = offers_of({kPaper});
  const auto identity = memory.joined(book_, one).identity();
  EXPECT_EQ(memory.joined(book_, offers_of({kPaper})).identity(), identity);
  EXPECT_THAT(memory.joined(book_, one).offers(), SizeIs(4));
  EXPECT_THAT(memory.joined(book_, offers_of({kPaper, kPaper})).offers(), SizeIs(5));
  const OfferBook other = OfferBook::parse(R"({"currency":"USD","offers":[]})", "other.json");
  EXPECT_THAT(memory.joined(other, one).offers(), SizeIs(1));
}

// The tea that is not there yet has an offer of its own, which the nudge must know.
TEST_F(CouponPricing, tells_the_nudges_that_there_are_without_a_coupon) {
  book_ = OfferBook::parse(R"({"currency":"USD","offers":[
    {"id":"pair","kind":"meal_deal","slots":[{"set":{"products":["soap"]},"n":1},
     {"set":{"products":["tea"]},"n":1}],"price_minor":600},
    {"id":"half","kind":"percent_off","set":{"products":["tea"]},"bps":5000,"exclusive":true}]})",
                           "offers.json");
  put(kSoap, 1);
  const auto without = priced();
  facts_.coupons = {"(8110)106999996543213150110000"};  // of a company that sells nothing here
  const auto with = priced();
  ASSERT_EQ(with.totals.goods, without.totals.goods);
  ASSERT_THAT(without.nudges, SizeIs(1));
  ASSERT_THAT(with.nudges, SizeIs(1));
  EXPECT_EQ(with.nudges[0].saves, without.nudges[0].saves);
}

}  // namespace
}  // namespace cartwright::offers
