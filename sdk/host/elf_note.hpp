#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/hex.hpp"

namespace cartwright::host {

// What is read from a plugin's file without running a byte of it.
struct ElfFacts {
  std::optional<std::string> manifest;  // content of the note "Cartwright", type 1
  std::vector<std::string> exports;     // defined dynamic symbols that others may bind to, sorted
};

// Reads notes and dynamic symbols of an ELF64 shared object for this machine, as the dynamic loader
// would find them: by program headers, so that a stripped file or one whose section table lies
// reads the same. Every offset and count of the file is checked against the file's size and fixed
// bounds before it is used, nothing is mapped, and tests/fuzz/elf_fuzz.cpp holds it to that; that
// is why notes are read in the host's own process and not in a scan child.
//
// `name` stands for the file in messages. Error invalid_input: not an ELF file, another word size,
// byte order, machine or file type, or truncated or corrupt, in words that say which.
ElfFacts read_elf(ByteView bytes, const std::string& name);
// As above; not_found or unavailable where the file can not be read. Reads only the parts it needs.
ElfFacts read_elf_file(const std::filesystem::path& file);

}  // namespace cartwright::host
