#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cartwright::offers {

enum class KeyKind : std::uint8_t {
  text,
  texts,
  integer,
  boolean,
  term,  // product_terms.hpp
};

// A key of the JSON form, which is a column of the CSV form.
struct CatalogKey {
  std::string_view name;
  KeyKind kind;
  bool required;
};

inline constexpr std::array kKeys = {
    CatalogKey{"product", KeyKind::text, true},
    CatalogKey{"gtins", KeyKind::texts, true},
    CatalogKey{"name", KeyKind::text, true},
    CatalogKey{"sold_by", KeyKind::text, true},
    CatalogKey{"price_minor", KeyKind::integer, true},
    CatalogKey{"member_price_minor", KeyKind::integer, false},
    CatalogKey{"tax", KeyKind::text, true},
    CatalogKey{"deposit_minor", KeyKind::integer, false},
    CatalogKey{"categories", KeyKind::texts, false},
    CatalogKey{"discountable", KeyKind::boolean, false},
    CatalogKey{"min_age", KeyKind::integer, false},
    CatalogKey{"location", KeyKind::text, false},
    CatalogKey{"packs", KeyKind::term, false},
    CatalogKey{"prices", KeyKind::term, false},
    CatalogKey{"lowest_30_days_minor", KeyKind::integer, false},
    CatalogKey{"content", KeyKind::term, false},
    CatalogKey{"recalls", KeyKind::term, false},
    CatalogKey{"best_before", KeyKind::term, false},
};

// The place of the key in kKeys. Error invalid_input that names the nearest one; `what` is "key" or
// "column".
std::size_t index_of_key(std::string_view name, const char* what);

}  // namespace cartwright::offers
