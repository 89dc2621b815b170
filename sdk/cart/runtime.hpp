#pragma once

#include <cartwright/cart.hpp>

#include <functional>
#include <memory>

#include "base/sqlite.hpp"
#include "cart/checkout.hpp"
#include "cart/configuration.hpp"
#include "cart/deals.hpp"
#include "cart/device_events.hpp"
#include "cart/device_units.hpp"
#include "cart/journal.hpp"
#include "cart/loop.hpp"
#include "cart/screens.hpp"
#include "cart/shopping.hpp"
#include "cart/unit_commands.hpp"
#include "cart/uploader.hpp"
#include "journey/outbox.hpp"
#include "trip/trip.hpp"

namespace cartwright::cart {

// Puts the parts of a cart together: devices in, trip and journey on disk, then screens, app and
// hub. Everything but the devices' own threads happens on the cart loop. See docs/architecture.md.
class Runtime final : private DeviceEvents {
 public:
  explicit Runtime(Configuration configuration);
  ~Runtime() override;

  Loop& loop() { return loop_; }
  void on_event(std::function<void(const Event&)> handler) { handler_ = std::move(handler); }
  // Starts the devices and goes on with an open trip. The first dispatch calls it, so that the app
  // has its handler in place.
  void start();

  std::string start_trip();
  void end_trip(EndCause cause);
  Trip view() const;
  std::string receipt();

  Shopping& shopping() { return shopping_; }
  Deals& deals() { return deals_; }
  Checkout& checkout() { return checkout_; }
  Screens& screens() { return screens_; }
  Uploader& uploader() { return uploader_; }
  DeviceUnits& devices() { return devices_; }
  UnitCommands& commands() { return commands_; }

  void put_back(std::string_view key, std::optional<std::int64_t> pieces);
  Line set_quantity(std::string_view key, std::int64_t pieces);
  Line override_price(std::string_view key, std::int64_t price_minor, std::string_view by,
                      std::string_view reason);
  void note_age_check(int min_age, bool passed, std::string_view by);
  void set_consent(const ConsentChoice& choice);
  JourneyStatus journey();

 private:
  void device_event(const std::string& unit, const host::Record& event) override;
  void device_changed(const DeviceChanged& change) override;
  void device_fault(const std::string& unit, const std::string& text) override;
  void scale_event(const std::string& unit, const host::Record& event);
  void about_device(const std::string& unit, const host::Record& event);
  void terminal_event(const std::string& unit, const host::Record& event);
  void go_on();
  // Every event passes here once: screens and uploader first, then the app. What it changed about
  // offers is told after it.
  void tell(const Event& event);
  Line changed(const trip::Change& change);

  Configuration configuration_;
  Loop loop_;
  Database database_;
  std::string set_aside_;  // why the last trip could not be read, empty where it could
  trip::SystemClock clock_;
  journey::Outbox outbox_;
  Journal journal_;
  trip::Trip trip_;
  Log log_;
  DeviceUnits devices_;
  UnitCommands commands_;
  Shopping shopping_;
  Deals deals_;
  Checkout checkout_;
  Screens screens_;
  Uploader uploader_;
  std::function<void(const Event&)> handler_;
  std::string last_trip_;
};

}  // namespace cartwright::cart
