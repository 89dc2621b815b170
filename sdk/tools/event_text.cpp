#include "tools/event_text.hpp"

#include <nlohmann/json.hpp>
#include <string_view>

#include "base/hex.hpp"
#include "offers/money.hpp"
#include "tools/output.hpp"

namespace cartwright::tools {
namespace {

using Json = nlohmann::ordered_json;

std::string_view word(Phase phase) {
  switch (phase) {
    case Phase::none:
      return "none";
    case Phase::shopping:
      return "shopping";
    case Phase::paying:
      return "paying";
    case Phase::settled:
      return "settled";
    case Phase::ended:
      return "ended";
  }
  return "";
}

std::string_view word(Refusal why) {
  switch (why) {
    case Refusal::unknown_product:
      return "unknown_product";
    case Refusal::bad_check_digit:
      return "bad_check_digit";
    case Refusal::not_a_product_code:
      return "not_a_product_code";
    case Refusal::needs_weight:
      return "needs_weight";
    case Refusal::not_allowed:
      return "not_allowed";
    case Refusal::payment_open:
      return "payment_open";
    case Refusal::no_trip:
      return "no_trip";
    case Refusal::not_stored:
      return "not_stored";
  }
  return "";
}

std::string_view word(PaymentState state) {
  switch (state) {
    case PaymentState::none:
      return "none";
    case PaymentState::intended:
      return "intended";
    case PaymentState::sent:
      return "sent";
    case PaymentState::unknown:
      return "unknown";
    case PaymentState::approved:
      return "approved";
    case PaymentState::declined:
      return "declined";
    case PaymentState::settled:
      return "settled";
  }
  return "";
}

std::string_view word(EndCause cause) {
  switch (cause) {
    case EndCause::paid:
      return "paid";
    case EndCause::handed_off:
      return "handed_off";
    case EndCause::staff:
      return "staff";
    case EndCause::timeout:
      return "timeout";
    case EndCause::abandoned:
      return "abandoned";
  }
  return "";
}

Json json_of(const Line& line) {
  Json json = {
      {"key", line.key}, {"product", line.product}, {"gtin", line.gtin}, {"name", line.name}};
  if (line.grams > 0) {
    json["grams"] = line.grams;
  } else {
    json["units"] = line.pieces;
  }
  json["price_minor"] = line.price_minor;
  json["list_minor"] = line.list_minor;
  json["net_minor"] = line.net_minor;
  json["deposit_minor"] = line.deposit_minor;
  return json;
}

Json json_of(const Totals& totals) {
  return {{"currency", totals.currency},       {"list_minor", totals.list_minor},
          {"goods_minor", totals.goods_minor}, {"deposit_minor", totals.deposit_minor},
          {"tax_minor", totals.tax_minor},     {"rounding_minor", totals.rounding_minor},
          {"total_minor", totals.total_minor}};
}

struct ToJson {
  Json operator()(const TripStarted& e) const {
    return {{"event", "trip_started"}, {"trip", e.trip_id}, {"resumed", e.resumed}};
  }
  Json operator()(const LineAdded& e) const { return line("line_added", e.line, e.totals); }
  Json operator()(const LineChanged& e) const { return line("line_changed", e.line, e.totals); }
  Json operator()(const LineRemoved& e) const { return line("line_removed", e.line, e.totals); }
  Json operator()(const ScanRefused& e) const {
    return {{"event", "scan_refused"}, {"code", e.code}, {"why", word(e.why)}, {"text", e.text}};
  }
  Json operator()(const WeightWanted& e) const {
    return {
        {"event", "weight_wanted"}, {"product", e.product}, {"name", e.name}, {"scale", e.scale}};
  }
  Json operator()(const WeightChanged& e) const {
    return {{"event", "weight_changed"}, {"unit", e.unit},     {"indicated", e.indicated},
            {"grams", e.grams},          {"stable", e.stable}, {"status", e.status}};
  }
  Json operator()(const PaymentChanged& e) const {
    return {{"event", "payment_changed"},
            {"state", word(e.state)},
            {"amount_minor", e.amount_minor},
            {"text", e.text}};
  }
  Json operator()(const TripEnded& e) const {
    return {{"event", "trip_ended"}, {"trip", e.trip_id}, {"cause", word(e.cause)}};
  }
  Json operator()(const DeviceChanged& e) const {
    return {{"event", "device_changed"},
            {"name", e.name},
            {"driver", e.driver},
            {"state", word_of(e.state)},
            {"reason", e.reason}};
  }
  Json operator()(const DeviceInfo& e) const {
    return {{"event", "device_info"}, {"unit", e.unit},         {"maker", e.maker},
            {"model", e.model},       {"firmware", e.firmware}, {"serial", e.serial}};
  }
  Json operator()(const DeviceProgress& e) const {
    return {{"event", "device_progress"}, {"unit", e.unit}, {"done", e.done}, {"size", e.size}};
  }
  Json operator()(const TerminalPrint& e) const {
    return {{"event", "terminal_print"}, {"unit", e.unit}, {"text", e.text}};
  }
  Json operator()(const VendorEvent& e) const {
    return {{"event", "vendor_event"},
            {"unit", e.unit},
            {"id", e.id},
            {"data_hex", to_hex(std::as_bytes(std::span(e.data)))}};
  }
  Json operator()(const LocationChanged& e) const {
    return {{"event", "location_changed"}, {"unit", e.unit}, {"zone", e.zone}};
  }
  Json operator()(const JourneyChanged& e) const {
    return {{"event", "journey_changed"},
            {"waiting", e.waiting},
            {"delivered", e.delivered},
            {"dropped", e.dropped},
            {"trouble", e.trouble}};
  }
  Json operator()(const Trouble& e) const {
    return {{"event", "trouble"}, {"where", e.where}, {"text", e.text}};
  }

