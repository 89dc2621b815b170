#pragma once

#include <cartwright/error.hpp>
#include <cartwright/events.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#define CARTWRIGHT_API __attribute__((visibility("default")))

namespace cartwright {

struct ConsentChoice {
  Purpose purpose = Purpose::store_insight;
  bool granted = false;
  std::string notice_version;  // of the text that the shopper saw
  std::string profile_id;      // for Purpose::profile: whom the store knows the shopper as
};

struct JourneyStatus {
  std::uint64_t events = 0;   // rows that wait
  std::uint64_t batches = 0;  // batches that wait for a receipt
  std::uint64_t bytes = 0;
  std::uint64_t delivered = 0;
  std::uint64_t dropped = 0;
  std::string trouble;
};

// How a device ended what it was asked: "ok", or why not, as a word of the closed list in
// docs/abi.md. Called on the cart loop, exactly once; may be empty.
using Answer = std::function<void(const std::string& status)>;

// One shopping cart: its devices, the trip, the journey.
//
// Threads: all functions are called on one thread, the cart loop, except stop(). The app either
// gives it a thread with run(), or puts descriptor() into its own event loop and calls dispatch()
// whenever it is readable. Events reach the handler inside run() or dispatch() and nowhere else.
//
// Durable first: what an event or a returned value tells is on disk.
//
// Errors: functions throw cartwright::Error, and then nothing has happened: invalid_input,
// not_found or conflict where the call does not fit the trip, unavailable where the disk or a
// device does not take it.
class CARTWRIGHT_API Cart {
 public:
  // Reads the configuration (docs/retailer-guide.md), takes up the trip that was running when the
  // cart stopped, and starts the devices. Error invalid_input names file, line and nearest key.
  static Cart open(const std::filesystem::path& configuration);
  Cart(Cart&&) noexcept;
  Cart& operator=(Cart&&) noexcept;
  // Stops the devices. The trip stays open and goes on at the next open().
  ~Cart();

  // --- the loop

  // The handler may call every function of the cart but dispatch() and run().
  void on_event(std::function<void(const Event&)> handler);
  // Dispatches until stop() is called.
  void run();
  // Ends run(). Any thread, also a signal handler.
  void stop() noexcept;
  // Readable when dispatch() has something to do. Owned by the cart; do not read it.
  int descriptor() const noexcept;
  // Does what stands ready without waiting; returns how many things that were.
  std::size_t dispatch();
  // Waits for at most `longest` for something to do, then dispatches.
  std::size_t wait_and_dispatch(std::chrono::milliseconds longest);

  // --- the trip

  // Returns its id. Error conflict while one runs.
  std::string start_trip();
  // Error conflict while a payment is open.
  void end_trip(EndCause cause);
  Trip trip() const;
  // For people, 40 columns; it says itself that it is no fiscal receipt.
  std::string receipt() const;

  // --- the basket

  // As if a scanner had read it; the answer comes as an event. For typed codes.
  void scan(std::string_view code);
  // Adds pieces, or a weighing in grams, of a product by its id or GTIN; by the GTIN of a pack, so
  // many packs. Returns the line.
  Line add_pieces(std::string_view product, std::int64_t pieces);
  Line add_grams(std::string_view product, std::int64_t grams);
  // Takes pieces off a line, the whole line without a count.
  void put_back(std::string_view key, std::optional<std::int64_t> pieces = {});
  Line set_quantity(std::string_view key, std::int64_t pieces);
  // A person with authority sets the price of a piece, or of as many grams as the line's price is
  // for.
  Line override_price(std::string_view key, std::int64_t price_minor, std::string_view by,
                      std::string_view reason);
  void note_age_check(int min_age, bool passed, std::string_view by);
  // Gives up waiting for a weight.
  void cancel_weighing();

  // --- offers: what applies, and what one more item would save, is told by OffersChanged

  // Whether member prices and members' offers count from now on, and offers for which segments.
  void set_member(bool member, const std::vector<std::string>& segments = {});
  // A coupon, by the id that offers name it by, or "(8110)..." and "(8112)..." as a scan brings it;
  // presented twice it is two coupons.
  void present_coupon(std::string_view coupon);
  void take_back_coupon(std::string_view coupon);
  // What the server that knows a coupon of GS1 AI (8112) says of it; `by` names its answer.
  void settle_coupon(std::string_view coupon, bool accepted, std::string_view by);
  // Uses a coupon that waits to be asked for, or no longer.
  void redeem_coupon(std::string_view coupon, bool redeem = true);
  // The shopper does not want to hear of this offer any more on this trip.
  void dismiss_nudge(std::string_view offer);

  // --- payment

  // Begins to pay what is due at the terminal (a unit's name, or the first terminal); how it goes
  // is told by PaymentChanged. When it is approved the trip is settled and ends by itself. Error
  // conflict that names a line which was recalled meanwhile and must go back.
  void pay(std::string_view terminal = {});
  // Asks the terminal to give up; the answer still comes as an event.
  void cancel_payment();
  // Asks the terminal once more what became of a payment whose outcome is unknown.
  void look_up_payment();
  // A person has found out what became of it.
  void resolve_payment(bool taken, std::string_view by);

  // --- consent and journey

  void set_consent(const ConsentChoice& choice);
  // Cuts what waits into batches and tries to deliver them now.
  void flush_journey();
  JourneyStatus journey() const;

  // --- devices

  std::vector<DeviceChanged> devices() const;
  std::vector<DeviceStatistics> statistics() const;
  // --- one device: which driver can do what stands in docs/devices.md. A unit that does not exist
  // or is away answers "link_down", one that can not do it "unsupported". [...]: in UnifiedPOS

  // Whether the device answers. [checkHealth, internal]
  void check_health(std::string_view unit, Answer done);
  // A scanner that is not enabled reads nothing. [DeviceEnabled]
  void enable(std::string_view unit, bool enabled, Answer done);
  // A vendor's own command, passed as it stands. [directIO]
  void vendor_command(std::string_view unit, std::string_view id,
                      const std::vector<std::uint8_t>& data, Answer done);
  // Gives the device a new firmware from a file; DeviceProgress tells how far it is. Error
  // not_found where the file can not be read. [updateFirmware]
  void update_firmware(std::string_view unit, const std::filesystem::path& image, Answer done);
  // The result of a scan, for the shopper's ears.
  void beep(std::string_view scanner, bool good, Answer done);
  // What lies on the scale now is zero. [zeroScale]
  void zero_scale(std::string_view scale, Answer done);
  // Takes so many grams off what the scale shows; 0 ends that. [TareWeight]
  void tare_scale(std::string_view scale, std::int64_t grams, Answer done);
  // 0 to 100 percent. [DeviceBrightness]
  void set_brightness(std::string_view display, std::uint32_t percent, Answer done);
  // The terminal hands in its turnover; TerminalPrint brings its receipt. [accessDailyLog]
  void end_of_day(std::string_view terminal, Answer done);
  // The terminal tries its way to its host. [checkHealth, external]
  void diagnose(std::string_view terminal, Answer done);
  // The terminal's last receipt once more, as TerminalPrint.
  void repeat_receipt(std::string_view terminal, Answer done);

  // Shows these lines on all displays until the next change of the basket.
  void show(const std::vector<std::string>& lines);

 private:
  class Impl;
  explicit Cart(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The version of this library, "0.1.0".
CARTWRIGHT_API const char* version() noexcept;

}  // namespace cartwright
