#include "trip/tariff.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "trip/facts.hpp"
#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

using namespace testing;

v1::TripHeader header(const std::string& digest = {}) {
  v1::TripHeader header;
  put_rules(header, rules());
  header.set_zone("Europe/Berlin");
  header.set_offers_digest(std::string(as_text(*from_hex(digest))));
  return header;
}

offers::OfferSource week_only() {
  return [](std::string_view digest) { return digest == week()->book.digest() ? week() : nullptr; };
}

TEST(Tariff, without_offers_prices_by_the_rules_alone) {
  const Tariff tariff = tariff_of(header(), {});
  offers::Basket basket;
  basket.add({.key = "1",
              .product = std::make_shared<const offers::Product>(milk()),
              .quantity = pieces(3),
              .at = {},
              .override_price = {}});
  const offers::PricedBasket priced = price(tariff, basket, {});
  EXPECT_EQ(priced.totals.goods, offers::Money(387));
  EXPECT_EQ(priced.shares.size(), 1U);
  EXPECT_TRUE(priced.proven_best);
}

TEST(Tariff, asks_the_source_for_the_version_that_the_header_names) {
  const Tariff tariff = tariff_of(header(week()->book.digest()), week_only());
  EXPECT_EQ(tariff.offers->book.digest(), week()->book.digest());
  EXPECT_EQ(tariff.zone.offset_at(0), 3600);
}

TEST(Tariff, is_refused_where_the_version_is_gone) {
  try {
    tariff_of(header(std::string(64, 'b')), week_only());
    ADD_FAILURE() << "no such version";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::not_found);
  }
  EXPECT_THROW(tariff_of(header(week()->book.digest()), {}), Error);
}

TEST(Tariff, is_refused_where_the_zone_is_unknown) {
  v1::TripHeader odd = header(week()->book.digest());
  odd.set_zone("Europe/Nowhere");
  EXPECT_THROW(tariff_of(odd, week_only()), Error);
}

}  // namespace
}  // namespace cartwright::trip
