#pragma once

#include <string>
#include <vector>

namespace cartwright::offers {

// What beside the basket decides which offers apply: plain facts, no clock and no machine.
struct Facts {
  std::string store;                   // GLN; empty: none of those that offers name
  std::vector<std::string> zones;      // of prices, that the store belongs to
  std::vector<std::string> segments;   // that the shopper belongs to
  std::vector<std::string> coupons;    // ids, as often as they were presented
  std::vector<std::string> redeem;     // coupons with redeem "ask" that the shopper asks to use
  std::vector<std::string> dismissed;  // offers of which no nudge may speak any more
};

}  // namespace cartwright::offers
