#include "link/hid_descriptor.hpp"

#include <algorithm>
#include <array>

#include "link/numbers.hpp"

namespace cartwright::link {
namespace {

constexpr std::uint64_t longest_report = 16384;
constexpr std::size_t most_pushed = 16;
constexpr std::size_t most_usages = 64;

// Prefix bytes without their size (HID 1.11, 6.2.2.4 to 6.2.2.8).
constexpr unsigned input_item = 0x80;
constexpr unsigned output_item = 0x90;
constexpr unsigned feature_item = 0xb0;
constexpr unsigned collection_item = 0xa0;
constexpr unsigned end_item = 0xc0;
constexpr unsigned page_item = 0x04;
constexpr unsigned size_item = 0x74;
constexpr unsigned id_item = 0x84;
constexpr unsigned count_item = 0x94;
constexpr unsigned push_item = 0xa4;
constexpr unsigned pop_item = 0xb4;
constexpr unsigned usage_item = 0x08;
constexpr unsigned long_item = 0xfe;

struct Globals {
  std::uint16_t page = 0;
  std::uint64_t size = 0;
  std::uint64_t count = 0;
  std::uint8_t id = 0;
};

class Reading {
 public:
  HidReports take(ByteView rest) {
    while (!rest.empty()) {
      const auto prefix = std::to_integer<unsigned>(rest[0]);
      if (prefix == long_item) {
        const std::size_t length = rest.size() < 2 ? 0 : std::to_integer<std::size_t>(rest[1]) + 3;
        if (length < 3 || length > rest.size()) break;
        rest = rest.subspan(length);
        continue;
      }
      constexpr std::array<std::size_t, 4> sizes{0, 1, 2, 4};
      const std::size_t length = sizes[prefix & 3];
      if (rest.size() < 1 + length) break;
      std::uint32_t value = 0;
      for (std::size_t i = length; i > 0; --i) {
        value = value << 8 | std::to_integer<std::uint32_t>(rest[i]);
      }
      item(prefix & 0xfcU, value, length);
      rest = rest.subspan(1 + length);
    }
    return std::move(reports_);
  }

 private:
  void item(unsigned tag, std::uint32_t value, std::size_t length) {
    switch (tag) {
      case page_item:
        now_.page = static_cast<std::uint16_t>(value);
        return;
      case size_item:
        now_.size = value;
        return;
      case count_item:
        now_.count = value;
        return;
      case id_item:
        now_.id = static_cast<std::uint8_t>(value);
        reports_.has_ids = true;
        return;
      case push_item:
        if (pushed_.size() < most_pushed) pushed_.push_back(now_);
        return;
      case pop_item:
        if (!pushed_.empty()) {
          now_ = pushed_.back();
          pushed_.pop_back();
        }
        return;
      case usage_item:
        if (!usage_) {
          usage_ = value;
          usage_names_page_ = length == 4;
        }
        return;
      default:
        main_item(tag);
    }
  }

  void main_item(unsigned tag) {
    if (tag == input_item) add(HidReports::Kind::input);
    if (tag == output_item) add(HidReports::Kind::output);
    if (tag == feature_item) add(HidReports::Kind::feature);
    if (tag == collection_item) {
      if (depth_++ == 0 && usage_ && reports_.usages.size() < most_usages) {
        // A short usage belongs to the page at its main item (6.2.2.8).
        const auto page = usage_names_page_ ? static_cast<std::uint16_t>(*usage_ >> 16) : now_.page;
        reports_.usages.push_back({page, static_cast<std::uint16_t>(*usage_)});
      }
    }
    if (tag == end_item && depth_ > 0) --depth_;
    // The other local items, between usages and the main item, are of no use here.
    if ((tag & 0x0cU) == 0) usage_.reset();
  }

  void add(HidReports::Kind kind) {
    const std::uint64_t bits = now_.size > 8 * longest_report || now_.count > 8 * longest_report
                                   ? 8 * longest_report
                                   : now_.size * now_.count;
    std::uint64_t& sum = reports_.bits[{kind, now_.id}];
    sum = std::min(sum + bits, 8 * longest_report);
  }

  HidReports reports_;
  Globals now_;
  std::vector<Globals> pushed_;
  std::optional<std::uint32_t> usage_;  // the first one before a main item
  bool usage_names_page_ = false;
  unsigned depth_ = 0;
};

std::string hex(std::uint16_t number) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (int shift = 12; shift >= 0; shift -= 4) {
    const unsigned digit = number >> shift & 0xfU;
    if (digit != 0 || !text.empty() || shift < 8) text += digits[digit];
  }
  return text;
}

}  // namespace

std::optional<HidUsageWanted> read_hid_usage(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto page = read_hex16(text.substr(0, colon));
  if (!page) return std::nullopt;
  HidUsageWanted wanted{*page, std::nullopt};
  if (colon != std::string_view::npos) {
    wanted.usage = read_hex16(text.substr(colon + 1));
    if (!wanted.usage) return std::nullopt;
  }
  return wanted;
}

std::string to_text(HidUsage usage) {
  return hex(usage.page) + ":" + hex(usage.usage);
}

std::string to_text(const HidUsageWanted& wanted) {
  return wanted.usage ? to_text(HidUsage{wanted.page, *wanted.usage}) : hex(wanted.page);
}

std::size_t HidReports::size(Kind kind, std::uint8_t id) const {
  const auto found = bits.find({kind, id});
  return found == bits.end() ? 0 : (found->second + 7) / 8 + (has_ids ? 1 : 0);
}

std::size_t HidReports::longest(Kind kind) const {
  std::size_t most = 0;
  for (const auto& [report, unused] : bits) {
    if (report.first == kind) most = std::max(most, size(kind, report.second));
  }
  return most;
}

HidReports read_hid_reports(ByteView descriptor) {
  return Reading().take(descriptor);
}

}  // namespace cartwright::link
