#include "host/kept_text.hpp"

#include <cartwright/abi/effects.h>
#include <sodium.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/strict_json.hpp"

namespace cartwright::host {
namespace {

static_assert(SealKey().size() == crypto_secretbox_KEYBYTES);

unsigned char* raw(Bytes& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}
const unsigned char* raw(ByteView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

Bytes seal(const SealKey& key, const Bytes& plain) {
  Bytes sealed = random_bytes(crypto_secretbox_NONCEBYTES);
  sealed.resize(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size());
  crypto_secretbox_easy(raw(sealed) + crypto_secretbox_NONCEBYTES, raw(ByteView(plain)),
                        plain.size(), raw(sealed), raw(key));
  return sealed;
}

std::optional<Bytes> unseal(const SealKey& key, const Bytes& sealed) {
  constexpr std::size_t overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (sealed.size() < overhead) return std::nullopt;
  Bytes plain(sealed.size() - overhead);
  const bool sound =
      crypto_secretbox_open_easy(raw(plain), raw(ByteView(sealed)) + crypto_secretbox_NONCEBYTES,
                                 sealed.size() - crypto_secretbox_NONCEBYTES, raw(ByteView(sealed)),
                                 raw(key)) == 0;
  return sound ? std::optional(plain) : std::nullopt;
}

// One entry of the list into `values`; false where it is none.
bool take(const nlohmann::json& one, const SealKeySource& key, KeptValues& values) {
  if (!one.is_object() || !one.contains("key") || !one["key"].is_number_unsigned()) return false;
  const auto number = one["key"].get<std::uint64_t>();
  if (number > std::numeric_limits<std::uint32_t>::max()) return false;
  const auto id = static_cast<std::uint32_t>(number);
  const bool secret = one.contains("sealed");
  const char* const name = secret ? "sealed" : "hex";
  if (!one.contains(name) || !one[name].is_string() || values.values().contains(id)) return false;
  auto bytes = from_hex(one[name].get_ref<const std::string&>());
  if (bytes && secret) bytes = unseal(key(), *bytes);
  return bytes && !bytes->empty() && values.set(id, secret ? CW_KEEP_SECRET : 0, *bytes);
}

}  // namespace

std::string kept_text(std::string_view device, const KeptValues& values, const SealKeySource& key) {
  nlohmann::json json{{"device", device}, {"values", nlohmann::json::array()}};
  for (const auto& [id, value] : values.values()) {
    nlohmann::json one{{"key", id}};
    if ((value.flags & CW_KEEP_SECRET) != 0) {
      one["sealed"] = to_hex(seal(key(), value.bytes));
    } else {
      one["hex"] = to_hex(value.bytes);
    }
    json["values"].push_back(std::move(one));
  }
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::optional<KeptValues> read_kept_text(std::string_view text, const SealKeySource& key) {
  nlohmann::json json;
  try {
    json = parse_strict_json(text, "kept");
  } catch (const Error&) {
    return std::nullopt;
  }
  if (!json.is_object() || !json.contains("values") || !json["values"].is_array()) {
    return std::nullopt;
  }
  KeptValues values;
  for (const auto& one : json["values"]) {
    if (!take(one, key, values)) return std::nullopt;
  }
  return values;
}

}  // namespace cartwright::host
