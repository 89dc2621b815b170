#include "offers/search_rule.hpp"

#include <bit>

#include "base/error.hpp"
#include "offers/wide.hpp"

namespace cartwright::offers::search {

int bits_for(std::int64_t most) {
  return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(most)));
}

std::int64_t parts_up(std::int64_t a, std::int64_t b, std::int64_t divisor) {
  const Wide product = static_cast<Wide>(a) * b * kParts;
  return static_cast<std::int64_t>((product + divisor - 1) / divisor);
}

std::int64_t least_share(std::int64_t amount, std::int64_t base, std::int64_t sum) {
  return static_cast<std::int64_t>(static_cast<Wide>(amount) * base / sum);
}

std::unique_ptr<Rule> make_rule(const Candidate& candidate, std::int64_t most, Equals equals) {
  const Shape& shape = candidate.offer->shape;
  if (const auto* unit = std::get_if<UnitOffer>(&shape)) return make_unit_rule(*unit);
  if (const auto* cheapest = std::get_if<CheapestOf>(&shape)) {
    return equals != Equals::alike && cheapest->k < cheapest->n
               ? make_cheapest_apart_rule(*cheapest, most)
               : make_cheapest_rule(*cheapest, most);
  }
  if (const auto* bundle = std::get_if<NForPrice>(&shape)) {
    return make_bundle_rule(*bundle, equals == Equals::coupled ? 0 : most);
  }
  if (const auto* buy_get = std::get_if<BuyGet>(&shape)) {
    return make_buy_get_rule(*buy_get, candidate, most);
  }
  if (const auto* meal = std::get_if<MealDeal>(&shape)) {
    return make_meal_rule(*meal, most);
  }
  if (const auto* tiers = std::get_if<Tiers>(&shape)) return make_tiers_rule(*tiers);
  throw Error(ErrorKind::invalid_input,
              "offer " + candidate.offer->id + " is a basket offer among the item offers");
}

}  // namespace cartwright::offers::search
