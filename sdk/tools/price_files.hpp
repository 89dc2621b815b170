#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "offers/catalog.hpp"
#include "offers/line_reader.hpp"
#include "offers/product_table.hpp"

namespace cartwright::tools {

// Catalogs, offers and baskets in either form: a file whose name ends in .binpb is the message of
// offers.proto, any other is text. What a message says is read by the strict readers of the text,
// whose errors name it in the same way. Error not_found, unavailable or invalid_input, each naming
// the file.

bool holds_messages(const std::filesystem::path& file);

// The rows of a CatalogFile; their places in messages are as `FILE: rows[2]`.
offers::ProductRows message_rows(const std::filesystem::path& file);

// JSON lines, CSV (.csv), or a CatalogFile.
offers::ProductTable read_products(const std::filesystem::path& file);

// A file of offers, or a basket, as JSON text.
std::string read_offers(const std::filesystem::path& file);
std::string read_basket(const std::filesystem::path& file);

// The baskets of a file in order: one a line, or those of a BasketList.
class BasketReader {
 public:
  explicit BasketReader(const std::filesystem::path& file);
  BasketReader(const BasketReader&) = delete;
  BasketReader& operator=(const BasketReader&) = delete;

  // Goes to the next; false at the end. An Error ends the reading.
  bool next();
  // The JSON text of the basket in hand. An Error is of this basket alone.
  std::string text() const;
  // Of the basket in hand, for messages: `FILE:3`, or `FILE: baskets[2]`.
  std::string place() const;

 private:
  bool next_line();

  std::string file_;
  bool holds_messages_;
  std::ifstream stream_;
  offers::LineReader lines_;
  std::string bytes_;                      // of a BasketList
  std::vector<std::string_view> baskets_;  // in them
  std::size_t taken_ = 0;
  std::string_view basket_;  // the one in hand
};

}  // namespace cartwright::tools
