#pragma once

#include <cartwright/abi/driver.h>

#include <array>
#include <cstdint>
#include <vector>

#include "host/effects.hpp"
#include "host/engine.hpp"
#include "host/init_block.hpp"

namespace cartwright::host {

// Runs single calls of a pure driver in this process so that each commits as one: a call that does
// not return CW_OK leaves the state as it was. Used by the inline engine and inside
// cartwright-plugin-host. One thread at a time.
class DriverCall {
 public:
  // `driver` must live as long.
  DriverCall(const cw_driver& driver, const InstanceShape& shape);

  // Both change `state`, which has the driver's state_size bytes and is aligned to 8, only where
  // the reply's status is not negative. Where init refuses, the reply's text is its reason.
  // Exceptions of a C++ driver stop here, as CW_INTERNAL.
  CallReply init(std::span<std::byte> state, const InitBlock& settings);
  CallReply input(std::span<std::byte> state, ByteView block);
  // The state as it was before the last call.
  ByteView before() const { return before_; }

 private:
  CallReply rolled_back(std::span<std::byte> state, std::int32_t status, std::string_view text);

  const cw_driver& driver_;
  EffectCollector collector_;
  Bytes before_;
  std::array<char, 512> why_{};  // in the words of an init that refused
};

}  // namespace cartwright::host