 private:
  static Json line(const char* event, const Line& line, const Totals& totals) {
    return {{"event", event}, {"line", json_of(line)}, {"totals", json_of(totals)}};
  }
};

std::string_view word(Purpose purpose) {
  switch (purpose) {
    case Purpose::store_insight:
      return "store_insight";
    case Purpose::offer_insight:
      return "offer_insight";
    case Purpose::profile:
      return "profile";
  }
  return "";
}

std::string quantity(const Line& line) {
  return line.grams > 0 ? std::to_string(line.grams) + " g" : std::to_string(line.pieces) + " x";
}

std::string line_text(const Line& line, const Totals& totals) {
  return quantity(line) + " " + line.name + "  " + money_text(line.net_minor, totals.currency) +
         "   total " + coloured(money_text(totals.total_minor, totals.currency), Colour::bold);
}

struct ToText {
  std::string operator()(const TripStarted& e) const {
    return std::string(e.resumed ? "The trip goes on: " : "A trip begins: ") + e.trip_id;
  }
  std::string operator()(const LineAdded& e) const {
    return coloured("+ ", Colour::green) + line_text(e.line, e.totals);
  }
  std::string operator()(const LineChanged& e) const {
    return coloured("~ ", Colour::yellow) + line_text(e.line, e.totals);
  }
  std::string operator()(const LineRemoved& e) const {
    return coloured("- ", Colour::red) + line_text(e.line, e.totals);
  }
  std::string operator()(const ScanRefused& e) const {
    return coloured("! ", Colour::red) + e.code + ": " + e.text;
  }
  std::string operator()(const WeightWanted& e) const {
    return "? Please put " + e.name + " on " + e.scale;
  }
  std::string operator()(const WeightChanged& e) const {
    const std::string shown = e.indicated.empty() ? e.status : e.indicated;
    return coloured("  " + e.unit + " " + shown + (e.stable ? "" : " ..."), Colour::dim);
  }
  std::string operator()(const PaymentChanged& e) const {
    return "  payment " + std::string(word(e.state)) + (e.text.empty() ? "" : ": " + e.text);
  }
  std::string operator()(const TripEnded& e) const {
    return "The trip has ended: " + std::string(word(e.cause));
  }
  std::string operator()(const DeviceChanged& e) const {
    const bool well = e.state == DeviceState::up;
    return coloured("  " + e.name + " is " + std::string(word_of(e.state)) +
                        (e.reason.empty() ? "" : ": " + e.reason),
                    well ? Colour::dim : Colour::yellow);
  }
  std::string operator()(const DeviceInfo& e) const {
    std::string text = "  " + e.unit + " is a";
    for (const std::string* part : {&e.maker, &e.model}) text += part->empty() ? "" : " " + *part;
    if (!e.firmware.empty()) text += ", firmware " + e.firmware;
    if (!e.serial.empty()) text += ", serial number " + e.serial;
    return coloured(text, Colour::dim);
  }
  std::string operator()(const DeviceProgress& e) const {
    return coloured("  " + e.unit + " has taken " + std::to_string(e.done) + " of " +
                        std::to_string(e.size) + " bytes",
                    Colour::dim);
  }
  std::string operator()(const TerminalPrint& e) const { return "  | " + e.text; }
  std::string operator()(const VendorEvent& e) const { return "  " + e.unit + " " + e.id; }
  std::string operator()(const LocationChanged& e) const {
    return coloured("  now in zone " + e.zone, Colour::dim);
  }
  std::string operator()(const JourneyChanged& e) const {
    return coloured("  journey: " + std::to_string(e.waiting) + " batches wait, " +
                        std::to_string(e.delivered) + " delivered" +
                        (e.trouble.empty() ? "" : ", " + e.trouble),
                    Colour::dim);
  }
  std::string operator()(const Trouble& e) const {
    return coloured("! " + e.where + ": " + e.text, Colour::yellow);
  }
};

}  // namespace

std::string_view word_of(DeviceState state) {
  switch (state) {
    case DeviceState::starting:
      return "starting";
    case DeviceState::up:
      return "up";
    case DeviceState::link_down:
      return "link_down";
    case DeviceState::restarting:
      return "restarting";
    case DeviceState::quarantined:
      return "quarantined";
    case DeviceState::failed:
      return "failed";
    case DeviceState::stopped:
      return "stopped";
  }
  return "";
}

Json to_json(const Event& event) {
  return std::visit(ToJson{}, event);
}

Json to_json(const Trip& trip) {
  Json lines = Json::array();
  for (const Line& line : trip.lines) lines.push_back(json_of(line));
  Json granted = Json::array();
  for (const Purpose purpose : trip.granted) granted.push_back(word(purpose));
  return {{"trip", trip.id},
          {"phase", word(trip.phase)},
          {"lines", lines},
          {"totals", json_of(trip.totals)},
          {"paid_minor", trip.paid_minor},
          {"due_minor", trip.due_minor},
          {"age_to_check", trip.age_to_check},
          {"granted", granted}};
}

std::string to_text(const Event& event) {
  return std::visit(ToText{}, event);
}

std::string money_text(std::int64_t minor, const std::string& currency) {
  return offers::format_with_code(offers::Money(minor), offers::currency(currency));
}

}  // namespace cartwright::tools
