#include <algorithm>
#include <system_error>

#include "base/error.hpp"
#include "base/file.hpp"
#include "offers/catalog.hpp"

namespace cartwright::offers {
namespace {

constexpr std::string_view kEnding = ".catalog";
constexpr const char* kCurrent = "current";
constexpr std::size_t kDigestLength = 64;

bool is_digest(std::string_view text) {
  return text.size() == kDigestLength && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace

CatalogStore::CatalogStore(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) {
    throw Error(ErrorKind::unavailable,
                "catalog folder " + folder_.string() + " can not be made: " + error.message());
  }
}

std::filesystem::path CatalogStore::file_of(std::string_view digest) const {
  return folder_ / (std::string(digest) + std::string(kEnding));
}

std::optional<std::string> CatalogStore::current() const {
  const std::filesystem::path file = folder_ / kCurrent;
  if (!std::filesystem::exists(file)) return std::nullopt;
  std::string digest = read_file(file);
  while (digest.ends_with('\n')) digest.pop_back();
  if (is_digest(digest)) return digest;
  throw Error(ErrorKind::corrupt, file.string() + " names no catalog; import one again");
}

Catalog CatalogStore::open_current() const {
  if (const auto digest = current()) return open(*digest);
  throw Error(ErrorKind::not_found, "no catalog in " + folder_.string() +
                                        "; import one with: cartwright catalog import FILE");
}

Catalog CatalogStore::open(std::string_view digest) const {
  if (!is_digest(digest) || !std::filesystem::exists(file_of(digest))) {
    throw Error(ErrorKind::not_found, "catalog version " + std::string(digest) + " is not in " +
                                          folder_.string() + "; import its file again");
  }
  Catalog catalog(file_of(digest));
  if (catalog.digest() == digest) return catalog;
  throw Error(ErrorKind::corrupt, file_of(digest).string() + " holds version " + catalog.digest() +
                                      "; import its file again");
}

std::vector<std::string> CatalogStore::versions() const {
  std::vector<std::string> digests;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const std::string digest = entry.path().stem().string();
    if (entry.path().extension() == kEnding && is_digest(digest)) digests.push_back(digest);
  }
  std::sort(digests.begin(), digests.end());
  return digests;
}

std::size_t CatalogStore::prune(const std::vector<std::string>& keep) {
  const auto current_digest = current();
  std::size_t removed = 0;
  for (const std::string& digest : versions()) {
    if (digest == current_digest) continue;
    if (std::find(keep.begin(), keep.end(), digest) != keep.end()) continue;
    std::filesystem::remove(file_of(digest));
    ++removed;
  }
  return removed;
}

void CatalogStore::adopt(const std::filesystem::path& file, const std::string& digest) {
  std::filesystem::rename(file, file_of(digest));
  // Syncs the folder too, and with it the rename before.
  write_file_durably(folder_ / kCurrent, as_bytes(digest + "\n"));
}

}  // namespace cartwright::offers
