#include "offers/offers_file.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/json_object.hpp"
#include "base/strict_json.hpp"
#include "offers/offer_reader.hpp"

namespace cartwright::offers {
namespace {

using nlohmann::json;

struct ReadOffer {
  Offer offer;
  std::size_t at = 0;     // in the file, for messages
  std::string canonical;  // its JSON with sorted keys
};

std::string place_of(const std::string& name, std::size_t at, const json& offer) {
  std::string place = name + ": offers[" + std::to_string(at) + "]";
  const auto id = offer.is_object() ? offer.find("id") : offer.end();
  if (offer.is_object() && id != offer.end() && id->is_string()) place += " " + shown_json(*id);
  return place;
}

// Bad offers throw, or go to `refused` where it is given.
std::vector<ReadOffer> read_offers(const json& list, const std::string& name,
                                   std::vector<std::string>* refused) {
  std::vector<ReadOffer> read;
  for (std::size_t at = 0; at < list.size(); ++at) {
    try {
      JsonObject object(list[at], place_of(name, at, list[at]));
      read.push_back({read_offer(object), at, list[at].dump()});
    } catch (const Error& error) {
      if (refused == nullptr) throw;
      refused->push_back(error.what());
    }
  }
  std::stable_sort(read.begin(), read.end(),
                   [](const ReadOffer& a, const ReadOffer& b) { return a.offer.id < b.offer.id; });
  return read;
}

void check_unique(const std::vector<ReadOffer>& offers, const std::string& name) {
  const auto same = std::adjacent_find(
      offers.begin(), offers.end(),
      [](const ReadOffer& a, const ReadOffer& b) { return a.offer.id == b.offer.id; });
  if (same == offers.end()) return;
  throw Error(ErrorKind::invalid_input,
              name + ": offers[" + std::to_string(std::next(same)->at) + "] \"" + same->offer.id +
                  "\": id: offers[" + std::to_string(same->at) + "] has the same; ids are unique");
}

Currency read_currency(JsonObject& top) {
  try {
    return offers::currency(top.text("currency"));
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::not_found) throw;
    top.refuse("currency", error.what());
  }
}

json parse_top(std::string_view text, const std::string& name) {
  json top = parse_strict_json(text, name);
  JsonObject object(top, name);
  object.text("currency");
  const json& offers = object.value("offers");
  if (!offers.is_array()) object.refuse("offers", shown_json(offers) + " is no list of objects");
  object.finish();
  return top;
}

}  // namespace

OfferBook OfferBook::read(const std::filesystem::path& file) {
  return parse(read_file(file), file.string());
}

OfferBook OfferBook::parse(std::string_view text, const std::string& name) {
  return build(text, name, nullptr);
}

OfferBook OfferBook::parse_lenient(std::string_view text, const std::string& name,
                                   std::vector<std::string>& refused) {
  return build(text, name, &refused);
}

OfferBook OfferBook::build(std::string_view text, const std::string& name,
                           std::vector<std::string>* refused) {
  const json top = parse_top(text, name);
  JsonObject object(top, name);
  OfferBook book;
  book.currency_ = read_currency(object);
  std::vector<ReadOffer> read = read_offers(top["offers"], name, refused);
  check_unique(read, name);
  std::string canonical(book.currency_.code);
  canonical += '\n';
  for (ReadOffer& offer : read) {
    canonical += offer.canonical + '\n';
    book.offers_.push_back(std::move(offer.offer));
  }
  book.digest_ = to_hex(sha256(as_bytes(canonical)));
  book.index_ = OfferIndex(book.offers_);
  return book;
}

const Offer* OfferBook::find(std::string_view id) const {
  const auto found = std::lower_bound(
      offers_.begin(), offers_.end(), id,
      [](const Offer& offer, std::string_view wanted) { return offer.id < wanted; });
  return found != offers_.end() && found->id == id ? &*found : nullptr;
}

}  // namespace cartwright::offers
