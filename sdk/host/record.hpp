#pragma once

#include <cartwright/abi/record.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hex.hpp"

namespace cartwright::host {

// A record of the ABI that the host owns: one flat block, aligned to 8. Immutable once built;
// copies are deep.
class Record {
 public:
  Record() = default;
  // Copies one record out of `block`, which must begin with it. Error invalid_input says what is
  // wrong with a malformed one.
  static Record copy(ByteView block);
  static Record copy(const cw_record& record);

  bool empty() const { return words_.empty(); }
  const cw_record& header() const { return *reinterpret_cast<const cw_record*>(words_.data()); }
  cw_record& header() { return *reinterpret_cast<cw_record*>(words_.data()); }
  std::uint32_t type() const { return header().type; }
  ByteView bytes() const {
    return empty() ? ByteView{}
                   : ByteView(reinterpret_cast<const std::byte*>(words_.data()), header().size);
  }

 private:
  friend class RecordBuilder;
  std::vector<std::uint64_t> words_;
};

// What is wrong with the record at the start of `block`, for people; nothing where it is sound: the
// sizes fit together, the block is aligned to 8, and for the types that this host knows each span
// lies inside. The record may be shorter than the block.
std::optional<std::string> check_record(ByteView block);

// The bytes of a span, or nothing where it does not lie inside. `record` must be sound.
ByteView span_bytes(const cw_record& record, const cw_span& span);

// Builds a record: the fixed part first, then the variable parts in any order.
//   RecordBuilder build(CW_DISPLAY_SHOW, sizeof(cw_display_show));
//   build.span(offsetof(cw_display_show, lines), as_bytes("Total 3.50"));
//   Record record = build.take();
class RecordBuilder {
 public:
  // `fixed_size` is the size of the record's struct, header included.
  RecordBuilder(std::uint32_t type, std::uint32_t fixed_size);

  template <typename T>
  void set(std::size_t offset, T value) {
    store(offset, &value, sizeof(value));
  }
  void store(std::size_t offset, const void* value, std::size_t size);
  // Appends `content` and writes its span at `offset`.
  void span(std::size_t offset, ByteView content);
  // Error invalid_input where it is larger than CW_RECORD_LIMIT.
  Record take();

 private:
  std::uint32_t type_;
  std::uint32_t fixed_size_;
  Bytes bytes_;
};

}  // namespace cartwright::host
