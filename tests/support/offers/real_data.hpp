#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace cartwright::judge {

// The rows that real_baskets.cpp makes its shop from.
struct RealProduct {
  std::string id;
  std::string department;
  std::string category;
  std::string type;
};

struct RealLine {
  std::string household;
  std::string store;
  std::string basket;
  std::string product;
  std::int64_t units = 0;
  std::int64_t paid = 0;   // cents, the whole line
  std::int64_t shelf = 0;  // cents a piece, before discounts
  std::string at;          // RFC 3339
};

struct RealCoupon {
  std::string id;
  std::string campaign_type;
  std::vector<std::string> products;
};

struct RealRows {
  std::map<std::string, RealProduct> products;
  std::vector<RealLine> lines;  // by household, time, basket
  std::vector<RealCoupon> coupons;
  std::map<std::string, std::set<std::string>> redeemed;  // coupons by household
};

RealRows read_rows(const std::filesystem::path& folder);

// The fields of each row but the header of an xz file of comma-separated values.
void each_row(const std::filesystem::path& file,
              const std::function<void(const std::vector<std::string>&)>& row);

}  // namespace cartwright::judge
