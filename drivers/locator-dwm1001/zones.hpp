#pragma once

// The store's map: named rectangles and polygons, and which of them the cart is in.

#include <cartwright/driver/zones.hpp>

#include <cstdint>
#include <string_view>

namespace cartwright::dwm1001 {

inline constexpr std::size_t most_zones = 48;
using driver::no_zone;

struct Point {
  std::int32_t x = 0;  // millimetres
  std::int32_t y = 0;
};

struct Zone {
  driver::ZoneName name;
  driver::FixedVector<Point, 16> corners;  // in turn; at least three

  // Within the corners.
  bool holds(Point point) const;
  // Within, or not further than `margin` millimetres from its edge.
  bool is_near(Point point, std::int64_t margin) const;
};

using Zones = driver::FixedVector<Zone, most_zones>;

// "NAME=x1,y1,x2,y2" is a rectangle by two corners, with more pairs a polygon; in millimetres,
// divided by semicolons or lines. Nothing, or what is wrong.
std::string_view read_zones(std::string_view text, Zones& zones);

// Follows the cart through the zones. Where zones overlap, the first named counts.
class ZoneChoice {
 public:
  // A zone is left when the cart is further outside than `margin`, and entered when `hits`
  // positions in turn say so.
  void configure(std::int64_t margin, std::uint32_t hits) {
    margin_ = margin;
    hits_ = hits;
  }
  // True where the zone has changed.
  bool move(const Zones& zones, Point to);
  // Nobody knows where the cart is. True where it was in a zone.
  bool lose();
  std::uint8_t zone() const { return zone_; }

 private:
  std::int64_t margin_ = 0;
  std::uint32_t hits_ = 1;
  std::uint32_t seen_ = 0;
  std::uint8_t candidate_ = no_zone;
  std::uint8_t zone_ = no_zone;
};

}  // namespace cartwright::dwm1001
