// One call of a driver, without link and process: what the contract itself costs.

#include <cartwright/driver/aim.hpp>

#include "../../drivers/scanner-serial/protocol.hpp"
#include "bench/figures.hpp"
#include "bench/scanner_call.hpp"
#include "host/driver_call.hpp"

namespace cartwright::bench {
namespace {

constexpr const char* kHelp =
    "One scan through the driver's table: with the host's session round it (queue, commit,\n"
    "counters), and the table's call alone (state saved, effects collected and checked), beside a\n"
    "bare call through a function pointer that parses the same label.";
constexpr std::string_view kScan = "]E04006381333931\r";
// A clock can not see a single call.
constexpr int kCalls = 64;

struct Scan {
  std::string_view data;
  std::uint32_t symbology = 0;
};

// The driver's own parser with nothing round it.
bool parse(std::string_view bytes, Scan& scan) {
  const auto token = scanner_serial::read_token(bytes, {"", "\r", 1024}, false, false);
  if (token.kind != scanner_serial::TokenKind::label) return false;
  const auto parts = driver::split_aim(token.label);
  if (!parts) return false;
  scan = {parts->data, driver::symbology_of(parts->aim, parts->data.size())};
  return true;
}

// A call of the table as the engine makes it, on a block that is ready.
class TableCall {
 public:
  explicit TableCall(const ScannerCall& scanner)
      : size_(scanner.driver().state_size),
        state_((size_ + 7) / 8),
        calls_(scanner.driver(), {1, 1}) {
    calls_.init(state(), scanner.init_block());
    block_of(CW_IN_LINK_UP, {});
    run();
    block_of(CW_IN_DATA, as_bytes(kScan));
  }
  void run() {
    if (calls_
            .input(state(), {reinterpret_cast<const std::byte*>(block_.data()),
                             block_.size() * sizeof(block_[0])})
            .status < 0) {
      throw std::runtime_error("the driver refuses a scan");
    }
  }

 private:
  std::span<std::byte> state() { return {reinterpret_cast<std::byte*>(state_.data()), size_}; }
  void block_of(std::uint32_t kind, ByteView pending) {
    host::InputParts parts;
    parts.kind = kind;
    parts.pending = pending;
    parts.count = pending.size();
    host::write_input(block_, cw_now{}, parts);
  }

  std::size_t size_;
  std::vector<std::uint64_t> state_;
  std::vector<std::uint64_t> block_;
  host::DriverCall calls_;
};

template <typename Call>
void time_calls(Samples& to, const Call& call) {
  const auto begin = Clock::now();
  for (int i = 0; i < kCalls; ++i) call();
  to.add(std::chrono::duration<double, std::nano>(Clock::now() - begin).count() / kCalls);
}

void measure(Figures& figures) {
  ScannerCall scanner;
  TableCall table(scanner);
  bool (*volatile raw)(std::string_view, Scan&) = parse;
  const volatile char* source = kScan.data();
  Samples session_ns;
  Samples table_ns;
  Samples raw_ns;
  Scan scan;
  const int rounds = figures.rounds(20'000, 10);
  for (int round = 0; round < rounds; ++round) {
    time_calls(raw_ns, [&] {
      const std::string_view bytes(const_cast<const char*>(source), kScan.size());
      if (!raw(bytes, scan)) throw std::runtime_error("the parser refuses a scan");
    });
    time_calls(table_ns, [&] { table.run(); });
    time_calls(session_ns, [&] { scanner.scan(kScan); });
  }
  if (scanner.events() != static_cast<std::uint64_t>(rounds) * kCalls) {
    throw std::runtime_error("scans were lost");
  }
  const std::string rival = "call through a function pointer to the same parser";
  figures.add("driver.table", table_ns, "ns", rival, raw_ns);
  figures.add("driver.session", session_ns, "ns", rival, raw_ns);
}

}  // namespace
}  // namespace cartwright::bench

int main(int argc, char** argv) {
  using namespace cartwright::bench;
  return run_bench(argc, argv, kHelp, measure);
}
