#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "offers/sweep.hpp"

namespace cartwright::offers::search {

// One choice for a component, put into effect.
struct Effect {
  std::vector<Application> applications;
  std::int64_t gain = 0;  // of all of them
};

// What is known of the choices for one component.
class ComponentSearch {
 public:
  // The problem, the component and `most` must outlive it.
  ComponentSearch(const Problem& problem, const Component& component,
                  std::span<const std::int64_t> most)
      : problem_(&problem), component_(&component), most_(most) {}

  // Searches for the choices that gain the most, kept apart by what is asked from outside, those
  // within its window of the best. May be called again with another question.
  void search(const Outside& outside, std::uint64_t budget);

  // The best first, never empty; by the last search. Where offers stack upon bundles a label may
  // gain less in effect than it says.
  const std::vector<Label>& labels() const { return labels_; }
  std::int64_t bound() const { return bound_; }     // no choice has a larger gain
  std::uint64_t states() const { return states_; }  // expanded by the last search
  // Whether every choice that the question allows is there or surpassed.
  bool is_whole() const { return is_whole_; }

  Effect effect(const Label& label) const;

  const Component& component() const { return *component_; }

 private:
  Effect effect_of(const Sweep& sweep, const Label& label) const;
  bool search_below_bound(const Outside& outside, std::uint64_t budget);
  void search_beam(const Outside& outside, std::uint64_t budget);
  void search_alone(const Outside& outside, std::uint64_t budget);

  const Problem* problem_;
  const Component* component_;
  std::span<const std::int64_t> most_;
  std::unique_ptr<Plan> plan_;
  std::unique_ptr<Sweep> sweep_;  // that found the labels
  std::vector<Label> labels_;
  std::int64_t bound_ = 0;
  std::uint64_t states_ = 0;
  bool is_whole_ = true;
};

}  // namespace cartwright::offers::search
