#include "offers/offer_store.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/file.hpp"

namespace cartwright::offers {

std::shared_ptr<const OfferVersion> OfferVersion::of(std::string text, const std::string& name) {
  OfferBook book = OfferBook::parse(text, name);
  return std::make_shared<const OfferVersion>(OfferVersion{std::move(text), std::move(book)});
}

OfferStore::OfferStore(std::filesystem::path folder)
    : folder_(std::move(folder), ".offers", "the offers",
              "import them with: cartwright offers import FILE") {}

std::shared_ptr<const OfferVersion> OfferStore::open(std::string_view digest) const {
  const std::filesystem::path file = folder_.find(digest);
  auto version = OfferVersion::of(read_file(file), file.string());
  if (version->book.digest() == digest) return version;
  throw Error(ErrorKind::corrupt,
              file.string() + " holds version " + version->book.digest() + "; " + folder_.remedy());
}

OffersImport OfferStore::import(std::string text, const std::string& name) const {
  const auto version = OfferVersion::of(std::move(text), name);
  const std::string& digest = version->book.digest();
  const bool changed = current() != digest;
  if (changed) folder_.adopt_text(version->text, digest);
  return {.digest = digest, .offers = version->book.offers().size(), .changed = changed};
}

}  // namespace cartwright::offers
