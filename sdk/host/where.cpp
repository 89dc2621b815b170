#include "host/where.hpp"

#include <boost/dll/runtime_symbol_info.hpp>

namespace cartwright::host {
namespace {

template <typename Location>
std::filesystem::path folder_of(Location location) {
  try {
    return std::filesystem::weakly_canonical(location()).parent_path();
  } catch (const std::exception&) {
    return {};
  }
}

}  // namespace

std::filesystem::path program_folder() {
  return folder_of([] { return boost::dll::program_location(); });
}

std::filesystem::path library_folder() {
  return folder_of([] { return boost::dll::this_line_location(); });
}

}  // namespace cartwright::host
