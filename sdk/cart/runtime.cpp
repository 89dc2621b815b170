#include "cart/runtime.hpp"

#include <cartwright/abi/cartwright.h>

#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/error.hpp"
#include "cart/views.hpp"
#include "host/record_json.hpp"
#include "trip/receipt.hpp"
#include "trip/sale_record.hpp"

namespace cartwright::cart {
namespace {

std::filesystem::path prepared(const std::filesystem::path& state) {
  std::filesystem::create_directories(state);
  return database_file(state);
}

journey::OutboxSettings outbox_settings(const Configuration& configuration) {
  return {.cart_id = configuration.cart_id,
          .key = SigningKey::load_or_create(key_file(configuration.state)),
          .hub = configuration.journey.hub_key};
}

// A trip that can not be read would keep the cart from starting for ever: it is put out of the way,
// nothing of it is deleted, and a person is told. Returns what to tell.
std::string set_aside_unreadable_trip(Database& database) {
  trip::TripLog log(database);
  const std::optional<std::string> open = log.open_trip();
  if (!open) return {};
  try {
    trip::fold(log.load(*open), log.offer_source());
    return {};
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::corrupt) throw;
    log.set_aside(*open);
    return std::string(error.what()) + "; the trip was set aside, cartwright trip verify shows it";
  }
}

template <typename Struct>
Struct fixed_part(const host::Record& record) {
  Struct value{};
  std::memcpy(&value, record.bytes().data(),
              std::min<std::size_t>(record.header().fixed_size, sizeof value));
  return value;
}

std::string text_of(const host::Record& record, const cw_span& span) {
  return std::string(as_text(host::span_bytes(record.header(), span)));
}

// After which offers may be others.
bool changes_basket(const Event& event) {
  return std::holds_alternative<LineAdded>(event) || std::holds_alternative<LineChanged>(event) ||
         std::holds_alternative<LineRemoved>(event) || std::holds_alternative<TripStarted>(event) ||
         std::holds_alternative<PaymentChanged>(event) ||
         std::holds_alternative<CouponTaken>(event);
}

v1::TripEnded::Cause cause_of(EndCause cause) {
  switch (cause) {
    case EndCause::paid:
      return v1::TripEnded::PAID;
    case EndCause::handed_off:
      return v1::TripEnded::HANDED_OFF;
    case EndCause::staff:
      return v1::TripEnded::STAFF;
    case EndCause::timeout:
      return v1::TripEnded::TIMEOUT;
    case EndCause::abandoned:
      return v1::TripEnded::ABANDONED;
  }
  return v1::TripEnded::STAFF;
}

}  // namespace

Runtime::Runtime(Configuration configuration)
    : configuration_(std::move(configuration)),
      database_(prepared(configuration_.state)),
      set_aside_(set_aside_unreadable_trip(database_)),
      outbox_(database_, outbox_settings(configuration_)),
      journal_(outbox_),
      trip_(database_, clock_, &journal_),
      log_(configuration_.state),
      devices_(configuration_, loop_, log_, *this),
      commands_(devices_),
      shopping_(loop_, trip_, configuration_, [this](const Event& event) { tell(event); }),
      deals_(trip_, shopping_, [this](const Event& event) { tell(event); }),
      checkout_(
          loop_, trip_, devices_, [this](const Event& event) { tell(event); },
          [this] { shopping_.refuse_recalled(); }),
      screens_(devices_, configuration_.store.rules.currency, configuration_.welcome),
      uploader_(loop_, outbox_, clock_, devices_, configuration_.journey.sink,
                [this](const Event& event) { tell(event); }) {
  shopping_.set_scale(devices_.first_of(CW_SCALE_CLASS).value_or(""));
  last_trip_ = trip_.state().trip_id();
  loop_.post([this] { start(); });
}

Runtime::~Runtime() = default;

void Runtime::start() {
  if (!set_aside_.empty()) tell(Trouble{"trip", set_aside_});
  if (trip_.running()) go_on();
  devices_.start();
}

void Runtime::go_on() {
  try {
    shopping_.resume();
  } catch (const Error& error) {
    // Without its catalog nothing can be added; paying and ending still work.
    tell(Trouble{"trip", error.what()});
  }
  tell(TripStarted{trip_.state().trip_id(), true});
  checkout_.resume();
}

std::string Runtime::start_trip() {
  last_trip_ = shopping_.start_trip();
  tell(TripStarted{last_trip_, false});
  return last_trip_;
}

void Runtime::end_trip(EndCause cause) {
  shopping_.cancel_weighing();
  trip_.end(cause_of(cause));
  tell(TripEnded{last_trip_, cause});
}

std::string Runtime::receipt() {
  const auto sale = trip_.log().sale(last_trip_);
  if (!sale) {
    throw Error(ErrorKind::conflict, "the trip is not settled: there is no receipt yet");
  }
  return trip::receipt_text(trip::decode_sale_record(last_trip_, sale->bytes));
}

void Runtime::put_back(std::string_view key, std::optional<std::int64_t> pieces) {
  const Line before = line_of(trip_.state(), key);
  trip_.put_back(key, pieces ? std::optional(offers::Units{*pieces}) : std::nullopt);
  const trip::TripState& state = trip_.state();
  const Totals totals = totals_of(state);
  if (state.basket().find(key) != nullptr) return tell(LineChanged{line_of(state, key), totals});
  tell(LineRemoved{before, totals});
}

Line Runtime::changed(const trip::Change& change) {
  const trip::TripState& state = trip_.state();
  LineChanged event{line_of(state, change.key), totals_of(state)};
  tell(event);
  return event.line;
}

Line Runtime::set_quantity(std::string_view key, std::int64_t pieces) {
  return changed(trip_.set_quantity(key, offers::Units{pieces}));
}

