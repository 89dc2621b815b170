#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::offers::search {

// A basket offer that could apply.
struct Term {
  std::uint32_t candidate = 0;  // index into Problem::baskets
  std::uint32_t bit = 0;        // its scope's, in the marks of units
  const BasketOffer* offer = nullptr;
  bool net = false;   // its threshold is on what items leave
  bool rate = false;  // it takes a rate
  bool mandatory = false;
  std::int64_t threshold = 0;
};

// A subset of the terms, bit i for terms[i].
using TermSet = std::uint32_t;
inline constexpr std::size_t kMostTerms = 24;

// The basket offers of a problem, as far as its lines can reach them, and what they take off given
// what the items leave in each scope.
class BasketTerms {
 public:
  explicit BasketTerms(const Problem& problem);

  const std::vector<Term>& terms() const { return terms_; }
  bool empty() const { return terms_.empty(); }
  // By unit: in which scopes it stands.
  const std::vector<std::uint32_t>& marks() const { return marks_; }
  // By scope: the prices of its units; the last is the whole basket's.
  const std::vector<std::int64_t>& list() const { return list_; }
  std::size_t scopes() const { return list_.size() - 1; }

  // All sets of terms that groups and coupons among themselves allow.
  std::vector<TermSet> sets() const;

  // What remains of the basket where item offers took `taken` off each scope and, last, off all:
  // exact, unless scopes cut each other, where it is a lower bound.
  std::int64_t goods(TermSet set, std::span<const std::int64_t> taken) const;
  // Whether the thresholds of the set are reached, and none that is mandatory is passed by.
  // `groups`: those that item offers use; `coupons`: presented and not used by them.
  bool holds(TermSet set, std::span<const std::int64_t> taken, const std::vector<bool>& groups,
             const std::vector<std::int64_t>& coupons) const;
  // Whether one scope holds all of another.
  bool within(std::uint32_t inner, std::uint32_t outer) const {
    return (within_[inner] >> outer & 1) != 0;
  }
  // True where a later offer of the set sees a part of an earlier one's scope.
  bool cuts(TermSet set) const;
  // At most so much is taken off by these terms.
  std::int64_t most(TermSet set) const;
  // At most so much is taken off by those that found no place among the terms.
  std::int64_t most_left_out() const { return most_left_out_; }

 private:
  std::uint32_t bit_of(const BasketCandidate& candidate);
  bool apart(std::uint32_t one, std::uint32_t other) const {
    return (meets_[one] >> other & 1) == 0;
  }
  void relate_scopes();

  const Problem& problem_;
  std::vector<Term> terms_;
  std::vector<std::uint32_t> marks_;
  std::vector<const UnitSet*> scopes_;
  std::vector<std::uint32_t> within_;  // by scope: bits of the scopes that hold all of it
  std::vector<std::uint32_t> meets_;   // by scope: bits of the scopes that hold some of it
  std::vector<std::int64_t> list_;
  std::int64_t most_left_out_ = 0;
};

}  // namespace cartwright::offers::search
