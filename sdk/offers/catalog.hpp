#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gs1/gtin.hpp"
#include "offers/product.hpp"
#include "offers/version_folder.hpp"

namespace cartwright::offers {

// One version of a catalog, open for reading. It never changes: an import makes another version
// beside it. Used by one thread at a time.
class Catalog {
 public:
  // Error not_found where there is no such file, corrupt where it is no catalog.
  explicit Catalog(const std::filesystem::path& file);
  ~Catalog();
  Catalog(Catalog&&) noexcept;
  Catalog& operator=(Catalog&&) noexcept;

  std::optional<Product> find(gs1::Gtin14 gtin) const;
  std::optional<Product> find(std::string_view product) const;
  std::int64_t products() const;
  // All products in the order of their ids.
  void each(const std::function<void(const Product&)>& visit) const;
  // SHA-256 in hex over the canonical rows (canonical_row) in the order of product ids, each
  // followed by a line feed. Equal for equal content, whatever the format or order of the import.
  const std::string& digest() const;
  // The digest worked out from the rows, to see whether the file still holds what was imported.
  std::string compute_digest() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

enum class CatalogFormat : std::uint8_t { csv, json_lines };

// A product and the number of its row in the file.
using ProductVisitor = std::function<void(const Product& product, std::int64_t row)>;

// Told now and then during an import, and once at its end. `total` is 0 where the size is unknown.
using ImportProgress = std::function<void(std::uint64_t bytes, std::uint64_t total)>;

// The products of a catalog in whatever form it came.
struct ProductRows {
  // Gives all of them in order. Every Error, also one that `visit` throws, names the file and the
  // row; a file without products is an Error too. Returns how many there are.
  std::function<std::int64_t(const ProductVisitor& visit, const ImportProgress& progress)> read;
  // Where a row is, as messages say it: "on line 3".
  std::function<std::string(std::int64_t row)> place;
};

struct ImportResult {
  std::string digest;
  std::int64_t products = 0;
  bool changed = true;  // false where this version was already the current one
};

// The folder that holds a cart's catalogs: one file a version, named by its digest, and the name
// of the current one. A cart keeps the version of its trip open and looks for a newer one between
// trips. One process imports at a time; any number read.
class CatalogStore {
 public:
  // Makes the folder where there is none.
  explicit CatalogStore(std::filesystem::path folder);

  // The digest of the current version; nothing before the first import.
  std::optional<std::string> current() const { return folder_.current(); }
  // Error not_found that says how to import one.
  Catalog open_current() const;
  // The version that an old trip names. Error not_found.
  Catalog open(std::string_view digest) const;
  std::vector<std::string> versions() const { return folder_.versions(); }
  // Removes all versions but the current one and those in `keep`; readers that have one open keep
  // it. Returns how many went.
  std::size_t prune(const std::vector<std::string>& keep) { return folder_.prune(keep); }

  const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  friend ImportResult import_catalog(CatalogStore&, const ProductRows&, const ImportProgress&);
  VersionFolder folder_;
};

// Reads all rows into a new version and makes it the current one, all or nothing: on any Error, or
// when the process is killed, the current version stays what it was. A product or GTIN that stands
// twice is Error invalid_input, with both places.
ImportResult import_catalog(CatalogStore& store, const ProductRows& rows,
                            const ImportProgress& progress = {});

// The same of a file of text. A bad row is Error
// (invalid_input) `FILE:LINE: ...` that names the key or column, the value and what is expected.
// Without a format the name's ending decides: .csv, .jsonl, .ndjson.
//
// JSON lines: one object a line with the keys product, gtins, name, sold_by ("piece",
// "kg" or "100g"), price_minor, tax (all required), member_price_minor, deposit_minor, categories,
// discountable, min_age, location, and the terms of product_terms.hpp. CSV (RFC 4180, UTF-8, one
// header row): the same names as columns in any order; gtins and categories are lists parted by
// ";", terms are JSON, and an empty field is an absent key.
ImportResult import_catalog(CatalogStore& store, const std::filesystem::path& file,
                            std::optional<CatalogFormat> format = {},
                            const ImportProgress& progress = {});

}  // namespace cartwright::offers
