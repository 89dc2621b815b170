#include "../mock-common/words.hpp"
#include "screen.hpp"

using namespace cartwright::driver;
using cartwright::mock::Screen;

namespace {

constexpr std::uint64_t step_timer = 1;
constexpr std::chrono::milliseconds usual_step{300};
constexpr std::chrono::milliseconds least_step{20};

// Each change is told to the link as the whole screen.
struct MockDisplay {
  void configure(const Settings& settings) {
    screen_ = Screen(static_cast<std::uint32_t>(settings.integer("rows")),
                     static_cast<std::uint32_t>(settings.integer("columns")));
  }

  void on(LinkUp, Fx& fx) {
    up_ = true;
    RecordBuilder<cw_display_size, 8> size(CW_DISPLAY_SIZE);
    size.value.rows = screen_.rows();
    size.value.columns = screen_.columns();
    fx.emit(size);
  }
  // What it showed is gone.
  void on(LinkDown, Fx& fx) {
    up_ = false;
    screen_ = Screen(screen_.rows(), screen_.columns());
    fx.stop_timer(step_timer);
  }

  // Nothing happens to a display that it would tell.
  void on(const Message& message, Fx& fx) {
    cartwright::mock::garbage(fx, "a display takes no happening", message.data);
  }

  void on(Show command, Fx& fx) {
    if (!up_) return fx.done(command.op, CW_LINK_DOWN);
    screen_.show(command.lines);
    write(command.op, true, fx);
  }
  void on(Clear command, Fx& fx) {
    if (!up_) return fx.done(command.op, CW_LINK_DOWN);
    screen_.show({});
    write(command.op, true, fx);
  }
  void on(TextAt command, Fx& fx) {
    if (!can_begin(command.op, command.row, command.column, fx)) return;
    screen_.put(command.row, command.column, command.text);
    write(command.op, false, fx);
  }
  void on(Cursor command, Fx& fx) {
    if (command.shape > CW_CURSOR_UNDERLINE) return fx.done(command.op, CW_UNSUPPORTED);
    if (!can_begin(command.op, command.row, command.column, fx)) return;
    screen_.place({command.row, command.column, command.shape});
    write(command.op, false, fx);
  }
  void on(Scroll command, Fx& fx) {
    if (!can_begin(command.op, command.row, 0, fx)) return;
    step_ = command.step_ms == 0 ? usual_step : std::chrono::milliseconds(command.step_ms);
    if (step_ < least_step) step_ = least_step;
    screen_.run(command.row, command.text);
    if (screen_.runs()) fx.timer(step_timer, step_);
    write(command.op, false, fx);
  }
  void on(Brightness command, Fx& fx) {
    if (command.percent > 100) return fx.done(command.op, CW_INVALID);
    fx.done(command.op, up_ ? CW_OK : CW_LINK_DOWN);
  }
  void on(CheckHealth command, Fx& fx) { fx.done(command.op, up_ ? CW_OK : CW_LINK_DOWN); }

  // A link that is behind is not given step after step.
  void on(Timer, Fx& fx) {
    if (!up_ || !screen_.runs()) return;
    fx.timer(step_timer, step_);
    if (in_flight_ != 0) return;
    screen_.step();
    write(0, false, fx);
  }

  void on(IoDone io, Fx& fx) {
    if (in_flight_ != 0) --in_flight_;
    for (std::size_t i = 0; i < open_.size();) {
      Open& open = open_[i];
      if (open.write != io.token) {
        ++i;
      } else {
        const std::uint64_t op = open.op;
        open = open_[open_.size() - 1];
        open_.pop_back();
        fx.done(op, io.replaced ? CW_CANCELLED : io.status);
      }
    }
  }

 private:
  struct Open {
    std::uint64_t op = 0;
    std::uint64_t write = 0;
  };

  bool can_begin(std::uint64_t op, std::uint32_t row, std::uint32_t column, Fx& fx) const {
    const bool inside = screen_.holds(row, column);
    if (!inside || !up_) fx.done(op, inside ? CW_LINK_DOWN : CW_INVALID);
    return inside && up_;
  }

  // Tells the screen; `op` ends with the write, 0 for none. A whole new screen takes the place of
  // one that still waits.
  void write(std::uint64_t op, bool screen, Fx& fx) {
    ++last_write_;
    ++in_flight_;
    if (op != 0 && !open_.push_back({op, last_write_})) fx.done(op, CW_BUSY);
    fx.write(screen_.message().view(), {.token = last_write_, .replace_queued = screen});
  }

  Screen screen_;
  std::chrono::milliseconds step_{usual_step};
  bool up_ = false;
  std::uint32_t in_flight_ = 0;
  std::uint64_t last_write_ = 0;
  FixedVector<Open, 16> open_;
};

}  // namespace

CARTWRIGHT_DRIVER(MockDisplay, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
