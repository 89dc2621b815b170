#include "code_id.hpp"
#include "driver.hpp"

namespace cartwright::scanner_hid_pos {
namespace {

constexpr std::uint64_t timer_gap = 1;

// One call's effects stay well below CW_EFFECTS_LIMIT: what a label may cost beside its bytes, and
// what all of a call may. What is left is shown again at once.
constexpr std::size_t label_cost = 256;
constexpr std::size_t call_cost = CW_EFFECTS_LIMIT / 2;

// A label of more reports than this has no end.
constexpr std::size_t most_parts = 512;

constexpr std::size_t longest_switch_report = 256;

}  // namespace

void Scanner::configure(const driver::Settings& settings) {
  gap_ = std::chrono::milliseconds(settings.integer("gap_ms"));
  longest_ = static_cast<std::uint32_t>(settings.integer("longest"));
}

void Scanner::on(const driver::LinkUp& up, Fx& fx) {
  up_ = true;
  use_ = Use::usual;
  if (!up.descriptor.empty()) {
    const std::string_view wrong = read_layout(up.descriptor, layout_);
    use_ = wrong.empty() ? Use::layout : Use::unusable;
    if (!wrong.empty()) return fx.fault(wrong);
  }
  if (!enabled_ && use_ == Use::layout && layout_.prevent_read.there()) send({}, fx);
}

void Scanner::on(const driver::LinkDown&, Fx& fx) {
  up_ = in_garbage_ = skip_rest_ = expired_ = false;
  waiting_ = 0;
  fx.stop_timer(timer_gap);
}

void Scanner::on(Messages in, Fx& fx) {
  if (use_ == Use::unusable) return in.take(in.size());
  drop_old(in, fx);
  std::size_t cost = 0;
  while (!in.empty() && cost < call_cost) {
    Label label;
    const std::size_t reports = read_label(in, label, fx);
    if (reports == 0) break;
    in.take(reports);
    cost += label.size() + label_cost;
  }
  const auto left = static_cast<std::uint32_t>(in.size());
  if (left == 0) {
    fx.stop_timer(timer_gap);
  } else if (left != waiting_ || cost != 0) {
    fx.timer(timer_gap, gap_);
  }
  waiting_ = left;
}

// A label whose middle was lost, or whose end never came, is dropped whole.
void Scanner::drop_old(Messages& in, Fx& fx) {
  if (in.lost() != 0) {
    // All that is shown stands behind the gap, and its first may be the rest of a label whose head
    // is lost.
    fx.fault("reports of the scanner were lost, the label they were in is dropped");
    skip_rest_ = true;
    waiting_ = 0;
  } else if (expired_) {
    in.take(waiting_);
    waiting_ = 0;
  }
  expired_ = false;
}

void Scanner::on(const driver::Timer&, Fx& fx) {
  if (waiting_ == 0 || expired_) return;
  expired_ = true;
  fx.fault("a label without its end: its next report did not come");
}

std::size_t Scanner::read_label(const Messages& in, Label& label, Fx& fx) {
  Part first;
  for (std::size_t i = 0; i < in.size(); ++i) {
    const Part part = read_part(layout(), in[i]);
    if (part.kind == Part::Kind::other) {
      if (i == 0) return 1;
      continue;  // a status between two parts of a label
    }
    if (part.kind == Part::Kind::garbage) {
      broken("a report that is none of a HID POS scanner", fx);
      skip_rest_ = skip_rest_ || i != 0;
      return i + 1;
    }
    if (skip_rest_) {
      skip_rest_ = part.continued;
      return i + 1;
    }
    if (i == 0) {
      first = part;
    } else if (part.aim != first.aim) {
      broken("a label without its end: another symbology follows", fx);
      return i;
    }
    if (i == most_parts || !append(part, in[i], label)) {
      broken("a label longer than the setting longest", fx);
      skip_rest_ = part.continued;
      return i + 1;
    }
    if (part.continued) continue;
    in_garbage_ = false;
    tell(first, label, fx);
    return i + 1;
  }
  return 0;
}

bool Scanner::append(const Part& part, driver::ByteView report, Label& label) const {
  if (label.size() + part.size > longest_) return false;
  for (std::uint32_t i = 0; i < part.size; ++i) label.push_back(part.byte(report, i));
  return true;
}

void Scanner::tell(const Part& part, std::string_view label, Fx& fx) {
  if (label.empty() || !enabled_) return;
  if (part.has_aim()) {
    const std::string_view aim(part.aim.data(), part.aim.size());
    return fx.scan(label, driver::symbology_of(aim, label.size()), aim);
  }
  fx.scan(label, symbology_of_code_id(part.code_id));
}

// One fault for a run of bad reports.
void Scanner::broken(std::string_view why, Fx& fx) {
  if (!in_garbage_) fx.fault(why);
  in_garbage_ = true;
}

// Sends the report of `on` with its bit set, and keeps reading prevented where that stands in the
// same report. With an empty switch only that is sent.
void Scanner::send(const Switch& on, Fx& fx) {
  const Switch& report = on.there() ? on : layout_.prevent_read;
  std::array<std::uint8_t, longest_switch_report> bytes{};
  if (!report.there() || report.report_bytes > bytes.size()) return;
  const auto whole = std::span(bytes).first(report.report_bytes);
  if (report.id != 0) whole[0] = report.id;
  if (on.there()) hid::put_bits(whole, on.offset, 1, 1);
  if (!enabled_ && report.same_report(layout_.prevent_read)) {
    hid::put_bits(whole, layout_.prevent_read.offset, 1, 1);
  }
  if (report.feature) {
    fx.feature_set(report.id, whole);
  } else {
    fx.write(driver::ByteView(whole));
  }
}

void Scanner::on(const driver::Beep& beep, Fx& fx) {
  if (!up_) return fx.done(beep.op, CW_LINK_DOWN);
  const bool bad = beep.kind == CW_BEEP_BAD;
  const Switch& wanted = bad ? layout_.error : layout_.good_read;
  const Switch& instead = bad ? layout_.not_on_file : wanted;
  const Switch& on = wanted.there() ? wanted : instead;
  if (use_ != Use::layout || !on.there()) return fx.done(beep.op, CW_UNSUPPORTED);
  send(on, fx);
  fx.done(beep.op);
}

// A scanner without the bit goes on reading, and what it reads is not told.
void Scanner::on(const driver::Enable& enable, Fx& fx) {
  const bool changed = enabled_ != enable.enabled;
  enabled_ = enable.enabled;
  if (changed && up_ && use_ == Use::layout && layout_.prevent_read.there()) send({}, fx);
  fx.done(enable.op);
}

// There is no request that a scanner must answer: an open interface is all that can be told.
void Scanner::on(const driver::CheckHealth& check, Fx& fx) {
  if (!up_) return fx.done(check.op, CW_LINK_DOWN);
  fx.done(check.op, use_ == Use::unusable ? CW_DEVICE_ERROR : CW_OK);
}

}  // namespace cartwright::scanner_hid_pos
