#include <cartwright/driver/driver.hpp>

#include <utility>

using namespace cartwright::driver;

// The device takes an image in blocks: {'W', length high, length low, data...}, {'E'} at the end,
// {'X'} to give it up; it answers '+' for each block and '!' when a block was bad.
namespace {

constexpr std::uint32_t block_size = 8192;
constexpr std::uint64_t piece_token = 1;
constexpr std::uint64_t answer_timer = 1;
constexpr std::chrono::seconds answer_time{5};

struct Firmware {
  std::uint64_t op = 0;  // 0: none runs
  std::uint64_t blob = 0;
  std::uint64_t size = 0;
  std::uint64_t sent = 0;
  std::uint64_t told = 0;  // of the last progress event
  bool up = false;

  void on(LinkUp, Fx&) { up = true; }
  void on(LinkDown, Fx& fx) {
    up = false;
    end(CW_LINK_DOWN, fx);
  }

  void on(Update command, Fx& fx) {
    if (!up) return fx.done(command.op, CW_LINK_DOWN);
    if (op != 0) return fx.done(command.op, CW_BUSY);
    if (command.size == 0) return fx.done(command.op, CW_INVALID);
    op = command.op;
    blob = command.blob;
    size = command.size;
    sent = told = 0;
    fx.read_blob(blob, 0, block_size, piece_token);
  }

  // A piece that comes after the end is nobody's.
  void on(Blob piece, Fx& fx) {
    if (op == 0 || piece.offset != sent) return;
    if (piece.status != CW_OK || piece.data.empty()) return give_up(CW_INTERNAL, fx);
    std::array<std::uint8_t, 3 + block_size> block{};
    block[0] = 'W';
    block[1] = static_cast<std::uint8_t>(piece.data.size() >> 8);
    block[2] = static_cast<std::uint8_t>(piece.data.size() & 0xFF);
    std::memcpy(block.data() + 3, piece.data.data(), piece.data.size());
    fx.write(ByteView(block).first(3 + piece.data.size()));
    sent += piece.data.size();
    fx.timer(answer_timer, answer_time);
  }

  void on(Bytes in, Fx& fx) {
    for (const std::uint8_t answer : in.take_all()) {
      if (op == 0) return;
      if (answer != '+') return give_up(CW_DEVICE_ERROR, fx);
      progress(fx);
      if (sent < size) {
        fx.read_blob(blob, sent, block_size, piece_token);
      } else {
        fx.write("E");
        end(CW_OK, fx);
      }
    }
  }

  void on(Timer, Fx& fx) { give_up(CW_TIMEOUT, fx); }
  void on(Cancel cancel, Fx& fx) {
    if (cancel.op == op) give_up(cancel.timed_out ? CW_TIMEOUT : CW_CANCELLED, fx);
  }

 private:
  // A hundred events for an image of any size.
  void progress(Fx& fx) {
    if (sent < size && sent - told < size / 100) return;
    told = sent;
    fx.progress(sent, size);
  }
  void give_up(std::int32_t status, Fx& fx) {
    if (op == 0) return;
    fx.write("X");
    end(status, fx);
  }
  void end(std::int32_t status, Fx& fx) {
    if (op == 0) return;
    fx.stop_timer(answer_timer);
    fx.done(std::exchange(op, 0), status);
  }
};

}  // namespace

CARTWRIGHT_DRIVER(Firmware, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
