#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cart/configuration.hpp"
#include "cart/device_events.hpp"
#include "cart/log.hpp"
#include "cart/loop.hpp"
#include "cart/units.hpp"

namespace cartwright::cart {

// The configured devices as the cart sees them: units by name, everything on the cart loop. The
// devices themselves live on the host's thread; what passes between is posted.
class DeviceUnits final : public Units {
 public:
  // Reads the manifests and checks names, links and settings; starts nothing. Error invalid_input,
  // not_found or refused names the [[device]] and the remedy. `log` and `events` must outlive
  // this object.
  DeviceUnits(const Configuration& configuration, Loop& loop, Log& log, DeviceEvents& events);
  ~DeviceUnits() override;

  void start();

  std::uint64_t command(const std::string& unit, host::Record record, Deadlines deadlines,
                        Done done) override;
  void cancel(const std::string& unit, std::uint64_t op) override;
  std::uint64_t add_blob(const std::string& unit, Bytes content) override;
  void remove_blob(const std::string& unit, std::uint64_t blob) override;
  std::optional<std::string> first_of(std::string_view class_id) const override;
  std::vector<std::string> all_of(std::string_view class_id) const override;
  bool is_up(const std::string& unit) const override;

  std::vector<DeviceChanged> states() const;
  std::vector<std::string> units_of(const std::string& device) const;
  std::string_view class_of(const std::string& unit) const;
  std::vector<DeviceStatistics> statistics() const;

 private:
  class Bridge;
  std::unique_ptr<Bridge> bridge_;
};

}  // namespace cartwright::cart
