// A scanner that leaves the bus twice while its firmware is written. Output report 4:
//
//   04 0b            restart into the boot mode
//   04 0d BYTES...   the next piece of the image
//   04 0e            restart into what was written

#include <cartwright/driver/driver.hpp>

#include <algorithm>
#include <array>
#include <chrono>

namespace {

using namespace cartwright::driver;

constexpr std::uint32_t kPiece = 32;
constexpr std::uint64_t kWritten = 1;
constexpr std::chrono::seconds kAway{20};

struct TestFirmware {
  enum class Stage : std::uint8_t { running, to_boot, writing, to_run };

  void on(const Message& report, Fx& fx) {
    const ByteView data = report.data;
    if (data.size() < 5 || data[1] > data.size() - 5u) return;
    fx.scan({reinterpret_cast<const char*>(data.data()) + 5, data[1]});
  }

  void on(const Update& update, Fx& fx) {
    if (stage != Stage::running) return fx.done(update.op, CW_BUSY);
    asked = update;
    taken = 0;
    restart(Stage::to_boot, 0x0b, fx);
  }

  void on(const LinkUp&, Fx& fx) {
    if (stage == Stage::to_boot) {
      stage = Stage::writing;
      read_next(fx);
    } else if (stage == Stage::to_run) {
      stage = Stage::running;
      fx.device_info({{}, {}, "new", {}});
      fx.done(asked.op);
    }
  }

  void on(const Blob& piece, Fx& fx) {
    std::array<std::uint8_t, 2 + kPiece> report{0x04, 0x0d};
    const std::size_t size = std::min<std::size_t>(piece.data.size(), kPiece);
    if (piece.status != CW_OK || size == 0) return fx.done(asked.op, CW_INTERNAL);
    std::copy_n(piece.data.begin(), size, report.begin() + 2);
    fx.write(ByteView(report).first(2 + size), {.token = kWritten});
  }

  void on(const IoDone& done, Fx& fx) {
    if (stage != Stage::writing || done.token != kWritten) return;
    if (done.status != CW_OK) return fx.done(asked.op, CW_DEVICE_ERROR);
    taken += done.written - 2;
    fx.progress(taken, asked.size);
    if (taken < asked.size) return read_next(fx);
    restart(Stage::to_run, 0x0e, fx);
  }

  Stage stage = Stage::running;
  Update asked;
  std::uint64_t taken = 0;

 private:
  void read_next(Fx& fx) const { fx.read_blob(asked.blob, taken, kPiece, 0); }
  void restart(Stage next, std::uint8_t order, Fx& fx) {
    stage = next;
    fx.expect_replug(kAway);
    const std::array<std::uint8_t, 2> report{0x04, order};
    fx.write(ByteView(report));
  }
};

}  // namespace

CARTWRIGHT_DRIVER(TestFirmware, "test-firmware", "0.1.0")
