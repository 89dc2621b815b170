#pragma once

#include "commands.hpp"

namespace cartwright::ssi {

using driver::Bytes;

// A scanner that speaks the Simple Serial Interface. It repeats a packet until it is acknowledged,
// and it is acknowledged when the trip has the label.
class Scanner {
 public:
  std::string_view configure(const driver::Settings& settings);

  void on(const driver::LinkUp& up, Fx& fx);
  void on(const driver::LinkDown& down, Fx& fx);
  void on(Bytes in, Fx& fx);
  void on(const driver::Timer& timer, Fx& fx);
  void on(const driver::LineState& state, Fx& fx);
  void on(const driver::IoDone& done, Fx& fx);
  void on(const driver::Beep& beep, Fx& fx);
  void on(const driver::Enable& enable, Fx& fx);
  void on(const driver::CheckHealth& check, Fx& fx);
  void on(const driver::VendorCommand& command, Fx& fx);
  void on(const driver::Cancel& cancel, Fx& fx);

 private:
  // 1 to 3 are the sender's.
  static constexpr std::uint64_t timer_gap = 4;
  static constexpr std::uint64_t timer_rest = 5;
  static constexpr std::uint64_t timer_lamps = 6;
  static constexpr std::uint64_t timer_more = 7;

  enum class Acknowledge : std::uint8_t { each, last, none };

  // A label may be spread over packets; the longest code, a QR of digits, has 7089.
  static constexpr std::size_t longest_label = 7168;

  void set_up(Fx& fx);
  void read(Bytes& in, bool silence, Fx& fx);
  std::size_t read_raw(Bytes& in, bool silence, Fx& fx);
  void broken(std::string_view why, Fx& fx);

  void damaged(const Packet& header, Fx& fx);
  void take(const Packet& packet, Fx& fx);
  // labels.cpp
  void take_label_part(const Packet& packet, Fx& fx);
  bool is_repetition(const Packet& packet, Fx& fx);
  void join(const Packet& packet, Fx& fx);
  void tell(std::string_view label, std::uint8_t type, Fx& fx);
  void tell_raw(std::string_view label, Fx& fx);
  void emit(std::string_view label, std::uint32_t symbology, std::string_view aim, Fx& fx);

  void tell_revision(std::string_view reply, Fx& fx);
  void light(std::uint8_t lamps, Fx& fx);

  Sender sender_;
  std::chrono::milliseconds answer_{2000};
  std::chrono::milliseconds gap_{200};
  std::chrono::milliseconds lit_{500};
  Acknowledge acknowledge_ = Acknowledge::each;
  bool raw_ = false;
  bool aim_ = true;
  bool identify_ = true;
  bool has_parameters_ = false;
  std::int16_t beep_good_ = 0;
  std::int16_t beep_bad_ = 0;
  std::uint8_t led_good_ = 0;
  std::uint8_t led_bad_ = 0;
  driver::FixedString<32> no_read_;

  bool up_ = false;
  bool enabled_ = true;
  bool in_garbage_ = false;  // its fault is told
  std::uint8_t lit_lamps_ = 0;
  // What the scanner can do, by opcode, once it has said so.
  bool knows_capabilities_ = false;
  std::array<std::uint32_t, 8> capabilities_{};
  std::uint64_t told_revision_ = 0;  // its hash

  // The packet of a label that was taken last: its hash without the bit "repeated".
  std::uint64_t last_hash_ = 0;
  std::chrono::nanoseconds last_taken_{0};
  bool any_taken_ = false;
  bool new_was_damaged_ = false;  // since then: a first sending that was not readable

  // The label that goes on in the next packet.
  bool joining_ = false;
  bool too_long_ = false;  // drop it to its end
  std::uint8_t type_ = 0;
  driver::FixedString<longest_label> label_;
};

}  // namespace cartwright::ssi
