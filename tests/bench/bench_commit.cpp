// From a scanned code to a total that is on disk.

#include <unistd.h>

#include "bench/figures.hpp"
#include "bench/raw_table.hpp"
#include "bench/scratch.hpp"
#include "bench/shopper.hpp"

namespace cartwright::bench {
namespace {

constexpr const char* kHelp =
    "A scanned code to a committed total, without and with a journey under a grant, beside one\n"
    "prepared SQLite commit (WAL, FULL) of one row of the same size in the same file system: on\n"
    "the disk of the build, where the sync dominates, and in memory, where all else shows.";
constexpr int kProducts = 500;

void measure_in(Figures& figures, const std::filesystem::path& parent, const std::string& where,
                int rounds) {
  const ScratchFolder folder(parent);
  const std::vector<std::string> codes = make_catalog(folder.path(), kProducts);
  RawTable raw(folder.path() / "raw.db");
  Shopper plain(folder.path() / "plain.db", folder.path(), false);
  Shopper consenting(folder.path() / "journey.db", folder.path(), true);
  Samples raw_us;
  Samples plain_us;
  Samples journey_us;
  std::size_t row = 0;
  for (int round = 0; round < rounds; ++round) {
    const std::string& code = codes[static_cast<std::size_t>(round) % codes.size()];
    const auto scan = plain.scan(code);
    plain_us.add(scan.taken);
    row = scan.event_size;
    raw_us.add(raw.commit(row));
    journey_us.add(consenting.scan(code).taken);
  }
  const std::string rival = "SQLite FULL commit of one row of " + std::to_string(row) + " bytes";
  figures.add("commit." + where + ".no_journey", plain_us, "us", rival, raw_us);
  figures.add("commit." + where + ".journey", journey_us, "us", rival, raw_us);
}

void measure(Figures& figures) {
  measure_in(figures, program_folder().parent_path(), "disk", figures.rounds(1500, 5));
  const std::filesystem::path memory = "/dev/shm";
  if (::access(memory.c_str(), W_OK) == 0) {
    measure_in(figures, memory, "memory", figures.rounds(8000, 50));
  }
}

}  // namespace
}  // namespace cartwright::bench

int main(int argc, char** argv) {
  using namespace cartwright::bench;
  return run_bench(argc, argv, kHelp, measure);
}
