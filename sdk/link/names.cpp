#include "link/names.hpp"

#include <array>
#include <charconv>

namespace cartwright::link {
namespace {

// Each in the order of its enumeration.
constexpr std::array<std::string_view, 7> down_reasons{
    "hang_up", "unplugged", "not_there", "in_use", "refused", "closed", "error"};
constexpr std::array<std::string_view, 12> request_kinds{
    "write",       "feature_get", "feature_set", "control_in", "control_out", "line_settings",
    "modem_lines", "send_break",  "connect",     "close",      "reset",       "expect_replug"};
constexpr std::array<std::string_view, 6> results{"ok",        "timeout",     "link_down",
                                                  "cancelled", "unsupported", "error"};
constexpr std::array<std::string_view, 2> shapes{"stream", "messages"};

template <typename Value, std::size_t N>
std::optional<Value> read(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) {
      return static_cast<Value>(i);
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_text(DownReason reason) {
  return down_reasons[static_cast<std::size_t>(reason)];
}
std::string_view to_text(RequestKind kind) {
  return request_kinds[static_cast<std::size_t>(kind)];
}
std::string_view to_text(Result result) {
  return results[static_cast<std::size_t>(result)];
}
std::string_view to_text(Shape shape) {
  return shapes[static_cast<std::size_t>(shape)];
}

std::optional<DownReason> read_down_reason(std::string_view name) {
  return read<DownReason>(down_reasons, name);
}
std::optional<RequestKind> read_request_kind(std::string_view name) {
  return read<RequestKind>(request_kinds, name);
}
std::optional<Result> read_result(std::string_view name) {
  return read<Result>(results, name);
}
std::optional<Shape> read_shape(std::string_view name) {
  return read<Shape>(shapes, name);
}

std::string usb_id_text(std::uint32_t usb_id) {
  std::string text;
  for (int digit = 7; digit >= 0; --digit) {
    text += "0123456789abcdef"[usb_id >> (digit * 4) & 15];
    if (digit == 4) text += ':';
  }
  return text;
}

std::optional<std::uint32_t> read_usb_id(std::string_view text) {
  if (text.size() != 9 || text[4] != ':') return std::nullopt;
  std::uint32_t usb_id = 0;
  const auto read = [&](std::string_view half) {
    std::uint32_t value = 0;
    const auto end = std::from_chars(half.data(), half.data() + half.size(), value, 16);
    usb_id = usb_id << 16 | value;
    return end.ec == std::errc() && end.ptr == half.data() + half.size();
  };
  if (!read(text.substr(0, 4)) || !read(text.substr(5))) return std::nullopt;
  return usb_id;
}

}  // namespace cartwright::link
