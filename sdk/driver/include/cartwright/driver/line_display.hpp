#pragma once

// What all character displays have in common: screens that replace each other on a slow line, a
// screen that is drawn again when the display comes back, a cursor, text that runs. A driver adds
// what the bytes are:
//
//   struct Protocol {
//     static constexpr bool whole_screens = false;        // true: all rows whole, each time
//     static constexpr std::size_t jump_size = 4;          // bytes to go to another place
//     std::string_view configure(const Settings&);        // as of a driver
//     std::size_t rows() const, columns() const;          // at most those of Glass
//     CodePage page() const;
//     bool has_cursor(std::uint32_t shape) const;
//     bool has_modes() const;                              // false: text and clear alone are heard
//     void start(Block&) const;                            // as after power-on: blank, no cursor
//     void resume(Block&) const;                           // modes alone, nothing to be seen
//     void clear(Block&) const;
//     void put(Block&, std::size_t row, std::size_t column, std::string_view bytes) const;
//     void brightness(Block&, std::uint32_t percent) const;
//     void cursor(Block&, std::size_t row, std::size_t column, std::uint32_t shape) const;
//     void wrap(Block&) const;                             // around each write, such as a
//     selection
//   };
//   using Display = LineDisplay<Protocol>;

#include <cartwright/driver/code_page.hpp>
#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/glass.hpp>
#include <cartwright/driver/line_pace.hpp>
#include <cartwright/driver/marquee.hpp>
#include <cartwright/driver/open_writes.hpp>

namespace cartwright::driver {

// The bytes of one write.
using Block = FixedString<1024>;

// Each write brings the glass from all that it may show to what it should show, so that a write
// which still waits can be replaced by the next. Settings of each such driver: brightness (percent
// at the start), bytes_per_second (what the line carries, 0: no limit), refresh_s (how often the
// whole screen is sent again, 0: never).
template <typename Protocol>
class LineDisplay {
 public:
  std::string_view configure(const Settings& settings) {
    light_ = static_cast<std::uint32_t>(settings.integer("brightness"));
    pace_ = LinePace(static_cast<std::uint64_t>(settings.integer("bytes_per_second")));
    refresh_s_ = settings.integer("refresh_s");
    const std::string_view wrong = protocol_.configure(settings);
    glass_ = Glass(protocol_.rows(), protocol_.columns());
    return wrong;
  }

  void on(const LinkUp&, Fx& fx) {
    up_ = true;
    RecordBuilder<cw_display_size, 8> size(CW_DISPLAY_SIZE);
    size.value.rows = static_cast<std::uint32_t>(protocol_.rows());
    size.value.columns = static_cast<std::uint32_t>(protocol_.columns());
    fx.emit(size);
    start(fx);
  }

  void on(const LinkDown&, Fx& fx) {
    up_ = false;
    writes_.link_down(fx);
    for (const std::uint64_t timer : {pace_timer, step_timer, refresh_timer}) fx.stop_timer(timer);
  }

  // The display was off: it tells its power by DSR where the cable has that wire.
  void on(const LineState& state, Fx& fx) {
    const bool ready = (state.lines & CW_LINE_DSR) != 0;
    if (up_ && ready && was_off_) start(fx);
    was_off_ = !ready;
  }

  // A display has nothing to say; another device must be at the other end.
  void on(Bytes in, Fx& fx) {
    if (in.empty()) return;
    in.take_all();
    fx.fault("bytes from a display that only listens; is another device on this line?");
  }

  void on(const IoDone& done, Fx& fx) {
    if (!writes_.knows(done)) return;
    if (done.status < 0 && !done.replaced) lose();
    writes_.write_ended(done, fx);
    if (!writes_.in_flight()) settle();
  }

  void on(const Timer& timer, Fx& fx) {
    if (!up_) return;
    if (timer.id == pace_timer) flush(fx);
    if (timer.id == step_timer) step(fx);
    if (timer.id == refresh_timer) refresh(fx);
  }

  void on(const Cancel& cancel, Fx& fx) { writes_.cancel(cancel, fx); }

