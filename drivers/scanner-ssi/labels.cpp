// What the packets of labels come to: each label whole, once, and under its name.
#include <cartwright/driver/hash.hpp>

#include "code_types.hpp"
#include "driver.hpp"

namespace cartwright::ssi {
namespace {

// A repeated packet differs from its first sending by that bit alone.
std::uint64_t hash_without_repeated(const Packet& packet) {
  std::uint64_t hash = driver::fnv1a_start;
  for (std::size_t i = 0; i < packet.body.size(); ++i) {
    const std::uint8_t byte = packet.body[i];
    hash = driver::fnv1a(hash, i == 3 ? static_cast<std::uint8_t>(byte & ~status_repeated) : byte);
  }
  return hash;
}

}  // namespace

void Scanner::take_label_part(const Packet& packet, Fx& fx) {
  if (!is_repetition(packet, fx)) {
    if (packet.data.empty()) {
      fx.fault("a label without its code type");
    } else {
      join(packet, fx);
    }
  }
  const bool ends = !packet.continued();
  const bool wanted =
      acknowledge_ == Acknowledge::each || (acknowledge_ == Acknowledge::last && ends);
  if (wanted) sender_.acknowledge(fx);
}

// The scanner repeats what was acknowledged where the acknowledge was lost on its way. The same
// label read anew is sent without the bit; where that sending was damaged it comes with it too.
bool Scanner::is_repetition(const Packet& packet, Fx& fx) {
  const std::uint64_t hash = hash_without_repeated(packet);
  const auto now = fx.now().monotonic;
  const bool repetition = packet.repeated() && any_taken_ && !new_was_damaged_ &&
                          hash == last_hash_ && now - last_taken_ <= answer_ * 4;
  last_hash_ = hash;
  last_taken_ = now;
  any_taken_ = true;
  new_was_damaged_ = false;
  return repetition;
}

void Scanner::join(const Packet& packet, Fx& fx) {
  const std::uint8_t type = packet.data[0];
  const std::string_view part = driver::text_of(packet.data.subspan(1));
  if (joining_ && type != type_) {
    fx.fault("the rest of a label never came");
    joining_ = too_long_ = false;
    label_.clear();
  }
  if (!joining_ && !packet.continued()) return tell(part, type, fx);
  joining_ = true;
  type_ = type;
  if (!too_long_ && !label_.append(part)) {
    too_long_ = true;
    fx.fault("a label with more than 7168 bytes");
  }
  if (packet.continued()) return fx.timer(timer_rest, answer_ * 4);
  fx.stop_timer(timer_rest);
  if (!too_long_) tell(label_, type, fx);
  joining_ = too_long_ = false;
  label_.clear();
}

void Scanner::tell(std::string_view label, std::uint8_t type, Fx& fx) {
  // Type 0 is "not applicable": the message of a session that read nothing.
  const bool nothing_read = type == 0 && label == "NR";
  if (nothing_read || label.empty() || (!no_read_.empty() && label == no_read_)) return;
  const auto scan = aim_ ? driver::split_aim(label) : std::nullopt;
  if (scan) {
    return emit(scan->data, driver::symbology_of(scan->aim, scan->data.size()), scan->aim, fx);
  }
  const CodeType known = code_type(type, label.size());
  emit(label, known.symbology, known.aim, fx);
}

void Scanner::tell_raw(std::string_view label, Fx& fx) {
  in_garbage_ = false;
  tell(label, 0, fx);
}

void Scanner::emit(std::string_view label, std::uint32_t symbology, std::string_view aim, Fx& fx) {
  if (!enabled_) return;
  if (label.size() <= 4096) return fx.scan(label, symbology, aim);
  driver::RecordBuilder<cw_scanner_data, longest_label> event(CW_SCANNER_DATA);
  event.value.data = event.put(label);
  event.value.symbology = symbology;
  for (std::size_t i = 0; i < aim.size(); ++i) {
    event.value.aim[i] = static_cast<std::uint8_t>(aim[i]);
  }
  fx.emit(event);
}

}  // namespace cartwright::ssi
