#include "bench/rival_answer.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace cartwright::bench {
namespace {

using namespace offers;

class Reader {
 public:
  explicit Reader(const Problem& problem) : problem_(problem), used_(problem.units.size(), false) {}

  std::optional<Solution> read(const std::vector<RivalDiscount>& discounts) {
    std::map<std::string, std::vector<RivalDiscount>> by_offer;
    for (const RivalDiscount& discount : discounts) by_offer[discount.offer].push_back(discount);
    for (const auto& [offer, all] : by_offer) {
      const auto item =
          std::find_if(problem_.items.begin(), problem_.items.end(),
                       [&](const Candidate& each) { return each.offer->id == offer; });
      if (item == problem_.items.end()) return std::nullopt;
      const bool is_read = std::holds_alternative<BuyGet>(item->offer->shape)
                               ? read_buy_get(*item, all)
                               : read_units(*item, all);
      if (!is_read) return std::nullopt;
    }
    if (!qualify()) return std::nullopt;
    return finished();
  }

 private:
  std::uint32_t number(const Candidate& item) const {
    return static_cast<std::uint32_t>(&item - problem_.items.data());
  }

  std::vector<UnitIndex> on_line(const Candidate& item, std::size_t set, std::uint32_t line) const {
    std::vector<UnitIndex> found;
    for (const UnitIndex unit : item.sets[set]) {
      if (problem_.units[unit].line == line) found.push_back(unit);
    }
    return found;
  }

  // Each unit of the line is an application.
  bool read_units(const Candidate& item, const std::vector<RivalDiscount>& discounts) {
    for (const RivalDiscount& discount : discounts) {
      const std::vector<UnitIndex> units = on_line(item, 0, discount.line);
      if (units.empty()) return false;
      const auto count = std::ssize(units);
      const std::int64_t whole = std::llround(discount.minor);
      for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t part = whole * (i + 1) / count - whole * i / count;
        add(item, {{units[static_cast<std::size_t>(i)], part}});
      }
    }
    return true;
  }

  static double reward_of(const UnitReward& reward, std::int64_t base) {
    const auto whole = static_cast<double>(base);
    if (const auto* rate = std::get_if<PercentReward>(&reward)) {
      return whole * static_cast<double>(rate->bps) / 10'000;
    }
    const auto* amount = std::get_if<AmountReward>(&reward);
    return amount == nullptr ? 0 : std::min(whole, static_cast<double>(amount->off.minor()));
  }

  bool read_buy_get(const Candidate& item, const std::vector<RivalDiscount>& discounts) {
    const auto& shape = std::get<BuyGet>(item.offer->shape);
    Shares rewarded;
    for (const RivalDiscount& discount : discounts) {
      const std::vector<UnitIndex> units = on_line(item, 1, discount.line);
      if (units.empty()) return false;
      const double each = reward_of(shape.reward, problem_.units[units.front()].base);
      if (each <= 0) return false;
      const auto count = static_cast<std::size_t>(std::llround(discount.minor / each));
      if (count > units.size()) return false;
      for (std::size_t i = 0; i < count; ++i) rewarded.push_back({units[i], std::llround(each)});
    }
    const auto m = static_cast<std::size_t>(shape.m);
    if (rewarded.size() % m != 0) return false;
    for (std::size_t i = 0; i < rewarded.size(); i += m) {
      add(item, {rewarded.begin() + static_cast<std::ptrdiff_t>(i),
                 rewarded.begin() + static_cast<std::ptrdiff_t>(i + m)});
    }
    return true;
  }

  void add(const Candidate& item, Shares reward) {
    std::sort(reward.begin(), reward.end(),
              [](const Share& a, const Share& b) { return a.unit < b.unit; });
    for (const Share& share : reward) used_[share.unit] = true;
    solution_.items.push_back(
        {.candidate = number(item), .qualify = {}, .reward = std::move(reward)});
  }

  bool qualify() {
    for (Application& application : solution_.items) {
      const Candidate& item = problem_.items[application.candidate];
      const auto* shape = std::get_if<BuyGet>(&item.offer->shape);
      if (shape == nullptr) continue;
      for (const UnitIndex unit : item.sets[0]) {
        if (std::ssize(application.qualify) == shape->n) break;
        if (used_[unit]) continue;
        used_[unit] = true;
        application.qualify.push_back(unit);
      }
      if (std::ssize(application.qualify) < shape->n) return false;
    }
    return true;
  }

  Solution finished() {
    for (const Unit& unit : problem_.units) solution_.goods += unit.base;
    for (const Application& application : solution_.items) {
      for (const Share& share : application.reward) solution_.goods -= share.discount;
    }
    const auto first = [](const Application& application) {
      return std::min(application.reward.front().unit, application.qualify.empty()
                                                           ? application.reward.front().unit
                                                           : application.qualify.front());
    };
    std::sort(solution_.items.begin(), solution_.items.end(),
              [&](const Application& a, const Application& b) {
                return std::make_tuple(a.candidate, first(a)) <
                       std::make_tuple(b.candidate, first(b));
              });
    return std::move(solution_);
  }

  const Problem& problem_;
  std::vector<bool> used_;
  Solution solution_;
};

}  // namespace

std::optional<Solution> read_answer(const Problem& problem,
                                    const std::vector<RivalDiscount>& discounts) {
  return Reader(problem).read(discounts);
}

}  // namespace cartwright::bench
