#pragma once

#include <deque>
#include <memory>
#include <optional>

#include "simulators/simulator.hpp"

namespace cartwright::simulators {

// How bytes leave the device, beside what a scenario says.
struct LineFaults {
  nanoseconds byte_gap{0};       // from one byte to the next: a slow typist
  std::uint32_t flip_every = 0;  // each n-th byte has its highest bit wrong, as with bad parity
};

// A simulated device with the line to it, still without I/O: bytes leave it late, in pieces or
// spoiled, as the scenario and the faults say. In a scenario act on the line itself
//
//   garbage N    N random bytes are sent at once
//   noise N      N random bytes in front of the next that is sent
//   delay D      the next that is sent comes D later
//   silence D    what would be sent within D is lost
//   unplug [D]   the line is cut, for D or until plug
//   plug         the line is whole again
//   reboot       the device is off for 2 s and has forgotten everything
//   crash        as reboot, with a cut line
class SimulatedLine {
 public:
  SimulatedLine(std::unique_ptr<Simulator> device, LineFaults faults);

  // What the cart sent. `now` never goes back, as in all of these.
  void bytes_in(ByteView bytes, nanoseconds now);
  void happen(const link::Happening& what, nanoseconds now);

  // What is on the line now, or nothing.
  Bytes due(nanoseconds now);
  // When due() is next worth a call.
  std::optional<nanoseconds> next_due() const;
  // False while the line is cut. A change takes effect in happen() or due().
  bool plugged() const { return plugged_; }
  const Simulator& device() const { return *device_; }

 private:
  struct Piece {
    nanoseconds at;
    Bytes bytes;
  };

  bool happens_to_line(const link::Happening& what, nanoseconds now);
  void send(Bytes bytes, nanoseconds now);
  void cut(std::optional<nanoseconds> until);
  void power_off(nanoseconds now);

  std::unique_ptr<Simulator> device_;
  LineFaults faults_;
  std::deque<Piece> pieces_;  // by time
  Bytes noise_;
  nanoseconds delay_{0};
  nanoseconds silent_until_{0};
  nanoseconds off_until_{0};
  bool plugged_ = true;
  std::optional<nanoseconds> plug_at_;
  std::uint64_t sent_ = 0;
};

}  // namespace cartwright::simulators
