#pragma once

#include <memory_resource>
#include <string>
#include <utility>
#include <vector>

#include "offers/basket_terms.hpp"
#include "offers/part_views.hpp"
#include "offers/problem_builder.hpp"
#include "offers/sweep_plan.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers::search::examples {

// A basket of the shelf of offer_examples.hpp with its offers.
struct SmallProblem {
  SmallProblem(const std::string& offers, const std::string& lines, const std::string& more = {})
      : book(offers::examples::book(offers)),
        file(offers::examples::basket(lines, more)),
        built(build_problem(book, file.basket, file.facts)),
        most(most_applications(built.problem)) {}
  SmallProblem(const SmallProblem&) = delete;
  SmallProblem& operator=(const SmallProblem&) = delete;

  const Problem& problem() const { return built.problem; }

  OfferBook book;
  BasketFile file;
  BuiltProblem built;
  std::vector<std::int64_t> most;
};

// Fallen apart along its basket offers.
struct SmallTerms : SmallProblem {
  SmallTerms(const std::string& offers, const std::string& lines, const std::string& more = {})
      : SmallProblem(offers, lines, more),
        terms(problem()),
        partition(problem(), most, terms.marks()) {}

  BasketTerms terms;
  Partition partition;
};

// Fallen apart.
struct SmallParts : SmallProblem {
  SmallParts(const std::string& offers, const std::string& lines, const std::string& more = {},
             std::vector<std::uint32_t> marks_of_units = {})
      : SmallProblem(offers, lines, more),
        marks(std::move(marks_of_units)),
        partition(problem(), most, marks),
        views(problem(), most, partition.components()) {}

  const Component& component(std::size_t at = 0) const { return partition.components()[at]; }
  const PartView& part(std::size_t at = 0) const { return views.views()[at]; }

  std::vector<std::uint32_t> marks;
  Partition partition;
  PartViews views;
};

// A component's plan with the memory that it lives in.
struct Planned {
  explicit Planned(const SmallParts& parts, const Outside& outside_in = {})
      : outside(outside_in),
        plan(make_plan(parts.problem(), parts.component(), parts.most, outside, &memory)) {}

  Outside outside;
  std::pmr::monotonic_buffer_resource memory;
  Plan plan;
};

// One line of a basket.
inline std::string line(const char* key, const char* product, int units) {
  return std::string(R"({"key":")") + key + R"(","product":")" + product + R"(","units":)" +
         std::to_string(units) + "}";
}

// Two products, as a set names them.
inline constexpr const char* kBoth = R"("milk","bread")";

// n units for a price; `products` as JSON texts, `more` further keys.
inline std::string bundle(const char* id, const char* products, int n, int price,
                          const char* more = "") {
  return std::string(R"({"id":")") + id + R"(","kind":"n_for_price","set":{"products":[)" +
         products + R"(]},"n":)" + std::to_string(n) + R"(,"price_minor":)" +
         std::to_string(price) + more + "}";
}

}  // namespace cartwright::offers::search::examples
