#pragma once

#include <memory_resource>
#include <string>
#include <utility>
#include <vector>

#include "offers/part_views.hpp"
#include "offers/problem_builder.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers::search::examples {

// A basket of the shelf of offer_examples.hpp with its offers, fallen apart.
struct SmallParts {
  SmallParts(const std::string& offers, const std::string& lines, const std::string& more = {},
             std::vector<std::uint32_t> marks_of_units = {})
      : book(offers::examples::book(offers)),
        file(offers::examples::basket(lines, more)),
        built(build_problem(book, file.basket, file.facts)),
        most(most_applications(built.problem)),
        marks(std::move(marks_of_units)),
        partition(built.problem, most, marks),
        views(built.problem, most, partition.components()) {}
  SmallParts(const SmallParts&) = delete;
  SmallParts& operator=(const SmallParts&) = delete;

  const Problem& problem() const { return built.problem; }
  const Component& component(std::size_t at = 0) const { return partition.components()[at]; }
  const PartView& part(std::size_t at = 0) const { return views.views()[at]; }

  OfferBook book;
  BasketFile file;
  BuiltProblem built;
  std::vector<std::int64_t> most;
  std::vector<std::uint32_t> marks;
  Partition partition;
  PartViews views;
};

// One line of a basket.
inline std::string line(const char* key, const char* product, int units) {
  return std::string(R"({"key":")") + key + R"(","product":")" + product + R"(","units":)" +
         std::to_string(units) + "}";
}

// n units for a price; `products` as JSON texts, `more` further keys.
inline std::string bundle(const char* id, const char* products, int n, int price,
                          const char* more = "") {
  return std::string(R"({"id":")") + id + R"(","kind":"n_for_price","set":{"products":[)" +
         products + R"(]},"n":)" + std::to_string(n) + R"(,"price_minor":)" +
         std::to_string(price) + more + "}";
}

}  // namespace cartwright::offers::search::examples
