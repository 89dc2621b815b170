#pragma once

#include <filesystem>

namespace cartwright::host {

// The folder of the running program, and that of the file that holds this code: the same, or the
// shared library. Empty where the system does not tell.
std::filesystem::path program_folder();
std::filesystem::path library_folder();

}  // namespace cartwright::host
