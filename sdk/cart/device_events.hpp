#pragma once

#include <cartwright/events.hpp>

#include <string>

#include "host/record.hpp"

namespace cartwright::cart {

// What the devices tell the cart. Called on the cart loop.
class DeviceEvents {
 public:
  virtual ~DeviceEvents() = default;
  // When it returns, what the event led to is on disk or was refused: the driver's answers that
  // wait for that may go out.
  virtual void device_event(const std::string& unit, const host::Record& event) = 0;
  virtual void device_changed(const DeviceChanged& change) = 0;
  // The device broke its protocol, or said that something is wrong with it.
  virtual void device_fault(const std::string& unit, const std::string& text) = 0;
};

}  // namespace cartwright::cart
