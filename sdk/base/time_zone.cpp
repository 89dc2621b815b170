#include "base/time_zone.hpp"

#include <algorithm>
#include <array>
#include <system_error>

#include "base/error.hpp"
#include "base/file.hpp"

namespace cartwright {
namespace {

constexpr std::size_t kHeader = 44;
constexpr std::size_t kTypeSize = 6;

[[noreturn]] void fail(const std::string& name, const char* what) {
  throw Error(ErrorKind::corrupt,
              "time zone " + name + ": " + what + "; install the package tzdata again");
}

// Numbers of a TZif file are big-endian.
std::int64_t number_at(ByteView bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = (std::to_integer<unsigned>(bytes[at]) & 0x80U) != 0 ? ~std::uint64_t{0} : 0;
  for (std::size_t i = 0; i < size; ++i) {
    value = value << 8U | std::to_integer<std::uint64_t>(bytes[at + i]);
  }
  return static_cast<std::int64_t>(value);
}

// One of the two blocks of a file: its counts, and where its parts begin.
struct Block {
  std::array<std::size_t, 6> counts{};  // isutc, isstd, leap, time, type, char
  std::size_t times = 0;
  std::size_t kinds = 0;
  std::size_t types = 0;
  std::size_t end = 0;

  Block(ByteView bytes, std::size_t at, std::size_t time_size, const std::string& name) {
    if (bytes.size() < at + kHeader || as_text(bytes.subspan(at, 4)) != "TZif") {
      fail(name, "no TZif file");
    }
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const std::int64_t count = number_at(bytes, at + 20 + 4 * i, 4);
      if (count < 0 || count > 100'000) fail(name, "a count is out of range");
      counts[i] = static_cast<std::size_t>(count);
    }
    times = at + kHeader;
    kinds = times + counts[3] * time_size;
    types = kinds + counts[3];
    end = types + counts[4] * kTypeSize + counts[5] + counts[2] * (time_size + 4) + counts[1] +
          counts[0];
    if (end > bytes.size() || counts[4] == 0) fail(name, "it is cut short");
  }
};

bool is_zone_name(std::string_view name) {
  return !name.empty() && name.front() != '/' && name.find("..") == std::string_view::npos &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '/' || c == '_' || c == '-' || c == '+';
         });
}

}  // namespace

TimeZone TimeZone::load(std::string_view name, const std::filesystem::path& database) {
  const std::filesystem::path file = database / name;
  std::error_code ignored;
  if (!is_zone_name(name) || !std::filesystem::is_regular_file(file, ignored)) {
    throw Error(ErrorKind::not_found, "time zone \"" + std::string(name) + "\" is not in " +
                                          database.string() +
                                          "; use an IANA name such as Europe/Berlin");
  }
  return parse(as_bytes(read_file(file)), std::string(name));
}

TimeZone TimeZone::parse(ByteView tzif, const std::string& name) {
  const Block old(tzif, 0, 4, name);
  if (tzif[4] == std::byte{0}) fail(name, "its times have only 32 bits");
  const Block block(tzif, old.end, 8, name);
  const auto offset_of = [&](std::size_t type) {
    if (type >= block.counts[4]) fail(name, "a change names a type that is not there");
    return static_cast<std::int32_t>(number_at(tzif, block.types + type * kTypeSize, 4));
  };
  TimeZone zone;
  zone.before_ = offset_of(0);
  for (std::size_t i = 0; i < block.counts[3]; ++i) {
    zone.changes_.push_back({number_at(tzif, block.times + 8 * i, 8),
                             offset_of(std::to_integer<std::size_t>(tzif[block.kinds + i]))});
  }
  const std::string_view footer = as_text(tzif.subspan(block.end));
  if (footer.size() < 2 || footer.front() != '\n' || footer.back() != '\n') {
    fail(name, "its last line is missing");
  }
  const std::string_view rule = footer.substr(1, footer.size() - 2);
  if (!rule.empty()) {
    zone.rule_ = ZoneRule::parse(rule);
    if (!zone.rule_) fail(name, "its last line is no rule");
  }
  return zone;
}

std::int32_t TimeZone::offset_at(std::int64_t unix_seconds) const {
  const auto next =
      std::upper_bound(changes_.begin(), changes_.end(), unix_seconds,
                       [](std::int64_t time, const Change& change) { return time < change.at; });
  if (next == changes_.end() && rule_) return rule_->offset_at(unix_seconds);
  return next == changes_.begin() ? before_ : std::prev(next)->offset;
}

}  // namespace cartwright
