#include "host/kept_values.hpp"

#include <cartwright/abi/input.h>

#include <cstring>

namespace cartwright::host {

bool KeptValues::set(std::uint32_t key, std::uint32_t flags, ByteView value) {
  if (value.empty()) {
    values_.erase(key);
    return true;
  }
  std::size_t all = value.size();
  for (const auto& [other, kept] : values_) all += other == key ? 0 : kept.bytes.size();
  if (all > CW_KEEP_LIMIT) return false;
  values_[key] = {flags, {value.begin(), value.end()}};
  return true;
}

Bytes KeptValues::encode() const {
  Bytes out;
  for (const auto& [key, kept] : values_) {
    const cw_kept head{key, static_cast<std::uint32_t>(kept.bytes.size())};
    const std::size_t at = out.size();
    out.resize(at + sizeof(head) + (kept.bytes.size() + 7) / 8 * 8);
    std::memcpy(out.data() + at, &head, sizeof(head));
    std::memcpy(out.data() + at + sizeof(head), kept.bytes.data(), kept.bytes.size());
  }
  return out;
}

}  // namespace cartwright::host
