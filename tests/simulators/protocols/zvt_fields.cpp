#include "simulators/protocols/zvt_fields.hpp"

namespace cartwright::simulators {
namespace {

std::int64_t number(const Bytes& bytes, std::size_t from, std::size_t count) {
  std::int64_t value = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    const auto byte = std::to_integer<int>(bytes[i]);
    value = value * 100 + (byte >> 4) * 10 + (byte & 15);
  }
  return value;
}

// Commands whose data begins with the password.
bool has_password(unsigned control) {
  return control == 0x0600 || control == 0x0620 || control == 0x0630 || control == 0x0631 ||
         control == 0x0650 || control == 0x0501;
}

}  // namespace

ZvtFields::ZvtFields(const ZvtPacket& packet) {
  const Bytes& data = packet.data;
  std::size_t at = 0;
  const auto fits = [&](std::size_t count) { return good = good && at + count <= data.size(); };
  if (has_password(packet.control) && fits(3)) {
    password = number(data, 0, 3);
    at = 3;
  }
  if (packet.control == 0x0600 && fits(1)) {
    config = std::to_integer<std::int64_t>(data[at++]);
    if (at + 2 <= data.size()) currency = number(data, at, 2), at += 2;
  }
  while (good && at < data.size()) {
    switch (std::to_integer<unsigned>(data[at++])) {
      case 0x03:
      case 0x19:
        if (fits(1)) at += 1;
        break;
      case 0x04:
        if (fits(6)) amount = number(data, at, 6), at += 6;
        break;
      case 0x49:
        if (fits(2)) currency = number(data, at, 2), at += 2;
        break;
      case 0x87:
        if (fits(2)) receipt = number(data, at, 2), at += 2;
        break;
      case 0x06: {
        if (!fits(1)) break;
        const auto size = std::to_integer<std::size_t>(data[at++]);
        if (size > 127 || !fits(size)) {
          good = false;
          break;
        }
        // A list of permitted commands (26) with 06 D3 in it (0A).
        const std::string text(as_text(ByteView(data).subspan(at, size)));
        text_blocks = text.find("\x0A\x02\x06\xD3") != std::string::npos;
        at += size;
        break;
      }
      default:
        good = false;
    }
  }
}

Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

Bytes zvt_hex(std::string_view digits) {
  return from_hex(digits).value();
}

Bytes zvt_bcd(std::int64_t value, int bytes) {
  Bytes out(static_cast<std::size_t>(bytes));
  for (std::size_t i = out.size(); i-- > 0; value /= 100) {
    out[i] = static_cast<std::byte>((value / 10 % 10) << 4 | value % 10);
  }
  return out;
}

Bytes zvt_ll(const Bytes& value) {
  const auto size = value.size();
  return Bytes{static_cast<std::byte>(0xF0 | size / 10), static_cast<std::byte>(0xF0 | size % 10)} +
         value;
}

Bytes zvt_lll(const Bytes& value) {
  const auto size = value.size();
  return Bytes{static_cast<std::byte>(0xF0 | size / 100),
               static_cast<std::byte>(0xF0 | size / 10 % 10),
               static_cast<std::byte>(0xF0 | size % 10)} +
         value;
}

Bytes zvt_length(std::size_t size) {
  if (size < 0x80) return {static_cast<std::byte>(size)};
  if (size < 0x100) return {std::byte{0x81}, static_cast<std::byte>(size)};
  return {std::byte{0x82}, static_cast<std::byte>(size >> 8), static_cast<std::byte>(size & 0xFF)};
}

Bytes zvt_tlv(const Bytes& tag, const Bytes& value) {
  const Bytes object = tag + zvt_length(value.size()) + value;
  return zvt_length(object.size()) + object;
}

Bytes zvt_pan(const std::string& digits, bool masked) {
  Bytes out;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const auto half = [&](std::size_t at) -> unsigned {
      if (at >= digits.size()) return 0xF;
      if (masked && at >= 6 && at + 4 < digits.size()) return 0xE;
      return digits[at] == '=' ? 0xD : static_cast<unsigned>(digits[at] - '0');
    };
    out.push_back(static_cast<std::byte>(half(i) << 4 | half(i + 1)));
  }
  return out;
}

std::string zvt_grouped(const std::string& digits) {
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i != 0 && i % 4 == 0) text += ' ';
    text += digits[i];
  }
  return text;
}

}  // namespace cartwright::simulators
