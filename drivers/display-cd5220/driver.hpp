#pragma once

#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/escapes.hpp>

#include "protocol.hpp"

namespace cartwright::cd5220 {

using driver::Fx;

// A display that only listens. Whole screens replace each other in the link's queue, so that a slow
// line shows the newest; the last screen is drawn again when the display comes back.
class Display {
 public:
  std::string_view configure(const driver::Settings& settings);

  void on(const driver::LinkUp& up, Fx& fx);
  void on(const driver::LinkDown& down, Fx& fx);
  void on(driver::Bytes in, Fx& fx);
  void on(const driver::IoDone& done, Fx& fx);
  void on(const driver::Cancel& cancel, Fx& fx);
  void on(const driver::Show& show, Fx& fx);
  void on(const driver::Clear& clear, Fx& fx);
  void on(const driver::Brightness& brightness, Fx& fx);
  void on(const driver::CheckHealth& check, Fx& fx);

 private:
  static constexpr std::size_t most_open = 16;

  Command drawn() const;
  void send(std::uint64_t op, std::string_view bytes, bool whole_screen, Fx& fx);
  void end(std::uint64_t op, std::int32_t status, Fx& fx);

  CodePage page_ = CodePage::cp437;
  bool strings_ = false;
  std::uint32_t percent_ = 100;
  driver::FixedString<64> setup_;

  bool up_ = false;
  Screen screen_;                                       // as it should be
  driver::FixedVector<std::uint64_t, most_open> open_;  // commands whose bytes are on their way
};

}  // namespace cartwright::cd5220
