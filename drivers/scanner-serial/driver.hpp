#pragma once

#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/escapes.hpp>
#include <cartwright/driver/label_id.hpp>

#include "protocol.hpp"

namespace cartwright::scanner_serial {

using driver::Bytes;
using driver::Fx;

// A scanner that sends labels as text. A label with a byte that no label has is dropped whole, its
// rest up to the suffix or a silence included: half a label must never be sold.
class Scanner {
 public:
  std::string_view configure(const driver::Settings& settings);

  void on(const driver::LinkUp& up, Fx& fx);
  void on(const driver::LinkDown& down, Fx& fx);
  void on(Bytes in, Fx& fx);
  void on(const driver::Timer& timer, Fx& fx);
  void on(const driver::Beep& beep, Fx& fx);
  void on(const driver::Enable& enable, Fx& fx);
  void on(const driver::CheckHealth& check, Fx& fx);

 private:
  using Mark = driver::FixedString<16>;
  enum class Maker : std::uint8_t { none, datalogic, datalogic_eu, honeywell, zebra };

  void after_silence(Bytes& in, Fx& fx);
  void read(Bytes& in, bool silence, Fx& fx);
  void take(const Token& token, Fx& fx);
  void tell(std::string_view label, Fx& fx);
  std::span<const driver::LabelId> label_ids() const;
  bool locked_out(std::string_view label, Fx& fx);
  void broken(std::string_view why, Fx& fx);

  Mark prefix_;
  Mark suffix_;
  Mark beep_good_;
  Mark beep_bad_;
  std::chrono::milliseconds idle_{50};
  std::chrono::milliseconds gap_{1000};
  std::chrono::milliseconds lockout_{0};
  std::uint32_t longest_ = 1024;
  bool aim_ = true;
  Maker maker_ = Maker::none;  // whose identifiers labels have

  bool up_ = false;
  bool enabled_ = true;
  bool in_garbage_ = false;    // its fault is told
  bool drop_rest_ = false;     // a label was torn: what comes up to its end is its rest
  std::uint32_t waiting_ = 0;  // bytes that the last call left pending
  std::chrono::nanoseconds last_byte_{0};

  // The label that was read last, for the lockout: its length and FNV-1a hash.
  std::uint64_t last_hash_ = 0;
  std::uint64_t last_size_ = 0;
  std::chrono::nanoseconds last_read_{0};
  std::uint64_t locked_out_ = 0;
};

}  // namespace cartwright::scanner_serial
