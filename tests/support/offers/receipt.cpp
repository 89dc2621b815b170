#include "support/offers/receipt.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "support/offers/checker.hpp"
#include "support/offers/discounts.hpp"

namespace cartwright::judge {
namespace {

using namespace offers;

// What one line says of one application.
struct Part {
  std::int64_t units = 0;
  std::int64_t minor = 0;
};
using ByLine = std::map<std::uint32_t, Part>;
struct Use {
  ByLine qualify;
  ByLine reward;
};
using Key = std::pair<std::string, std::string>;  // offer, application

class Reader {
 public:
  Reader(const nlohmann::json& result, const ShopBasket& basket, const Problem& problem)
      : result_(result), basket_(basket), problem_(problem) {}

  Receipt read() {
    for (const Unit& unit : problem_.units) left_.push_back(unit.base);
    lines();
    applied();
    items();
    baskets();
    Solution& solution = receipt_.solution;
    solution.goods = result_.at("goods_minor").get<std::int64_t>();
    solution.bound = result_.at("bound_minor").get<std::int64_t>();
    if (result_.at("proven_best").get<bool>() != solution.proven()) {
      say("proven_best does not say whether goods and bound are equal");
    }
    receipt_.faults += violations_text(problem_, solution);
    return std::move(receipt_);
  }

 private:
  void say(const std::string& what) { receipt_.faults += what + "\n"; }

  void lines() {
    const auto& lines = result_.at("lines");
    if (lines.size() != basket_.lines.size()) return say("there are not as many lines");
    std::int64_t net = 0;
    std::int64_t list = 0;
    for (std::uint32_t i = 0; i < basket_.lines.size(); ++i) {
      const ShopLine& line = basket_.lines[i];
      const auto& json = lines[i];
      if (json.at("key") != line.key) return say("the lines are not in the basket's order");
      std::int64_t off = 0;
      for (const auto& share : json.at("shares")) off += share_of(share, i);
      list += json.at("list_minor").get<std::int64_t>();
      net += json.at("net_minor").get<std::int64_t>();
      if (json.at("list_minor") != line.price * line.units) say("wrong list of " + line.key);
      if (json.at("net_minor") != line.price * line.units - off) {
        say("line " + line.key + " does not add up");
      }
    }
    if (result_.at("list_minor") != list) say("list_minor is not the sum of its lines");
    if (result_.at("goods_minor") != net) say("goods_minor is not the sum of its lines");
  }

  std::int64_t share_of(const nlohmann::json& share, std::uint32_t line) {
    const Key key{share.at("offer").get<std::string>(), share.at("application").dump()};
    const bool reward = share.at("role") == "reward";
    Part& part = reward ? uses_[key].reward[line] : uses_[key].qualify[line];
    part.units += share.at("units").get<std::int64_t>();
    part.minor += share.at("minor").get<std::int64_t>();
    if (!reward && part.minor != 0) say(key.first + " takes off a unit that only qualifies");
    return share.at("minor").get<std::int64_t>();
  }

  void applied() {
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> sums;
    for (const auto& [key, use] : uses_) {
      ++sums[key.first].first;
      for (const auto& [line, part] : use.reward) sums[key.first].second += part.minor;
    }
    for (const auto& json : result_.at("applied")) {
      const std::string offer = json.at("offer");
      const auto [applications, discount] = sums[offer];
      if (json.at("applications") != applications || json.at("discount_minor") != discount) {
        say("applied says " + json.dump() + ", the lines " + std::to_string(applications) +
            " applications and " + std::to_string(discount));
      }
      sums.erase(offer);
    }
    for (const auto& [offer, sum] : sums) say("applied does not name " + offer);
  }

