#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/fixed.hpp>

#include <utility>

using namespace cartwright::driver;

// One USB device, two interfaces, each a link; the scale's has two interrupt endpoints, each a
// pipe.
//   reader  0x81: {2, length, more, data...}         a label in reports of at most 56 bytes
//   balance 0x82: {3, status, unit, exponent, low, high}  HID scale data report (usage page 0x8D)
//   balance 0x83: {4, button}                        1: the person pressed "zero"
namespace {

constexpr std::uint32_t reader = 0;
constexpr std::uint32_t balance = 1;
constexpr std::uint32_t scanner = 0;
constexpr std::uint32_t scale = 1;
constexpr std::uint32_t weight_pipe = 0x82;
constexpr std::uint32_t button_pipe = 0x83;
constexpr std::uint8_t zero_report = 5;

struct Composite {
  std::array<bool, 2> up{};
  FixedString<512> label;
  std::uint64_t reading = 0;  // op

  void on(LinkUp link, Fx&) { up[link.link] = true; }
  // One interface may leave while the other stays.
  void on(LinkDown link, Fx& fx) {
    up[link.link] = false;
    if (link.link == reader) label.clear();
    if (link.link == balance && reading != 0) fx.done(std::exchange(reading, 0), CW_LINK_DOWN);
  }

  void on(const Message& message, Fx& fx) {
    if (message.link == reader) return read_label(message, fx);
    if (message.pipe == weight_pipe) return read_weight(message.data, fx);
    if (message.pipe == button_pipe) return fx.scale_status(CW_SCALE_STABLE_ZERO, scale);
    fx.fault("a report on an endpoint that the device does not have", scale);
  }

  void on(CheckHealth command, Fx& fx) {
    fx.done(command.op, up[command.unit == scanner ? reader : balance] ? CW_OK : CW_LINK_DOWN);
  }
  void on(ReadWeight command, Fx& fx) {
    if (command.unit != scale) return fx.done(command.op, CW_UNSUPPORTED);
    if (!up[balance]) return fx.done(command.op, CW_LINK_DOWN);
    if (reading != 0) return fx.done(command.op, CW_BUSY);
    reading = command.op;
  }
  void on(ZeroScale command, Fx& fx) {
    if (command.unit != scale) return fx.done(command.op, CW_UNSUPPORTED);
    cw_io io{};
    io.kind = CW_IO_FEATURE_SET;
    io.link = balance;
    io.value = zero_report;
    io.token = command.op;
    const std::array<std::uint8_t, 1> on{1};
    fx.request(io, on);
  }
  void on(IoDone io, Fx& fx) { fx.done(io.token, io.status); }
  void on(Cancel cancel, Fx& fx) {
    if (cancel.op == reading) {
      fx.done(std::exchange(reading, 0), cancel.timed_out ? CW_MOTION : CW_CANCELLED);
    }
  }

 private:
  void read_label(const Message& message, Fx& fx) {
    if (message.after_loss) label.clear();
    const ByteView report = message.data;
    if (report.size() < 3 || report[0] != 2 || report[1] > report.size() - 3) {
      label.clear();
      return fx.fault("a report of the reader that is none", scanner);
    }
    if (!label.append(text_of(report.subspan(3, report[1])))) label.clear();
    if (report[2] != 0) return;
    fx.scan(label, CW_SYMBOLOGY_UNKNOWN, {}, scanner);
    label.clear();
  }

  // USB HID Point of Sale Usage Tables 1.02, 4: status 2 zero, 3 in motion, 4 stable, 5 under zero,
  // 6 over limit; unit 3 kilogram, 12 pound; the exponent is signed.
  void read_weight(ByteView report, Fx& fx) {
    if (report.size() < 6 || report[0] != 3) return fx.fault("no scale data report", scale);
    const std::uint32_t unit = report[2] == 12 ? CW_UNIT_POUND : CW_UNIT_KILOGRAM;
    const Decimal shown{report[4] | report[5] << 8, static_cast<std::int8_t>(report[3])};
    switch (report[1]) {
      case 2:
        return fx.scale_status(CW_SCALE_STABLE_ZERO, scale);
      case 3:
        return fx.scale_status(CW_SCALE_IN_MOTION, scale);
      case 4:
        if (reading != 0) {
          fx.done_weight(std::exchange(reading, 0), shown, unit, CW_WEIGHT_STABLE, scale);
        } else if (!fx.weight(shown, unit, CW_WEIGHT_STABLE, scale)) {
          fx.fault("a weight that does not fit", scale);
        }
        return;
      case 5:
        return fx.scale_status(CW_SCALE_UNDER_ZERO, scale);
      case 6:
        return fx.scale_status(CW_SCALE_OVER_CAPACITY, scale);
      default:
        return fx.fault("an unknown status of the scale", scale);
    }
  }
};

}  // namespace

CARTWRIGHT_DRIVER(Composite, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
