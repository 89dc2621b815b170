#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "tools/event_text.hpp"
#include "tools/event_words.hpp"

namespace cartwright::tools {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const OfferShare& share) {
  return {{"offer", share.offer},
          {"reason", share.reason},
          {"application", share.application},
          {"role", share.qualifies ? "qualify" : "reward"},
          {"units", share.units},
          {"discount_minor", share.discount_minor}};
}

Json json_of(const AppliedOffer& applied) {
  return {{"offer", applied.offer},
          {"name", applied.name},
          {"applications", applied.applications},
          {"discount_minor", applied.discount_minor},
          {"points", applied.points}};
}

Json json_of(const Nudge& nudge) {
  Json need = Json::array();
  for (const Nudge::Need& one : nudge.need) {
    need.push_back({{"product", one.product},
                    {"name", one.name},
                    {"location", one.location},
                    {"units", one.units}});
  }
  return {{"offer", nudge.offer},
          {"name", nudge.name},
          {"need", need},
          {"saves_minor", nudge.saves_minor}};
}

template <typename Value>
Json list_of(const std::vector<Value>& values) {
  Json list = Json::array();
  for (const Value& value : values) list.push_back(json_of(value));
  return list;
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
  if (!line.shares.empty()) json["shares"] = list_of(line.shares);
  const auto put = [&json](const char* key, const std::string& text) {
    if (!text.empty()) json[key] = text;
  };
  put("batch", line.batch);
  put("serial", line.serial);
  put("use_by", line.use_by);
  put("best_before", line.best_before);
  if (line.regular_price_minor != 0) json["regular_price_minor"] = line.regular_price_minor;
  put("notice", line.notice);
  if (line.price_grams != 0) json["price_grams"] = line.price_grams;
  put("unit_price_per", line.unit_price_per);
  if (!line.unit_price_per.empty()) json["unit_price_minor"] = line.unit_price_minor;
  if (line.lowest_30_days_minor != 0) json["lowest_30_days_minor"] = line.lowest_30_days_minor;
  return json;
}

Json json_of(const Totals& totals) {
  return {{"currency", totals.currency},
          {"list_minor", totals.list_minor},
          {"goods_minor", totals.goods_minor},
          {"deposit_minor", totals.deposit_minor},
          {"tax_minor", totals.tax_minor},
          {"rounding_minor", totals.rounding_minor},
          {"total_minor", totals.total_minor},
          {"cash_total_minor", totals.cash_total_minor},
          {"provisional_minor", totals.provisional_minor},
          {"proven_best", totals.proven_best}};
}

struct ToJson {
  Json operator()(const TripStarted& e) const {
    return {{"event", "trip_started"}, {"trip", e.trip_id}, {"resumed", e.resumed}};
  }
  Json operator()(const LineAdded& e) const { return line("line_added", e.line, e.totals); }
  Json operator()(const LineChanged& e) const { return line("line_changed", e.line, e.totals); }
  Json operator()(const LineRemoved& e) const { return line("line_removed", e.line, e.totals); }
  Json operator()(const ScanRefused& e) const {
    return {{"event", "scan_refused"}, {"code", e.code}, {"why", word_of(e.why)}, {"text", e.text}};
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
            {"state", word_of(e.state)},
            {"amount_minor", e.amount_minor},
            {"text", e.text}};
  }
  Json operator()(const TripEnded& e) const {
    return {{"event", "trip_ended"}, {"trip", e.trip_id}, {"cause", word_of(e.cause)}};
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
  Json operator()(const OffersChanged& e) const {
    return {{"event", "offers_changed"},
            {"applied", list_of(e.applied)},
            {"nudges", list_of(e.nudges)},
            {"totals", json_of(e.totals)}};
  }
  Json operator()(const CouponTaken& e) const {
    return {{"event", "coupon_taken"},
            {"coupon", e.coupon},
            {"needs_server", e.needs_server},
            {"why_unused", e.why_unused}};
  }
  Json operator()(const Trouble& e) const {
    return {{"event", "trouble"}, {"where", e.where}, {"text", e.text}};
  }

 private:
  static Json line(const char* event, const Line& line, const Totals& totals) {
    return {{"event", event}, {"line", json_of(line)}, {"totals", json_of(totals)}};
  }
};

}  // namespace

Json to_json(const Event& event) {
  return std::visit(ToJson{}, event);
}

Json to_json(const Trip& trip) {
  Json lines = Json::array();
  for (const Line& line : trip.lines) lines.push_back(json_of(line));
  Json granted = Json::array();
  for (const Purpose purpose : trip.granted) granted.push_back(word_of(purpose));
  return {{"trip", trip.id},
          {"phase", word_of(trip.phase)},
          {"lines", lines},
          {"totals", json_of(trip.totals)},
          {"paid_minor", trip.paid_minor},
          {"due_minor", trip.due_minor},
          {"age_to_check", trip.age_to_check},
          {"granted", granted},
          {"member", trip.member},
          {"coupons", trip.coupons},
          {"unsettled_coupons", trip.unsettled_coupons},
          {"applied", list_of(trip.applied)},
          {"nudges", list_of(trip.nudges)}};
}

}  // namespace cartwright::tools
