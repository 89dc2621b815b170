#include <cartwright/driver/checksum.hpp>
#include <cartwright/driver/driver.hpp>

using namespace cartwright::driver;

// The device sends  STX label ETX check , where check is the exclusive or of the label's bytes and
// ETX, and understands  ESC 'B' kind  as "beep now".
namespace {

constexpr std::uint8_t stx = 0x02;
constexpr std::uint8_t etx = 0x03;

struct ScannerTemplate {
  std::size_t longest_label = 256;

  void configure(const Settings& settings) {
    longest_label = static_cast<std::size_t>(settings.integer("longest_label"));
  }

  // Called with all bytes that were not taken yet, however they were cut on their way. What is not
  // taken now is shown again together with what follows.
  void on(Bytes in, Fx& fx) {
    while (!in.empty()) {
      if (in.skip_to(stx) > 0) fx.fault("bytes outside of a label");
      const std::string_view all = text_of(in.view());
      const std::size_t end = all.find(static_cast<char>(etx));
      if (end == std::string_view::npos || end + 1 == all.size()) {
        if (all.size() <= longest_label + 2) return;
        in.take(1);
        fx.fault("a label without an end");
        continue;
      }
      const ByteView frame = in.take(end + 2);
      if (lrc_xor(frame.subspan(1, end)) != frame[end + 1]) {
        fx.fault("a label with a wrong check byte");
      } else {
        fx.scan(all.substr(1, end - 1));
      }
    }
  }

  void on(Beep command, Fx& fx) {
    fx.write(command.kind == CW_BEEP_GOOD ? "\033B1" : "\033B2", {.token = command.op});
  }
  // The write has ended, well or not: so has the command that asked for it.
  void on(IoDone io, Fx& fx) { fx.done(io.token, io.status); }
};

}  // namespace

CARTWRIGHT_DRIVER(ScannerTemplate, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
