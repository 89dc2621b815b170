#include "host/make_port.hpp"

#include <filesystem>

#include "link/recording_link.hpp"

namespace cartwright::host {
namespace {

// Each start makes a recording of its own: the name itself, then NAME.2, NAME.3 and so on.
std::filesystem::path free_name(const std::filesystem::path& wanted) {
  std::filesystem::path name = wanted;
  for (int number = 2; std::filesystem::exists(name); ++number) {
    name = wanted;
    name += "." + std::to_string(number);
  }
  return name;
}

}  // namespace

std::unique_ptr<LinkPort> make_port(const DeviceSetup& setup, std::uint32_t index,
                                    boost::asio::any_io_executor executor,
                                    std::weak_ptr<LinkPort::Owner> owner) {
  const std::string& uri = setup.links.at(index);
  const ManifestLink& about = setup.manifest.links.at(index);
  std::unique_ptr<link::Link> link = link::make_link(uri, executor, about.shape);
  if (!setup.record.empty()) {
    link::RecordingOptions options;
    options.file = setup.record;
    // A device with one link records into the file that was named, others beside it.
    if (setup.links.size() > 1) options.file += "." + about.name;
    options.file = free_name(options.file);
    options.uri = uri;
    options.sensitive = about.sensitive;
    link = link::record_link(std::move(link), std::move(options), executor);
  }
  return std::make_unique<LinkPort>(index, about.name, uri, std::move(link), std::move(owner));
}

}  // namespace cartwright::host
