#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "offers/price_memory.hpp"
#include "offers/priced_basket.hpp"
#include "support/offers/dice.hpp"
#include "support/offers/random_shop.hpp"

namespace cartwright::judge {

// A made shop and a shopper in it, who scans and puts back, presents and takes back coupons, is
// known as a member and no more. What a basket costs is worked out after each step with the memory
// of the steps before, and from nothing; both must be the same in every part.
class Errand {
 public:
  Errand(std::uint64_t seed, const Size& size, std::uint64_t budget);

  // So many steps at random. What differs; empty when nothing does.
  std::string go(int steps);
  // The basket as it is.
  std::string price_again() { return price_with(memory_); }
  std::string price_with(offers::PriceMemory& memory);

  // Buys what each nudge says, in a copy of the basket. How many nudges there were; throws where
  // one saves anything else than it says.
  int follow_nudges();

  // Searches made with the memory so far.
  std::uint64_t searches() { return memory_.searches(book_).searches(); }

 private:
  void step();
  void scan();
  void put_back();
  void change_facts();
  offers::PricedBasket price(const offers::Basket& basket, offers::PriceMemory* memory) const;

  Shop shop_;
  offers::OfferBook book_;
  Dice dice_;
  offers::PriceOptions options_;
  offers::PriceRules rules_;
  offers::Basket basket_;
  offers::Facts facts_;
  std::vector<std::shared_ptr<const offers::Product>> products_;
  offers::PriceMemory memory_;
  int scans_ = 0;
};

}  // namespace cartwright::judge
