#include "support/offers/mip_oracle.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "support/offers/integer_program.hpp"
#include "support/offers/mip_classes.hpp"
#include "support/offers/mip_items.hpp"

namespace cartwright::judge {
namespace {

using namespace offers;

class Oracle {
 public:
  explicit Oracle(const Problem& problem) : problem_(problem), classes_(classify(problem)) {
    why_ = classes_.unsupported;
  }

  MipAnswer answer(double seconds) {
    if (why_.empty()) build();
    if (!why_.empty()) return {.why = why_};
    const IntegerAnswer saving = program_.maximise(seconds);
    if (!saving.answered) return {.why = "CBC has failed"};
    std::int64_t list = 0;
    for (const Unit& unit : problem_.units) list += unit.base;
    return {.supported = true,
            .proven = saving.proven,
            .goods = list - saving.best,
            .bound = list - saving.bound,
            .why = saving.proven ? "" : "CBC has not proven it in its time"};
  }

 private:
  void build() {
    for (std::size_t i = 0; i < problem_.items.size(); ++i) {
      items_.push_back(model_item(problem_, classes_, i, program_, why_));
      program_.gain(items_.back().total());
    }
    share_units();
    model_baskets();
    limit();
  }

  void share_units() {
    for (std::size_t each = 0; each < classes_.classes.size(); ++each) {
      Linear exclusive;
      Linear off;
      for (const ItemModel& item : items_) {
        if (const auto at = item.exclusive.find(each); at != item.exclusive.end()) {
          exclusive.add(at->second);
        }
        if (const auto at = item.discount.find(each); at != item.discount.end()) {
          off.add(at->second);
        }
      }
      program_.at_most(exclusive, static_cast<double>(classes_.classes[each].size));
      // Such a class is a single unit.
      if (classes_.capped[each]) {
        program_.at_most(off, static_cast<double>(classes_.classes[each].base));
      }
    }
  }

  // What the item offers take off the units of a scope.
  Linear off(const UnitSet& scope) const {
    Linear sum;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      for (const auto& [each, amount] : items_[i].discount) {
        const UnitIndex one = classes_.classes[each].units.front();
        if (std::binary_search(scope.begin(), scope.end(), one)) sum.add(amount);
      }
      // A bundle that is not written out lies within the scope or apart from it.
      const auto& sets = problem_.items[i].sets;
      const bool within = std::any_of(sets.begin(), sets.end(), [&](const auto& set) {
        return !set.empty() && std::binary_search(scope.begin(), scope.end(), set.front());
      });
      if (within) sum.add(items_[i].lump);
    }
    return sum;
  }

  void model_baskets() {
    for (const BasketCandidate& basket : problem_.baskets) {
      const auto& shape = std::get<BasketOffer>(basket.offer->shape);
      std::int64_t list = 0;
      for (const UnitIndex unit : basket.scope) list += problem_.units[unit].base;
      const int applies = program_.variable(0, list >= shape.threshold.minor() ? 1 : 0);
      const int taken = program_.variable(0, list, 1);
      applied_.push_back(applies);
      if (shape.base == ThresholdBase::net) {
        program_.at_most(
            off(basket.scope).add(applies, static_cast<double>(shape.threshold.minor())),
            static_cast<double>(list));
      }
      program_.at_most(Linear{}.add(taken, 1).add(applies, -static_cast<double>(list)), 0);
      // What remains: the offers before this one that meet its scope lie within it.
      Linear remains;
      remains.constant = static_cast<double>(list);
      remains.add(off(basket.scope), -1);
      for (std::size_t before = 0; before < taken_.size(); ++before) {
        const auto& scope = problem_.baskets[before].scope;
        if (basket.group && basket.group == problem_.baskets[before].group) continue;
        if (scope.empty() ||
            !std::binary_search(basket.scope.begin(), basket.scope.end(), scope.front())) {
          continue;
        }
        remains.add(taken_[before], -1);
      }
      taken_.push_back(taken);
      if (const auto* amount = std::get_if<Money>(&shape.reward)) {
        program_.at_most(Linear{}.add(taken, 1).add(applies, -static_cast<double>(amount->minor())),
                         0);
        program_.at_most(Linear{}.add(taken, 1).add(remains, -1), 0);
      } else if (const auto* percent = std::get_if<PercentReward>(&shape.reward)) {
        // taken is whole, so this is the rate rounded half up.
        program_.at_most(
            Linear{}.add(taken, 1).add(remains, -static_cast<double>(percent->bps) / 10'000), 0.5);
      } else {
        why_ = "basket offer " + basket.offer->id + " takes nothing off";
      }
    }
  }

  void limit() {
    std::map<std::uint32_t, Linear> coupons;
    std::map<std::uint32_t, Linear> groups;
    const auto most = static_cast<double>(problem_.units.size());
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const Candidate& candidate = problem_.items[i];
      const Linear& applications = items_[i].applications;
      if (candidate.offer->limit) {
        program_.at_most(applications, static_cast<double>(*candidate.offer->limit));
      }
      if (candidate.coupon) coupons[*candidate.coupon].add(applications);
      if (candidate.group) {
        const int used = program_.variable(0, 1);
        program_.at_most(Linear(applications).add(used, -most), 0);
        groups[*candidate.group].add(used, 1);
      }
    }
    for (std::size_t i = 0; i < applied_.size(); ++i) {
      const BasketCandidate& basket = problem_.baskets[i];
      if (basket.coupon) coupons[*basket.coupon].add(applied_[i], 1);
      if (basket.group) groups[*basket.group].add(applied_[i], 1);
    }
    for (const auto& [coupon, uses] : coupons) {
      program_.at_most(uses, static_cast<double>(problem_.coupons.at(coupon)));
    }
    for (const auto& [group, users] : groups) program_.at_most(users, 1);
  }

  const Problem& problem_;
  const Classes classes_;
  IntegerProgram program_;
  std::vector<ItemModel> items_;
  std::vector<int> applied_;  // each basket offer: whether it applies
  std::vector<int> taken_;    // each basket offer: what it takes off
  std::string why_;
};

}  // namespace

MipAnswer mip_oracle(const Problem& problem, double seconds) {
  return Oracle(problem).answer(seconds);
}

}  // namespace cartwright::judge
