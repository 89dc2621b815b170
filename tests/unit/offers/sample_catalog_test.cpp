// The catalog that the samples and the demo stand on, and real product names where they are there.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "offers/catalog_columns.hpp"
#include "offers/catalog_row.hpp"
#include "offers/catalog_source.hpp"

namespace cartwright::offers {
namespace {

const std::filesystem::path kSource = CARTWRIGHT_SOURCE_DIR;

std::vector<Product> sample() {
  std::ifstream stream(kSource / "samples/data/catalog.jsonl");
  std::vector<Product> products;
  read_catalog(stream, "catalog.jsonl", CatalogFormat::json_lines,
               [&products](const Product& product, std::int64_t) { products.push_back(product); });
  return products;
}

TEST(SampleCatalog, shows_every_kind_of_product) {
  std::set<std::string> taxes;
  int weighed = 0;
  int deposits = 0;
  int aged = 0;
  for (const Product& product : sample()) {
    taxes.insert(product.tax);
    weighed += product.sold_by == SoldBy::kg ? 1 : 0;
    deposits += product.deposit > Money(0) ? 1 : 0;
    aged += product.min_age > 0 ? 1 : 0;
  }
  EXPECT_EQ(taxes, (std::set<std::string>{"reduced", "standard"}));
  EXPECT_GE(weighed, 3);
  EXPECT_GE(deposits, 2);
  EXPECT_GE(aged, 1);
}

TEST(SampleCatalog, uses_numbers_of_the_demonstration_range_once_each) {
  std::set<gs1::Gtin14> seen;
  for (const Product& product : sample()) {
    for (const gs1::Gtin14& gtin : product.gtins) {
      EXPECT_TRUE(seen.insert(gtin).second) << gtin.text();
      EXPECT_NE(gtin.text().find("952"), std::string::npos) << gtin.text();
    }
  }
}

// 62,166 lines of GTIN, tab and name; see the data folder's own description.
std::string real_names() {
  const char* set = std::getenv("CARTWRIGHT_SHARED");
  const std::filesystem::path shared = set != nullptr ? set : (kSource / "../shared").string();
  const std::filesystem::path file = shared / "data/gtin_names.tsv.xz";
  if (!std::filesystem::exists(file)) return {};
  const std::string command = "xz -dc '" + file.string() + "' 2>/dev/null";
  FILE* pipe = popen(command.c_str(), "r");
  std::string text;
  char buffer[65536];
  for (std::size_t read = 0; (read = fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
    text.append(buffer, read);
  }
  pclose(pipe);
  return text;
}

TEST(RealProducts, are_rows_of_a_catalog) {
  std::istringstream names(real_names());
  std::string line;
  int products = 0;
  int refused = 0;
  while (products < 5000 && std::getline(names, line)) {
    const std::size_t tab = line.find('\t');
    const std::string digits = line.substr(0, tab);
    const CsvColumns columns({"product", "gtins", "name", "sold_by", "price_minor", "tax"});
    if (!gs1::Gtin14::parse(digits)) {
      ++refused;
      continue;
    }
    const Product product =
        columns.product_of({digits, digits, line.substr(tab + 1), "piece", "100", "t"});
    EXPECT_EQ(product.gtins.at(0), gs1::Gtin14::parse(digits));
    EXPECT_EQ(product_of_json(canonical_row(product)).name, product.name);
    ++products;
  }
  if (products == 0) GTEST_SKIP() << "no real product names here; set CARTWRIGHT_SHARED";
  EXPECT_LT(refused, products / 100);
}

}  // namespace
}  // namespace cartwright::offers
