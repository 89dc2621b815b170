#pragma once

namespace cartwright::offers {

// The file of one catalog version. It is written once, by an import, and only read afterwards.
// `line` is the row's line in the imported file, which names the first of two rows that clash.
inline constexpr int kCatalogApplicationId = 0x43574341;  // "CWCA"
inline constexpr int kCatalogSchemaVersion = 2;

inline constexpr const char* kCatalogSchema = R"(
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE product(
  line INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  sold_by TEXT NOT NULL,
  price_minor INTEGER NOT NULL,
  member_price_minor INTEGER,
  tax TEXT NOT NULL,
  deposit_minor INTEGER NOT NULL,
  categories TEXT NOT NULL, -- one a line
  discountable INTEGER NOT NULL,
  min_age INTEGER NOT NULL,
  location TEXT NOT NULL,
  terms TEXT NOT NULL -- a JSON object (product_terms.hpp), empty where there are none
);
-- `pack`: the number stands for several pieces, as the product's terms say.
CREATE TABLE gtin(
  gtin INTEGER PRIMARY KEY,
  line INTEGER NOT NULL REFERENCES product(line),
  pack INTEGER NOT NULL
);
CREATE INDEX gtin_of_product ON gtin(line);
)";

}  // namespace cartwright::offers
