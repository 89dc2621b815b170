#include "bench/scanner_device.hpp"

#include <unistd.h>

#include <stdexcept>
#include <string>

namespace cartwright::bench {
namespace {

constexpr std::chrono::seconds kPatience{10};

host::DeviceConfig config_of(const link::PtyPair& line, host::Isolation isolation) {
  host::DeviceConfig config;
  config.name = "scanner0";
  config.driver = "scanner-serial";
  config.links = {"pty:" + line.path().string()};
  config.isolation = isolation;
  config.place = "bench";
  return config;
}

}  // namespace

Clock::duration Receiver::deliver(std::string_view bytes) {
  const auto begin = Clock::now();
  if (::write(far_end(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
    throw std::runtime_error("the pseudo-terminal takes no bytes");
  }
  if (!arrived_.try_acquire_for(kPatience)) throw std::runtime_error("a scan did not arrive");
  return at_ - begin;
}

void Receiver::received(Clock::time_point at) {
  at_ = at;
  arrived_.release();
}

ScannerDevice::ScannerDevice(host::Isolation isolation, const std::filesystem::path& state)
    : plugins_(host::plugin_search_path({})),
      devices_({config_of(line_, isolation)}, plugins_, state, *this) {
  devices_.start();
  if (!up_.try_acquire_for(kPatience)) throw std::runtime_error("the scanner does not come up");
}

void ScannerDevice::unit_events(std::vector<std::string>, std::vector<host::Record>,
                                std::function<void()> committed) {
  const auto now = Clock::now();
  committed();
  received(now);
}

void ScannerDevice::unit_changed(const std::string&, const std::string&, host::DeviceState state,
                                 const std::string&) {
  if (state == host::DeviceState::up) up_.release();
}

}  // namespace cartwright::bench
