#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <string>

#include "offers/catalog.hpp"

namespace cartwright::offers {

// Reads all rows of a catalog in order; the number of a row is the line at which it begins. Every
// Error, also one that `visit` throws, begins with `NAME:LINE: `. `progress` is told the bytes read
// now and then. Returns the number of rows, which is never 0: a file without products is an Error
// too. Blank lines are skipped.
std::int64_t read_catalog(std::istream& stream, const std::string& name, CatalogFormat format,
                          const ProductVisitor& visit,
                          const std::function<void(std::uint64_t)>& progress = {});

}  // namespace cartwright::offers
