#include "host/kept_store.hpp"

#include <cartwright/abi/effects.h>
#include <sodium.h>

#include <array>
#include <nlohmann/json.hpp>

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/file.hpp"

namespace cartwright::host {
namespace {

using Key = std::array<unsigned char, crypto_secretbox_KEYBYTES>;

constexpr unsigned owner_only = 0600;

unsigned char* raw(Bytes& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}
const unsigned char* raw(ByteView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

// The folder's key; made where there is none.
Key load_key(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) {
    write_file_durably(file, random_bytes(crypto_secretbox_KEYBYTES), owner_only);
  }
  const std::string content = read_file(file);
  Key key;
  if (content.size() != key.size()) {
    throw Error(ErrorKind::corrupt, file.string() + " is no key of " + std::to_string(key.size()) +
                                        " bytes; what drivers kept as secret is lost, remove it");
  }
  std::copy(content.begin(), content.end(), key.begin());
  return key;
}

Bytes seal(const Key& key, const Bytes& plain) {
  Bytes sealed = random_bytes(crypto_secretbox_NONCEBYTES);
  sealed.resize(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size());
  crypto_secretbox_easy(raw(sealed) + crypto_secretbox_NONCEBYTES, raw(ByteView(plain)),
                        plain.size(), raw(sealed), key.data());
  return sealed;
}

std::optional<Bytes> unseal(const Key& key, const Bytes& sealed) {
  constexpr std::size_t overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (sealed.size() < overhead) return std::nullopt;
  Bytes plain(sealed.size() - overhead);
  const bool sound =
      crypto_secretbox_open_easy(raw(plain), raw(ByteView(sealed)) + crypto_secretbox_NONCEBYTES,
                                 sealed.size() - crypto_secretbox_NONCEBYTES, raw(ByteView(sealed)),
                                 key.data()) == 0;
  return sound ? std::optional(plain) : std::nullopt;
}

}  // namespace

KeptStore::KeptStore(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) {
    throw Error(ErrorKind::unavailable,
                "the folder " + folder_.string() + " can not be made: " + error.message());
  }
}

// Names of devices may hold anything; the file's name holds hexadecimal where they are no plain
// word.
std::filesystem::path KeptStore::file_of(const std::string& device) const {
  const bool plain = !device.empty() && device.find_first_not_of(
                                            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                            "0123456789-_") == std::string::npos;
  return folder_ / ((plain ? device : "hex." + to_hex(as_bytes(device))) + ".json");
}

KeptValues KeptStore::load(const std::string& device) const {
  KeptValues values;
  const auto file = file_of(device);
  if (!std::filesystem::exists(file)) return values;
  const auto refuse = [&file]() -> Error {
    return {ErrorKind::corrupt, file.string() +
                                    " does not hold together; remove it, and the device "
                                    "starts as if it were new"};
  };
  const auto json = nlohmann::json::parse(read_file(file), nullptr, false);
  if (!json.is_object() || !json.contains("values") || !json["values"].is_array()) throw refuse();
  for (const auto& one : json["values"]) {
    const bool secret = one.is_object() && one.contains("sealed");
    const char* const name = secret ? "sealed" : "hex";
    if (!one.is_object() || !one.contains("key") || !one["key"].is_number_unsigned() ||
        !one.contains(name) || !one[name].is_string()) {
      throw refuse();
    }
    auto bytes = from_hex(one[name].get<std::string>());
    if (bytes && secret) bytes = unseal(load_key(folder_ / "secret.key"), *bytes);
    if (!bytes ||
        !values.set(one["key"].get<std::uint32_t>(), secret ? CW_KEEP_SECRET : 0, *bytes)) {
      throw refuse();
    }
  }
  return values;
}

void KeptStore::save(const std::string& device, const KeptValues& values) const {
  nlohmann::json json{{"device", device}, {"values", nlohmann::json::array()}};
  for (const auto& [key, value] : values.values()) {
    nlohmann::json one{{"key", key}};
    if ((value.flags & CW_KEEP_SECRET) != 0) {
      one["sealed"] = to_hex(seal(load_key(folder_ / "secret.key"), value.bytes));
    } else {
      one["hex"] = to_hex(value.bytes);
    }
    json["values"].push_back(std::move(one));
  }
  write_file_durably(file_of(device), as_bytes(json.dump(2) + "\n"), owner_only);
}

}  // namespace cartwright::host
