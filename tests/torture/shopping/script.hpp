#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cartwright::shopping {

// What a person does, one thing after the other, and what the cart must show then.
struct Step {
  enum class Kind : std::uint8_t { start, consent, scan, weigh, put_back, pay };
  Kind kind = Kind::start;
  const char* says = "";     // for people
  const char* product = "";  // its id in the catalog
  const char* gtin = "";     // as on the label
  const char* kg = "";       // as the load is laid on the scale
  std::int64_t pieces = 0;   // that are put back; 0: the whole line
  std::int64_t total = 0;    // after it, in cents
};

// The demo's trip. Its totals are not computed by any code of this tree: they stand in script.cpp
// with their arithmetic.
const std::vector<Step>& demo_trip();

// Stated in the same way: what the receipt and the journey of that trip must say.
struct Stated {
  std::int64_t goods;
  std::int64_t deposit;
  std::int64_t total;
  std::int64_t lines;
  std::vector<std::string> journey;            // its events in order
  std::map<std::string, std::int64_t> counts;  // the hub's counters, for one trip
};
const Stated& stated();

// Product to pieces or grams, after the first `steps` steps.
using Basket = std::map<std::string, std::int64_t>;
Basket basket_after(std::size_t steps);

std::int64_t grams_of(const char* kg);

}  // namespace cartwright::shopping
