#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

// What the Cart API tells an app. Plain values; amounts are integers in minor units of the store's
// currency, weights grams, texts UTF-8.

namespace cartwright {

// What a shopper may agree to; `cartwright journey explain` prints what each collects and why.
enum class Purpose : std::uint8_t { store_insight = 1, offer_insight = 2, profile = 3 };

// What one application of an offer is on a line.
struct OfferShare {
  std::string offer;
  std::string reason;            // for the shopper: the offer's name, or its id where it has none
  std::int64_t application = 0;  // from 1, by offer
  bool qualifies = false;        // these units let the offer apply and get nothing off themselves
  std::int64_t units = 0;        // a weighing is one
  std::int64_t discount_minor = 0;
};

struct Line {
  std::string key;  // names the line for good within its trip
  std::string product;
  std::string gtin;  // 14 digits
  std::string name;
  std::int64_t pieces = 0;       // of a product sold by the piece, else 0
  std::int64_t grams = 0;        // of a weighing, else 0
  std::int64_t price_minor = 0;  // in force: for a piece, or for `price_grams`
  std::int64_t list_minor = 0;   // price x quantity
  std::int64_t net_minor = 0;    // list less discounts
  std::int64_t deposit_minor = 0;
  int min_age = 0;
  std::vector<OfferShare> shares;  // their discounts add up to list less net
  // What the item's code told, each mostly empty; days as YYYY-MM-DD.
  std::string batch;
  std::string serial;
  std::string use_by;
  std::string best_before;
  std::int64_t regular_price_minor = 0;  // before a markdown for its best-before date, else 0
  std::string notice;                    // one sentence for the shopper about this item
  std::int64_t price_grams = 0;          // of a weighing: what the price is for, 1000 or 100
  // What to show beside the shelf price: the price of a "kg", "l", "m" or "piece" (empty: not
  // known), and the lowest of the 30 days before the price began (0: not known).
  std::int64_t unit_price_minor = 0;
  std::string unit_price_per;
  std::int64_t lowest_30_days_minor = 0;
};

struct Totals {
  std::string currency;  // ISO 4217
  std::int64_t list_minor = 0;
  std::int64_t goods_minor = 0;  // list less discounts
  std::int64_t deposit_minor = 0;
  std::int64_t tax_minor = 0;
  std::int64_t rounding_minor = 0;
  std::int64_t total_minor = 0;
  // In coins and notes: rounded to what the currency has.
  std::int64_t cash_total_minor = 0;
  // By how much the total rises if servers refuse the coupons that they were asked of.
  std::int64_t provisional_minor = 0;
  bool proven_best = true;  // no choice of the store's offers is cheaper
};

// An offer that is used.
struct AppliedOffer {
  std::string offer;
  std::string name;  // its id where it has none
  std::int64_t applications = 0;
  std::int64_t discount_minor = 0;
  std::int64_t points = 0;  // earned
};

// Add these, and the discounts grow by `saves_minor`.
struct Nudge {
  struct Need {
    std::string product;
    std::string name;
    std::string location;  // in the store, where the catalog knows it
    std::int64_t units = 0;
  };
  std::string offer;
  std::string name;  // its id where it has none
  std::vector<Need> need;
  std::int64_t saves_minor = 0;
};

enum class Phase : std::uint8_t { none, shopping, paying, settled, ended };

// The trip as it stands on disk.
struct Trip {
  std::string id;  // empty: no trip yet
  Phase phase = Phase::none;
  std::vector<Line> lines;
  Totals totals;
  std::int64_t paid_minor = 0;
  std::int64_t due_minor = 0;
  std::uint32_t age_to_check = 0;  // years that nobody has checked yet, 0: none
  std::vector<Purpose> granted;    // what the shopper agreed to on this trip
  bool member = false;
  std::vector<std::string> coupons;  // as often as each was presented
  // Those of AI (8112) whose server has not spoken: settle or take them back before paying.
  std::vector<std::string> unsettled_coupons;
  std::vector<AppliedOffer> applied;
  std::vector<Nudge> nudges;  // at most three, the greatest saving first
};

// Other offers apply than before, or there is something else to add. Other lines than the one that
// changed may cost something else now: trip() has them.
struct OffersChanged {
  std::vector<AppliedOffer> applied;
  std::vector<Nudge> nudges;
  Totals totals;
};

// A scanner read a coupon of GS1 AI (8110) or (8112), and the trip has it.
struct CouponTaken {
  std::string coupon;         // "(8110)...": what take_back_coupon() and settle_coupon() call it
  bool needs_server = false;  // AI (8112): provisional until settle_coupon()
  std::string why_unused;     // empty where it takes something off now
};

struct TripStarted {
  std::string trip_id;
  bool resumed = false;  // it went on after the cart had stopped
};

// A line appeared, or pieces joined it.
struct LineAdded {
  Line line;
  Totals totals;
};

// A line's quantity or price changed.
struct LineChanged {
  Line line;
  Totals totals;
};

struct LineRemoved {
  Line line;  // as it was
  Totals totals;
};

enum class Refusal : std::uint8_t {
  unknown_product,
  bad_check_digit,
  not_a_product_code,
  needs_weight,  // the weight did not settle in time
  not_allowed,
  payment_open,
  no_trip,
  not_stored,  // the disk did not take it: nothing happened, scan again
  recalled,    // the text names the recall
  expired,     // past a date by which it was to be used or sold
};

struct ScanRefused {
  std::string code;
  Refusal why = Refusal::unknown_product;
  std::string text;  // one sentence for the shopper
};

// The product is sold by weight: it waits for a stable weight.
struct WeightWanted {
  std::string product;
  std::string name;
  std::string scale;  // the unit that is to weigh it
};

struct WeightChanged {
  std::string unit;
  std::string indicated;   // "1.250 kg", empty while none is shown
  std::int64_t grams = 0;  // rounded to whole grams
  bool stable = false;
  std::string status;  // "in_motion" and so on where no weight is shown
};

enum class PaymentState : std::uint8_t {
  none,
  intended,
  sent,
  unknown,
  approved,
  declined,
  settled
};

struct PaymentChanged {
  PaymentState state = PaymentState::none;
  std::int64_t amount_minor = 0;
  std::string text;  // for the shopper: "Insert card", "Declined: card expired"
};

enum class EndCause : std::uint8_t { paid, handed_off, staff, timeout, abandoned };

struct TripEnded {
  std::string trip_id;
  EndCause cause = EndCause::paid;
};

enum class DeviceState : std::uint8_t {
  starting,
  up,
  link_down,    // the device is away; it is looked for
  restarting,   // its driver crashed and is being started again
  quarantined,  // its driver crashed too often
  failed,       // it can not start; the reason says what to do
  stopped,
};

struct DeviceChanged {
  std::string name;
  std::string driver;
  DeviceState state = DeviceState::starting;
  std::string reason;
};

// What a device says that it is. UnifiedPOS: DeviceServiceDescription, PhysicalDeviceDescription.
struct DeviceInfo {
  std::string unit;
  std::string maker;
  std::string model;
  std::string firmware;
  std::string serial;
};

// How far an update of its firmware is, in bytes.
struct DeviceProgress {
  std::string unit;
  std::uint64_t done = 0;
  std::uint64_t size = 0;
};

// A line of a receipt that the terminal wants printed. Card numbers in it are masked.
struct TerminalPrint {
  std::string unit;
  std::string text;
};

// Numbers of one device since the cart was opened; none goes back. UnifiedPOS: statistics.
struct DeviceStatistics {
  std::string name;
  std::string version;  // of the driver
  std::uint64_t calls = 0;
  std::uint64_t bytes = 0;
  std::uint64_t events = 0;
  std::uint64_t requests = 0;    // to the device
  std::uint64_t faults = 0;      // that the driver told; UnifiedPOS: CommunicationErrorCount
  std::uint64_t link_downs = 0;  // times that it went away
  std::uint64_t dropped = 0;     // bytes or messages that found no room
  std::uint64_t crashes = 0;
  std::uint64_t restarts = 0;
  std::uint64_t set_aside = 0;  // inputs that crashed the driver each time
};

// An event that Cartwright does not know: from a vendor's own class.
struct VendorEvent {
  std::string unit;
  std::string id;  // "com.vendor.thing/1"
  std::vector<std::uint8_t> data;
};

struct LocationChanged {
  std::string unit;
  std::string zone;  // empty: in none
};

// Journey data on its way to the hub.
struct JourneyChanged {
  std::uint64_t waiting = 0;    // batches without a receipt
  std::uint64_t delivered = 0;  // receipts since the cart was opened
  std::uint64_t dropped = 0;    // events that a bound dropped, ever
  std::string trouble;          // why nothing goes out, empty where it does
};

// Something that a person should look at and that no other event tells: a trip that could not be
// read and was set aside, a driver that reports a fault of its device.
struct Trouble {
  std::string where;  // a unit's name, "trip", "journey"
  std::string text;
};

using Event = std::variant<TripStarted, LineAdded, LineChanged, LineRemoved, ScanRefused,
                           WeightWanted, WeightChanged, PaymentChanged, TripEnded, DeviceChanged,
                           DeviceInfo, DeviceProgress, TerminalPrint, VendorEvent, LocationChanged,
                           JourneyChanged, Trouble, OffersChanged, CouponTaken>;

}  // namespace cartwright
