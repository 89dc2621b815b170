#include "trip/tariff.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/hex.hpp"
#include "trip/facts.hpp"

namespace cartwright::trip {
namespace {

std::shared_ptr<const offers::OfferVersion> offers_of(const v1::TripHeader& header,
                                                      const offers::OfferSource& source) {
  if (header.offers_digest().empty()) return nullptr;
  const std::string digest = to_hex(as_bytes(header.offers_digest()));
  auto version = source ? source(digest) : nullptr;
  if (version == nullptr) {
    throw Error(ErrorKind::not_found, "its offers, version " + digest +
                                          ", are not kept with its log; its totals can "
                                          "not be worked out without them");
  }
  if (!(version->book.currency().code == header.currency())) {
    throw Error(ErrorKind::invalid_input, "the offers are in " +
                                              std::string(version->book.currency().code) +
                                              ", the store's currency is " + header.currency() +
                                              "; import offers in the store's currency");
  }
  return version;
}

}  // namespace

Tariff tariff_of(const v1::TripHeader& header, const offers::OfferSource& source) {
  return {.rules = rules_of(header),
          .offers = offers_of(header, source),
          .zone = TimeZone::load(header.zone())};
}

offers::PricedBasket price(const Tariff& tariff, const offers::Basket& basket,
                           const offers::Facts& facts, std::size_t nudges,
                           const offers::Suggest& suggest, offers::PriceMemory* memory) {
  if (tariff.offers == nullptr) {
    offers::PricedBasket priced;
    priced.totals = offers::totals(basket, tariff.rules);
    priced.shares.resize(basket.lines().size());
    priced.proven_best = true;
    priced.bound = priced.totals.goods;
    return priced;
  }
  offers::PriceOptions options;
  options.zone = &tariff.zone;
  options.nudges = nudges;
  options.suggest = suggest;
  options.memory = memory;
  return offers::price(tariff.offers->book, basket, facts, tariff.rules, options);
}

}  // namespace cartwright::trip
