#pragma once

#include <cartwright/abi/driver.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/hex.hpp"
#include "host/effects.hpp"
#include "host/manifest.hpp"

namespace cartwright::host {

// The cw_init of one instance with all that it points to; also as a flat block for an isolated
// plugin. Immutable, movable.
class InitBlock {
 public:
  using Seed = std::array<std::uint8_t, 16>;

  InitBlock(const std::vector<Setting>& settings, const InstanceShape& shape, const Seed& seed);

  // Lives as long as the block and is not moved with it.
  const cw_init* get() const;
  InstanceShape shape() const { return {init_.unit_count, init_.link_count}; }

  Bytes encode() const;
  // Nothing where the bytes are malformed.
  static std::optional<InitBlock> decode(ByteView bytes);

 private:
  struct Value {
    std::string key;
    std::uint32_t kind;
    std::int64_t number;
    std::string text;
  };

  InitBlock() = default;

  std::vector<Value> values_;
  mutable std::vector<cw_setting> settings_;
  mutable cw_init init_{};
};

}  // namespace cartwright::host
