#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwright::offers {

// A folder of versions: files that never change, each named by the digest of what it holds, and a
// file `current` that names one of them. A new version is complete before it is named, so that a
// reader sees the old one or the new one and nothing between. One process writes at a time; any
// number read.
class VersionFolder {
 public:
  // `ending` of the files, ".offers"; `noun` and `remedy` are for messages: "offers", "import them
  // with: cartwright offers import FILE". Makes the folder where there is none.
  VersionFolder(std::filesystem::path folder, std::string ending, std::string noun,
                std::string remedy);

  // The digest of the current version; nothing before the first. Error corrupt.
  std::optional<std::string> current() const;
  // The file of that version. Error not_found.
  std::filesystem::path find(std::string_view digest) const;
  // Ascending.
  std::vector<std::string> versions() const;
  // Removes all but the current one and those in `keep`; readers that have one open keep it.
  // Returns how many went.
  std::size_t prune(const std::vector<std::string>& keep) const;
  // Makes a complete file, in this folder and synced, the version of that digest and the current
  // one.
  void adopt(const std::filesystem::path& file, std::string_view digest) const;
  // The same of bytes.
  void adopt_text(std::string_view text, std::string_view digest) const;

  const std::filesystem::path& path() const { return folder_; }
  const std::string& remedy() const { return remedy_; }

 private:
  std::filesystem::path file_of(std::string_view digest) const;
  void name_current(std::string_view digest) const;

  std::filesystem::path folder_;
  std::string ending_;
  std::string noun_;
  std::string remedy_;
};

}  // namespace cartwright::offers
