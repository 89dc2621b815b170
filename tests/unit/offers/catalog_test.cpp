#include "offers/catalog.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/crypto.hpp"
#include "base/error.hpp"

namespace cartwright::offers {
namespace {

using testing::HasSubstr;

std::string row(int number, std::int64_t price = 100) {
  std::string digits = "95299" + std::to_string(1'000'000 + number);
  digits += *gs1::check_digit(digits);
  return R"({"product":"p)" + std::to_string(number) + R"(","gtins":[")" + digits +
         R"("],"name":"Product","sold_by":"piece","price_minor":)" + std::to_string(price) +
         R"(,"tax":"t","categories":["x","y"]})" + "\n";
}

class CatalogTest : public testing::Test {
 protected:
  CatalogTest() { std::filesystem::create_directories(folder_); }
  ~CatalogTest() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path file(const std::string& name, const std::string& content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
    return folder_ / name;
  }
  CatalogStore store() const { return CatalogStore(folder_ / "store"); }
  ImportResult import(const std::string& name, const std::string& content) const {
    CatalogStore target = store();
    return import_catalog(target, file(name, content));
  }
  std::string refusal(const std::string& name, const std::string& content) const {
    try {
      import(name, content);
      return "accepted";
    } catch (const Error& error) {
      return error.what();
    }
  }
  // What lies in the store besides the lock.
  std::vector<std::string> names_in_store() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "store")) {
      const std::string name = entry.path().filename().string();
      if (name != "import.lock") names.push_back(name);
    }
    return names;
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("cartwright-catalog-" + random_id());
};

TEST_F(CatalogTest, finds_products_by_gtin_and_by_id) {
  const ImportResult result = import("a.jsonl", row(1, 129) + row(2, 249));
  EXPECT_EQ(result.products, 2);
  EXPECT_TRUE(result.changed);
  const Catalog catalog = store().open_current();
  const auto product = catalog.find("p2");
  ASSERT_TRUE(product);
  EXPECT_EQ(product->price, Money(249));
  EXPECT_THAT(product->categories, testing::ElementsAre("x", "y"));
  ASSERT_EQ(product->gtins.size(), 1U);
  EXPECT_EQ(catalog.find(product->gtins[0]), product);
  EXPECT_EQ(catalog.find("p3"), std::nullopt);
  EXPECT_EQ(catalog.find(*gs1::Gtin14::parse("4006381333931")), std::nullopt);
  EXPECT_EQ(catalog.products(), 2);
}

TEST_F(CatalogTest, is_not_there_before_the_first_import) {
  EXPECT_EQ(store().current(), std::nullopt);
  try {
    store().open_current();
    FAIL() << "opened";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::not_found);
    EXPECT_THAT(error.what(), HasSubstr("catalog import"));
  }
}

TEST_F(CatalogTest, has_the_digest_of_its_content_whatever_the_order_and_format) {
  const std::string digest = import("a.jsonl", row(1) + row(2)).digest;
  EXPECT_EQ(import("b.jsonl", row(2) + "\r\n" + row(1)).digest, digest);
  const std::string csv =
      "name,product,gtins,sold_by,price_minor,tax,categories\r\n"
      "Product,p2,9529910000029,piece,100,t,y;x\r\n"
      "\"Product\",p1,9529910000012,piece,100,t,x;y\r\n";
  const ImportResult again = import("c.csv", csv);
  EXPECT_EQ(again.digest, digest);
  EXPECT_FALSE(again.changed);
  EXPECT_NE(import("d.jsonl", row(1) + row(2, 101)).digest, digest);
  EXPECT_EQ(store().open(digest).compute_digest(), digest);
}