  // `units` of each line that the offer has not used and, for exclusive use, nobody has.
  UnitList choose(const ByLine& parts, const Offer& offer, bool exclusive) {
    UnitList chosen;
    for (const auto& [line, part] : parts) {
      std::int64_t wanted = part.units;
      for (UnitIndex unit = 0; unit < problem_.units.size() && wanted > 0; ++unit) {
        if (problem_.units[unit].line != line) continue;
        if (exclusive && taken_.count(unit) != 0) continue;
        if (!used_[&offer].insert(unit).second) continue;
        if (exclusive) taken_.insert(unit);
        chosen.push_back(unit);
        --wanted;
      }
      if (wanted > 0) say(offer.id + " uses more of a line than there is");
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
  }

  const Candidate* item(const std::string& offer, std::uint32_t& index) const {
    for (index = 0; index < problem_.items.size(); ++index) {
      if (problem_.items[index].offer->id == offer) return &problem_.items[index];
    }
    return nullptr;
  }

  void items() {
    struct Chosen {
      UnitList qualify;
      UnitList reward;
    };
    std::map<Key, Chosen> chosen;
    // What nobody else may have is chosen first.
    for (const bool exclusive : {true, false}) {
      for (const auto& [key, use] : uses_) {
        std::uint32_t index = 0;
        const Candidate* candidate = item(key.first, index);
        if (candidate == nullptr) continue;
        const auto* buy_get = std::get_if<BuyGet>(&candidate->offer->shape);
        const bool both = buy_get == nullptr || buy_get->consume == Consume::both;
        if (exclusive) chosen[key].reward = choose(use.reward, *candidate->offer, true);
        if (exclusive == both) {
          chosen[key].qualify = choose(use.qualify, *candidate->offer, exclusive);
        }
      }
    }
    for (const auto& [key, units] : chosen) {
      std::uint32_t index = 0;
      const Candidate* candidate = item(key.first, index);
      const Discounts discounts = discounts_of(problem_, *candidate, units.qualify, units.reward);
      const auto* amounts = std::get_if<std::vector<std::int64_t>>(&discounts);
      if (amounts == nullptr) {
        say(key.first + " " + std::get<std::string>(discounts));
        continue;
      }
      Application made{.candidate = index, .qualify = units.qualify, .reward = {}};
      ByLine due;
      for (std::size_t i = 0; i < units.reward.size(); ++i) {
        made.reward.push_back({units.reward[i], (*amounts)[i]});
        due[problem_.units[units.reward[i]].line].minor += (*amounts)[i];
        left_[units.reward[i]] -= (*amounts)[i];
      }
      for (const auto& [line, part] : uses_[key].reward) {
        if (part.minor != due[line].minor) say(key.first + " takes the wrong amount off a line");
      }
      receipt_.solution.items.push_back(std::move(made));
    }
    sort();
  }

  void sort() {
    const auto units = [](const Application& application) {
      UnitList all = application.qualify;
      for (const Share& share : application.reward) all.push_back(share.unit);
      std::sort(all.begin(), all.end());
      return all;
    };
    auto& items = receipt_.solution.items;
    std::sort(items.begin(), items.end(), [&](const Application& a, const Application& b) {
      return a.candidate != b.candidate ? a.candidate < b.candidate : units(a) < units(b);
    });
  }

  void baskets() {
    for (std::uint32_t i = 0; i < problem_.baskets.size(); ++i) {
      for (const auto& [key, use] : uses_) {
        if (key.first != problem_.baskets[i].offer->id) continue;
        BasketApplication made{.candidate = i, .shares = {}};
        for (UnitIndex unit = 0; unit < problem_.units.size(); ++unit) {
          const auto part = use.reward.find(problem_.units[unit].line);
          if (part == use.reward.end()) continue;
          std::int64_t& open = open_[{i, part->first}];
          if (open == 0) open = part->second.minor + 1;  // one more than there is to take
          const std::int64_t share = std::min(open - 1, left_[unit]);
          if (share <= 0) continue;
          open -= share;
          left_[unit] -= share;
          made.shares.push_back({unit, share});
        }
        receipt_.solution.baskets.push_back(std::move(made));
      }
    }
  }

  const nlohmann::json& result_;
  const ShopBasket& basket_;
  const Problem& problem_;
  Receipt receipt_;
  std::map<Key, Use> uses_;
  std::vector<std::int64_t> left_;
  std::set<UnitIndex> taken_;                         // by exclusive applications
  std::map<const Offer*, std::set<UnitIndex>> used_;  // by each offer
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t> open_;  // of basket and line
};

}  // namespace

Receipt read_receipt(const nlohmann::json& result, const ShopBasket& basket,
                     const Problem& problem) {
  return Reader(result, basket, problem).read();
}

}  // namespace cartwright::judge
