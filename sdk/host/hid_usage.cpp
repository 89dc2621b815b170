#include "host/hid_usage.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace cartwright::host {
namespace {

constexpr std::size_t most_collections = 64;
constexpr std::size_t deepest_push = 8;

// HID 1.11, 6.2.2.2: the prefix of a short item without its two size bits.
enum Tag : std::uint8_t {
  usage_page = 0x04,
  usage = 0x08,
  push = 0xa4,
  pop = 0xb4,
  collection = 0xa0,
  end_collection = 0xc0,
};
constexpr std::uint8_t type_bits = 0x0c;
constexpr std::uint8_t main_item = 0x00;
constexpr std::uint8_t long_item = 0xfe;

std::string hex(std::uint16_t value) {
  std::array<char, 4> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
  std::string text(digits.data(), end);
  return text.size() == 1 ? "0" + text : text;
}

std::optional<std::uint16_t> read_hex(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  if (std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'F'; })) return std::nullopt;
  std::uint16_t value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

// Follows the items of a descriptor and notes what its outermost collections are.
class Walk {
 public:
  void item(std::uint8_t tag, std::uint32_t value, std::size_t size) {
    switch (tag) {
      case usage_page:
        page_ = static_cast<std::uint16_t>(value);
        break;
      case usage:
        if (!usage_) usage_ = {value, size == 4};
        break;
      case push:
        if (pushed_.size() < deepest_push) pushed_.push_back(page_);
        break;
      case pop:
        if (!pushed_.empty()) {
          page_ = pushed_.back();
          pushed_.pop_back();
        }
        break;
      case collection:
        if (depth_++ == 0 && usage_ && found.size() < most_collections) found.push_back(named());
        break;
      case end_collection:
        depth_ -= depth_ > 0 ? 1 : 0;
        break;
      default:
        break;
    }
    if ((tag & type_bits) == main_item) usage_.reset();
  }

  std::vector<HidUsage> found;

 private:
  // Four bytes hold the page as well; else the page in force at the collection counts (6.2.2.8).
  struct Usage {
    std::uint32_t value = 0;
    bool has_page = false;
  };

  HidUsage named() const {
    const auto low = static_cast<std::uint16_t>(usage_->value & 0xffffU);
    return {usage_->has_page ? static_cast<std::uint16_t>(usage_->value >> 16U) : page_, low};
  }

  std::uint16_t page_ = 0;
  std::optional<Usage> usage_;  // the first one: it names the collection
  std::size_t depth_ = 0;
  std::vector<std::uint16_t> pushed_;
};

}  // namespace

std::string to_text(HidUsage usage) {
  return hex(usage.page) + ":" + hex(usage.usage);
}

std::string to_text(HidUsagePattern pattern) {
  return hex(pattern.page) + (pattern.usage ? ":" + hex(*pattern.usage) : "");
}

std::optional<HidUsagePattern> parse_usage_pattern(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto page = read_hex(text.substr(0, colon));
  if (!page) return std::nullopt;
  if (colon == std::string_view::npos) return HidUsagePattern{*page, std::nullopt};
  const auto usage = read_hex(text.substr(colon + 1));
  if (!usage) return std::nullopt;
  return HidUsagePattern{*page, usage};
}

std::vector<HidUsage> top_level_usages(ByteView descriptor) {
  Walk walk;
  while (!descriptor.empty()) {
    const auto prefix = std::to_integer<std::uint8_t>(descriptor[0]);
    const bool is_long = prefix == long_item;
    if (is_long && descriptor.size() < 3) break;
    const std::size_t head = is_long ? 3 : 1;
    const std::size_t size = is_long ? std::to_integer<std::size_t>(descriptor[1])
                                     : std::array<std::size_t, 4>{0, 1, 2, 4}[prefix & 3U];
    if (descriptor.size() < head + size) break;
    std::uint32_t value = 0;
    for (std::size_t i = 0; !is_long && i < size; ++i) {
      value |= std::to_integer<std::uint32_t>(descriptor[head + i]) << (8 * i);
    }
    if (!is_long) walk.item(prefix & 0xfcU, value, size);
    descriptor = descriptor.subspan(head + size);
  }
  return walk.found;
}

}  // namespace cartwright::host