  void on(const Show& show, Fx& fx) {
    stop_marquee(fx);
    std::string_view lines = show.lines;
    for (std::size_t row = 0; row < protocol_.rows(); ++row) {
      const std::size_t end = lines.find('\n');
      std::string_view text = lines.substr(0, end);
      if (text.ends_with('\r')) text.remove_suffix(1);
      glass_.write(row, 0, encode(text, protocol_.columns()), true);
      lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    }
    if (Protocol::whole_screens) glass_.touch();
    submit(show.op, true, fx);
  }

  void on(const Clear& command, Fx& fx) {
    stop_marquee(fx);
    glass_.clear();
    glass_.touch();
    submit(command.op, true, fx);
  }

  void on(const TextAt& command, Fx& fx) {
    if (!inside(command.row, command.column)) return fx.done(command.op, CW_INVALID);
    if (marquee_.is_on() && marquee_.row() == command.row) stop_marquee(fx);
    glass_.write(command.row, command.column,
                 encode(command.text, protocol_.columns() - command.column), false);
    submit(command.op, false, fx);
  }

  void on(const Brightness& command, Fx& fx) {
    if (command.percent > 100) return fx.done(command.op, CW_INVALID);
    light_ = command.percent;
    light_doubt_.must();
    submit(command.op, false, fx);
  }

  void on(const Cursor& command, Fx& fx) {
    if (!protocol_.has_cursor(command.shape)) return fx.done(command.op, CW_UNSUPPORTED);
    if (!inside(command.row, command.column)) return fx.done(command.op, CW_INVALID);
    cursor_ = {command.row, command.column, command.shape};
    cursor_doubt_.must();
    submit(command.op, false, fx);
  }

  void on(const Scroll& command, Fx& fx) {
    if (!inside(command.row, 0)) return fx.done(command.op, CW_INVALID);
    stop_marquee(fx);
    std::chrono::nanoseconds step = std::chrono::milliseconds(command.step_ms);
    if (command.step_ms == 0) step = usual_step;
    if (step < least_step()) step = least_step();
    marquee_.start(command.row, encode_line<Marquee::max_text>(protocol_.page(), command.text),
                   step);
    glass_.write(marquee_.row(), 0, marquee_.shown(protocol_.columns()), true);
    if (marquee_.is_on() && up_) fx.timer(step_timer, step);
    submit(command.op, false, fx);
  }

  // The display answers nothing, so an open line is all that can be told.
  void on(const CheckHealth& check, Fx& fx) { fx.done(check.op, up_ ? CW_OK : CW_LINK_DOWN); }

 private:
  static constexpr std::uint64_t pace_timer = 1;
  static constexpr std::uint64_t step_timer = 2;
  static constexpr std::uint64_t refresh_timer = 3;
  static constexpr auto usual_step = std::chrono::milliseconds(300);

  struct Place {
    std::uint32_t row = 0;
    std::uint32_t column = 0;
    std::uint32_t shape = CW_CURSOR_NONE;
  };

  bool inside(std::uint32_t row, std::uint32_t column) const {
    return row < protocol_.rows() && column < protocol_.columns();
  }

  Glass::Row encode(std::string_view text, std::size_t columns) const {
    return encode_line<Glass::max_columns>(protocol_.page(), text, columns);
  }

  // As after power-on, then what should be seen.
  void start(Fx& fx) {
    Block bytes;
    protocol_.start(bytes);
    protocol_.brightness(bytes, light_);
    glass_.power_on();
    draw(bytes);
    if (cursor_.shape != CW_CURSOR_NONE) put_cursor(bytes);
    protocol_.wrap(bytes);
    mark_sent();
    settle();
    pace_.restart(fx.now().monotonic);
    pace_.pay(bytes.size(), fx.now().monotonic);
    fx.write(bytes.view());
    if (refresh_s_ > 0) fx.timer(refresh_timer, std::chrono::seconds(refresh_s_));
    if (marquee_.is_on()) fx.timer(step_timer, marquee_.step_time());
  }

  // A command's wish stands in the state; now it is brought to the display.
  void submit(std::uint64_t op, bool screen, Fx& fx) {
    if (!up_) return fx.done(op, CW_LINK_DOWN);
    if (!writes_.add(op, screen, fx)) return fx.done(op, CW_BUSY);
    flush(fx);
  }