TEST_F(CatalogTest, stays_open_for_its_readers_while_another_becomes_current) {
  const std::string first = import("a.jsonl", row(1, 100)).digest;
  const Catalog trip = store().open_current();
  const std::string second = import("a.jsonl", row(1, 200)).digest;
  EXPECT_EQ(trip.find("p1")->price, Money(100));
  EXPECT_EQ(store().open_current().find("p1")->price, Money(200));
  EXPECT_EQ(store().open(first).find("p1")->price, Money(100));
  EXPECT_EQ(store().prune({}), 1U);
  EXPECT_EQ(trip.find("p1")->price, Money(100));
  EXPECT_THAT(store().versions(), testing::ElementsAre(second));
  EXPECT_THROW(store().open(first), Error);
}

TEST_F(CatalogTest, keeps_the_versions_that_prune_is_told_to_keep) {
  const std::string first = import("a.jsonl", row(1, 100)).digest;
  import("a.jsonl", row(1, 200));
  EXPECT_EQ(store().prune({first}), 0U);
  EXPECT_EQ(store().versions().size(), 2U);
}

TEST_F(CatalogTest, names_file_and_line_of_a_bad_row) {
  EXPECT_THAT(refusal("a.jsonl", row(1) + row(2) + row(3, -1)),
              HasSubstr("a.jsonl:3: key \"price_minor\": -1 is below zero"));
  EXPECT_THAT(refusal("a.jsonl", row(1) + "\n" + row(1)),
              HasSubstr("a.jsonl:3: product \"p1\" stands twice; first on line 1"));
  std::string same_gtin = row(1);
  same_gtin.replace(same_gtin.find("p1"), 2, "p9");
  EXPECT_THAT(refusal("a.jsonl", row(1) + same_gtin),
              HasSubstr("a.jsonl:2: GTIN 09529910000012 stands twice; first on line 1"));
  EXPECT_THAT(refusal("a.jsonl", row(1) + "{oops\n"), HasSubstr("a.jsonl:2: no JSON at byte"));
}

TEST_F(CatalogTest, names_the_line_where_a_csv_row_begins) {
  const std::string header = "product,gtins,name,sold_by,price_minor,tax\n";
  EXPECT_THAT(refusal("a.csv", header + "a,,A,kg,5,t\nb,,B,kg,-5,t\n"),
              HasSubstr("a.csv:3: column \"price_minor\": -5 is below zero"));
  EXPECT_THAT(refusal("a.csv", header + "a,,A,kg,5,t\nb,,\"B,kg,5,t\n\n"),
              HasSubstr("a.csv:3: a quoted field of this row is never closed"));
  EXPECT_THAT(refusal("a.csv", "product,gtns\n"), HasSubstr("a.csv:1: unknown column"));
}

TEST_F(CatalogTest, refuses_files_that_hold_no_products_or_do_not_exist) {
  EXPECT_THAT(refusal("a.jsonl", "\n\n"), HasSubstr("holds no products"));
  EXPECT_THAT(refusal("a.csv", "product,gtins,name,sold_by,price_minor,tax\n"),
              HasSubstr("holds no products"));
  EXPECT_THAT(refusal("a.txt", row(1)), HasSubstr("name the format"));
  CatalogStore target = store();
  EXPECT_THROW(import_catalog(target, folder_ / "none.csv"), Error);
  EXPECT_THAT(names_in_store(), testing::IsEmpty());
}

TEST_F(CatalogTest, keeps_the_old_version_when_the_last_row_is_bad) {
  const std::string digest = import("a.jsonl", row(1)).digest;
  std::string many;
  for (int i = 1; i <= 500; ++i) many += row(i, 7);
  EXPECT_THAT(refusal("b.jsonl", many + "{}"), HasSubstr("b.jsonl:501:"));
  EXPECT_EQ(store().current(), digest);
  EXPECT_THAT(names_in_store(), testing::UnorderedElementsAre("current", digest + ".catalog"));
}

