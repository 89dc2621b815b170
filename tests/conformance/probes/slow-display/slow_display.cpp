#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/fixed.hpp>

#include <utility>

using namespace cartwright::driver;

// A display of two rows at 1200 baud. A row is one write: {ESC, '1' or '2', 20 characters}.
// Brightness is a write of its own: {ESC, 'B', percent}, which no screen may drop.
namespace {

constexpr std::size_t columns = 20;

struct SlowDisplay {
  std::uint64_t showing = 0;  // op of the screen whose rows are under way
  std::uint32_t rows_left = 0;
  bool up = false;

  void on(LinkUp, Fx&) { up = true; }
  void on(LinkDown, Fx&) { up = false; }

  // A newer screen drops the rows of an older one that wait; its own second row leaves its first
  // alone, since both are of one call.
  void on(Show command, Fx& fx) {
    if (!up) return fx.done(command.op, CW_LINK_DOWN);
    if (showing != 0) fx.done(showing, CW_CANCELLED);
    showing = command.op;
    rows_left = 2;
    const std::size_t end = command.lines.find('\n');
    write_row('1', command.lines.substr(0, end), command.op, fx);
    write_row('2', end == std::string_view::npos ? "" : command.lines.substr(end + 1), command.op,
              fx);
  }

  void on(Brightness command, Fx& fx) {
    const std::array<std::uint8_t, 3> bytes{0x1B, 'B', static_cast<std::uint8_t>(command.percent)};
    fx.write(ByteView(bytes));
    fx.done(command.op, up ? CW_OK : CW_LINK_DOWN);
  }

  // What comes for a screen that was replaced meanwhile is nobody's.
  void on(IoDone io, Fx& fx) {
    if (io.token != showing) return;
    if (io.status != CW_OK) {
      fx.done(std::exchange(showing, 0), io.replaced ? CW_CANCELLED : io.status);
    } else if (--rows_left == 0) {
      fx.done(std::exchange(showing, 0));
    }
  }

 private:
  static void write_row(char row, std::string_view text, std::uint64_t op, Fx& fx) {
    FixedString<2 + columns> bytes;
    bytes.push_back('\x1B');
    bytes.push_back(row);
    bytes.append(text.substr(0, columns));
    while (bytes.push_back(' ')) {
    }
    fx.write(bytes.view(), {.token = op, .replace_queued = true});
  }
};

}  // namespace

CARTWRIGHT_DRIVER(SlowDisplay, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
