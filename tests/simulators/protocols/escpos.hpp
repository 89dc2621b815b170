#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "simulators/options.hpp"
#include "simulators/simulator.hpp"

namespace cartwright::simulators {

// A customer display of the Epson DM-D family (DM-D110 Specification, 5.4; two rows of twenty
// columns unless said otherwise). It sends nothing.
class Escpos final : public Simulator {
 public:
  explicit Escpos(const OptionValues& options);
  ~Escpos() override;

  Bytes bytes_in(ByteView bytes, nanoseconds now) override;
  Bytes happen(const link::Happening& what, nanoseconds now) override;
  std::optional<nanoseconds> next_due() const override;
  Bytes due(nanoseconds now) override;
  void reboot(nanoseconds now) override;
  std::vector<std::string> screen() const override;

  std::string mode() const;     // "overwrite", "vertical", "horizontal"
  unsigned brightness() const;  // US X: 1 to 4; 0 where US E made the display dark
  unsigned blink() const;       // US E n
  bool cursor_visible() const;
  std::array<int, 2> cursor() const;  // column and row, from 1
  bool selected() const;              // ESC =: it listens

 private:
  class Display;
  std::unique_ptr<Display> display_;
};

const std::vector<OptionHelp>& escpos_options();

}  // namespace cartwright::simulators
