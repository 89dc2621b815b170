#include "support/offers/mip_items.hpp"

#include <algorithm>
#include <limits>

#include "support/offers/applications.hpp"
#include "support/offers/mip_price_order.hpp"

namespace cartwright::judge {
namespace {

using namespace offers;
using ClassList = std::vector<std::size_t>;

class Modeller {
 public:
  Modeller(const Problem& problem, const Classes& classes, std::size_t index,
           IntegerProgram& program, std::string& unsupported)
      : problem_(problem),
        classes_(classes),
        index_(index),
        candidate_(problem.items[index]),
        program_(program),
        unsupported_(unsupported) {}

  ItemModel model() {
    if (classes_.written_out[index_]) {
      write_out();
    } else {
      std::visit([&](const auto& shape) { build(shape); }, candidate_.offer->shape);
    }
    for (const auto& [each, used] : model_.uses) {
      program_.at_most(used, static_cast<double>(classes_.classes[each].size));
    }
    return std::move(model_);
  }

 private:
  std::int64_t base(std::size_t each) const { return classes_.classes[each].base; }
  std::int64_t size(std::size_t each) const { return classes_.classes[each].size; }
  ClassList set(std::size_t index) const { return classes_.of(candidate_.sets.at(index)); }

  std::int64_t units_of(const ClassList& list) const {
    std::int64_t sum = 0;
    for (const std::size_t each : list) sum += size(each);
    return sum;
  }

  int count(std::size_t each) { return program_.variable(0, size(each)); }

  // `variable` of the class's units are used, and keep other exclusive offers away.
  void use(std::size_t each, int variable, bool exclusive = true) {
    model_.uses[each].add(variable, 1);
    if (exclusive && candidate_.offer->exclusive) model_.exclusive[each].add(variable, 1);
  }

  // What the reward takes off a unit; below zero where it can not reward it.
  static std::int64_t off(const UnitReward& reward, std::int64_t price) {
    if (const auto* percent = std::get_if<PercentReward>(&reward)) {
      const std::int64_t scaled = price * percent->bps;
      return scaled / 10'000 + (scaled % 10'000 >= 5'000 ? 1 : 0);
    }
    if (const auto* amount = std::get_if<AmountReward>(&reward)) {
      return amount->off.minor() < price ? amount->off.minor() : price;
    }
    const std::int64_t fixed = std::get<PriceReward>(reward).price.minor();
    return price > fixed ? price - fixed : -1;
  }

  void build(const UnitOffer& offer) {
    for (const std::size_t each : set(0)) {
      const std::int64_t gain = off(offer.reward, base(each));
      if (gain <= 0) continue;
      const int rewarded = count(each);
      use(each, rewarded);
      model_.discount[each].add(rewarded, static_cast<double>(gain));
      model_.applications.add(rewarded, 1);
    }
  }

  // Applications of `qualify` units of `buy` and `reward` units of `get`.
  Roles roles(const ClassList& buy, int qualify, const ClassList& get, int reward,
              const UnitReward& what, bool exclusive_qualify) {
    Roles roles;
    Linear all_qualify;
    Linear all_reward;
    const int applications = program_.variable(0, units_of(get) / reward);
    for (const std::size_t each : get) {
      const std::int64_t gain = off(what, base(each));
      if (gain < 0) continue;
      const int rewarded = roles.reward[each] = count(each);
      use(each, rewarded);
      model_.discount[each].add(rewarded, static_cast<double>(gain));
      all_reward.add(rewarded, 1);
    }
    for (const std::size_t each : qualify > 0 ? buy : ClassList{}) {
      const int qualifying = roles.qualify[each] = count(each);
      use(each, qualifying, exclusive_qualify);
      all_qualify.add(qualifying, 1);
    }
    model_.applications.add(applications, 1);
    program_.equal(all_reward.add(applications, -reward), 0);
    program_.equal(all_qualify.add(applications, -qualify), 0);
    return roles;
  }

  void build(const CheapestOf& offer) {
    const int qualify = offer.n - offer.k;
    const Roles sides = roles(set(0), qualify, set(0), offer.k, PercentReward{offer.bps}, true);
    if (qualify == 0) return;
    if (offer.cheapest == CheapestIn::overall) {
      reward_cheapest_of_all(classes_, sides, program_);
    } else {
      reward_lesser(classes_, sides, {qualify, offer.k}, program_);
    }
  }

  void build(const BuyGet& offer) {
    const Roles sides =
        roles(set(0), offer.n, set(1), offer.m, offer.reward, offer.consume == Consume::both);
    if (offer.lesser) reward_lesser(classes_, sides, {offer.n, offer.m}, program_);
  }

  void build(const NForPrice& offer) {
    Linear units;
    const int applications = program_.variable(0, units_of(set(0)) / offer.n);
    for (const std::size_t each : set(0)) {
      const int rewarded = count(each);
      use(each, rewarded);
      units.add(rewarded, 1);
      model_.lump.add(rewarded, static_cast<double>(base(each)));
    }
    program_.equal(units.add(applications, -offer.n), 0);
    model_.lump.add(applications, -static_cast<double>(offer.price.minor()));
    model_.applications.add(applications, 1);
  }

