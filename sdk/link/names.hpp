#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "link/link.hpp"

namespace cartwright::link {

// The names that recordings and messages use: `hang_up`, `line_settings`, `timeout`.
std::string_view to_text(DownReason reason);
std::string_view to_text(RequestKind kind);
std::string_view to_text(Result result);
std::string_view to_text(Shape shape);

// The value with that name, or nothing.
std::optional<DownReason> read_down_reason(std::string_view name);
std::optional<RequestKind> read_request_kind(std::string_view name);
std::optional<Result> read_result(std::string_view name);
std::optional<Shape> read_shape(std::string_view name);

// "0922:8004" for vendor << 16 | product.
std::string usb_id_text(std::uint32_t usb_id);
std::optional<std::uint32_t> read_usb_id(std::string_view text);

}  // namespace cartwright::link
