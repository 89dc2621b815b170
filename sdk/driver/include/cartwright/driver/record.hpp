#pragma once

// Records as a driver writes and reads them: the ABI's struct with its variable parts.

#include <cartwright/driver/input.hpp>

#include <array>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace cartwright::driver {

// An event or result under construction, on the stack: the fixed part is `value`, variable parts
// are appended by put(). What goes over Capacity is cut and told by overflowed().
template <typename Record, std::size_t Capacity = 4096>
class RecordBuilder {
  static_assert(std::is_trivially_copyable_v<Record> && sizeof(Record) % 8 == 0);
  static_assert(Capacity % 8 == 0);

 public:
  explicit RecordBuilder(std::uint32_t type, std::uint32_t unit = 0) {
    value.header.type = type;
    value.header.unit = unit;
    value.header.fixed_size = sizeof(Record);
  }

  // Copies a variable part and returns its span for a field of `value`.
  cw_span put(ByteView bytes) {
    std::size_t length = bytes.size();
    if (length > Capacity - used_) {
      length = Capacity - used_;
      overflowed_ = true;
    }
    for (std::size_t i = 0; i < length; ++i) tail_[used_ + i] = bytes[i];
    const cw_span span{static_cast<std::uint32_t>(sizeof(Record) + used_),
                       static_cast<std::uint32_t>(length)};
    used_ += length;
    return span;
  }
  cw_span put(std::string_view text) { return put(bytes_of(text)); }
  bool overflowed() const { return overflowed_; }

  // The finished record; valid as long as the builder stands unchanged.
  const cw_record* finish() {
    value.header.size = static_cast<std::uint32_t>((sizeof(Record) + used_ + 7) & ~std::size_t{7});
    return &value.header;
  }

  Record value{};

 private:
  // Directly behind `value`, so that both are one block.
  std::array<std::uint8_t, Capacity> tail_{};
  std::size_t used_ = 0;
  bool overflowed_ = false;
};

// A variable part of a record that the host sent; empty where the span lies outside.
inline ByteView part_of(const cw_record& record, cw_span span) {
  if (span.offset > record.size || span.length > record.size - span.offset) return {};
  return {reinterpret_cast<const std::uint8_t*>(&record) + span.offset, span.length};
}

// The fixed part as this binary knows it; what an older host did not send is 0.
template <typename Record>
Record read_fixed(const cw_record& record) {
  Record value{};
  std::memcpy(&value, &record,
              record.fixed_size < sizeof(Record) ? record.fixed_size : sizeof(Record));
  return value;
}

}  // namespace cartwright::driver
