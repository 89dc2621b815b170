#pragma once

#include <cstddef>
#include <string_view>

namespace cartwright::offers {

// Categories are paths: "food/dairy/milk" lies below "food/dairy", and that below "food", which is
// the department. A category without a slash is a path of one part.

// The path above; empty where there is none.
constexpr std::string_view parent_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

// Whether the path is `above` or lies below it.
constexpr bool is_within(std::string_view path, std::string_view above) {
  return path.starts_with(above) && (path.size() == above.size() || path[above.size()] == '/');
}

// The first part of the path.
constexpr std::string_view department_of(std::string_view path) {
  return path.substr(0, path.find('/'));
}

}  // namespace cartwright::offers