Line Runtime::override_price(std::string_view key, std::int64_t price_minor, std::string_view by,
                             std::string_view reason) {
  return changed(trip_.override_price(key, offers::Money(price_minor), by, reason));
}

void Runtime::note_age_check(int min_age, bool passed, std::string_view by) {
  trip_.note_age_check(min_age, passed, by);
}

void Runtime::set_consent(const ConsentChoice& choice) {
  journal_.set_profile(choice.profile_id);
  trip_.set_consent(static_cast<v1::Purpose>(choice.purpose), choice.granted,
                    choice.notice_version);
  uploader_.poke();
}

JourneyStatus Runtime::journey() {
  const journey::OutboxStats stats = outbox_.stats();
  return {stats.rows,    stats.batches,      stats.bytes, uploader_.delivered(),
          stats.dropped, uploader_.trouble()};
}

void Runtime::tell(const Event& event) {
  if (const auto* trouble = std::get_if<Trouble>(&event)) {
    log_.write(LogLevel::warning, trouble->where, trouble->text);
  }
  screens_.on(event);
  if (std::holds_alternative<TripEnded>(event)) {
    uploader_.trip_ended();
  } else if (!std::holds_alternative<JourneyChanged>(event)) {
    uploader_.poke();
  }
  const bool basket = changes_basket(event);
  if (basket) deals_.look();
  if (handler_) handler_(event);
  if (basket) deals_.tell_news();
}

Trip Runtime::view() const {
  Trip trip = view_of(trip_.state());
  trip.nudges = deals_.nudges();
  return trip;
}

void Runtime::device_event(const std::string& unit, const host::Record& event) {
  switch (event.type()) {
    case CW_SCANNER_DATA: {
      const auto scan = fixed_part<cw_scanner_data>(event);
      const std::string aim(reinterpret_cast<const char*>(scan.aim),
                            ::strnlen(reinterpret_cast<const char*>(scan.aim), sizeof scan.aim));
      return shopping_.scan(
          {text_of(event, scan.data), aim, static_cast<gs1::Symbology>(scan.symbology)});
    }
    case CW_SCALE_WEIGHT:
    case CW_SCALE_STATUS:
      return scale_event(unit, event);
    case CW_DISPLAY_SIZE:
      return screens_.set_columns(unit, fixed_part<cw_display_size>(event).columns);
    case CW_TERMINAL_INTERMEDIATE:
    case CW_TERMINAL_LATE_RESULT:
      return terminal_event(unit, event);
    case CW_TERMINAL_PRINT:
      return tell(TerminalPrint{unit, text_of(event, fixed_part<cw_terminal_notice>(event).text)});
    case CW_DEVICE_INFO:
    case CW_DEVICE_PROGRESS:
      return about_device(unit, event);
    case CW_LOCATOR_ZONE:
      return tell(LocationChanged{unit, text_of(event, fixed_part<cw_locator_zone>(event).name)});
    case CW_VENDOR_EVENT: {
      const auto vendor = fixed_part<cw_vendor_event>(event);
      const ByteView data = host::span_bytes(event.header(), vendor.data);
      const auto* first = reinterpret_cast<const std::uint8_t*>(data.data());
      return tell(VendorEvent{unit, text_of(event, vendor.id), {first, first + data.size()}});
    }
    default:
      return;  // nothing that the cart acts on
  }
}

void Runtime::scale_event(const std::string& unit, const host::Record& event) {
  const nlohmann::ordered_json json = host::record_to_json(event.header());
  Weighing weighing;
  weighing.unit = unit;
  if (event.type() == CW_SCALE_STATUS) {
    weighing.status = json.value("status", "");
    return shopping_.weighed(weighing);
  }
  const auto weight = fixed_part<cw_scale_weight>(event);
  weighing.indicated = json.value("indicated", "") + " " + json.value("unit", "");
  weighing.micrograms = weight.micrograms;
  weighing.stable = (weight.weight_flags & CW_WEIGHT_STABLE) != 0;
  shopping_.weighed(weighing);
}

void Runtime::about_device(const std::string& unit, const host::Record& event) {
  if (event.type() == CW_DEVICE_PROGRESS) {
    const auto progress = fixed_part<cw_device_progress>(event);
    return tell(DeviceProgress{unit, progress.done, progress.size});
  }
  const auto info = fixed_part<cw_device_info>(event);
  tell(DeviceInfo{unit, text_of(event, info.maker), text_of(event, info.model),
                  text_of(event, info.firmware), text_of(event, info.serial)});
}

void Runtime::terminal_event(const std::string& unit, const host::Record& event) {
  if (event.type() == CW_TERMINAL_LATE_RESULT) return checkout_.late_result(unit);
  checkout_.notice(unit, text_of(event, fixed_part<cw_terminal_notice>(event).text));
}

void Runtime::device_changed(const DeviceChanged& change) {
  const bool up = change.state == DeviceState::up;
  for (const std::string& unit : devices_.units_of(change.name)) {
    const std::string_view class_id = devices_.class_of(unit);
    if (up && class_id == CW_DISPLAY_CLASS) screens_.refresh(unit);
    if (up && class_id == CW_TERMINAL_CLASS) checkout_.terminal_up(unit);
    if (up && unit == configuration_.journey.sink) uploader_.sink_up();
    // What lay on a scale that went away may be another load when it is back.
    if (!up && class_id == CW_SCALE_CLASS) {
      Weighing gone;
      gone.unit = unit;
      gone.status = "not_ready";
      shopping_.weighed(gone);
    }
  }
  if (handler_) handler_(change);
}

void Runtime::device_fault(const std::string& unit, const std::string& text) {
  if (handler_) handler_(Trouble{unit, text});
}

}  // namespace cartwright::cart
