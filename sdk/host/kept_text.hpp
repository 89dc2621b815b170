#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "host/kept_values.hpp"

namespace cartwright::host {

// What seals secret values; asked for where there is one to seal or to open.
using SealKey = std::array<std::byte, 32>;
using SealKeySource = std::function<SealKey()>;

// What a device keeps, as the text of its file: JSON, secret values sealed, each with a nonce of
// its own. Bytes of the device's name that are no UTF-8 are replaced; the name is for people.
std::string kept_text(std::string_view device, const KeptValues& values, const SealKeySource& key);

// The values of such a text; nothing where it was changed from outside:
// no JSON, a key that is none or stands twice, a value that is empty, no hexadecimal, not sealed
// with this key, or all of them longer than CW_KEEP_LIMIT.
std::optional<KeptValues> read_kept_text(std::string_view text, const SealKeySource& key);

}  // namespace cartwright::host
