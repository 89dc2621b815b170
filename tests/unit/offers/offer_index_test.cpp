#include "offers/offer_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "offers/offer_shapes.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<OfferSet> found(const OfferIndex& index, const Product& product) {
  std::vector<OfferSet> sets;
  index.find(product, sets);
  return sets;
}

Product of(std::string id, std::vector<std::string> categories = {}) {
  Product product = examples::piece(std::move(id), 100);
  product.categories = std::move(categories);
  return product;
}

TEST(OfferIndex, finds_sets_by_product_category_and_everything_else) {
  const OfferBook book = examples::book(
      R"({"id":"a","kind":"percent_off","set":{"products":["milk"],"categories":["dairy"]},"bps":1},
         {"id":"b","kind":"buy_get","buy":{"set":{"categories":["bakery"]},"n":1},
          "get":{"set":{"products":["milk"]},"m":1},"bps":1},
         {"id":"c","kind":"percent_off","set":{"not_products":["wine"]},"bps":1},
         {"id":"d","kind":"basket","threshold_minor":1,"bps":1},
         {"id":"e","kind":"percent_off","set":{"categories":["dairy"],"not_products":["milk"]},
          "bps":1})");
  EXPECT_THAT(found(book.index(), of("milk", {"dairy"})),
              ElementsAre(OfferSet{0, 0}, OfferSet{1, 1}, OfferSet{2, 0}, OfferSet{3, 0}));
  EXPECT_THAT(found(book.index(), of("roll", {"bakery"})),
              ElementsAre(OfferSet{1, 0}, OfferSet{2, 0}, OfferSet{3, 0}));
  EXPECT_THAT(found(book.index(), of("wine")), ElementsAre(OfferSet{3, 0}));
  EXPECT_THAT(found(book.index(), of("cream", {"dairy"})),
              ElementsAre(OfferSet{0, 0}, OfferSet{2, 0}, OfferSet{3, 0}, OfferSet{4, 0}));
}

TEST(OfferIndex, of_no_offers_finds_nothing) {
  EXPECT_THAT(found(OfferIndex(), of("milk")), IsEmpty());
}

RC_GTEST_PROP(OfferIndex, finds_what_asking_each_set_finds, ()) {
  const auto names = [](const char* mark) {
    return *rc::gen::container<std::vector<std::string>>(
        rc::gen::map(rc::gen::inRange(0, 9), [mark](int i) {
          return mark + std::to_string(i % 5) + (i < 5 ? "" : "/" + std::string(mark));
        }));
  };
  std::vector<Offer> offers(*rc::gen::inRange<std::size_t>(0, 8));
  for (Offer& offer : offers) {
    ProductSet set{names("p"), names("c"), names("p")};
    for (auto* list : {&set.products, &set.categories, &set.not_products}) {
      std::sort(list->begin(), list->end());
      list->erase(std::unique(list->begin(), list->end()), list->end());
    }
    offer.shape = UnitOffer{std::move(set), PercentReward{1}};
  }
  const OfferIndex index(offers);
  const Product product = of("p1", names("c"));
  std::vector<OfferSet> expected;
  for (std::uint32_t i = 0; i < offers.size(); ++i) {
    if (holds(*sets_of(offers[i].shape).front(), product)) expected.push_back({i, 0});
  }
  RC_ASSERT(found(index, product) == expected);
}

TEST(OfferIndex, finds_the_sets_that_name_a_category_above) {
  std::vector<Offer> offers(3);
  const auto of_category = [](const char* category) {
    return UnitOffer{ProductSet{{}, {category}, {}}, PercentReward{1}};
  };
  offers[0].shape = of_category("food");
  offers[1].shape = of_category("food/dairy");
  offers[2].shape = of_category("food/dairy/milk");
  const OfferIndex index(offers);
  EXPECT_THAT(found(index, of("a", {"food/dairy"})),
              testing::ElementsAre(OfferSet{0, 0}, OfferSet{1, 0}));
  EXPECT_THAT(found(index, of("a", {"foods"})), IsEmpty());
}

}  // namespace
}  // namespace cartwright::offers
