#pragma once

#include <optional>
#include <string>

#include "simulators/protocols/zvt_link.hpp"

namespace cartwright::simulators {

// The fields of a cart's command that a terminal acts on. `good` is false where the packet can not
// be read.
struct ZvtFields {
  explicit ZvtFields(const ZvtPacket& packet);

  bool good = true;
  std::optional<std::int64_t> password;
  std::optional<std::int64_t> config;
  std::optional<std::int64_t> amount;
  std::optional<std::int64_t> currency;
  std::optional<std::int64_t> receipt;
  bool text_blocks = false;  // the registration permits 06 D3
};

// Parts of a terminal's packets.
Bytes operator+(Bytes left, const Bytes& right);
Bytes zvt_hex(std::string_view digits);
Bytes zvt_bcd(std::int64_t value, int bytes);
Bytes zvt_ll(const Bytes& value);
Bytes zvt_lll(const Bytes& value);
Bytes zvt_length(std::size_t size);                   // of a TLV object
Bytes zvt_tlv(const Bytes& tag, const Bytes& value);  // a container with one object
// A number in BCD, padded with F; '=' is the separator D. Masked: E for all but six and four.
Bytes zvt_pan(const std::string& digits, bool masked);
// "4111 1111 1111 1111"
std::string zvt_grouped(const std::string& digits);

}  // namespace cartwright::simulators
