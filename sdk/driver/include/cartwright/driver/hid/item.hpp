#pragma once

// One item of a report descriptor (clauses 6.2.2.2 and 6.2.2.3).

#include <cartwright/driver/input.hpp>

#include <cstddef>
#include <cstdint>

namespace cartwright::driver::hid::detail {

struct Item {
  std::size_t size = 0;  // 0: cut off
  std::uint8_t type = 3;
  std::uint8_t tag = 0;
  std::uint32_t data = 0;
  std::uint32_t data_size = 0;

  constexpr std::int64_t as_signed() const {
    if (data_size == 1) return static_cast<std::int8_t>(data);
    if (data_size == 2) return static_cast<std::int16_t>(data);
    return static_cast<std::int32_t>(data);
  }
};

// Short items carry 0, 1, 2 or 4 bytes; 0xFE begins a long one.
constexpr Item item_at(ByteView in, std::size_t at) {
  Item item;
  const std::size_t left = in.size() - at;
  const std::uint8_t prefix = in[at];
  if (prefix == 0xFE) {
    if (left < 3 || left - 3 < in[at + 1]) return item;
    item.size = std::size_t{3} + in[at + 1];
    return item;  // type 3: no long item has a meaning yet
  }
  const std::uint32_t data_size = (prefix & 3u) == 3 ? 4 : prefix & 3u;
  if (left < 1 + data_size) return item;
  item.size = 1 + data_size;
  item.type = static_cast<std::uint8_t>((prefix >> 2) & 3u);
  item.tag = static_cast<std::uint8_t>(prefix >> 4);
  item.data_size = data_size;
  for (std::uint32_t i = data_size; i > 0; --i) item.data = item.data << 8 | in[at + i];
  return item;
}

}  // namespace cartwright::driver::hid::detail
