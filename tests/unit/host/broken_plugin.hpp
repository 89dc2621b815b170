#pragma once

#include <elf.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/file.hpp"

namespace cartwright::host {

// The sound plugin that the tests break copies of, and its content.
inline const std::filesystem::path test_plugin =
    std::filesystem::path(CARTWRIGHT_TEST_PLUGINS) / "test-counter.so";
inline std::string test_plugin_bytes() {
  return read_file(test_plugin);
}

// `bytes` with every `from` replaced by `to` of the same length.
inline std::string replaced(std::string bytes, std::string_view from, std::string_view to) {
  std::size_t at = bytes.find(from);
  if (at == std::string::npos || from.size() != to.size()) throw std::logic_error("nothing to do");
  for (; at != std::string::npos; at = bytes.find(from, at + 1)) bytes.replace(at, to.size(), to);
  return bytes;
}

// A folder of the test's own that goes with it.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "cartwright-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp " + pattern);
    path_ = std::filesystem::canonical(pattern);
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  // Writes a file, its folders too, and says where it stands.
  std::filesystem::path write(const std::string& name, std::string_view content) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    write_file_durably(path_ / name, as_bytes(content));
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace cartwright::host
