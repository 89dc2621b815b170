#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "offers/money.hpp"

namespace cartwright::offers {

// What an offer says, as read from a file of offers (offers_file.hpp) and checked: every count is
// at least 1, every rate from 0 to 10000 basis points, every amount not negative. Plain values;
// what they mean is docs/offers.md.

// Products by id and by category, less those named as not meant; each list ascending. Without
// `products` and `categories` every product but those.
struct ProductSet {
  std::vector<std::string> products;
  std::vector<std::string> categories;
  std::vector<std::string> not_products;
  bool operator==(const ProductSet&) const = default;
};

// What one rewarded unit gets, in one of three ways.
struct PercentReward {
  std::int64_t bps = 0;
  bool operator==(const PercentReward&) const = default;
};
struct AmountReward {
  Money off;  // a unit, never more than its price
  bool operator==(const AmountReward&) const = default;
};
struct PriceReward {
  Money price;  // a unit, only where it costs more
  bool operator==(const PriceReward&) const = default;
};
using UnitReward = std::variant<PercentReward, AmountReward, PriceReward>;

// percent_off, amount_off and fixed_price: each unit is an application of its own.
struct UnitOffer {
  ProductSet set;
  UnitReward reward;
  bool operator==(const UnitOffer&) const = default;
};

// Where the rewarded units of `cheapest_of` are the cheapest.
enum class CheapestIn : std::uint8_t { per_application, overall };

// Of n units the k cheapest get the rate: 3 for 2 is n 3, k 1, 10000. k <= n.
struct CheapestOf {
  ProductSet set;
  int n = 0;
  int k = 0;
  std::int64_t bps = 0;
  CheapestIn cheapest = CheapestIn::per_application;
  bool operator==(const CheapestOf&) const = default;
};

// n units for the price together.
struct NForPrice {
  ProductSet set;
  int n = 0;
  Money price;
  bool operator==(const NForPrice&) const = default;
};

// Which units of `buy_get` no other exclusive offer may use.
enum class Consume : std::uint8_t { both, reward };

// With n units of `buy`, m other units of `get` are rewarded; with `lesser` none of these may cost
// more than one of those.
struct BuyGet {
  ProductSet buy;
  int n = 0;
  ProductSet get;
  int m = 0;
  UnitReward reward;
  Consume consume = Consume::both;
  bool lesser = false;
  bool operator==(const BuyGet&) const = default;
};

struct Slot {
  ProductSet set;
  int n = 0;
  bool operator==(const Slot&) const = default;
};

// The units of all slots together for a price, or each at a rate off.
struct MealDeal {
  std::vector<Slot> slots;  // at least one
  std::variant<Money, PercentReward> reward;
  bool operator==(const MealDeal&) const = default;
};

enum class TierBy : std::uint8_t { quantity, spend };

struct TierStep {
  std::int64_t at = 0;                        // units, or minor units of list price
  std::variant<PercentReward, Money> reward;  // to each unit, or once
  bool operator==(const TierStep&) const = default;
};

// One application a trip over any chosen units of the set; the highest step reached counts.
struct Tiers {
  ProductSet set;
  TierBy by = TierBy::quantity;
  std::vector<TierStep> steps;  // at least one, `at` ascending
  bool operator==(const Tiers&) const = default;
};

enum class ThresholdBase : std::uint8_t { list, net };

struct Points {
  std::int64_t count = 0;
  bool operator==(const Points&) const = default;
};
struct Gift {
  std::string product;
  bool operator==(const Gift&) const = default;
};

// Once the units of its scope come to the threshold: an amount or a rate off what remains of them,
// points, or a product free.
struct BasketOffer {
  std::optional<ProductSet> scope;  // all products where absent
  Money threshold;
  ThresholdBase base = ThresholdBase::list;
  std::int64_t order = 0;
  std::variant<Money, PercentReward, Points, Gift> reward;
  bool operator==(const BasketOffer&) const = default;
};

using Shape = std::variant<UnitOffer, CheapestOf, NForPrice, BuyGet, MealDeal, Tiers, BasketOffer>;

enum class Redeem : std::uint8_t { automatic, ask };

// Whether the discount lowers the amount that tax is worked out on.
enum class TaxBase : std::uint8_t { reduce, keep };

// Who pays the discount; what no funder bears is the retailer's, who is called so.
inline constexpr const char* kRetailer = "retailer";
struct Funding {
  std::string funder;
  std::int64_t bps = 0;  // all of an offer's together at most 10000
  bool operator==(const Funding&) const = default;
};

// Minutes of a local day: [from, to), from < to <= 1440.
struct Hours {
  int from = 0;
  int to = 0;
  bool operator==(const Hours&) const = default;
};

// When a line must have been added for the offer to see it, in the store's local time.
struct When {
  std::optional<std::int64_t> from;  // Unix seconds, inclusive
  std::optional<std::int64_t> to;    // Unix seconds, exclusive
  std::vector<int> days;             // 0 Monday to 6 Sunday; empty: every day
  std::vector<Hours> hours;          // empty: all day
  bool operator==(const When&) const = default;
};

struct Offer {
  std::string id;
  std::string kind;  // as written: "percent_off"
  std::string name;
  std::int64_t priority = 0;  // lower first
  bool exclusive = true;
  bool mandatory = false;
  std::string group;                  // empty: none
  std::optional<std::int64_t> limit;  // applications a trip
  std::string coupon;                 // the id to present; empty: none
  Redeem redeem = Redeem::automatic;
  TaxBase tax_base = TaxBase::reduce;
  std::vector<Funding> funding;
  When when;
  std::vector<std::string> stores;  // GLNs; empty: all
  std::vector<std::string> zones;
  std::vector<std::string> segments;  // one of them; empty: everybody
  std::optional<bool> member;         // absent: both
  Shape shape;
  bool operator==(const Offer&) const = default;
};

}  // namespace cartwright::offers
