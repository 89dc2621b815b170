#include <cartwright/driver/escapes.hpp>
#include <cartwright/driver/hash.hpp>
#include <cartwright/driver/read_each.hpp>

#include "driver.hpp"

namespace cartwright::ssi {
namespace {

// What a packet or a raw label of `size` bytes may cost in effects.
constexpr std::size_t cost_of(std::size_t size) {
  return (size + 512) * 3 / 2;
}

// One or two bytes; none where the text is something else.
driver::FixedVector<std::uint8_t, 2> read_hex(std::string_view text) {
  driver::FixedVector<std::uint8_t, 2> bytes;
  if (text.size() != 2 && text.size() != 4) return bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = driver::detail::hex_digit(text[i]);
    const int low = driver::detail::hex_digit(text[i + 1]);
    if (high < 0 || low < 0) return {};
    bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
  }
  return bytes;
}

std::string_view next_word(std::string_view& text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  return word;
}

}  // namespace

std::string_view Scanner::configure(const driver::Settings& settings) {
  const auto milliseconds = [&](std::string_view key) {
    return std::chrono::milliseconds(settings.integer(key));
  };
  Sender::Options options;
  const std::string_view handshake = settings.text("handshake");
  if (handshake == "wakeup") options.handshake = Handshake::wakeup;
  if (handshake == "rts_cts") options.handshake = Handshake::rts_cts;
  options.answer = milliseconds("answer_ms");
  options.retries = static_cast<std::uint32_t>(settings.integer("retries"));
  options.permanent = settings.boolean("keep_parameters");
  const auto parameters = read_parameters(settings.text("parameters"));
  if (!parameters) {
    return "parameters is a list as 238=1, 159=1: numbers up to 65535 but not 240 to 255, and one "
           "message long at most";
  }
  options.parameters = *parameters;
  sender_.configure(options);
  has_parameters_ = !parameters->empty();

  const std::string_view acknowledge = settings.text("acknowledge");
  if (acknowledge == "last") acknowledge_ = Acknowledge::last;
  if (acknowledge == "none") acknowledge_ = Acknowledge::none;
  answer_ = options.answer;
  gap_ = milliseconds("gap_ms");
  lit_ = milliseconds("led_ms");
  raw_ = settings.text("data") == "raw";
  aim_ = settings.text("aim") != "off";
  identify_ = settings.boolean("identify");
  beep_good_ = static_cast<std::int16_t>(settings.integer("beep_good"));
  beep_bad_ = static_cast<std::int16_t>(settings.integer("beep_bad"));
  led_good_ = static_cast<std::uint8_t>(settings.integer("led_good"));
  led_bad_ = static_cast<std::uint8_t>(settings.integer("led_bad"));
  no_read_.assign(settings.text("no_read"));
  return {};
}

// --- the line

void Scanner::on(const driver::LinkUp&, Fx& fx) {
  up_ = true;
  sender_.link_up(fx);
  set_up(fx);
}

void Scanner::on(const driver::LinkDown&, Fx& fx) {
  up_ = in_garbage_ = joining_ = too_long_ = new_was_damaged_ = false;
  label_.clear();
  sender_.link_down(fx);
  for (const std::uint64_t id : {timer_gap, timer_rest, timer_lamps, timer_more}) {
    fx.stop_timer(id);
  }
}

// A scanner that was disabled stays so, whatever became of the cart that said it.
void Scanner::set_up(Fx& fx) {
  if (has_parameters_) sender_.add({.code = opcode::param_send}, fx);
  const std::uint8_t scan = enabled_ ? opcode::scan_enable : opcode::scan_disable;
  sender_.add({.code = scan}, fx);
  if (!identify_) return;
  sender_.add({.code = opcode::request_revision}, fx);
  sender_.add({.code = opcode::capabilities_request}, fx);
}

void Scanner::on(Bytes in, Fx& fx) {
  if (in.lost() != 0) fx.fault("bytes from the scanner were lost");
  read(in, false, fx);
}

