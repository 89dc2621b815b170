#include "offers/product_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "support/scratch_folder.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using examples::piece;
using examples::refusal;
using testing::HasSubstr;

TEST(ProductTable, finds_by_id) {
  const ProductTable table({piece("milk", 129), piece("bread", 250)});
  EXPECT_EQ(table.find("milk")->price, Money(129));
  EXPECT_EQ(table.find("mil"), nullptr);
  EXPECT_EQ(table.products()[0]->id, "bread");
}

TEST(ProductTable, refuses_an_id_twice) {
  EXPECT_EQ(refusal([] {
              ProductTable({piece("milk", 129), piece("milk", 1)});
            }),
            "product \"milk\" stands twice");
}

TEST(ProductTable, reads_a_file_of_either_form) {
  const test::ScratchFolder folder;
  std::ofstream(folder.file("shelf.jsonl"))
      << R"({"product":"milk","gtins":[],"name":"Milk","sold_by":"piece","price_minor":129,)"
      << R"("tax":"reduced"})";
  std::ofstream(folder.file("shelf.csv")) << "product,gtins,name,sold_by,price_minor,tax\n"
                                             "milk,,Milk,piece,129,reduced\n";
  EXPECT_EQ(*ProductTable::read(folder.file("shelf.jsonl")).find("milk"),
            *ProductTable::read(folder.file("shelf.csv")).find("milk"));
  EXPECT_THROW(ProductTable::read(folder.file("none.jsonl")), Error);
}

}  // namespace
}  // namespace cartwright::offers
