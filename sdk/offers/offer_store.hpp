#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "offers/offers_file.hpp"
#include "offers/version_folder.hpp"

namespace cartwright::offers {

// One version of a store's offers: the text as it was imported, and what it says. Never changes;
// shared by all that price by it.
struct OfferVersion {
  std::string text;
  OfferBook book;

  // Error invalid_input as OfferBook::parse().
  static std::shared_ptr<const OfferVersion> of(std::string text, const std::string& name);
};

// The version with that digest (hex), or null.
using OfferSource = std::function<std::shared_ptr<const OfferVersion>(std::string_view digest)>;

struct OffersImport {
  std::string digest;
  std::size_t offers = 0;
  bool changed = true;  // false where this version was already the current one
};

// The folder that holds a cart's offers: one file a version, named by its digest, and the name of
// the current one. A cart keeps the version of its trip and looks for a newer one between trips.
class OfferStore {
 public:
  // Makes the folder where there is none.
  explicit OfferStore(std::filesystem::path folder);

  // The digest of the current version; nothing before the first import.
  std::optional<std::string> current() const { return folder_.current(); }
  // Error not_found where there is no such version, corrupt where its file holds another one.
  std::shared_ptr<const OfferVersion> open(std::string_view digest) const;
  // Ascending.
  std::vector<std::string> versions() const { return folder_.versions(); }
  // Removes all versions but the current one and those in `keep`; returns how many went.
  std::size_t prune(const std::vector<std::string>& keep) const { return folder_.prune(keep); }
  // Makes what a whole file of offers says a new version and the current one, all or nothing: on
  // any Error the current version stays what it was. Error invalid_input names the offer and its
  // key; `name` is the file's in messages.
  OffersImport import(std::string text, const std::string& name) const;

 private:
  VersionFolder folder_;
};

}  // namespace cartwright::offers
