#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "simulators/protocols/display_glass.hpp"
#include "simulators/simulator.hpp"

namespace cartwright::simulators {

// A display from its power-on to its power-off: collects bytes until they are a command, and has it
// obeyed.
class DisplayPower {
 public:
  virtual ~DisplayPower() = default;

  virtual void take(std::uint8_t byte);
  virtual const DisplayGlass& glass() const = 0;
  // What a person sees, row by row.
  virtual std::vector<DisplayGlass::Row> seen() const { return glass().rows(); }
  virtual unsigned brightness() const = 0;  // 1 to 4, 0 is dark
  virtual unsigned blink() const = 0;       // US E n
  virtual bool cursor_visible() const = 0;
  virtual bool selected() const { return true; }  // it listens
  virtual std::optional<nanoseconds> next_due() const { return std::nullopt; }

  nanoseconds now{0};

 protected:
  std::string_view command() const { return command_; }
  std::uint8_t byte(std::size_t i) const { return static_cast<std::uint8_t>(command_[i]); }
  // The size of ESC & s n m [a p1..pa*s] x (m-n+1), where the pattern of each character has its own
  // width: `lanes` bytes a column, fewer than `widths` columns.
  std::size_t download_size(std::size_t lanes, unsigned widths) const;
  // Does the command where it is one that moves the cursor, or says how, on all of these displays.
  static bool move(DisplayGlass& glass, std::string_view command);
  void forget_command() { command_.clear(); }

 private:
  virtual void write(std::uint8_t character) = 0;
  // The size of the command that has begun; while bytes are missing any that is larger than what
  // is there.
  virtual std::size_t command_size() const = 0;
  virtual void obey() = 0;

  std::string command_;
};

// The simulator of a display that sends nothing.
class LineDisplay : public Simulator {
 public:
  using PowerOn = std::function<std::unique_ptr<DisplayPower>()>;
  explicit LineDisplay(PowerOn power_on) : power_on_(std::move(power_on)), power_(power_on_()) {}

  Bytes bytes_in(ByteView bytes, nanoseconds now) override;
  Bytes happen(const link::Happening& what, nanoseconds now) override;
  std::optional<nanoseconds> next_due() const override { return power_->next_due(); }
  Bytes due(nanoseconds now) override;
  void reboot(nanoseconds now) override;
  std::vector<std::string> screen() const override;

  std::string mode() const { return std::string(power_->glass().mode_name()); }
  unsigned brightness() const { return power_->brightness(); }  // 1 to 4, 0 is dark
  unsigned blink() const { return power_->blink(); }            // US E n
  bool cursor_visible() const { return power_->cursor_visible(); }
  std::array<int, 2> cursor() const { return power_->glass().cursor(); }  // column, row, from 1
  bool selected() const { return power_->selected(); }                    // it listens

 private:
  PowerOn power_on_;
  std::unique_ptr<DisplayPower> power_;
};

}  // namespace cartwright::simulators
