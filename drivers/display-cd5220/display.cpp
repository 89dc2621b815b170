#include "driver.hpp"

namespace cartwright::cd5220 {

std::string_view Display::configure(const driver::Settings& settings) {
  const auto page = driver::code_page_named(settings.text("code_page"));
  const auto setup = driver::read_escapes<64>(settings.text("setup"));
  if (!page) return "code_page is none of those that the README lists";
  if (!setup) {
    return "setup is at most 64 bytes, written as text with \\r \\n \\t \\0 \\\\ and \\xHH";
  }
  page_ = *page;
  setup_ = *setup;
  strings_ = settings.text("write") == "string";
  percent_ = static_cast<std::uint32_t>(settings.integer("brightness"));
  return {};
}

Command Display::drawn() const {
  return strings_ ? write_strings(screen_) : write_at_cursor(screen_);
}

void Display::on(const driver::LinkUp&, Fx& fx) {
  up_ = true;
  driver::RecordBuilder<cw_display_size, 8> size(CW_DISPLAY_SIZE);
  size.value.rows = rows;
  size.value.columns = columns;
  fx.emit(size);

  driver::FixedString<320> start;
  start.append(initialize);
  start.append(setup_);
  start.append(overwrite_mode);
  start.append(cursor_off);
  start.append(set_brightness(percent_));
  const bool blank = screen_[0].empty() && screen_[1].empty();
  if (!blank) start.append(drawn());
  fx.write(start.view());
}

void Display::on(const driver::LinkDown&, Fx& fx) {
  up_ = false;
  // What was on its way ends here; its io_done comes too late to tell more.
  for (const std::uint64_t op : open_) fx.done(op, CW_LINK_DOWN);
  open_.clear();
}

// The display has nothing to say; another device must be at the other end.
void Display::on(driver::Bytes in, Fx& fx) {
  if (in.empty()) return;
  in.take_all();
  fx.fault("bytes from a display that only listens; is another device on this line?");
}

void Display::on(const driver::IoDone& done, Fx& fx) {
  if (done.token == 0) return;
  end(done.token, done.replaced ? CW_CANCELLED : done.status, fx);
}

// The bytes can not be taken back, but nobody waits for them any more.
void Display::on(const driver::Cancel& cancel, Fx& fx) {
  end(cancel.op, cancel.timed_out ? CW_TIMEOUT : CW_CANCELLED, fx);
}

void Display::on(const driver::Show& show, Fx& fx) {
  screen_ = read_screen(show.lines, page_);
  send(show.op, drawn(), true, fx);
}

void Display::on(const driver::Clear& command, Fx& fx) {
  screen_ = {};
  send(command.op, clear, true, fx);
}

void Display::on(const driver::Brightness& brightness, Fx& fx) {
  if (brightness.percent > 100) return fx.done(brightness.op, CW_INVALID);
  percent_ = brightness.percent;
  // In string mode the display takes no other command: out of it, and the screen again.
  driver::FixedString<192> bytes;
  if (strings_) bytes.append(clear);
  bytes.append(set_brightness(percent_));
  if (strings_) bytes.append(drawn());
  send(brightness.op, bytes, false, fx);
}

// The display answers nothing, so an open line is all that can be told.
void Display::on(const driver::CheckHealth& check, Fx& fx) {
  fx.done(check.op, up_ ? CW_OK : CW_LINK_DOWN);
}

void Display::send(std::uint64_t op, std::string_view bytes, bool whole_screen, Fx& fx) {
  if (!up_) return fx.done(op, CW_LINK_DOWN);
  if (!open_.push_back(op)) return fx.done(op, CW_BUSY);
  driver::WriteOptions options;
  options.token = op;
  options.replace_queued = whole_screen;
  fx.write(bytes, options);
}

// Ends a command that has not ended yet.
void Display::end(std::uint64_t op, std::int32_t status, Fx& fx) {
  for (std::size_t i = 0; i < open_.size(); ++i) {
    if (open_[i] != op) continue;
    open_[i] = open_[open_.size() - 1];
    open_.pop_back();
    return fx.done(op, status);
  }
}

}  // namespace cartwright::cd5220
