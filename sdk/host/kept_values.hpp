#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "base/hex.hpp"

namespace cartwright::host {

// The small durable values of one device, by the driver's keys.
class KeptValues {
 public:
  struct Value {
    std::uint32_t flags = 0;
    Bytes bytes;
    friend bool operator==(const Value&, const Value&) = default;
  };

  // False where all values together would pass CW_KEEP_LIMIT; nothing has changed then. An empty
  // value forgets the key.
  bool set(std::uint32_t key, std::uint32_t flags, ByteView value);
  // As the extra of CW_IN_START: cw_kept, bytes, zeros up to the next multiple of 8.
  Bytes encode() const;
  const std::map<std::uint32_t, Value>& values() const { return values_; }

 private:
  std::map<std::uint32_t, Value> values_;
};

}  // namespace cartwright::host
