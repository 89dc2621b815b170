#pragma once

#include <filesystem>
#include <string>

#include "base/hex.hpp"

namespace cartwright {

// The whole file. Error not_found or unavailable, naming the file.
std::string read_file(const std::filesystem::path& file);

// Replaces the file so that after a power cut either the old or the new content stands there: a
// temporary file beside it, fsync, rename, fsync of the folder. `mode` is the new file's mode.
void write_file_durably(const std::filesystem::path& file, ByteView content, unsigned mode = 0644);

}  // namespace cartwright