  // Sends what the glass lacks, or waits until the line is free for it.
  void flush(Fx& fx) {
    const Block bytes = difference();
    if (bytes.empty()) return writes_.need_no_write(fx);
    const auto wait = pace_.wait_for(bytes.size(), fx.now().monotonic);
    if (wait.count() > 0) return fx.timer(pace_timer, wait);
    mark_sent();
    pace_.pay(bytes.size(), fx.now().monotonic);
    WriteOptions options;
    options.token = writes_.begin_write();
    options.replace_queued = true;
    fx.write(bytes.view(), options);
  }

  // All that is not certainly to be seen. A display that hears text and clear alone must be cleared
  // to hear anything else, and then needs all its text again.
  Block difference() {
    Block bytes;
    const bool modes = modes_doubt_.any();
    if (modes || light_doubt_.any()) {
      if (!protocol_.has_modes()) {
        protocol_.clear(bytes);
        glass_.touch();
      }
      if (modes) protocol_.resume(bytes);
      protocol_.brightness(bytes, light_);
    }
    draw(bytes);
    // Modes and text leave no cursor, or leave it at their end.
    const bool moved = !bytes.empty() && cursor_.shape != CW_CURSOR_NONE;
    if (moved || cursor_doubt_.any()) put_cursor(bytes);
    if (!bytes.empty()) protocol_.wrap(bytes);
    return bytes;
  }

  void draw(Block& bytes) const {
    if (glass_.clears()) return protocol_.clear(bytes);
    if (Protocol::whole_screens && !glass_.is_dirty()) return;
    for (std::size_t row = 0; row < protocol_.rows(); ++row) {
      Glass::Run run{row, 0, protocol_.columns() - 1};
      if constexpr (Protocol::whole_screens) {
        protocol_.put(bytes, row, 0, glass_.text(run));
      } else {
        for (std::size_t from = 0; glass_.next_run(row, from, Protocol::jump_size, run);) {
          protocol_.put(bytes, row, run.first, glass_.text(run));
          from = run.last + 1;
        }
      }
    }
  }

  void put_cursor(Block& bytes) const {
    if (!protocol_.has_modes()) return;
    protocol_.cursor(bytes, cursor_.row, cursor_.column, cursor_.shape);
  }

  // Modes and all characters once more, for a display that lost power without a word.
  void refresh(Fx& fx) {
    fx.timer(refresh_timer, std::chrono::seconds(refresh_s_));
    lose();
    flush(fx);
  }

  // Nobody knows what is to be seen.
  void lose() {
    modes_doubt_.must();
    glass_.touch();
  }
  void mark_sent() {
    glass_.sent();
    modes_doubt_.sent();
    light_doubt_.sent();
    cursor_doubt_.sent();
  }
  void settle() {
    glass_.settle();
    modes_doubt_.settle();
    light_doubt_.settle();
    cursor_doubt_.settle();
  }

  // --- text that runs

  void stop_marquee(Fx& fx) {
    if (marquee_.is_on()) fx.stop_timer(step_timer);
    marquee_.stop();
  }

  void step(Fx& fx) {
    if (!marquee_.is_on()) return;
    fx.timer(step_timer, marquee_.step_time());
    if (writes_.in_flight()) return;  // the line is behind
    marquee_.step(protocol_.columns());
    glass_.write(marquee_.row(), 0, marquee_.shown(protocol_.columns()), true);
    flush(fx);
  }

  // A row with its jumps, twice: something else may want through.
  std::chrono::nanoseconds least_step() const {
    const auto row = pace_.time_of(2 * (protocol_.columns() + 8));
    return row > std::chrono::milliseconds(20) ? row : std::chrono::milliseconds(20);
  }

  Protocol protocol_;
  LinePace pace_;
  std::int64_t refresh_s_ = 0;

  // As it should be.
  std::uint32_t light_ = 100;
  Place cursor_;
  Marquee marquee_;
  Glass glass_;

  // As it was sent.
  bool up_ = false;
  bool was_off_ = false;
  Doubt modes_doubt_;
  Doubt light_doubt_;
  Doubt cursor_doubt_;
  OpenWrites writes_;
};

}  // namespace cartwright::driver
