#include "offers/catalog_keys.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/nearest.hpp"

namespace cartwright::offers {

std::size_t index_of_key(std::string_view name, const char* what) {
  const auto found = std::find_if(kKeys.begin(), kKeys.end(),
                                  [&](const CatalogKey& key) { return key.name == name; });
  if (found != kKeys.end()) return static_cast<std::size_t>(found - kKeys.begin());
  std::vector<std::string_view> names;
  for (const CatalogKey& key : kKeys) names.push_back(key.name);
  throw Error(ErrorKind::invalid_input, std::string("unknown ") + what + " " + "\"" +
                                            std::string(name) + "\"" + did_you_mean(name, names));
}

}  // namespace cartwright::offers
