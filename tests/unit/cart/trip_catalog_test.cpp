#include "cart/trip_catalog.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <string>

#include "base/error.hpp"
#include "support/scratch_folder.hpp"

namespace cartwright::cart {
namespace {

constexpr const char* kPen = "4006381333931";

struct Shelf : ::testing::Test {
  test::ScratchFolder folder;

  std::string import(int price, const std::string& more = "") const {
    std::ofstream(folder.file("a.jsonl"))
        << R"({"product":"pen","gtins":["4006381333931"],"name":"Pen","sold_by":"piece",)"
        << R"("price_minor":)" << price << R"(,"tax":"standard")" << more << "}\n";
    offers::CatalogStore store(folder.file("catalog"));
    return offers::import_catalog(store, folder.file("a.jsonl")).digest;
  }
  TripCatalog catalog() const { return TripCatalog(folder.file("catalog")); }
};

TEST_F(Shelf, keeps_the_version_that_was_current_when_the_trip_began) {
  import(250);
  TripCatalog catalog = this->catalog();
  EXPECT_FALSE(catalog.is_pinned());
  catalog.pin(catalog.newest());
  import(300);
  EXPECT_EQ(catalog.find("pen")->price, offers::Money(250));
  EXPECT_EQ(catalog.find(kPen)->price, offers::Money(250));
  EXPECT_EQ(catalog.find_newer("pen")->price, offers::Money(300));
  catalog.pin(catalog.newest());
  EXPECT_EQ(catalog.find(*gs1::Gtin14::parse(kPen))->price, offers::Money(300));
  EXPECT_FALSE(catalog.find_newer("pen"));
  EXPECT_FALSE(catalog.find("pan"));
}

TEST_F(Shelf, takes_the_recalls_of_the_newest_version_at_once) {
  import(250);
  TripCatalog catalog = this->catalog();
  catalog.pin(catalog.newest());
  EXPECT_TRUE(catalog.find("pen")->recalls.empty());
  import(300, R"(,"recalls":[{"id":"R-1"}])");
  ASSERT_EQ(catalog.find("pen")->recalls.size(), 1U);
  EXPECT_EQ(catalog.find("pen")->price, offers::Money(250));
  import(300);
  EXPECT_TRUE(catalog.find("pen")->recalls.empty());
}

TEST_F(Shelf, pins_the_version_that_a_trip_names) {
  const std::string first = import(250);
  import(300);
  TripCatalog catalog = this->catalog();
  catalog.pin(first);
  EXPECT_EQ(catalog.find("pen")->price, offers::Money(250));
  EXPECT_THROW(catalog.pin(std::string(64, '0')), Error);
  EXPECT_FALSE(catalog.is_pinned());
}

TEST_F(Shelf, knows_the_recalls_of_the_newest_version_though_none_is_pinned) {
  import(250);
  TripCatalog catalog = this->catalog();
  EXPECT_THROW(catalog.pin(std::string(64, '0')), Error);
  EXPECT_TRUE(catalog.find_with_recalls("pen")->recalls.empty());
  import(300, R"(,"recalls":[{"id":"R-1"}])");
  EXPECT_EQ(catalog.find_with_recalls("pen")->recalls.size(), 1U);
  EXPECT_FALSE(catalog.find_with_recalls("pan"));
}

TEST_F(Shelf, goes_on_where_the_newest_version_can_not_be_read) {
  import(250);
  TripCatalog catalog = this->catalog();
  catalog.pin(catalog.newest());
  std::ofstream(folder.file("catalog") / "current") << std::string(64, 'f') << "\n";
  EXPECT_FALSE(catalog.find_newer("pen"));
  EXPECT_EQ(catalog.find("pen")->price, offers::Money(250));
}

}  // namespace
}  // namespace cartwright::cart
