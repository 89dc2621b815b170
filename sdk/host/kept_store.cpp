#include "host/kept_store.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "host/kept_text.hpp"

namespace cartwright::host {
namespace {

constexpr unsigned owner_only = 0600;

// The folder's key; made where there is none.
SealKey load_key(const std::filesystem::path& file) {
  SealKey key;
  if (!std::filesystem::exists(file)) {
    write_file_durably(file, random_bytes(key.size()), owner_only);
  }
  const std::string content = read_file(file);
  if (content.size() != key.size()) {
    throw Error(ErrorKind::corrupt, file.string() + " is no key of " + std::to_string(key.size()) +
                                        " bytes; what drivers kept as secret is lost, remove it");
  }
  std::ranges::copy(as_bytes(content), key.begin());
  return key;
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
  const auto file = file_of(device);
  if (!std::filesystem::exists(file)) return {};
  auto values =
      read_kept_text(read_file(file), [this] { return load_key(folder_ / "secret.key"); });
  if (!values) {
    throw Error(ErrorKind::corrupt, file.string() +
                                        " does not hold together; remove it, and the device "
                                        "starts as if it were new");
  }
  return *std::move(values);
}

void KeptStore::save(const std::string& device, const KeptValues& values) const {
  const std::string text =
      kept_text(device, values, [this] { return load_key(folder_ / "secret.key"); });
  write_file_durably(file_of(device), as_bytes(text), owner_only);
}

}  // namespace cartwright::host
