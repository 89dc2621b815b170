#pragma once

#include <filesystem>
#include <string>

#include "host/kept_values.hpp"

namespace cartwright::host {

// What drivers keep, one file a device in a folder, readable by the owner alone. Secret values are
// sealed with a key that lies beside them, so that a copied or printed file does not show them.
class KeptStore {
 public:
  // Makes the folder. Error unavailable.
  explicit KeptStore(std::filesystem::path folder);

  // Nothing kept where there is no file. Error corrupt for a file that was changed from outside.
  KeptValues load(const std::string& device) const;
  // On disk when it returns. Error unavailable.
  void save(const std::string& device, const KeptValues& values) const;

 private:
  std::filesystem::path file_of(const std::string& device) const;

  std::filesystem::path folder_;
};

}  // namespace cartwright::host
