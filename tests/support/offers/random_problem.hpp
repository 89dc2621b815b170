#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::judge {

// How large and how entangled a made problem is. All of it may be less by chance.
struct Size {
  int lines = 4;
  int units_of_line = 3;
  int products = 4;
  int offers = 3;            // item offers
  int baskets = 1;           // basket offers
  int set = 3;               // products of a set; 0: as many as there are
  bool scopes_cross = true;  // a later basket offer may see a part of an earlier scope
  bool stackable = true;
  bool net = true;  // thresholds on net amounts
  int most_price = 900;
};

inline constexpr Size kTiny{};
inline constexpr Size kSmall{.lines = 8, .products = 6, .offers = 5, .baskets = 2, .set = 4};
inline constexpr Size kMedium{.lines = 25,
                              .units_of_line = 4,
                              .products = 20,
                              .offers = 15,
                              .baskets = 2,
                              .set = 6,
                              .scopes_cross = false};
inline constexpr Size kLarge{.lines = 100,
                             .units_of_line = 4,
                             .products = 80,
                             .offers = 60,
                             .baskets = 3,
                             .set = 8,
                             .scopes_cross = false,
                             .stackable = false,
                             .net = false};
// Every offer on every product.
inline constexpr Size kEntangled{.lines = 8,
                                 .units_of_line = 2,
                                 .products = 8,
                                 .offers = 12,
                                 .baskets = 1,
                                 .set = 0,
                                 .scopes_cross = false,
                                 .stackable = false};

// A problem and the offers that it points to. The same seed makes the same problem on every
// machine.
struct RandomProblem {
  std::vector<std::unique_ptr<offers::Offer>> offers;
  offers::Problem problem;
};

RandomProblem random_problem(std::uint64_t seed, const Size& size);

// Units and offers in short, for the message of a failed test.
std::string text(const offers::Problem& problem);

}  // namespace cartwright::judge
