#include "../mock-common/words.hpp"

using namespace cartwright::driver;

namespace {

// A screen's bytes: 8 rows of 80 characters of 4 bytes, and a line feed each.
using Screen = FixedString<8 * (80 * 4 + 1)>;

// The bytes of the first `columns` characters. A stray continuation byte belongs to the character
// before it.
std::string_view cut(std::string_view line, std::size_t columns) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(line[i]) & 0xC0) != 0x80;
    if (begins && ++characters > columns) return line.substr(0, i);
    if (i == columns * 4) return line.substr(0, i);
  }
  return line;
}

struct MockDisplay {
  std::uint32_t rows = 2;
  std::uint32_t columns = 20;
  std::uint32_t brightness = 100;
  bool up = false;

  void configure(const Settings& settings) {
    rows = static_cast<std::uint32_t>(settings.integer("rows"));
    columns = static_cast<std::uint32_t>(settings.integer("columns"));
  }

  void on(LinkUp, Fx& fx) {
    up = true;
    RecordBuilder<cw_display_size, 8> size(CW_DISPLAY_SIZE);
    size.value.rows = rows;
    size.value.columns = columns;
    fx.emit(size);
  }
  void on(LinkDown, Fx&) { up = false; }

  // Nothing happens to a display that it would tell.
  void on(const Message& message, Fx& fx) {
    cartwright::mock::garbage(fx, "a display takes no happening", message.data);
  }

  void on(Show command, Fx& fx) { write(command.op, command.lines, fx); }
  void on(Clear command, Fx& fx) { write(command.op, {}, fx); }
  void on(Brightness command, Fx& fx) {
    if (command.percent > 100) return fx.done(command.op, CW_INVALID);
    brightness = command.percent;
    fx.done(command.op, up ? CW_OK : CW_LINK_DOWN);
  }
  void on(CheckHealth command, Fx& fx) { fx.done(command.op, up ? CW_OK : CW_LINK_DOWN); }

  // The screen's write carries the command's op as its token.
  void on(IoDone io, Fx& fx) { fx.done(io.token, io.replaced ? CW_CANCELLED : io.status); }

 private:
  void write(std::uint64_t op, std::string_view lines, Fx& fx) {
    if (!up) return fx.done(op, CW_LINK_DOWN);
    Screen screen;
    for (std::uint32_t row = 0; row < rows; ++row) {
      const std::size_t end = lines.find('\n');
      if (row > 0) screen.push_back('\n');
      screen.append(cut(lines.substr(0, end), columns));
      lines = end == std::string_view::npos ? std::string_view() : lines.substr(end + 1);
    }
    fx.write(screen.view(), {.token = op, .replace_queued = true});
  }
};

}  // namespace

CARTWRIGHT_DRIVER(MockDisplay, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
