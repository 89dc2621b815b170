#include "offers/offer_reader.hpp"

#include <algorithm>
#include <array>

#include "offers/offer_shapes.hpp"
#include "offers/offer_when.hpp"

namespace cartwright::offers {
namespace {

constexpr std::int64_t kMaxPriority = 1'000'000'000;
constexpr std::int64_t kMaxLimit = 1'000'000;
constexpr std::int64_t kWhole = 10'000;  // basis points

std::vector<Funding> read_funding(JsonObject& object) {
  std::vector<Funding> funding;
  std::int64_t together = 0;
  for (JsonObject& share : object.objects("funding")) {
    Funding read{.funder = share.text("funder"), .bps = share.integer("bps", 0, kWhole)};
    share.finish();
    const bool twice = std::any_of(funding.begin(), funding.end(), [&](const Funding& other) {
      return other.funder == read.funder;
    });
    if (twice) share.refuse("funder", "\"" + read.funder + "\" stands twice; add its rates up");
    if (read.funder == kRetailer) {
      share.refuse("funder", "\"" + read.funder + "\" bears what the others leave; leave it out");
    }
    together += read.bps;
    funding.push_back(std::move(read));
  }
  if (together > kWhole) {
    object.refuse("funding", "the rates are together " + std::to_string(together) +
                                 " basis points; at most 10000");
  }
  return funding;
}

void read_coupon(JsonObject& object, Offer& offer) {
  static constexpr std::array<std::string_view, 2> kRedeem = {"auto", "ask"};
  offer.coupon = object.text_or("coupon", "");
  offer.redeem =
      object.word_or_first("redeem", kRedeem) == kRedeem[0] ? Redeem::automatic : Redeem::ask;
  if (offer.redeem == Redeem::ask && offer.coupon.empty()) {
    object.refuse("redeem", "\"ask\" goes with a coupon; write which");
  }
}

void read_audience(JsonObject& object, Offer& offer) {
  if (object.has("when")) offer.when = read_when(object.object("when"));
  offer.stores = object.texts("stores");
  offer.zones = object.texts("zones");
  offer.segments = object.texts("segments");
  if (object.has("member")) offer.member = object.boolean_or("member", false);
}

}  // namespace

Offer read_offer(JsonObject& object) {
  static constexpr std::array<std::string_view, 2> kTaxBase = {"reduce", "keep"};
  Offer offer;
  offer.id = object.text("id");
  offer.kind = object.word("kind", kinds());
  offer.name = object.text_or("name", "");
  offer.priority = object.integer_or("priority", -kMaxPriority, kMaxPriority, 0);
  offer.exclusive = object.boolean_or("exclusive", true);
  offer.mandatory = object.boolean_or("mandatory", false);
  offer.group = object.text_or("group", "");
  if (object.has("limit")) offer.limit = object.integer("limit", 1, kMaxLimit);
  read_coupon(object, offer);
  offer.tax_base =
      object.word_or_first("tax_base", kTaxBase) == kTaxBase[0] ? TaxBase::reduce : TaxBase::keep;
  offer.funding = read_funding(object);
  read_audience(object, offer);
  offer.shape = read_shape(offer.kind, object);
  object.finish();
  return offer;
}

}  // namespace cartwright::offers
