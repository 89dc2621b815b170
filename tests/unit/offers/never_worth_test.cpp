#include "offers/never_worth.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Why an offer gives nothing: by itself, and by the shelf of the examples.
struct Judged {
  explicit Judged(const std::string& offer)
      : book(examples::book(R"({"id":"o",)" + offer + "}")),
        sets(survey(book, &products).sets.front()) {}

  const Offer& offer() const { return book.offers().front(); }
  std::string alone() const {
    return why_never_worth(offer(), nullptr, currency("EUR")).value_or("");
  }
  std::string on_the_shelf() const {
    return why_never_worth(offer(), &sets, currency("EUR")).value_or("");
  }
  std::string dearer() const { return why_dearer(offer(), sets, currency("EUR")).value_or(""); }
  std::vector<std::string> idle() const {
    return idle_steps(std::get<Tiers>(offer().shape), &sets.front());
  }

  ProductTable products = examples::shelf();
  OfferBook book;
  std::vector<SetFacts> sets;
};

TEST(NeverWorth, is_what_takes_nothing_off) {
  const Judged none(R"("kind":"percent_off","set":{"products":["milk"]},"bps":0)");
  EXPECT_EQ(none.alone(), "it takes nothing off");
  EXPECT_EQ(none.on_the_shelf(), "it takes nothing off");
  EXPECT_EQ(Judged(R"("kind":"percent_off","set":{"products":["milk"]},"bps":1000)").on_the_shelf(),
            "");
}

TEST(NeverWorth, is_a_rate_of_which_nothing_is_left_once_rounded) {
  const Judged little(R"("kind":"percent_off","set":{"products":["milk"]},"bps":38)");
  EXPECT_EQ(little.alone(), "");
  EXPECT_THAT(little.on_the_shelf(), HasSubstr("its dearest product costs 1.29 EUR"));
  EXPECT_EQ(Judged(R"("kind":"percent_off","set":{"products":["milk"]},"bps":39)").on_the_shelf(),
            "");
}

TEST(NeverWorth, is_a_price_that_no_product_is_above) {
  EXPECT_THAT(Judged(R"("kind":"fixed_price","set":{"products":["milk"]},"price_minor":129)")
                  .on_the_shelf(),
              HasSubstr("none of its products costs more than 1.29 EUR"));
  EXPECT_THAT(Judged(R"("kind":"n_for_price","set":{"products":["milk"]},"n":2,"price_minor":258)")
                  .on_the_shelf(),
              HasSubstr("cost at most 2.58 EUR"));
  EXPECT_EQ(Judged(R"("kind":"n_for_price","set":{"products":["milk"]},"n":2,"price_minor":257)")
                .on_the_shelf(),
            "");
  // What a weighing costs nobody knows before.
  EXPECT_EQ(Judged(R"("kind":"n_for_price","set":{"products":["apples"]},"n":2,"price_minor":9999)")
                .on_the_shelf(),
            "");
}

TEST(NeverWorth, is_what_no_basket_reaches) {
  EXPECT_THAT(Judged(R"("kind":"basket","scope":{"products":["milk"]},
                        "threshold_minor":12900001,"amount_minor":1)")
                  .on_the_shelf(),
              HasSubstr("no basket reaches 129000.01 EUR"));
  EXPECT_EQ(Judged(R"("kind":"basket","scope":{"products":["milk"]},
                      "threshold_minor":12900000,"amount_minor":1)")
                .on_the_shelf(),
            "");
}

TEST(IdleSteps, are_those_that_give_no_more_or_are_never_reached) {
  EXPECT_THAT(Judged(R"("kind":"tiers","set":{"products":["milk"]},"by":"spend",
                        "steps":[{"at":2,"bps":500},{"at":3,"bps":500},{"at":12900001,"bps":600}])")
                  .idle(),
              ElementsAre("the step at 3 gives no more than the one at 2",
                          "the step at 12900001 is never reached"));
  EXPECT_THAT(Judged(R"("kind":"tiers","set":{"products":["milk"]},"by":"spend",
                        "steps":[{"at":200,"bps":500},{"at":300,"amount_minor":10}])")
                  .idle(),
              IsEmpty());
}

TEST(Dearer, is_a_price_that_the_cheapest_products_do_not_come_to) {
  EXPECT_THAT(Judged(R"("kind":"n_for_price","set":{"products":["milk","bread"]},"n":2,
                        "price_minor":300)")
                  .dearer(),
              HasSubstr("2 of milk cost 2.58 EUR, no more than its price of 3.00 EUR"));
  EXPECT_EQ(Judged(R"("kind":"n_for_price","set":{"products":["milk","bread"]},"n":2,
                      "price_minor":257)")
                .dearer(),
            "");
  EXPECT_EQ(Judged(R"("kind":"percent_off","set":{"products":["milk"]},"bps":1000)").dearer(), "");
}

}  // namespace
}  // namespace cartwright::offers
