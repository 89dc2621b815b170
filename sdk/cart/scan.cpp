#include "cart/scan.hpp"

#include <string_view>

namespace cartwright::cart {

gs1::Identified identify(const Scan& scan, const StoreEntry& store, const gs1::Date& today) {
  gs1::ReadOptions options;
  options.link.zero_suppressed = true;
  options.restricted = store.restricted ? &*store.restricted : nullptr;
  options.surroundings.current_year = static_cast<unsigned>(today.year);
  options.surroundings.minor_digits = store.rules.currency.exponent;
  return scan.aim.empty() && scan.symbology != gs1::Symbology::unknown
             ? gs1::identify(scan.data, scan.symbology, options)
             : gs1::identify(scan.data, std::string_view(scan.aim), options);
}

}  // namespace cartwright::cart
