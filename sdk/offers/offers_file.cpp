#include "offers/offers_file.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/json_object.hpp"
#include "base/strict_json.hpp"
#include "offers/offer_reader.hpp"
#include "offers/offer_shapes.hpp"

namespace cartwright::offers {
namespace {

using nlohmann::json;

struct ReadOffer {
  Offer offer;
  std::size_t at = 0;     // in the file, for messages
  std::string canonical;  // its JSON with sorted keys
};

std::string id_of(const json& offer) {
  if (!offer.is_object()) return {};
  const auto id = offer.find("id");
  return id != offer.end() && id->is_string() ? id->get<std::string>() : std::string();
}

std::string place_of(const std::string& name, std::size_t at, const json& offer) {
  const std::string id = id_of(offer);
  return name + ": offers[" + std::to_string(at) + "]" +
         (id.empty() ? "" : " " + shown_json(json(id)));
}

void check_mandatory(const JsonObject& object, const Offer& offer) {
  if (!offer.mandatory || may_be_mandatory(offer.kind)) return;
  object.refuse("mandatory", "a " + offer.kind +
                                 " offer may not be mandatory; only percent_off, amount_off, "
                                 "fixed_price and basket may");
}

// Bad offers throw, or go to `refused` where it is given.
std::vector<ReadOffer> read_offers(const json& list, const std::string& name,
                                   std::vector<RefusedOffer>* refused) {
  std::vector<ReadOffer> read;
  for (std::size_t at = 0; at < list.size(); ++at) {
    bool is_read = false;
    try {
      JsonObject object(list[at], place_of(name, at, list[at]));
      Offer offer = read_offer(object);
      is_read = true;
      check_mandatory(object, offer);
      read.push_back({std::move(offer), at, list[at].dump()});
    } catch (const Error& error) {
      if (refused == nullptr) throw;
      refused->push_back({id_of(list[at]), error.what(), is_read});
    }
  }
  std::stable_sort(read.begin(), read.end(),
                   [](const ReadOffer& a, const ReadOffer& b) { return a.offer.id < b.offer.id; });
  return read;
}

// Of several offers of one id the first stays.
void check_unique(std::vector<ReadOffer>& offers, const std::string& name,
                  std::vector<RefusedOffer>* refused) {
  for (std::size_t i = 1; i < offers.size();) {
    const ReadOffer& first = offers[i - 1];
    const ReadOffer& other = offers[i];
    if (other.offer.id != first.offer.id) {
      ++i;
      continue;
    }
    std::string text = name + ": offers[" + std::to_string(other.at) + "] \"" + other.offer.id +
                       "\": id: offers[" + std::to_string(first.at) +
                       "] has the same; ids are unique";
    if (refused == nullptr) throw Error(ErrorKind::invalid_input, text);
    refused->push_back({other.offer.id, std::move(text)});
    offers.erase(offers.begin() + static_cast<std::ptrdiff_t>(i));
  }
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
                                   std::vector<RefusedOffer>& refused) {
  return build(text, name, &refused);
}

OfferBook OfferBook::build(std::string_view text, const std::string& name,
                           std::vector<RefusedOffer>* refused) {
  const json top = parse_top(text, name);
  JsonObject object(top, name);
  OfferBook book;
  book.currency_ = read_currency(object);
  std::vector<ReadOffer> read = read_offers(top["offers"], name, refused);
  check_unique(read, name, refused);
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

OfferBook OfferBook::part(const std::vector<std::uint32_t>& numbers,
                          std::vector<Offer> more) const {
  OfferBook book;
  book.currency_ = currency_;
  book.offers_ = std::move(more);
  book.offers_.reserve(book.offers_.size() + numbers.size());
  for (const std::uint32_t number : numbers) book.offers_.push_back(offers_[number]);
  std::sort(book.offers_.begin(), book.offers_.end(),
            [](const Offer& a, const Offer& b) { return a.id < b.id; });
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