void Scanner::on(const driver::Timer& timer, Fx& fx) {
  if (sender_.on_timer(timer.id, fx)) return;
  if (timer.id == timer_lamps) {
    sender_.add({.code = opcode::led_off, .value = lit_lamps_, .has_value = true}, fx);
    lit_lamps_ = 0;
  }
  if (timer.id == timer_rest && joining_) {
    if (!too_long_) fx.fault("the rest of a label never came");
    joining_ = too_long_ = false;
    label_.clear();
  }
  if (timer.id == timer_gap || timer.id == timer_more) {
    Bytes in = fx.pending();
    read(in, timer.id == timer_gap, fx);
  }
}

void Scanner::on(const driver::LineState& state, Fx& fx) {
  sender_.on_lines(state.lines, fx);
}

void Scanner::on(const driver::IoDone& done, Fx& fx) {
  sender_.on_io_done(done, fx);
}

// --- what comes in

void Scanner::read(Bytes& in, bool silence, Fx& fx) {
  const auto next = [&]() -> std::optional<std::size_t> {
    if (in.empty()) return std::nullopt;
    if (raw_ && !is_decoder_packet(in.view())) {
      const std::size_t size = read_raw(in, silence, fx);
      return size != 0 ? std::optional(cost_of(size)) : std::nullopt;
    }
    const Token token = read_token(in.view(), silence);
    if (token.kind == TokenKind::incomplete) return std::nullopt;
    if (token.kind == TokenKind::packet) take(token.packet, fx);
    if (token.kind == TokenKind::damaged) damaged(token.packet, fx);
    if (token.kind == TokenKind::garbage) {
      broken("bytes that are no SSI packet; does the scanner send raw data?", fx);
    }
    in.take(token.size);
    return token.kind != TokenKind::garbage ? cost_of(token.size) : 0;
  };
  if (!driver::read_each(silence ? timer_gap : timer_more, fx, next)) return;
  if (!in.empty()) {
    fx.timer(timer_gap, gap_);
  } else {
    fx.stop_timer(timer_gap);
  }
}

// How much was taken; 0 where the label's end is not there.
std::size_t Scanner::read_raw(Bytes& in, bool silence, Fx& fx) {
  const RawLabel label = read_raw_label(in.view(), silence);
  if (label.size != 0) {
    if (!label.text.empty()) tell_raw(label.text, fx);
  } else if (in.size() > longest_label) {
    broken("a label without its end", fx);
    return in.take_all().size();
  }
  return in.take(label.size).size();
}

// One fault for a run of bad bytes.
void Scanner::broken(std::string_view why, Fx& fx) {
  if (!in_garbage_) fx.fault(why);
  in_garbage_ = true;
}

// Asks for the packet once more, but not for one that answers a command: that is sent again.
void Scanner::damaged(const Packet& header, Fx& fx) {
  const bool first = !in_garbage_;
  broken("a packet with a wrong checksum or without its end", fx);
  const bool label = header.source == from_decoder && header.opcode == opcode::decode_data;
  // A repetition comes when the scanner has waited for its answer; before that it is a new reading.
  const bool in_patience = fx.now().monotonic - last_taken_ < answer_ * 9 / 10;
  if (label && !header.repeated() && in_patience) new_was_damaged_ = true;
  const bool answers = header.opcode == opcode::ack || header.opcode == opcode::nak;
  const bool wanted = label || (first && !answers);
  if (wanted && acknowledge_ != Acknowledge::none) sender_.refuse(cause_resend, fx);
}

