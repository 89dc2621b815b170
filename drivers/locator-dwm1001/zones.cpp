#include "zones.hpp"

#include <algorithm>

namespace cartwright::dwm1001 {
namespace {

__extension__ typedef __int128 Wide;

using driver::take_until;
using driver::trimmed;

bool read_number(std::string_view text, std::int32_t& value) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > 7) return false;
  value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
    value = value * 10 + (c - '0');
  }
  if (negative) value = -value;
  return true;
}

std::int64_t between(std::int32_t from, std::int32_t to) {
  return std::int64_t{to} - from;
}

// Whether a point is at most `margin` from the edge a-b.
bool is_near_edge(Point a, Point b, Point p, std::int64_t margin) {
  const std::int64_t ex = between(a.x, b.x);
  const std::int64_t ey = between(a.y, b.y);
  const std::int64_t px = between(a.x, p.x);
  const std::int64_t py = between(a.y, p.y);
  const std::int64_t length2 = ex * ex + ey * ey;
  const std::int64_t along = px * ex + py * ey;
  const Wide limit2 = Wide{margin} * margin;
  if (along <= 0 || length2 == 0) return Wide{px} * px + Wide{py} * py <= limit2;
  if (along >= length2) {
    const std::int64_t qx = between(b.x, p.x);
    const std::int64_t qy = between(b.y, p.y);
    return Wide{qx} * qx + Wide{qy} * qy <= limit2;
  }
  const std::int64_t cross = ex * py - ey * px;
  return Wide{cross} * cross <= limit2 * length2;
}

}  // namespace

// The line to the right of the point crosses the edges of what it is in an odd number of times.
bool Zone::holds(Point point) const {
  bool inside = false;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Point a = corners[i];
    const Point b = corners[(i + 1) % corners.size()];
    if ((a.y > point.y) == (b.y > point.y)) continue;
    const std::int64_t cross =
        between(a.x, b.x) * between(a.y, point.y) - between(a.x, point.x) * between(a.y, b.y);
    if ((cross > 0) == (b.y > a.y)) inside = !inside;
  }
  return inside;
}

bool Zone::is_near(Point point, std::int64_t margin) const {
  if (holds(point)) return true;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    if (is_near_edge(corners[i], corners[(i + 1) % corners.size()], point, margin)) return true;
  }
  return false;
}

std::string_view read_zones(std::string_view text, Zones& zones) {
  return driver::each_zone(text, [&](std::string_view part) -> std::string_view {
    Zone zone;
    const std::string_view wrong = driver::read_zone_name(take_until(part, "="), zone.name);
    if (!wrong.empty()) return wrong;
    while (!part.empty()) {
      Point corner;
      const bool sound = read_number(trimmed(take_until(part, ",")), corner.x) &&
                         read_number(trimmed(take_until(part, ",")), corner.y);
      if (!sound) return "zones: a part is not NAME=x1,y1,x2,y2,... in whole millimetres";
      if (!zone.corners.push_back(corner)) return "zones: a zone has more than 16 corners";
    }
    if (zone.corners.size() == 2) {
      const Point a = zone.corners[0];
      const Point b = zone.corners[1];
      zone.corners.clear();
      for (const Point corner : {a, Point{b.x, a.y}, b, Point{a.x, b.y}}) {
        zone.corners.push_back(corner);
      }
    }
    if (zone.corners.size() < 3) return "zones: a zone has fewer than two corners";
    return zones.push_back(zone) ? std::string_view() : "zones: more than 48";
  });
}

bool ZoneChoice::move(const Zones& zones, Point to) {
  const bool stays = zone_ != no_zone && zones[zone_].is_near(to, margin_);
  std::uint8_t now = no_zone;
  for (std::size_t i = 0; i < zones.size() && now == no_zone; ++i) {
    if (zones[i].holds(to)) now = static_cast<std::uint8_t>(i);
  }
  // At the edge of its zone the cart is still in it, whatever lies beyond.
  if (stays || now == zone_) now = zone_;
  if (now == zone_) {
    seen_ = 0;
    return false;
  }
  if (now != candidate_) seen_ = 0;
  candidate_ = now;
  if (++seen_ < hits_) return false;
  zone_ = now;
  seen_ = 0;
  return true;
}

bool ZoneChoice::lose() {
  const bool was_in_one = zone_ != no_zone;
  zone_ = candidate_ = no_zone;
  seen_ = 0;
  return was_in_one;
}

}  // namespace cartwright::dwm1001
