// Any bytes as a catalog: every row that is taken is one that the canonical form gives back, and
// every refusal is an Error that names a line.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "offers/catalog_row.hpp"
#include "offers/catalog_source.hpp"

namespace {

using namespace cartwright;
using namespace cartwright::offers;

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

// The first byte chooses the format.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto format = (data[0] & 1) != 0 ? CatalogFormat::csv : CatalogFormat::json_lines;
  std::istringstream stream(std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
  std::int64_t last_line = 0;
  try {
    read_catalog(stream, "catalog", format,
                 [&last_line](const Product& product, std::int64_t line) {
                   require(line > last_line);
                   last_line = line;
                   const std::string row = canonical_row(product);
                   require(product_of_json(row) == product);
                 });
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::invalid_input);
    require(std::string_view(error.what()).starts_with("catalog"));
  }
  return 0;
}
