#include "host/init_block.hpp"

#include <cstring>

namespace cartwright::host {
namespace {

struct Head {
  std::uint32_t settings;
  std::uint32_t links;
  std::uint32_t units;
  std::uint8_t seed[16];
  std::uint32_t reserved;
};
struct SettingHead {
  std::int64_t number;
  std::uint32_t kind;
  std::uint32_t key_size;
  std::uint32_t text_size;
  std::uint32_t reserved;
};

constexpr std::uint32_t most_settings = 1024;

template <typename T>
void append(Bytes& out, const T& value) {
  const auto* bytes = reinterpret_cast<const std::byte*>(&value);
  out.insert(out.end(), bytes, bytes + sizeof(value));
}

void append(Bytes& out, const std::string& text) {
  const ByteView bytes = as_bytes(text);
  out.insert(out.end(), bytes.begin(), bytes.end());
}

template <typename T>
bool take(ByteView& rest, T& value) {
  if (rest.size() < sizeof(value)) return false;
  std::memcpy(&value, rest.data(), sizeof(value));
  rest = rest.subspan(sizeof(value));
  return true;
}

bool take(ByteView& rest, std::string& text, std::uint32_t size) {
  if (rest.size() < size) return false;
  text = as_text(rest.first(size));
  rest = rest.subspan(size);
  return true;
}

}  // namespace

InitBlock::InitBlock(const std::vector<Setting>& settings, const InstanceShape& shape,
                     const Seed& seed) {
  for (const Setting& setting : settings) {
    Value value{setting.key, CW_SETTING_TEXT, 0, {}};
    if (const auto* text = std::get_if<std::string>(&setting.value)) {
      value.text = *text;
    } else if (const auto* number = std::get_if<std::int64_t>(&setting.value)) {
      value.kind = CW_SETTING_INTEGER;
      value.number = *number;
    } else {
      value.kind = CW_SETTING_BOOLEAN;
      value.number = std::get<bool>(setting.value) ? 1 : 0;
    }
    values_.push_back(std::move(value));
  }
  init_.link_count = shape.links;
  init_.unit_count = shape.units;
  std::memcpy(init_.seed, seed.data(), seed.size());
}

const cw_init* InitBlock::get() const {
  settings_.clear();
  for (const Value& value : values_) {
    settings_.push_back({value.number, value.kind, static_cast<std::uint32_t>(value.text.size()),
                         value.key.c_str(), value.text.c_str()});
  }
  init_.struct_size = sizeof(init_);
  init_.setting_count = static_cast<std::uint32_t>(settings_.size());
  init_.settings = settings_.data();
  return &init_;
}

Bytes InitBlock::encode() const {
  Head head{};
  head.settings = static_cast<std::uint32_t>(values_.size());
  head.links = init_.link_count;
  head.units = init_.unit_count;
  std::memcpy(head.seed, init_.seed, sizeof(head.seed));
  const auto* first = reinterpret_cast<const std::byte*>(&head);
  Bytes out(first, first + sizeof(head));
  for (const Value& value : values_) {
    append(out, SettingHead{value.number, value.kind, static_cast<std::uint32_t>(value.key.size()),
                            static_cast<std::uint32_t>(value.text.size()), 0});
    append(out, value.key);
    append(out, value.text);
  }
  return out;
}

std::optional<InitBlock> InitBlock::decode(ByteView bytes) {
  Head head{};
  if (!take(bytes, head) || head.settings > most_settings) return std::nullopt;
  InitBlock block;
  block.init_.link_count = head.links;
  block.init_.unit_count = head.units;
  std::memcpy(block.init_.seed, head.seed, sizeof(head.seed));
  for (std::uint32_t i = 0; i < head.settings; ++i) {
    SettingHead setting{};
    Value value;
    if (!take(bytes, setting) || !take(bytes, value.key, setting.key_size) ||
        !take(bytes, value.text, setting.text_size)) {
      return std::nullopt;
    }
    value.kind = setting.kind;
    value.number = setting.number;
    block.values_.push_back(std::move(value));
  }
  if (!bytes.empty()) return std::nullopt;
  return block;
}

}  // namespace cartwright::host
