#include "offers/share_ledger.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <limits>

#include "base/error.hpp"
#include "unit/offers/examples.hpp"

namespace cartwright::offers {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// Units 0 and 1 are of line 0, unit 2 of line 1.
const std::vector<Unit> kUnits = {{.line = 0, .rank = 0, .product = 0, .base = 129},
                                  {.line = 0, .rank = 0, .product = 0, .base = 129},
                                  {.line = 1, .rank = 1, .product = 1, .base = 250}};

// Offers in the order of their ids, as those of a book.
std::array<Offer, 2> two_offers() {
  std::array<Offer, 2> offers;
  offers[0].id = "a";
  offers[1].id = "b";
  return offers;
}

Basket two_lines() {
  Basket basket;
  basket.add(examples::line("7", examples::piece("milk", 129), Units{2}));
  basket.add(examples::line("8", examples::piece("bread", 250), Units{1}));
  return basket;
}

TEST(ShareLedger, writes_one_share_a_line_role_and_application) {
  ShareLedger ledger(kUnits);
  const Offer a = two_offers()[0];
  ledger.add(a, std::vector<UnitIndex>{0, 1}, std::vector<Share>{{2, 125}});
  const auto lines = ledger.lines(2);
  ASSERT_THAT(lines[0], SizeIs(1));
  EXPECT_EQ(lines[0][0].role, Role::qualify);
  EXPECT_EQ(lines[0][0].units, 2);
  EXPECT_EQ(lines[0][0].amount, Money(0));
  ASSERT_THAT(lines[1], SizeIs(1));
  EXPECT_EQ(lines[1][0].role, Role::reward);
  EXPECT_EQ(lines[1][0].amount, Money(125));
}

TEST(ShareLedger, counts_applications_by_offer) {
  ShareLedger ledger(kUnits);
  const auto offers = two_offers();
  const auto& [a, b] = offers;
  ledger.add(b, {}, std::vector<Share>{{2, 10}});
  ledger.add(a, {}, std::vector<Share>{{0, 5}});
  ledger.add(a, {}, std::vector<Share>{{1, 6}});
  const auto lines = ledger.lines(2);
  ASSERT_THAT(lines[0], SizeIs(2));
  EXPECT_EQ(lines[0][0].application, 1);
  EXPECT_EQ(lines[0][1].application, 2);
  const std::vector<AppliedOffer> applied = ledger.applied();
  ASSERT_THAT(applied, SizeIs(2));
  EXPECT_THAT(ledger.offers(), ElementsAre(&a, &b));
  EXPECT_EQ(applied[0].offer, "a");
  EXPECT_EQ(applied[0].applications, 2);
  EXPECT_EQ(applied[0].discount, Money(11));
  EXPECT_EQ(applied[1].offer, "b");
  EXPECT_EQ(applied[1].discount, Money(10));
}

TEST(ShareLedger, gives_the_totals_a_discount_for_each_share_that_has_one) {
  ShareLedger ledger(kUnits);
  auto offers = two_offers();
  offers[0].tax_base = TaxBase::keep;
  const auto& [keeps, b] = offers;
  ledger.add(keeps, std::vector<UnitIndex>{2}, std::vector<Share>{{0, 5}});
  ledger.add(keeps, {}, std::vector<Share>{{1, 6}});
  ledger.add(b, {}, std::vector<Share>{{0, 1}});
  const std::vector<Discount> discounts = ledger.discounts(two_lines());
  ASSERT_THAT(discounts, SizeIs(3));  // the line that only qualifies has none
  EXPECT_EQ(discounts[0].key, "7");
  EXPECT_EQ(discounts[0].offer, "a");
  EXPECT_EQ(discounts[0].amount, Money(5));
  EXPECT_EQ(discounts[1].amount, Money(6));
  EXPECT_TRUE(discounts[0].keeps_tax_base);
  EXPECT_EQ(discounts[2].offer, "b");
  EXPECT_FALSE(discounts[2].keeps_tax_base);
}

TEST(ShareLedger, funds_all_applications_of_an_offer_together) {
  ShareLedger ledger(kUnits);
  Offer half = two_offers()[0];
  half.funding = {{"acme", 5000}};
  for (const UnitIndex unit : {0U, 1U, 2U}) ledger.add(half, {}, std::vector<Share>{{unit, 1}});
  std::int64_t acme = 0;
  std::int64_t all = 0;
  for (const auto& line : ledger.lines(2)) {
    for (const LineShare& share : line) {
      std::int64_t of_share = 0;
      for (const FunderShare& part : share.funders) {
        of_share += part.minor;
        if (part.funder == "acme") acme += part.minor;
      }
      EXPECT_EQ(of_share, share.amount.minor());
      all += of_share;
    }
  }
  EXPECT_EQ(all, 3);
  EXPECT_EQ(acme, 2);  // half of 3, rounded once and not for each
}

TEST(ShareLedger, is_empty_before_the_first_application) {
  const ShareLedger ledger(kUnits);
  EXPECT_THAT(ledger.applied(), IsEmpty());
  EXPECT_THAT(ledger.discounts(two_lines()), IsEmpty());
  EXPECT_THAT(ledger.lines(2), ElementsAre(IsEmpty(), IsEmpty()));
}

TEST(ShareLedger, refuses_sums_beyond_64_bits) {
  ShareLedger ledger(kUnits);
  const Offer a = two_offers()[0];
  ledger.add(a, {}, std::vector<Share>{{0, std::numeric_limits<std::int64_t>::max()}});
  EXPECT_THROW(ledger.add(a, {}, std::vector<Share>{{1, 1}}), Error);
}

}  // namespace
}  // namespace cartwright::offers
