#pragma once

#include <deque>
#include <memory>
#include <optional>

#include "simulators/line_faults.hpp"
#include "simulators/simulator.hpp"

namespace cartwright::simulators {

// A simulated device with the line to it, still without I/O: bytes leave it late, in pieces or
// spoiled, as the scenario and the faults say. In a scenario act on the line itself
//
//   garbage N    N random bytes are sent at once
//   noise N      N random bytes in front of the next that is sent
//   lose N       the next N bytes that are sent are lost
//   double N     the next N bytes that are sent come twice
//   spoil N      the next N times that something is sent its last byte is wrong: where a check
//                value ends a message, a wrong one
//   slow D       from now on D passes from one byte to the next; 0s: no longer
//   delay D      the next that is sent comes D later
//   silence D    what would be sent within D is lost
//   unplug [D]   the line is cut, for D or until plug
//   plug         the line is whole again
//   reboot       the device is off for 2 s and has forgotten everything
//   crash        as reboot, with a cut line
class SimulatedLine {
 public:
  SimulatedLine(std::unique_ptr<Simulator> device, const LineFaults& faults);

  // What the cart sent. `now` never goes back, as in all of these.
  void bytes_in(ByteView bytes, nanoseconds now);
  void happen(const link::Happening& what, nanoseconds now);

  // What is on the line now, or nothing; of a HID device one report.
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
  bool burst_begins(const link::Happening& what);
  void send(Bytes bytes, nanoseconds now);
  Bytes spoilt(Bytes bytes);
  void cut(std::optional<nanoseconds> until);
  void power_off(nanoseconds now);

  std::unique_ptr<Simulator> device_;
  BadLine to_device_;
  BadLine from_device_;
  nanoseconds byte_gap_;
  bool in_messages_;  // `byte_gap` and `slow` are between reports, noise is a report of its own
  std::deque<Piece> pieces_;  // by time
  Bytes noise_;
  std::uint64_t lose_ = 0;    // bytes
  std::uint64_t double_ = 0;  // bytes
  std::uint64_t spoil_ = 0;   // messages
  nanoseconds delay_{0};
  nanoseconds silent_until_{0};
  nanoseconds off_until_{0};
  bool plugged_ = true;
  std::optional<nanoseconds> plug_at_;
};

}  // namespace cartwright::simulators
