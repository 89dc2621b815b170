// Any bytes as a TZif file, a zone's rule, or a time: nothing but a value or a refusal comes out,
// and the offset of a zone can be asked at any instant.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.hpp"
#include "base/rfc3339.hpp"
#include "base/time_zone.hpp"
#include "base/zone_rule.hpp"

namespace {

using namespace cartwright;

constexpr std::int64_t kYear = 31'556'952;

void require(bool holds) {
  if (!holds) std::abort();
}

// Asks in all the years that a trip may be in.
template <typename Zone>
void ask(const Zone& zone) {
  for (std::int64_t at = 0; at < 120 * kYear; at += 7 * kYear / 3) {
    (void)zone.offset_at(at);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto time = parse_rfc3339(text)) require(time->seconds > -2 * 86'400);
  if (const auto rule = ZoneRule::parse(text)) ask(*rule);
  try {
    ask(TimeZone::parse(as_bytes(text), "zone"));
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::corrupt);
  }
  return 0;
}
