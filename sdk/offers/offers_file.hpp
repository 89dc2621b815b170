#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "offers/money.hpp"
#include "offers/offer.hpp"
#include "offers/offer_index.hpp"

namespace cartwright::offers {

// An offer that was left out.
struct RefusedOffer {
  std::string id;                     // as far as it can be told
  std::string text;                   // as an Error says it
  bool may_not_be_mandatory = false;  // all else would have been well
};

// All offers that are live: a value that never changes, read by any number of threads. Offers are
// pointed at by what is built from it; it is moved, not copied.
class OfferBook {
 public:
  // A file {"currency","offers"}, strictly. Error not_found or unavailable for the file,
  // invalid_input `FILE: offers[3] "id": key: ...` for its content; docs/offers.md has the format.
  static OfferBook read(const std::filesystem::path& file);
  // The same of text; `name` stands for the file in messages.
  static OfferBook parse(std::string_view text, const std::string& name);
  // As parse(), but a bad offer, and a second one of the same id, is left out and put into
  // `refused`, for a check that tells of all at once.
  static OfferBook parse_lenient(std::string_view text, const std::string& name,
                                 std::vector<RefusedOffer>& refused);

  OfferBook(OfferBook&&) = default;
  OfferBook& operator=(OfferBook&&) = default;
  OfferBook(const OfferBook&) = delete;
  OfferBook& operator=(const OfferBook&) = delete;

  // A book of these of its offers and of others, whose ids it does not have. Costs what is copied;
  // it has no digest.
  OfferBook part(const std::vector<std::uint32_t>& numbers, std::vector<Offer> more) const;

  const Currency& currency() const { return currency_; }
  // Ascending by id.
  const std::vector<Offer>& offers() const { return offers_; }
  // Null where there is none.
  const Offer* find(std::string_view id) const;
  const OfferIndex& index() const { return index_; }
  // SHA-256 in hex over the currency and each offer's JSON with sorted keys in the order of ids, a
  // line each: equal content in another layout or order has an equal digest.
  const std::string& digest() const { return digest_; }
  // Of two books that are equal only where they are one: their offers then stand at one place.
  const std::shared_ptr<const void>& identity() const { return identity_; }

 private:
  OfferBook() = default;
  static OfferBook build(std::string_view text, const std::string& name,
                         std::vector<RefusedOffer>* refused);

  Currency currency_;
  std::vector<Offer> offers_;
  OfferIndex index_;
  std::string digest_;
  std::shared_ptr<const void> identity_ = std::make_shared<const char>();
};

}  // namespace cartwright::offers
