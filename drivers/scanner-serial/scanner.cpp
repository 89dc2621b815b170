#include "driver.hpp"

#include <cartwright/driver/hash.hpp>
#include <cartwright/driver/read_each.hpp>

namespace cartwright::scanner_serial {
namespace {

constexpr std::uint64_t timer_silence = 1;
constexpr std::uint64_t timer_more = 2;

// What a label may cost in effects beside its bytes.
constexpr std::size_t label_cost = 256;

}  // namespace

std::string_view Scanner::configure(const driver::Settings& settings) {
  const auto read_mark = [&](std::string_view key, Mark& mark) {
    const auto bytes = driver::read_escapes<16>(settings.text(key));
    if (bytes) mark = *bytes;
    return bytes.has_value();
  };
  idle_ = std::chrono::milliseconds(settings.integer("idle_ms"));
  gap_ = std::chrono::milliseconds(settings.integer("gap_ms"));
  lockout_ = std::chrono::milliseconds(settings.integer("lockout_ms"));
  longest_ = static_cast<std::uint32_t>(settings.integer("longest"));
  const std::string_view label_id = settings.text("label_id");
  aim_ = settings.text("aim") != "off" && label_id != "none";
  if (label_id == "datalogic") maker_ = Maker::datalogic;
  if (label_id == "datalogic_eu") maker_ = Maker::datalogic_eu;
  if (label_id == "honeywell") maker_ = Maker::honeywell;
  if (label_id == "zebra") maker_ = Maker::zebra;
  const bool read = read_mark("prefix", prefix_) && read_mark("suffix", suffix_) &&
                    read_mark("beep_good", beep_good_) && read_mark("beep_bad", beep_bad_);
  return read ? std::string_view()
              : "prefix, suffix, beep_good and beep_bad are at most 16 bytes, written as text with "
                "\\r \\n \\t \\0 \\\\ and \\xHH";
}

void Scanner::on(const driver::LinkUp&, Fx&) {
  up_ = true;
}

void Scanner::on(const driver::LinkDown&, Fx& fx) {
  up_ = in_garbage_ = drop_rest_ = false;
  waiting_ = 0;
  fx.stop_timer(timer_silence);
}

void Scanner::on(Bytes in, Fx& fx) {
  if (in.size() > waiting_) {
    after_silence(in, fx);
    last_byte_ = fx.now().monotonic;
  }
  if (in.lost() != 0) {
    fx.fault("bytes from the scanner were lost, the label they were in is dropped");
    in.take(waiting_);
    drop_rest_ = prefix_.empty();
  }
  read(in, false, fx);
  if (suffix_.empty()) fx.timer(timer_silence, idle_);
}

void Scanner::on(const driver::Timer& timer, Fx& fx) {
  Bytes in = fx.pending();
  read(in, timer.id == timer_silence, fx);
  if (timer.id == timer_silence) drop_rest_ = in_garbage_ = false;
}

// A label comes in one go. Half a one from long ago must not become the head of the next.
void Scanner::after_silence(Bytes& in, Fx& fx) {
  if (gap_.count() == 0 || fx.now().monotonic - last_byte_ <= gap_) return;
  drop_rest_ = in_garbage_ = false;
  if (waiting_ == 0) return;
  in.take(waiting_);
  waiting_ = 0;
  fx.fault("a label without its end");
}

void Scanner::read(Bytes& in, bool silence, Fx& fx) {
  const Framing framing{prefix_, suffix_, longest_};
  driver::read_each(silence ? timer_silence : timer_more, fx, [&]() -> std::optional<std::size_t> {
    const Token token = read_token(driver::text_of(in.view()), framing, in_garbage_, silence);
    if (token.kind == TokenKind::incomplete) return std::nullopt;
    take(token, fx);
    in.take(token.size);
    // All else tells at most one fault between two labels.
    return token.kind == TokenKind::label ? token.label.size() + label_cost : 0;
  });
  waiting_ = static_cast<std::uint32_t>(in.size());
}

void Scanner::take(const Token& token, Fx& fx) {
  // Behind a prefix a label stands by itself, whatever came before.
  const bool rest_follows = token.tore_label && prefix_.empty();
  switch (token.kind) {
    case TokenKind::incomplete:
    case TokenKind::blank:
      return;
    case TokenKind::garbage:
      broken("bytes that no label has", fx);
      drop_rest_ = drop_rest_ || rest_follows;
      return;
    case TokenKind::too_long:
      broken("a label without end or longer than the setting longest", fx);
      drop_rest_ = drop_rest_ || rest_follows;
      return;
    case TokenKind::cut:
      broken("a label without its suffix", fx);
      return;
    case TokenKind::label: {
      const bool whole = !drop_rest_;
      drop_rest_ = in_garbage_ = false;
      if (whole && enabled_ && !token.label.empty()) tell(token.label, fx);
      return;
    }
  }
}

// One fault for a run of bad bytes.
void Scanner::broken(std::string_view why, Fx& fx) {
  if (!in_garbage_ && !drop_rest_) fx.fault(why);
  in_garbage_ = true;
}

void Scanner::tell(std::string_view label, Fx& fx) {
  if (locked_out(label, fx)) return;
  if (const auto known = driver::split_label_id(label, label_ids())) {
    return fx.scan(known->data, known->symbology);
  }
  const auto scan = aim_ ? driver::split_aim(label) : std::nullopt;
  if (!scan) return fx.scan(label);
  fx.scan(scan->data, driver::symbology_of(scan->aim, scan->data.size()), scan->aim);
}

std::span<const driver::LabelId> Scanner::label_ids() const {
  switch (maker_) {
    case Maker::none:
      break;
    case Maker::datalogic:
      return driver::datalogic_label_ids;
    case Maker::datalogic_eu:
      return driver::datalogic_eu_label_ids;
    case Maker::honeywell:
      return driver::honeywell_label_ids;
    case Maker::zebra:
      return driver::zebra_label_ids;
  }
  return {};
}

// A label left before the reader is read again and again: each reading prolongs the lockout.
bool Scanner::locked_out(std::string_view label, Fx& fx) {
  if (lockout_.count() == 0) return false;
  const auto now = fx.now().monotonic;
  const std::uint64_t hash = driver::fnv1a(label);
  const bool again =
      hash == last_hash_ && label.size() == last_size_ && now - last_read_ < lockout_;
  last_hash_ = hash;
  last_size_ = label.size();
  last_read_ = now;
  if (!again) return false;
  ++locked_out_;
  driver::FixedString<64> text;
  text.append("duplicate reads dropped: ");
  driver::append_digits(text, locked_out_);
  fx.log(text);
  return true;
}

void Scanner::on(const driver::Beep& beep, Fx& fx) {
  const Mark& bytes = beep.kind == CW_BEEP_BAD ? beep_bad_ : beep_good_;
  if (bytes.empty()) return fx.done(beep.op, CW_UNSUPPORTED);
  if (!up_) return fx.done(beep.op, CW_LINK_DOWN);
  fx.write(bytes.view());
  fx.done(beep.op);
}

void Scanner::on(const driver::Enable& enable, Fx& fx) {
  enabled_ = enable.enabled;
  fx.done(enable.op);
}

// The scanner answers nothing, so an open line is all that can be told.
void Scanner::on(const driver::CheckHealth& check, Fx& fx) {
  fx.done(check.op, up_ ? CW_OK : CW_LINK_DOWN);
}

}  // namespace cartwright::scanner_serial
