// How fast a catalog is imported.

#include <sqlite3.h>

#include <fstream>

#include "base/sqlite.hpp"
#include "bench/figures.hpp"
#include "bench/scratch.hpp"
#include "gs1/gtin.hpp"
#include "offers/catalog.hpp"
#include "offers/catalog_schema.hpp"

namespace cartwright::bench {
namespace {

constexpr const char* kHelp =
    "Products a second of `cartwright catalog import` (a CSV file read and checked, a new version\n"
    "written, digested and synced), beside bare SQLite inserts of the same rows, which stand in\n"
    "memory, into the same tables in one transaction.";

struct Row {
  std::string id;
  std::string code;
  std::int64_t gtin = 0;
  std::string name;
  std::int64_t price = 0;
};

std::vector<Row> make_rows(int count) {
  std::vector<Row> rows;
  for (int i = 0; i < count; ++i) {
    Row row;
    row.id = "product-" + std::to_string(i);
    row.code = std::to_string(952'000'000'000 + i);
    row.code += gs1::check_digit(row.code).value();
    row.gtin = gs1::Gtin14::parse(row.code)->number();
    row.name = "Muesli with nuts No. " + std::to_string(i);
    row.price = 99 + i % 5000;
    rows.push_back(std::move(row));
  }
  return rows;
}

void write_csv(const std::filesystem::path& file, const std::vector<Row>& rows) {
  std::ofstream csv(file);
  csv << "product,gtins,name,sold_by,price_minor,tax,categories\n";
  for (const Row& row : rows) {
    csv << row.id << "," << row.code << "," << row.name << ",piece," << row.price
        << ",standard,food;breakfast\n";
  }
}

Clock::duration import(const std::filesystem::path& folder, const std::filesystem::path& csv) {
  const auto begin = Clock::now();
  offers::CatalogStore store(folder);
  offers::import_catalog(store, csv);
  return Clock::now() - begin;
}

Clock::duration insert(const std::filesystem::path& file, const std::vector<Row>& rows) {
  const auto begin = Clock::now();
  Database database(file);
  database.run(offers::kCatalogSchema);
  Transaction transaction(database);
  Statement product = database.prepare("INSERT INTO product VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)");
  Statement gtin = database.prepare("INSERT INTO gtin VALUES(?,?,0)");
  std::int64_t line = 1;
  for (const Row& row : rows) {
    product
        .bind(++line, row.id, row.name, "piece", row.price, nullptr, "standard", 0,
              "food\nbreakfast\n", true, 0, "", "")
        .run();
    gtin.bind(row.gtin, line).run();
  }
  transaction.commit();
  return Clock::now() - begin;
}

void measure(Figures& figures) {
  const int count = figures.rounds(200'000, 500);
  const std::vector<Row> rows = make_rows(count);
  const ScratchFolder folder;
  const std::filesystem::path csv = folder.path() / "products.csv";
  write_csv(csv, rows);
  Samples ours;
  Samples theirs;
  for (int round = 0; round < figures.rounds(3, 1); ++round) {
    const auto rate = [&](Clock::duration taken) {
      return count / std::chrono::duration<double>(taken).count();
    };
    const std::string number = std::to_string(round);
    ours.add(rate(import(folder.path() / ("catalog" + number), csv)));
    theirs.add(rate(insert(folder.path() / ("raw" + number), rows)));
  }
  figures.add({"catalog.import.median", ours.median(), "products/s",
               "SQLite inserts of the same rows, unchecked", theirs.median()});
}

}  // namespace
}  // namespace cartwright::bench

int main(int argc, char** argv) {
  using namespace cartwright::bench;
  return run_bench(argc, argv, kHelp, measure);
}
