#include "offers/offer_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/error.hpp"
#include "support/scratch_folder.hpp"

namespace cartwright::offers {
namespace {

constexpr const char* kTen = R"({"currency":"EUR","offers":[
 {"id":"ten","kind":"percent_off","set":{"products":["milk"]},"bps":1000}]})";
constexpr const char* kTwenty = R"({"currency":"EUR","offers":[
 {"id":"ten","kind":"percent_off","set":{"products":["milk"]},"bps":2000}]})";

class AStoreOfOffers : public ::testing::Test {
 protected:
  test::ScratchFolder folder_;
  OfferStore store_{folder_.file("offers")};
};

TEST_F(AStoreOfOffers, has_no_current_version_before_the_first_import) {
  EXPECT_FALSE(store_.current());
  EXPECT_TRUE(store_.versions().empty());
}

TEST_F(AStoreOfOffers, makes_each_import_the_current_version_and_keeps_the_earlier_ones) {
  const OffersImport ten = store_.import(kTen, "a.json");
  const OffersImport twenty = store_.import(kTwenty, "b.json");
  EXPECT_TRUE(twenty.changed);
  EXPECT_EQ(store_.current(), twenty.digest);
  EXPECT_THAT(store_.versions(), ::testing::UnorderedElementsAre(ten.digest, twenty.digest));
  EXPECT_EQ(store_.open(ten.digest)->book.digest(), ten.digest);
  EXPECT_EQ(store_.open(ten.digest)->text, kTen);
}

TEST_F(AStoreOfOffers, sees_that_the_same_content_in_another_layout_is_the_same_version) {
  store_.import(kTen, "a.json");
  const OffersImport again = store_.import(std::string("\n") + kTen, "b.json");
  EXPECT_FALSE(again.changed);
  EXPECT_EQ(again.offers, 1U);
}

TEST_F(AStoreOfOffers, stays_what_it_was_when_a_file_is_refused) {
  const OffersImport ten = store_.import(kTen, "a.json");
  EXPECT_THROW(store_.import(R"({"currency":"EUR","offers":[{}]})", "b.json"), Error);
  EXPECT_EQ(store_.current(), ten.digest);
  EXPECT_EQ(store_.versions().size(), 1U);
}

TEST_F(AStoreOfOffers, prunes_all_but_the_current_version_and_those_to_keep) {
  const std::string ten = store_.import(kTen, "a.json").digest;
  const std::string twenty = store_.import(kTwenty, "b.json").digest;
  EXPECT_EQ(store_.prune({ten}), 0U);
  EXPECT_EQ(store_.prune({}), 1U);
  EXPECT_THAT(store_.versions(), ::testing::ElementsAre(twenty));
}

TEST_F(AStoreOfOffers, tells_a_version_that_is_gone_from_one_that_was_tampered_with) {
  const std::string ten = store_.import(kTen, "a.json").digest;
  std::ofstream(folder_.file("offers") / (ten + ".offers")) << kTwenty;
  try {
    store_.open(ten);
    ADD_FAILURE() << "the file holds other offers";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::corrupt);
  }
  try {
    store_.open(std::string(64, '0'));
    ADD_FAILURE() << "there is no such version";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::not_found);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("cartwright offers import"));
  }
}

}  // namespace
}  // namespace cartwright::offers
