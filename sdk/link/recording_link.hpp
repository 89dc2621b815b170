#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "link/link.hpp"

namespace cartwright::link {

struct RecordingOptions {
  std::filesystem::path file;  // made new; its folder must exist
  std::string uri;             // of the link, for the header
  // True for links that carry what must not lie in files (terminals): lengths and times only.
  bool sensitive = false;
  // Told once, on the executor, when the file can not be written any more. The link goes on.
  std::function<void(const std::string& text)> failed;
};

// A link that passes everything through to `inner` and back, and writes it down. Entries reach the
// file within a second. Error where the file can not be made. `executor` is that of `inner`.
std::unique_ptr<Link> record_link(std::unique_ptr<Link> inner, RecordingOptions options,
                                  boost::asio::any_io_executor executor);

}  // namespace cartwright::link