void Scanner::take(const Packet& packet, Fx& fx) {
  in_garbage_ = false;
  if (packet.source != from_decoder) return;  // what we sent, on a line with an echo
  if (sender_.silent()) {
    // It was off and has forgotten what it was told.
    sender_.heard();
    set_up(fx);
  }
  switch (packet.opcode) {
    case opcode::ack:
      return sender_.got_ack(fx);
    case opcode::nak:
      return sender_.got_nak(packet.data.empty() ? cause_resend : packet.data[0], fx);
    case opcode::decode_data:
      return take_label_part(packet, fx);
    case opcode::reply_revision:
      tell_revision(driver::text_of(packet.data), fx);
      return sender_.got_reply(packet.opcode, fx);
    case opcode::capabilities_reply:
      // Baud rates (2), serial options, packet options; then the opcodes.
      capabilities_ = {};
      for (std::size_t i = 4; i < packet.data.size(); ++i) {
        capabilities_[packet.data[i] / 32] |= 1u << (packet.data[i] % 32);
      }
      knows_capabilities_ = packet.data.size() > 4;
      return sender_.got_reply(packet.opcode, fx);
    case opcode::event:
      sender_.acknowledge(fx);
      if (!packet.data.empty() && packet.data[0] == event_boot) set_up(fx);
      return;
    case opcode::param_send:
    case opcode::management:
    case opcode::image_data:
    case opcode::video_data:
    case opcode::batch_data:
      return sender_.acknowledge(fx);  // not asked for, but the scanner would repeat it
    default:
      return sender_.refuse(cause_bad_context, fx);
  }
}

// "REVISION BOARD ENGINE CLASS", words of ASCII. Told when it is new.
void Scanner::tell_revision(std::string_view reply, Fx& fx) {
  const std::uint64_t hash = driver::fnv1a(reply);
  if (hash == told_revision_) return;
  told_revision_ = hash;
  driver::FixedString<256> clean;
  for (const char c : reply) clean.push_back(c >= 0x20 && c < 0x7F ? c : ' ');
  std::string_view rest = clean;
  const std::string_view firmware = next_word(rest);
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  while (rest.ends_with(' ')) rest.remove_suffix(1);
  fx.device_info({.maker = {}, .model = rest, .firmware = firmware, .serial = {}});
}

// --- commands

void Scanner::on(const driver::Beep& beep, Fx& fx) {
  const bool good = beep.kind != CW_BEEP_BAD;
  const std::int16_t code = good ? beep_good_ : beep_bad_;
  const bool can =
      !knows_capabilities_ || (capabilities_[opcode::beep / 32] >> (opcode::beep % 32) & 1u) != 0;
  if (code < 0 || !can) return fx.done(beep.op, CW_UNSUPPORTED);
  const auto value = static_cast<std::uint8_t>(code);
  sender_.add({.op = beep.op, .code = opcode::beep, .value = value, .has_value = true}, fx);
  light(good ? led_good_ : led_bad_, fx);
}

void Scanner::light(std::uint8_t lamps, Fx& fx) {
  if (lamps == 0 || !up_) return;
  sender_.add({.code = opcode::led_on, .value = lamps, .has_value = true}, fx);
  lit_lamps_ |= lamps;
  fx.timer(timer_lamps, lit_);
}

void Scanner::on(const driver::Enable& enable, Fx& fx) {
  enabled_ = enable.enabled;
  if (!up_) return fx.done(enable.op);  // the line coming up says it
  const std::uint8_t code = enabled_ ? opcode::scan_enable : opcode::scan_disable;
  sender_.add({.op = enable.op, .code = code}, fx);
}

void Scanner::on(const driver::CheckHealth& check, Fx& fx) {
  sender_.add({.op = check.op, .code = opcode::request_revision}, fx);
}

// Any message of the guide that CMD_ACK answers and that has at most one byte of data, as
// hexadecimal text.
void Scanner::on(const driver::VendorCommand& command, Fx& fx) {
  if (command.id != "com.zebra.ssi/1") return fx.done(command.op, CW_UNSUPPORTED);
  const auto bytes = read_hex(driver::text_of(command.data));
  if (bytes.empty()) return fx.done(command.op, CW_INVALID);
  const std::uint8_t code = bytes[0];
  const bool answers = code == opcode::ack || code == opcode::nak;
  if (code < 0xC0 || code == opcode::param_send || answers ||
      code == opcode::capabilities_request) {
    return fx.done(command.op, CW_INVALID);
  }
  const bool has_value = bytes.size() == 2;
  const std::uint8_t value = has_value ? bytes[1] : std::uint8_t{0};
  sender_.add({.op = command.op, .code = code, .value = value, .has_value = has_value}, fx);
}

void Scanner::on(const driver::Cancel& cancel, Fx& fx) {
  sender_.cancel(cancel, fx);
}

}  // namespace cartwright::ssi
