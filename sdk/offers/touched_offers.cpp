#include "offers/touched_offers.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "offers/eligibility.hpp"

namespace cartwright::offers {
namespace {

// A set that holds a product of the basket, and the product's number.
struct Hit {
  OfferSet set;
  std::uint32_t product = 0;
};

// By their offers, those of one offer as they were: digit by digit, which for hundreds of hits is
// several times as fast as comparing them.
void sort_by_offer(std::vector<Hit>& hits) {
  std::uint32_t most = 0;
  for (const Hit& hit : hits) most = std::max(most, hit.set.offer);
  std::vector<Hit> other(hits.size());
  for (unsigned shift = 0; shift < 32 && most >> shift != 0; shift += 8) {
    std::array<std::uint32_t, 257> starts{};
    for (const Hit& hit : hits) ++starts[((hit.set.offer >> shift) & 0xFF) + 1];
    for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
    for (const Hit& hit : hits) other[starts[(hit.set.offer >> shift) & 0xFF]++] = hit;
    hits.swap(other);
  }
}

std::vector<Hit> hits_of(const OfferIndex& index, const BasketUnits& all, SetsMemory* memory) {
  std::vector<Hit> hits;
  std::vector<OfferSet> found;
  const auto add = [&](std::span<const OfferSet> sets, std::uint32_t product) {
    for (const OfferSet& set : sets) hits.push_back({set, product});
  };
  if (memory != nullptr) memory->begin();
  for (std::uint32_t product = 0; product < all.products.size(); ++product) {
    if (memory != nullptr) {
      add(memory->of(index, *all.products[product].held), product);
      continue;
    }
    found.clear();
    index.find(*all.products[product].product, found);
    add(found, product);
  }
  sort_by_offer(hits);
  return hits;
}

class Gatherer {
 public:
  Gatherer(const OfferBook& book, const BasketUnits& all, std::vector<Hit> hits)
      : book_(book), all_(all), hits_(std::move(hits)) {
    std::size_t units = 0;
    std::size_t sets = 0;
    for (const Hit& hit : hits_) units += all_.of_product(hit.product).size();
    each_offer([&](std::uint32_t number, std::span<Hit>) {
      sets += brief(number).sets;
      fetch(book_.offers()[number].shape);
    });
    made_.units.reserve(units);
    made_.sets.reserve(sets);
  }

  TouchedOffers gather(bool member, const Facts& facts, Reasons& reasons) {
    each_offer([&](std::uint32_t number, std::span<Hit> hits) {
      const Offer& offer = book_.offers()[number];
      made_.numbers.push_back(number);
      const auto why = brief(number).asks_facts ? why_not(offer, member, facts) : std::nullopt;
      if (why) {
        reasons.push_back({&offer, *why});
      } else if (!take(offer, brief(number), hits)) {
        reasons.push_back({&offer, {Why::Case::outside_times}});
      }
    });
    return std::move(made_);
  }

 private:
  // Offers are large and lie far apart: their shapes, which are read next, are on their way to the
  // processor while units are gathered.
  static void fetch(const Shape& shape) {
    constexpr std::size_t kCacheLine = 64;
    const char* const begin = reinterpret_cast<const char*>(&shape);
    for (std::size_t at = kCacheLine; at < sizeof shape; at += kCacheLine) {
      __builtin_prefetch(begin + at);
    }
  }

  void each_offer(const auto& call) {
    for (auto hit = hits_.begin(); hit != hits_.end();) {
      const std::uint32_t number = hit->set.offer;
      auto end = hit;
      while (end != hits_.end() && end->set.offer == number) ++end;
      call(number, std::span<Hit>(hit, end));
      hit = end;
    }
  }

  const OfferBrief& brief(std::uint32_t offer) const { return book_.index().brief(offer); }

  // Whether the offer sees one of its units.
  bool take(const Offer& offer, const OfferBrief& brief, std::span<Hit> hits) {
    const std::size_t first_set = made_.sets.size();
    const std::size_t first_unit = made_.units.size();
    const bool sees_all = !brief.asks_times || all_.is_seen_whole_by(offer);
    if (brief.sets > 1) {
      std::stable_sort(hits.begin(), hits.end(),
                       [](const Hit& a, const Hit& b) { return a.set.set < b.set.set; });
    }
    auto hit = hits.begin();
    for (std::uint32_t set = 0; set < brief.sets; ++set) {
      const std::size_t begin = made_.units.size();
      const auto first = hit;
      for (; hit != hits.end() && hit->set.set == set; ++hit) add(offer, hit->product, sees_all);
      const std::span<UnitIndex> units(made_.units.data() + begin, made_.units.size() - begin);
      if (hit - first > 1) std::sort(units.begin(), units.end());
      made_.sets.push_back(units);
    }
    if (made_.units.size() == first_unit) {
      made_.sets.resize(first_set);
      return false;
    }
    made_.offers.push_back({&offer, &brief, std::span(made_.sets).subspan(first_set)});
    return true;
  }

  void add(const Offer& offer, std::uint32_t product, bool sees_all) {
    for (const UnitIndex unit : all_.of_product(product)) {
      if (sees_all || sees(offer, all_.times[all_.units[unit].line])) made_.units.push_back(unit);
    }
  }

  const OfferBook& book_;
  const BasketUnits& all_;
  std::vector<Hit> hits_;
  TouchedOffers made_;
};

}  // namespace

TouchedOffers touched_offers(const OfferBook& book, const BasketUnits& all, bool member,
                             const Facts& facts, Reasons& reasons, SetsMemory* memory) {
  return Gatherer(book, all, hits_of(book.index(), all, memory)).gather(member, facts, reasons);
}

}  // namespace cartwright::offers
