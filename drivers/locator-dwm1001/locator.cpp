#include "driver.hpp"

namespace cartwright::dwm1001 {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t phase_timer = 1;
constexpr std::uint64_t silence_timer = 2;
constexpr std::uint64_t health_timer = 3;
constexpr auto listen_for = 1500ms;
constexpr auto prompt_within = 2s;
constexpr auto health_within = 3s;
constexpr std::size_t longest_line = 512;
constexpr std::size_t most_lines = 200;  // of one call: its effects are bounded

// Two enters within a second open the shell; in an open shell they repeat its last command twice,
// which changes nothing.
constexpr std::string_view double_enter = "\r\r";

}  // namespace

std::string_view Locator::configure(const driver::Settings& settings) {
  command_.assign(settings.text("mode"));
  command_.push_back('\r');
  silence_ = std::chrono::seconds(settings.integer("silence_s"));
  least_quality_ = static_cast<std::uint32_t>(settings.integer("zone_least_quality"));
  const std::string_view tag = settings.text("tag");
  const auto id = detail::read_id(tag);
  if (!tag.empty() && !id) return "tag is not four hexadecimal digits, capital letters";
  has_tag_ = id.has_value();
  tag_ = id.value_or(0);
  zone_.configure(settings.integer("zone_margin_mm"),
                  static_cast<std::uint32_t>(settings.integer("zone_hits")));
  return read_zones(settings.text("zones"), zones_);
}

void Locator::on(const driver::LinkUp&, Fx& fx) {
  phase_ = Phase::listening;
  too_long_ = told_silent_ = false;
  last_line_ = fx.now().monotonic;
  fx.timer(phase_timer, listen_for);
}

void Locator::on(const driver::LinkDown&, Fx& fx) {
  phase_ = Phase::down;
  end_health(CW_LINK_DOWN, fx);
  fx.stop_timer(phase_timer);
  // The zone stays until it is too old: a short unplugging moves no cart.
}

void Locator::on(driver::Bytes in, Fx& fx) {
  if (in.lost() != 0) too_long_ = true;
  for (std::size_t lines = 0; lines < most_lines; ++lines) {
    const std::string_view all = driver::text_of(in.view());
    const std::size_t end = all.find_first_of("\r\n");
    if (end == std::string_view::npos) {
      // The prompt has no end of its own.
      if (all.ends_with(prompt) && phase_ == Phase::waking) start(fx);
      if (all.size() <= longest_line) return;
      in.take_all();
      if (!too_long_) damaged(fx);
      too_long_ = true;
      return;
    }
    const std::string_view text = driver::text_of(in.take(end + 1)).substr(0, end);
    if (too_long_ || text.size() > longest_line) {
      if (!too_long_) damaged(fx);
      too_long_ = false;
    } else {
      take_line(text, fx);
    }
  }
}

void Locator::take_line(std::string_view text, Fx& fx) {
  const Line line = read_line(text);
  switch (line.says) {
    case Says::nothing:
      return;
    case Says::prompt:
      if (phase_ == Phase::waking) start(fx);
      return;
    case Says::damaged:
      return damaged(fx);
    case Says::no_fix:
    case Says::another:
      return alive(fx);
    case Says::position:
    case Says::salvaged:
      alive(fx);
      if (is_ours(line, fx)) tell(line.position, fx);
      return;
  }
}

// A listener tells the positions of all tags around it.
bool Locator::is_ours(const Line& line, Fx& fx) {
  if (!line.has_tag) return true;
  if (has_tag_) return line.tag == tag_;
  if (!has_heard_tag_) {
    has_heard_tag_ = true;
    heard_tag_ = line.tag;
  }
  if (line.tag != heard_tag_ && !tags_differ_) {
    tags_differ_ = true;
    fx.fault("positions of more than one tag: the setting tag must say which is this cart's");
  }
  return !tags_differ_;
}

