#include "offers/version_folder.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/error.hpp"
#include "base/file.hpp"

namespace cartwright::offers {
namespace {

constexpr const char* kCurrent = "current";
constexpr std::size_t kDigestLength = 64;

bool is_digest(std::string_view text) {
  return text.size() == kDigestLength && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace

VersionFolder::VersionFolder(std::filesystem::path folder, std::string ending, std::string noun,
                             std::string remedy)
    : folder_(std::move(folder)),
      ending_(std::move(ending)),
      noun_(std::move(noun)),
      remedy_(std::move(remedy)) {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) {
    throw Error(ErrorKind::unavailable, "folder " + folder_.string() + " of " + noun_ +
                                            " can not be made: " + error.message());
  }
}

std::filesystem::path VersionFolder::file_of(std::string_view digest) const {
  return folder_ / (std::string(digest) + ending_);
}

std::optional<std::string> VersionFolder::current() const {
  const std::filesystem::path file = folder_ / kCurrent;
  if (!std::filesystem::exists(file)) return std::nullopt;
  std::string digest = read_file(file);
  while (digest.ends_with('\n')) digest.pop_back();
  if (is_digest(digest)) return digest;
  throw Error(ErrorKind::corrupt, file.string() + " names no version of " + noun_ + "; " + remedy_);
}

std::filesystem::path VersionFolder::find(std::string_view digest) const {
  if (is_digest(digest) && std::filesystem::exists(file_of(digest))) return file_of(digest);
  throw Error(ErrorKind::not_found, "version " + std::string(digest) + " of " + noun_ +
                                        " is not in " + folder_.string() + "; " + remedy_);
}

std::vector<std::string> VersionFolder::versions() const {
  std::vector<std::string> digests;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const std::string digest = entry.path().stem().string();
    if (entry.path().extension() == ending_ && is_digest(digest)) digests.push_back(digest);
  }
  std::sort(digests.begin(), digests.end());
  return digests;
}

std::size_t VersionFolder::prune(const std::vector<std::string>& keep) const {
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

void VersionFolder::adopt(const std::filesystem::path& file, std::string_view digest) const {
  std::filesystem::rename(file, file_of(digest));
  // Syncs the folder too, and with it the rename before.
  name_current(digest);
}

void VersionFolder::adopt_text(std::string_view text, std::string_view digest) const {
  write_file_durably(file_of(digest), as_bytes(text));
  name_current(digest);
}

void VersionFolder::name_current(std::string_view digest) const {
  write_file_durably(folder_ / kCurrent, as_bytes(std::string(digest) + "\n"));
}

}  // namespace cartwright::offers