TEST_F(CatalogTest, keeps_the_old_version_when_the_import_is_killed) {
  const std::string digest = import("a.jsonl", row(1)).digest;
  std::string many;
  for (int i = 1; i <= 10'000; ++i) many += row(i, 7);
  const std::filesystem::path source = file("b.jsonl", many);
  const pid_t child = fork();
  if (child == 0) {
    CatalogStore target = store();
    import_catalog(target, source, {}, [](std::uint64_t, std::uint64_t) { raise(SIGKILL); });
    _exit(0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status)) << "the import ended before it could be killed";
  EXPECT_EQ(names_in_store().size(), 3U) << "what the killed import left";
  EXPECT_EQ(store().open_current().digest(), digest);
  // The next import sweeps up and works.
  const ImportResult next = import("c.jsonl", row(1, 8));
  EXPECT_EQ(store().current(), next.digest);
  EXPECT_EQ(names_in_store().size(), 3U) << "two versions and the name of the current one";
}

TEST_F(CatalogTest, lets_one_import_run_at_a_time) {
  const std::filesystem::path source = file("a.jsonl", row(1));
  CatalogStore target = store();
  std::string refused;
  import_catalog(target, source, {}, [&](std::uint64_t, std::uint64_t) {
    CatalogStore other = store();
    try {
      import_catalog(other, source);
    } catch (const Error& error) {
      refused = error.what();
    }
  });
  EXPECT_THAT(refused, HasSubstr("another import"));
}

TEST_F(CatalogTest, reports_progress_up_to_the_whole_file) {
  std::string many;
  for (int i = 1; i <= 10'000; ++i) many += row(i);
  std::vector<std::uint64_t> told;
  CatalogStore target = store();
  import_catalog(target, file("a.jsonl", many), {}, [&](std::uint64_t bytes, std::uint64_t total) {
    EXPECT_EQ(total, many.size());
    told.push_back(bytes);
  });
  ASSERT_GE(told.size(), 3U);
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_EQ(told.back(), many.size());
}

TEST_F(CatalogTest, says_what_is_no_catalog) {
  const std::string digest = import("a.jsonl", row(1)).digest;
  const auto version = folder_ / "store" / (digest + ".catalog");
  std::filesystem::resize_file(version, 0);
  EXPECT_THROW(store().open_current(), Error);
  std::ofstream(version, std::ios::binary) << std::string(5000, 'x');
  EXPECT_THROW(store().open_current(), Error);
  std::ofstream(folder_ / "store" / "current") << "../../etc/passwd";
  EXPECT_THROW(store().open_current(), Error);
}

TEST_F(CatalogTest, leaves_nothing_beside_its_file_when_it_is_read) {
  const std::string digest = import("a.jsonl", row(1)).digest;
  const Catalog catalog = store().open_current();
  EXPECT_TRUE(catalog.find("p1"));
  EXPECT_THAT(names_in_store(), testing::UnorderedElementsAre("current", digest + ".catalog"));
}

TEST_F(CatalogTest, finds_a_product_by_the_numbers_of_its_packs_and_keeps_its_terms) {
  const std::string cola =
      R"({"product":"cola","gtins":["9521234543213"],"name":"Cola","sold_by":"piece",)"
      R"("price_minor":89,"tax":"t","packs":[{"gtin":"19521234543210","units":6}],)"
      R"("prices":[{"store":"s","from":"2026-03-01T00:00:00Z","price_minor":79}]})"
      "\n";
  const ImportResult result = import("a.jsonl", cola);
  const Catalog catalog = store().open_current();
  const auto product = catalog.find(*gs1::Gtin14::parse("19521234543210"));
  ASSERT_TRUE(product);
  EXPECT_EQ(product->id, "cola");
  EXPECT_EQ(product->gtins.size(), 1U);
  EXPECT_EQ(units_of(*product, *gs1::Gtin14::parse("19521234543210")), 6);
  ASSERT_EQ(product->prices.size(), 1U);
  EXPECT_EQ(catalog.compute_digest(), result.digest);
  EXPECT_THAT(refusal("b.jsonl", cola + R"({"product":"six","gtins":["19521234543210"],)"
                                        R"("name":"A","sold_by":"piece","price_minor":1,)"
                                        R"("tax":"t"})"),
              HasSubstr("GTIN 19521234543210 stands twice; first on line 1"));
}

}  // namespace
}  // namespace cartwright::offers
