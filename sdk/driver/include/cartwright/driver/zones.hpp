#pragma once

// The zones of a store's map, as every locator that chooses one has them: named in the setting
// "zones", a part each, divided by semicolons or lines; known by their place in it.

#include <cartwright/driver/fixed.hpp>
#include <cartwright/driver/fx.hpp>
#include <cartwright/driver/parts.hpp>

namespace cartwright::driver {

inline constexpr std::uint8_t no_zone = 0xFF;

using ZoneName = FixedString<32>;

// The setting's parts, as each_part.
template <typename Read>
std::string_view each_zone(std::string_view setting, Read&& read) {
  return each_part(setting, ";\n", read);
}

// What is wrong with the name, or nothing and `name` is it.
inline std::string_view read_zone_name(std::string_view text, ZoneName& name) {
  text = trimmed(text);
  return !text.empty() && name.assign(text) ? std::string_view()
                                            : "zones: a name has 1 to 32 bytes";
}

// Tells in which zone the cart now is; in none where the name is empty.
inline void tell_zone(std::string_view name, Fx& fx) {
  RecordBuilder<cw_locator_zone, 40> event(CW_LOCATOR_ZONE);
  if (!name.empty()) event.value.name = event.put(name);
  fx.emit(event);
}

}  // namespace cartwright::driver