  void build(const MealDeal& deal) {
    const int applications = program_.variable(0, static_cast<std::int64_t>(problem_.units.size()));
    const auto* price = std::get_if<Money>(&deal.reward);
    for (std::size_t slot = 0; slot < deal.slots.size(); ++slot) {
      Linear units;
      for (const std::size_t each : set(slot)) {
        const int rewarded = count(each);
        use(each, rewarded);
        units.add(rewarded, 1);
        if (price != nullptr) {
          model_.lump.add(rewarded, static_cast<double>(base(each)));
        } else {
          const std::int64_t gain = off(std::get<PercentReward>(deal.reward), base(each));
          model_.discount[each].add(rewarded, static_cast<double>(gain));
        }
      }
      program_.equal(units.add(applications, -deal.slots[slot].n), 0);
    }
    if (price != nullptr) model_.lump.add(applications, -static_cast<double>(price->minor()));
    model_.applications.add(applications, 1);
  }

  // One step at most is reached, a step with an amount either whole or cut to what its units cost.
  void build(const Tiers& tiers) {
    Linear chosen_steps;
    for (std::size_t i = 0; i < tiers.steps.size(); ++i) {
      const TierStep& step = tiers.steps[i];
      const std::int64_t below = i + 1 < tiers.steps.size()
                                     ? tiers.steps[i + 1].at - 1
                                     : std::numeric_limits<std::int64_t>::max();
      const auto* once = std::get_if<Money>(&step.reward);
      for (const bool cut : {false, true}) {
        if (cut && once == nullptr) continue;
        chosen_steps.add(tier(tiers, step, below, cut), 1);
      }
    }
    program_.at_most(chosen_steps, 1);
    model_.applications.add(chosen_steps);
  }

  int tier(const Tiers& tiers, const TierStep& step, std::int64_t below, bool cut) {
    const int chosen = program_.variable(0, 1);
    Linear units;
    Linear spent;
    for (const std::size_t each : set(0)) {
      const int rewarded = count(each);
      use(each, rewarded);
      const double all = static_cast<double>(size(each));
      program_.at_most(Linear{}.add(rewarded, 1).add(chosen, -all), 0);
      units.add(rewarded, 1);
      spent.add(rewarded, static_cast<double>(base(each)));
      if (const auto* percent = std::get_if<PercentReward>(&step.reward)) {
        const std::int64_t gain = off(*percent, base(each));
        model_.discount[each].add(rewarded, static_cast<double>(gain));
      }
    }
    const Linear& reached = tiers.by == TierBy::quantity ? units : spent;
    program_.at_least(Linear(reached).add(chosen, -static_cast<double>(step.at)), 0);
    if (below < std::numeric_limits<std::int64_t>::max()) {
      program_.at_most(Linear(reached).add(chosen, -static_cast<double>(below)), 0);
    }
    if (const auto* once = std::get_if<Money>(&step.reward)) {
      const auto amount = static_cast<double>(once->minor());
      if (cut) {
        program_.at_most(Linear(spent).add(chosen, -amount), 0);
        model_.lump.add(spent);
      } else {
        program_.at_least(Linear(spent).add(chosen, -amount), 0);
        model_.lump.add(chosen, amount);
      }
    }
    return chosen;
  }

  void build(const BasketOffer&) { unsupported_ = "a basket offer among the item offers"; }

  void write_out() {
    const auto all = all_applications(problem_, static_cast<std::uint32_t>(index_), 4'000);
    if (!all) {
      unsupported_ = "offer " + candidate_.offer->id + " has too many applications to write out";
      return;
    }
    for (const Application& application : *all) {
      const int taken = program_.variable(0, 1);
      model_.applications.add(taken, 1);
      for (const Share& share : application.reward) {
        const std::size_t each = classes_.of_unit[share.unit];
        use(each, taken);
        model_.discount[each].add(taken, static_cast<double>(share.discount));
      }
    }
    if (std::holds_alternative<Tiers>(candidate_.offer->shape)) {
      program_.at_most(model_.applications, 1);
    }
  }

  const Problem& problem_;
  const Classes& classes_;
  const std::size_t index_;
  const Candidate& candidate_;
  IntegerProgram& program_;
  std::string& unsupported_;
  ItemModel model_;
};

}  // namespace

Linear ItemModel::total() const {
  Linear sum = lump;
  for (const auto& [each, amount] : discount) sum.add(amount);
  return sum;
}

ItemModel model_item(const Problem& problem, const Classes& classes, std::size_t index,
                     IntegerProgram& program, std::string& unsupported) {
  return Modeller(problem, classes, index, program, unsupported).model();
}

}  // namespace cartwright::judge
