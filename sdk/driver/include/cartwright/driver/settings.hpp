#pragma once

// The settings of a device, checked by the host against the manifest and complete.

#include <cartwright/abi/driver.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

namespace cartwright::driver {

class Settings {
 public:
  explicit Settings(const cw_init& init) : init_(&init) {}

  // The setting's value; 0, false or "" for a key that the manifest's schema does not have.
  std::int64_t integer(std::string_view key) const {
    const cw_setting* setting = find(key);
    return setting == nullptr ? 0 : setting->number;
  }
  bool boolean(std::string_view key) const { return integer(key) != 0; }
  std::string_view text(std::string_view key) const {
    const cw_setting* setting = find(key);
    return setting == nullptr || setting->text == nullptr
               ? std::string_view()
               : std::string_view(setting->text, setting->text_size);
  }

  // 128 random bits for this start of the device.
  std::span<const std::uint8_t, 16> seed() const {
    return std::span<const std::uint8_t, 16>(init_->seed, 16);
  }

 private:
  const cw_setting* find(std::string_view key) const {
    for (std::uint32_t i = 0; i < init_->setting_count; ++i) {
      if (key == init_->settings[i].key) return &init_->settings[i];
    }
    return nullptr;
  }

  const cw_init* init_;
};

namespace detail {

// Says in init's place for it why its settings can not work.
inline std::int32_t refuse(const cw_init& init, std::string_view why) {
  if (CW_HAS(&init, cw_init, refusal) && init.refusal != nullptr) {
    cw_refusal& refusal = *init.refusal;
    const std::size_t size = why.size() < refusal.capacity ? why.size() : refusal.capacity;
    __builtin_memcpy(refusal.text, why.data(), size);
    refusal.size = static_cast<std::uint32_t>(size);
  }
  return CW_INVALID;
}

}  // namespace detail
}  // namespace cartwright::driver
