// What a shop's data takes: the memory of its products and offers, and the time to read them.

#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "bench/figures.hpp"
#include "bench/market.hpp"
#include "bench/process.hpp"
#include "bench/scratch.hpp"
#include "offers/product_table.hpp"

namespace cartwright::bench {
namespace {

constexpr const char* kHelp =
    "Memory (resident, MB) and milliseconds of a process that has read a file of 200,000 products\n"
    "and one of 10,000 offers, as `cartwright price` does: every line and offer checked, products\n"
    "found by id, offers by product. Beside a process that has parsed the same texts\n"
    "(nlohmann::json) and keeps what it got.";

struct Taken {
  double megabytes = 0;
  double milliseconds = 0;
};

// What a new process takes that does this work and keeps what it returns.
template <typename Work>
Taken taken_by(Work&& work) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("no pipe");
  const pid_t pid = fork();
  if (pid == 0) {
    malloc_trim(0);  // what was freed before counts for this work where it takes it again
    const double before = memory_of(getpid()).rss;
    const auto begin = Clock::now();
    const auto kept = work();
    const std::chrono::duration<double, std::milli> time = Clock::now() - begin;
    const Taken taken{memory_of(getpid()).rss - before, time.count()};
    const bool is_told = write(ends[1], &taken, sizeof taken) == sizeof taken;
    _exit(is_told && kept != nullptr ? 0 : 1);
  }
  close(ends[1]);
  Taken taken;
  const bool is_read = read(ends[0], &taken, sizeof taken) == sizeof taken;
  close(ends[0]);
  int status = 0;
  waitpid(pid, &status, 0);
  if (pid < 0 || !is_read || status != 0) throw std::runtime_error("a process that loads failed");
  return taken;
}

// Writes the assortment again and again under other ids until there are so many products.
void write_catalog(const std::filesystem::path& file, const Assortment& assortment, int count) {
  judge::Shop shop;
  for (int i = 0; i < count; ++i) {
    judge::ShopProduct product =
        assortment.products[static_cast<std::size_t>(i) % assortment.products.size()];
    product.id += "-" + std::to_string(i);
    product.gtin = judge::demonstration_number(i + 1);
    shop.products.push_back(std::move(product));
  }
  std::ofstream(file) << judge::catalog_lines(shop);
}

void measure(Figures& figures) {
  const Assortment assortment = built_in_assortment();
  const ScratchFolder folder;
  const auto catalog = folder.path() / "catalog.jsonl";
  const auto offers = folder.path() / "offers.json";
  write_catalog(catalog, assortment, figures.rounds(200'000, 500));
  const auto count = static_cast<std::size_t>(figures.rounds(10'000, 100));
  std::ofstream(offers) << judge::offers_text(Market(assortment, count, 1).shop());

  const Taken products = taken_by(
      [&] { return std::make_unique<offers::ProductTable>(offers::ProductTable::read(catalog)); });
  const Taken parsed_products = taken_by([&] {
    auto all = std::make_unique<std::vector<nlohmann::json>>();
    std::ifstream stream(catalog);
    for (std::string line; std::getline(stream, line);) {
      all->push_back(nlohmann::json::parse(line));
    }
    return all;
  });
  const Taken book = taken_by(
      [&] { return std::make_unique<offers::OfferBook>(offers::OfferBook::read(offers)); });
  const Taken parsed_offers = taken_by([&] {
    std::ifstream stream(offers);
    return std::make_unique<nlohmann::json>(nlohmann::json::parse(stream));
  });
  const char* const rival = "nlohmann::json of the same text";
  figures.add({"shop.products.memory", products.megabytes, "MB", rival, parsed_products.megabytes});
  figures.add(
      {"shop.products.read", products.milliseconds, "ms", rival, parsed_products.milliseconds});
  figures.add({"shop.offers.memory", book.megabytes, "MB", rival, parsed_offers.megabytes});
  figures.add({"shop.offers.read", book.milliseconds, "ms", rival, parsed_offers.milliseconds});
}

}  // namespace
}  // namespace cartwright::bench

int main(int argc, char** argv) {
  using namespace cartwright::bench;
  return run_bench(argc, argv, kHelp, measure);
}
