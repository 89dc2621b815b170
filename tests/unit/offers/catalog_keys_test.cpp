#include "offers/catalog_keys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/error.hpp"

namespace cartwright::offers {
namespace {

TEST(CatalogKeys, are_found_by_their_names) {
  for (std::size_t i = 0; i < kKeys.size(); ++i) EXPECT_EQ(index_of_key(kKeys[i].name, "key"), i);
}

TEST(CatalogKeys, that_are_unknown_are_refused_with_the_nearest) {
  try {
    index_of_key("recals", "column");
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
    EXPECT_EQ(std::string(error.what()), "unknown column \"recals\", did you mean \"recalls\"?");
  }
}

}  // namespace
}  // namespace cartwright::offers
