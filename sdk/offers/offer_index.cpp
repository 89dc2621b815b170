#include "offers/offer_index.hpp"

#include <algorithm>
#include <iterator>

#include "offers/offer_shapes.hpp"

namespace cartwright::offers {

// Collects (word, set) and lays them flat.
class OfferIndex::Builder {
 public:
  void add(const std::vector<std::string>& words, std::uint32_t set) {
    for (const std::string& word : words) {
      const auto next = static_cast<std::uint32_t>(words_.size());
      pairs_.emplace_back(words_.try_emplace(word, next).first->second, set);
    }
  }

  Postings take() {
    std::sort(pairs_.begin(), pairs_.end());
    Postings postings;
    postings.starts.assign(words_.size() + 1, 0);
    postings.numbers.reserve(pairs_.size());
    for (const auto& [word, set] : pairs_) {
      ++postings.starts[word + 1];
      postings.numbers.push_back(set);
    }
    for (std::size_t i = 1; i < postings.starts.size(); ++i) {
      postings.starts[i] += postings.starts[i - 1];
    }
    postings.words = std::move(words_);
    return postings;
  }

 private:
  std::unordered_map<std::string_view, std::uint32_t> words_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;
};

std::span<const std::uint32_t> OfferIndex::Postings::of(std::string_view word) const {
  const auto found = words.find(word);
  if (found == words.end()) return {};
  const std::uint32_t start = starts[found->second];
  return std::span(numbers).subspan(start, starts[found->second + 1] - start);
}

OfferIndex::OfferIndex(std::span<const Offer> offers) {
  Builder products;
  Builder categories;
  Builder excluded;
  for (std::uint32_t offer = 0; offer < offers.size(); ++offer) {
    std::uint32_t number = 0;
    for (const ProductSet* set : sets_of(offers[offer].shape)) {
      const auto id = static_cast<std::uint32_t>(sets_.size());
      sets_.push_back({offer, number++});
      if (set == nullptr || (set->products.empty() && set->categories.empty())) {
        everything_.push_back(id);
      }
      if (set == nullptr) continue;
      products.add(set->products, id);
      categories.add(set->categories, id);
      excluded.add(set->not_products, id);
    }
  }
  products_ = products.take();
  categories_ = categories.take();
  excluded_ = excluded.take();
}

void OfferIndex::find(const Product& product, std::vector<OfferSet>& found) const {
  std::vector<std::uint32_t> in(everything_);
  const auto take = [&in](std::span<const std::uint32_t> sets) {
    in.insert(in.end(), sets.begin(), sets.end());
  };
  take(products_.of(product.id));
  for (const std::string& category : product.categories) take(categories_.of(category));
  std::sort(in.begin(), in.end());
  in.erase(std::unique(in.begin(), in.end()), in.end());
  const std::span<const std::uint32_t> out = excluded_.of(product.id);
  std::vector<std::uint32_t> left;
  std::set_difference(in.begin(), in.end(), out.begin(), out.end(), std::back_inserter(left));
  for (const std::uint32_t set : left) found.push_back(sets_[set]);
}

}  // namespace cartwright::offers
