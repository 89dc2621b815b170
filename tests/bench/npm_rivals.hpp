#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bench/market.hpp"

namespace cartwright::bench {

// The rivals that come from the npm registry (tests/bench/rivals), in a folder of the build. They
// are installed once, with exact versions and without running any script of theirs.
class NpmRivals {
 public:
  // `install`: with the network where they are not there yet; takes up to ten minutes.
  explicit NpmRivals(bool install);

  // Why they can not be measured; empty where they can.
  const std::string& missing() const { return missing_; }

  // Lets a rival answer for the baskets one after the other, until it has had so many seconds. Its
  // answer is described in rivals/shop.mjs. std::runtime_error with what it said where it fails.
  nlohmann::json run(const std::string& script, const Market& market,
                     const std::vector<judge::ShopBasket>& baskets, int seconds) const;

 private:
  std::filesystem::path folder_;
  std::string missing_;
};

}  // namespace cartwright::bench
