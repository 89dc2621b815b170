#include "shopping/evidence.hpp"

#include <map>
#include <sstream>
#include <vector>

#include "shopping/script.hpp"

namespace cartwright::shopping {
namespace {

constexpr milliseconds kFlush{60'000};

[[noreturn]] void differs(const std::string& what, const std::string& wanted,
                          const std::string& found) {
  throw Failure(what + "\n  wanted: " + wanted + "\n  found:  " + found);
}

void same(const std::string& what, std::int64_t wanted, std::int64_t found) {
  if (wanted != found) differs(what, std::to_string(wanted), std::to_string(found));
}

// Protobuf's JSON writes numbers of 64 bits as text and leaves out what is zero.
std::int64_t number(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end()) return 0;
  return found->is_string() ? std::stoll(found->get<std::string>()) : found->get<std::int64_t>();
}

std::vector<Json> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<Json> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(Json::parse(line));
  return lines;
}

Json hub_summary(const Store& store) {
  return Json::parse(store.hub_command({"show", "--json"}));
}

void check_record(const Json& record) {
  same("goods on the receipt", stated().goods, number(record, "goods_minor"));
  same("deposit on the receipt", stated().deposit, number(record, "deposit_minor"));
  same("total on the receipt", stated().total, number(record, "total_minor"));
  const Json lines = record.value("lines", Json::array());
  same("lines on the receipt", stated().lines, static_cast<std::int64_t>(lines.size()));
  Basket basket;
  for (const Json& line : lines) {
    basket[line.at("item").at("product")] += number(line, "pieces") + number(line, "grams");
  }
  if (basket != basket_after(demo_trip().size())) {
    differs("products on the receipt", Json(basket_after(demo_trip().size())).dump(),
            Json(basket).dump());
  }
}

// "product_added 09521234543213 1 pieces 129"
std::string text_of(const Json& event) {
  for (const auto& [kind, body] : event.items()) {
    if (kind == "jseq" || kind == "offset_ms") continue;
    if (body.contains("product")) {
      const Json& product = body.at("product");
      const char* unit = product.contains("grams") ? "grams" : "pieces";
      return kind + " " + product.value("gtin", "") + " " + std::to_string(number(product, unit)) +
             " " + unit + " " + std::to_string(number(product, "price_minor"));
    }
    if (body.contains("total_minor")) {
      return kind + " " + std::to_string(number(body, "total_minor")) + " " +
             std::to_string(number(body, "lines")) + " lines";
    }
    if (body.contains("cause")) return kind + " " + body.at("cause").get<std::string>();
    return kind;
  }
  return "an event of no kind";
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "\n          ") + text;
  return all;
}

}  // namespace

void check_sale(const Store& store, const std::string& trip_id, std::size_t earlier) {
  check_record(Json::parse(store.cart_command({"trip", "receipt", trip_id, "--json"})));
  std::map<std::string, std::int64_t> facts;
  std::int64_t baseline = 0;
  for (const Json& fact : lines_of(store.cart_command({"trip", "show", trip_id, "--json"}))) {
    for (const auto& [kind, body] : fact.items()) {
      if (kind == "payment_intended") baseline = number(body, "baseline_receipt");
      ++facts[kind];
    }
  }
  for (const char* once :
       {"trip_started", "consent_changed", "payment_approved", "settled", "trip_ended"}) {
    same("facts of the kind " + std::string(once) + " in trip " + trip_id, 1, facts[once]);
  }
  same("sales that the terminal had made before trip " + trip_id,
       static_cast<std::int64_t>(earlier), baseline);
  // Exits with 1, and so fails, where it finds anything.
  store.cart_command({"trip", "verify", trip_id});
}

std::string await_journey(const Store& store, Cart& cart, const std::set<std::string>& known,
                          milliseconds longest) {
  const Time deadline = Clock::now() + longest;
  Json summary;
  while (Clock::now() < deadline) {
    summary = hub_summary(store);
    std::vector<std::string> fresh;
    bool arrived = false;
    for (const Json& journey : summary.at("journeys")) {
      const std::string id = journey.at("journey");
      if (known.contains(id)) continue;
      fresh.push_back(id);
      arrived = journey.at("whole") == true && journey.at("ended") == "JOURNEY_END_CAUSE_PAID";
    }
    if (fresh.size() > 1) differs("journeys of one trip", "one", joined(fresh));
    if (arrived) return fresh.front();
    if (!cart.running()) cart.start();
    cart.await([](const Json& line) { return is_event(line, "journey_changed"); },
               Clock::now() + milliseconds(500));
  }
  throw Failure("the journey does not arrive by itself; the hub has " + summary.dump());
}

void check_journey(const Store& store, const std::string& journey_id) {
  std::vector<std::string> found;
  for (const Json& event : lines_of(store.hub_command({"show", journey_id, "--json"}))) {
    found.push_back(text_of(event));
    same("number of the event " + found.back(), static_cast<std::int64_t>(found.size()),
         number(event, "jseq"));
  }
  if (found != stated().journey) {
    differs("events of journey " + journey_id, joined(stated().journey), joined(found));
  }
}

void flush(Cart& cart) {
  const Time deadline = Clock::now() + kFlush;
  Json status;
  while (Clock::now() < deadline) {
    cart.ask("flush", {});
    cart.await([](const Json& line) { return is_event(line, "journey_changed"); },
               Clock::now() + milliseconds(1'000));
    const auto reply = cart.ask("journey", [&](const Json& line) {
      if (line.contains("batches")) status = line;
    });
    if (!reply) throw Failure("the cart has ended while its journeys were sent");
    if (status.at("events") == 0 && status.at("batches") == 0) return;
  }
  throw Failure("the cart does not get rid of its journeys: " + status.dump());
}

void check_counters(const Store& store, std::size_t trips) {
  const Json summary = hub_summary(store);
  same("batches that the hub can not read", 0, number(summary, "undecoded"));
  std::map<std::string, std::int64_t> wanted = stated().counts;
  for (auto& [name, value] : wanted) value *= static_cast<std::int64_t>(trips);
  std::map<std::string, std::int64_t> found;
  for (const Json& counter : summary.at("counters")) {
    found[counter.at("counter")] += number(counter, "value");
  }
  if (found != wanted) differs("counters at the hub", Json(wanted).dump(), Json(found).dump());
}

}  // namespace cartwright::shopping
