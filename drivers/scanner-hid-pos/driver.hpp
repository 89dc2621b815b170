#pragma once

#include <cartwright/driver/driver.hpp>

#include "protocol.hpp"

namespace cartwright::scanner_hid_pos {

using driver::Fx;
using driver::Messages;

// A scanner on one HID interface. The reports of a label stay pending until its last one is there,
// so a crash or an unplug in the middle can neither cut nor double a label.
class Scanner {
 public:
  void configure(const driver::Settings& settings);

  void on(const driver::LinkUp& up, Fx& fx);
  void on(const driver::LinkDown& down, Fx& fx);
  void on(Messages in, Fx& fx);
  void on(const driver::Timer& timer, Fx& fx);
  void on(const driver::Beep& beep, Fx& fx);
  void on(const driver::Enable& enable, Fx& fx);
  void on(const driver::CheckHealth& check, Fx& fx);

 private:
  using Label = driver::FixedString<4000>;

  enum class Use : std::uint8_t {
    usual,     // no descriptor: the class's usual report
    layout,    // as the descriptor says
    unusable,  // the descriptor is none of a HID POS scanner
  };

  void drop_old(Messages& in, Fx& fx);
  // What became of the label at the front: how many messages it was, 0 where it is not whole.
  std::size_t read_label(const Messages& in, Label& label, Fx& fx);
  bool append(const Part& part, driver::ByteView report, Label& label) const;
  void tell(const Part& part, std::string_view label, Fx& fx);
  void broken(std::string_view why, Fx& fx);
  void send(const Switch& on, Fx& fx);
  const Layout* layout() const { return use_ == Use::layout ? &layout_ : nullptr; }

  std::chrono::milliseconds gap_{1000};
  std::uint32_t longest_ = 4000;

  Layout layout_;
  Use use_ = Use::usual;
  bool up_ = false;
  bool enabled_ = true;
  bool in_garbage_ = false;    // its fault is told
  bool skip_rest_ = false;     // a label was dropped: its further parts are its rest
  bool expired_ = false;       // what waits is too old to be continued
  std::uint32_t waiting_ = 0;  // reports that the last call left pending
};

}  // namespace cartwright::scanner_hid_pos