void Locator::tell(const Position& position, Fx& fx) {
  if (!enabled_) return;
  driver::RecordBuilder<cw_locator_position, 8> event(CW_LOCATOR_POSITION);
  event.value.x_mm = position.x_mm;
  event.value.y_mm = position.y_mm;
  event.value.z_mm = position.z_mm;
  event.value.quality = position.quality;
  fx.emit(event);
  if (position.quality < least_quality_) return;
  if (zone_.move(zones_, {position.x_mm, position.y_mm})) tell_zone(fx);
}

void Locator::tell_zone(Fx& fx) {
  const std::uint8_t zone = zone_.zone();
  driver::tell_zone(zone != no_zone ? zones_[zone].name.view() : std::string_view(), fx);
}

// A sound line: the module tells.
void Locator::alive(Fx& fx) {
  last_line_ = fx.now().monotonic;
  told_silent_ = false;
  if (phase_ != Phase::telling) {
    phase_ = Phase::telling;
    fx.stop_timer(phase_timer);
    fx.timer(silence_timer, silence_);
  }
  end_health(CW_OK, fx);
}

void Locator::wake(Fx& fx) {
  phase_ = Phase::waking;
  fx.write(double_enter);
  fx.timer(phase_timer, prompt_within);
}

void Locator::start(Fx& fx) {
  phase_ = Phase::starting;
  fx.write(command_.view());
  // As long as a cart that stands still may be silent.
  fx.timer(phase_timer, silence_);
}

void Locator::on(const driver::Timer& timer, Fx& fx) {
  if (timer.id == health_timer) return end_health(CW_TIMEOUT, fx);
  if (timer.id == silence_timer) {
    const nanoseconds quiet = fx.now().monotonic - last_line_;
    if (quiet < silence_) return fx.timer(silence_timer, silence_ - quiet);
    if (zone_.lose()) tell_zone(fx);
    if (phase_ == Phase::telling) silent(fx);
    return;
  }
  if (timer.id != phase_timer || phase_ == Phase::down) return;
  if (phase_ == Phase::listening) return wake(fx);
  silent(fx);
}

void Locator::silent(Fx& fx) {
  if (!told_silent_) fx.fault("the positioning module is silent; it is asked again");
  told_silent_ = true;
  wake(fx);
}

// Lines may be damaged for long; what was in them is not shown again.
void Locator::damaged(Fx& fx) {
  const nanoseconds now = fx.now().monotonic;
  if (now < next_fault_) return;
  next_fault_ = now + 1s;
  fx.fault("a damaged line, or none of a positioning module; is the baud rate right?");
}

void Locator::on(const driver::Enable& enable, Fx& fx) {
  enabled_ = enable.enabled;
  if (!enabled_ && zone_.lose()) tell_zone(fx);
  fx.done(enable.op, phase_ == Phase::down ? CW_LINK_DOWN : CW_OK);
}

void Locator::on(const driver::CheckHealth& check, Fx& fx) {
  if (phase_ == Phase::down) return fx.done(check.op, CW_LINK_DOWN);
  if (!health_.push_back(check.op)) return fx.done(check.op, CW_BUSY);
  if (health_.size() == 1) fx.timer(health_timer, health_within);
}

void Locator::on(const driver::Cancel& cancel, Fx& fx) {
  for (std::size_t i = 0; i < health_.size(); ++i) {
    if (health_[i] != cancel.op) continue;
    health_[i] = health_[health_.size() - 1];
    health_.pop_back();
    return fx.done(cancel.op, cancel.timed_out ? CW_TIMEOUT : CW_CANCELLED);
  }
}

// A line that comes is an answer enough.
void Locator::end_health(std::int32_t status, Fx& fx) {
  if (health_.empty()) return;
  for (const std::uint64_t op : health_) fx.done(op, status);
  health_.clear();
  fx.stop_timer(health_timer);
}

}  // namespace cartwright::dwm1001
