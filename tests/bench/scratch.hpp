#pragma once

#include <filesystem>

namespace cartwright::bench {

// The folder of the program that runs, where the build puts all programs.
std::filesystem::path program_folder();

// A new folder in `parent` that goes with the object. By default beside the programs, so that it
// lies on a disk and not in a temporary file system.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::filesystem::path& parent = program_folder().parent_path());
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace cartwright::bench
