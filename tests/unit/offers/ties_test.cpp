// Which of equally good answers is given: one problem for each way in which they can be equal.

#include <gtest/gtest.h>

#include <string>

#include "offers/problem_builder.hpp"
#include "offers/solver.hpp"
#include "support/offers/brute_force.hpp"
#include "support/offers/merit.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

// The answer as "cents, limited, applications, priorities, uses"; it must be that of brute force.
std::string answer(const std::string& offers, const std::string& lines) {
  const OfferBook book = examples::book(offers);
  const BasketFile file = examples::basket(lines);
  const BuiltProblem built = build_problem(book, file.basket, file.facts);
  const auto best = judge::brute_force(built.problem);
  if (!best) return "too much for brute force";
  const std::string found = judge::text(judge::merit_of(built.problem, solve(built.problem)));
  EXPECT_EQ(found, judge::text(best->merit));
  return found;
}

TEST(Ties, nothing_is_used_where_a_rate_of_all_takes_what_is_left) {
  EXPECT_EQ(answer(R"({"id":"off","kind":"amount_off","set":{"products":["milk","bread"]},
                       "amount_minor":50},
                      {"id":"all","kind":"basket","scope":{"products":["milk"]},
                       "threshold_minor":100,"bps":10000})",
                   R"({"key":"1","product":"milk","units":1},
                      {"key":"2","product":"bread","units":1})"),
            "200 cents, 0 limited, 2 applications, priorities 0 0, all[] off[1]");
}

TEST(Ties, as_little_is_used_as_an_amount_needs_to_take_what_is_left) {
  EXPECT_EQ(answer(R"({"id":"off","kind":"amount_off","set":{"products":["milk"]},
                       "amount_minor":100},
                      {"id":"over","kind":"basket","threshold_minor":100,"amount_minor":250})",
                   R"({"key":"1","product":"milk","units":3})"),
            "0 cents, 0 limited, 3 applications, priorities 0 0 0, off[0] off[0] over[]");
}

TEST(Ties, units_that_serve_as_well_are_those_of_the_lowest_keys_whatever_their_price) {
  EXPECT_EQ(
      answer(R"({"id":"off","kind":"buy_get","buy":{"set":{"products":["bread","juice"]},"n":1},
                       "get":{"set":{"products":["milk"]},"m":1},"bps":5000})",
             R"({"key":"1","product":"juice","units":1},{"key":"2","product":"bread","units":1},
                      {"key":"3","product":"milk","units":1})"),
      "513 cents, 0 limited, 1 applications, priorities 0, off[0 2]");
}

TEST(Ties, applications_are_grouped_so_that_the_first_has_the_lowest_keys) {
  EXPECT_EQ(
      answer(R"({"id":"half","kind":"cheapest_of","set":{"products":["milk"]},"n":2,"k":1,
                       "bps":5000})",
             R"({"key":"1","product":"milk","units":2},{"key":"2","product":"milk","units":2})"),
      "386 cents, 0 limited, 2 applications, priorities 0 0, half[0 0] half[1 1]");
}

TEST(Ties, a_grouping_that_gains_less_is_none) {
  EXPECT_EQ(
      answer(R"({"id":"free","kind":"cheapest_of","set":{"products":["milk","bread"]},"n":2,
                       "k":1,"bps":10000})",
             R"({"key":"1","product":"milk","units":1},{"key":"2","product":"bread","units":2},
                      {"key":"3","product":"milk","units":1})"),
      "379 cents, 0 limited, 2 applications, priorities 0 0, free[0 2] free[1 1]");
}

TEST(Ties, what_stacks_lies_on_the_lowest_keys_too) {
  EXPECT_EQ(answer(R"({"id":"a","kind":"cheapest_of","set":{"products":["milk"]},"n":2,"k":1,
                       "bps":1000,"exclusive":false},
                      {"id":"b","kind":"amount_off","set":{"products":["milk"]},"amount_minor":20,
                       "limit":1})",
                   R"({"key":"1","product":"milk","units":1},{"key":"2","product":"milk","units":1},
                      {"key":"3","product":"milk","units":1})"),
            "354 cents, 1 limited, 2 applications, priorities 0 0, a[0 1] b[0]");
}

}  // namespace
}  // namespace cartwright::offers
