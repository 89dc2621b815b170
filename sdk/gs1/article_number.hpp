#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "gs1/gtin.hpp"
#include "gs1/refusal.hpp"
#include "gs1/symbology.hpp"

namespace cartwright::gs1 {

// An article number as a linear symbol of EAN, UPC or ITF holds it.
struct ArticleNumber {
  Gtin14 gtin;
  Symbology symbology;
  std::string digits;  // of the number, UPC-E expanded, without the add-on
  std::string add_on;
};

// The number in a symbol of this kind. With Symbology::unknown the digits' count decides, and with
// 8 digits what holds: EAN-8 before UPC-E. `at` of a Refusal is an offset in `data`.
std::variant<ArticleNumber, Refusal> read_article_number(std::string_view data,
                                                         Symbology symbology);

// The first character that is no digit, said for a person; nothing where all are.
std::optional<Refusal> refuse_non_digits(std::string_view data);

}  // namespace cartwright::gs1
