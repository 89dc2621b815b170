#include "offers/catalog_source.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using examples::refusal;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

constexpr const char* kMilk =
    R"({"product":"milk","gtins":[],"name":"Milk","sold_by":"piece","price_minor":129,"tax":"t"})";
constexpr const char* kCsv =
    "product,gtins,name,sold_by,price_minor,tax,content\n"
    "milk,,Milk,piece,129,t,\"{\"\"amount\"\":1000,\n\"\"unit\"\":\"\"ml\"\"}\"\n"
    "\n"
    "bread,,Bread,piece,250,t,\n";

std::vector<std::pair<std::string, std::int64_t>> read(const std::string& text,
                                                       CatalogFormat format) {
  std::istringstream stream(text);
  std::vector<std::pair<std::string, std::int64_t>> rows;
  std::uint64_t bytes = 0;
  const std::int64_t count = read_catalog(
      stream, "file", format,
      [&](const Product& product, std::int64_t line) { rows.emplace_back(product.id, line); },
      [&](std::uint64_t so_far) { bytes = so_far; });
  EXPECT_EQ(count, static_cast<std::int64_t>(rows.size()));
  EXPECT_EQ(bytes, text.size());
  return rows;
}

TEST(CatalogSource, gives_each_row_with_the_line_at_which_it_begins) {
  EXPECT_THAT(read("\n" + std::string(kMilk) + "\n\n" + kMilk, CatalogFormat::json_lines),
              ElementsAre(Pair("milk", 2), Pair("milk", 4)));
  EXPECT_THAT(read(kCsv, CatalogFormat::csv), ElementsAre(Pair("milk", 2), Pair("bread", 5)));
}

TEST(CatalogSource, names_file_and_line_of_what_it_refuses) {
  const auto refused = [](const std::string& text, CatalogFormat format) {
    return refusal([&] { read(text, format); });
  };
  EXPECT_THAT(refused(std::string(kMilk) + "\n{}", CatalogFormat::json_lines),
              HasSubstr("file:2: "));
  EXPECT_THAT(refused(std::string(kCsv) + "\"open", CatalogFormat::csv),
              HasSubstr("file:6: a quoted field of this row is never closed"));
  EXPECT_THAT(refused("\n\n", CatalogFormat::json_lines), HasSubstr("file holds no products"));
  EXPECT_THAT(refused("product,gtins,name,sold_by,price_minor,tax\n", CatalogFormat::csv),
              HasSubstr("file holds no products"));
}

TEST(CatalogSource, names_the_row_at_which_its_reader_refuses) {
  std::istringstream stream(std::string(kMilk) + "\n" + kMilk);
  const std::string text = refusal([&] {
    read_catalog(stream, "file", CatalogFormat::json_lines, [](const Product&, std::int64_t line) {
      if (line == 2) throw Error(ErrorKind::invalid_input, "no more");
    });
  });
  EXPECT_EQ(text, "file:2: no more");
}

}  // namespace
}  // namespace cartwright::offers
