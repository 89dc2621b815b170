#pragma once

#include <string>
#include <vector>

namespace cartwright::offers {

// What beside the basket decides which offers apply: plain facts, no clock and no machine.
struct Facts {
  std::string store;                  // GLN; empty: none of those that offers name
  std::vector<std::string> zones;     // of prices, that the store belongs to
  std::vector<std::string> segments;  // that the shopper belongs to
  // Ids as often as they were presented, and GS1 coupons as "(8110)..." and "(8112)...".
  std::vector<std::string> coupons;
  std::vector<std::string> redeem;     // coupons with redeem "ask" that the shopper asks to use
  std::vector<std::string> dismissed;  // offers of which no nudge may speak any more
  // Coupons of AI (8112) as they were presented, of which a server has said that they hold, or not.
  std::vector<std::string> accepted;
  std::vector<std::string> refused;
  bool gs1_coupons_taken = false;  // GS1 coupons stand among them by the ids that offers ask for
};

}  // namespace cartwright::offers
