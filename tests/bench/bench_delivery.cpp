// From a write() on the far end of a serial line to the event in the app's listener.

#include <thread>

#include "bench/figures.hpp"
#include "bench/raw_process.hpp"
#include "bench/raw_pty.hpp"
#include "bench/scanner_call.hpp"
#include "bench/scanner_device.hpp"
#include "bench/scratch.hpp"
#include "host/wire.hpp"

namespace cartwright::bench {
namespace {

constexpr const char* kHelp =
    "Bytes on a pseudo-terminal to the scanner's event: in process and isolated, beside a thread\n"
    "that only polls and reads the same kind of line, and a bare round trip to another process.";
constexpr std::string_view kScan = "]E04006381333931\r";
// Scans are rare: between two the threads go to sleep, as they do on a cart.
constexpr std::chrono::microseconds kPause{300};
// What a scan changes of the driver's state crosses too: a few numbers and where they stand.
constexpr std::size_t kStateRuns = 32;

// Packets as large as those of an isolated scan.
RawProcess same_packets() {
  ScannerCall call;
  call.scan(kScan);
  return RawProcess(
      sizeof(host::wire::Head) + sizeof(host::wire::Call) + call.input_size(),
      sizeof(host::wire::Head) + sizeof(host::wire::Reply) + kStateRuns + call.effects_size());
}

void measure(Figures& figures) {
  RawProcess packets = same_packets();
  RawProcess behind_pty = same_packets();
  const ScratchFolder folder;
  ScannerDevice in_line(host::Isolation::in_line, folder.path());
  ScannerDevice isolated(host::Isolation::process, folder.path());
  RawPty raw;
  RawPty chain(&behind_pty);
  Samples in_line_us;
  Samples isolated_us;
  Samples raw_us;
  Samples chain_us;
  Samples packets_us;
  const int rounds = figures.rounds(8000, 20);
  for (int round = 0; round < rounds; ++round) {
    const auto add = [&](Samples& to, Clock::duration taken) {
      // What comes first warms up.
      if (round >= rounds / 20) to.add(taken);
      std::this_thread::sleep_for(kPause);
    };
    add(raw_us, raw.deliver(kScan));
    add(in_line_us, in_line.deliver(kScan));
    add(packets_us, packets.round_trip());
    add(chain_us, chain.deliver(kScan));
    add(isolated_us, isolated.deliver(kScan));
  }
  const std::string pty = "poll and read of a pty";
  const std::string trip = "SEQPACKET round trip of the same sizes";
  figures.add("delivery.inline", in_line_us, "us", pty, raw_us);
  figures.add("delivery.isolated", isolated_us, "us", pty, raw_us);
  figures.add("delivery.isolated_like_for_like", isolated_us, "us", pty + ", then " + trip,
              chain_us);
  // Of tails there is no difference that means anything.
  figures.add({"delivery.isolation_cost.median", isolated_us.median() - in_line_us.median(), "us",
               trip, packets_us.median()});
}

}  // namespace
}  // namespace cartwright::bench

int main(int argc, char** argv) {
  using namespace cartwright::bench;
  return run_bench(argc, argv, kHelp, measure);
}
