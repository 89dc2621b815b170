#pragma once

#include <string>

#include "cart/configuration.hpp"
#include "gs1/date.hpp"
#include "gs1/identify.hpp"

namespace cartwright::cart {

// What a scanner read, or a person typed (symbology unknown, no AIM id).
struct Scan {
  std::string data;
  std::string aim;
  gs1::Symbology symbology = gs1::Symbology::unknown;
};

// The item that was scanned, as this store reads codes on that day: its own numbers are taken
// apart. Links on packages of old hold article numbers of 13 digits; the check digit guards them.
gs1::Identified identify(const Scan& scan, const StoreEntry& store, const gs1::Date& today);

}  // namespace cartwright::cart
