#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "simulators/options.hpp"
#include "simulators/simulator.hpp"

namespace cartwright::simulators {

// A display of two rows of twenty columns that obeys the CD5220 standard commands (user's manual,
// 6.1; details as in the manuals of compatible displays). It sends nothing.
class Cd5220 final : public Simulator {
 public:
  explicit Cd5220(const OptionValues& options);
  ~Cd5220() override;

  Bytes bytes_in(ByteView bytes, nanoseconds now) override;
  Bytes happen(const link::Happening& what, nanoseconds now) override;
  void reboot(nanoseconds now) override;
  std::vector<std::string> screen() const override;

  // "normal" (overwrite), "vertical", "horizontal", "viewport" (horizontal in a window), "string"
  // or "scroll" (the upper line runs).
  std::string mode() const;
  unsigned brightness() const;  // 1 to 4, 0 is off
  bool cursor_visible() const;
  unsigned blink() const;  // US E n
  // Column and row, from 1.
  std::array<unsigned, 2> cursor() const;

 private:
  class Screen;
  std::unique_ptr<Screen> screen_;
};

const std::vector<OptionHelp>& cd5220_options();

}  // namespace cartwright::simulators
