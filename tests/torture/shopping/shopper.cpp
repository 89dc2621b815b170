#include "shopping/shopper.hpp"

#include <algorithm>

namespace cartwright::shopping {
namespace {

using Kind = Step::Kind;

// How long a person looks at a cart whose devices work before trying again. A busy machine must not
// make a scan look lost that is on its way: scanned again, it would be sold twice, and rightly.
constexpr milliseconds kPatience{10'000};
constexpr milliseconds kPaymentLook{5'000};
constexpr milliseconds kLongest{60'000};
// A load that the cart has told before is not told again.
constexpr milliseconds kScale{2'000};
constexpr int kMostAttempts = 60;

Basket basket_of(const Json& trip) {
  Basket basket;
  for (const Json& line : trip.at("lines")) {
    const char* quantity = line.contains("grams") ? "grams" : "units";
    basket[line.at("product")] += line.at(quantity).get<std::int64_t>();
  }
  return basket;
}

std::string text_of(const Basket& basket) {
  std::string text;
  for (const auto& [product, quantity] : basket) {
    text += (text.empty() ? "" : ", ") + std::to_string(quantity) + " " + product;
  }
  return text.empty() ? "nothing" : text;
}

std::int64_t total_of(const Json& shown) {
  return shown.at("totals").at("total_minor").get<std::int64_t>();
}

}  // namespace

void Shopper::shop() {
  trip_id_.clear();
  for (std::size_t index = 0; index < demo_trip().size(); ++index) {
    if (before_step) before_step(demo_trip()[index], index);
    perform(index);
  }
}

void Shopper::perform(std::size_t index) {
  bool doubtful = false;
  bool tried = false;
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    if (!cart_.running()) {
      ++troubles_.restarts;
      doubtful = true;
      if (!cart_.start()) continue;
    }
    if (doubtful) {
      const Look seen = look(index);
      if (seen == Look::gone) continue;
      if (seen == Look::done) {
        if (demo_trip()[index].kind == Kind::weigh) clear_scale();
        return;
      }
      const Kind kind = demo_trip()[index].kind;
      if (tried && (kind == Kind::scan || kind == Kind::weigh)) ++troubles_.repeated;
    }
    tried = true;
    if (act(index)) return;
    doubtful = true;
  }
  throw Failure(std::string("the shopper gives up: ") + demo_trip()[index].says);
}

Shopper::Look Shopper::look(std::size_t index) {
  const Step& step = demo_trip()[index];
  const std::optional<Json> trip = cart_.trip();
  if (!trip) return Look::gone;
  const std::string phase = trip->at("phase");
  if (step.kind == Kind::start) {
    if (phase != "shopping") return Look::to_do;
    trip_id_ = trip->at("trip");
    return Look::done;
  }
  if (step.kind == Kind::pay && (phase == "none" || phase == "ended")) {
    return trip_has_ended() ? Look::done : Look::to_do;
  }
  if (trip->at("trip") != trip_id_) {
    throw Failure("the cart shows the trip " + trip->at("trip").get<std::string>() + " and not " +
                  trip_id_);
  }
  const Basket now = basket_of(*trip);
  const Basket before = basket_after(index);
  const Basket after = basket_after(index + 1);
  const std::int64_t total_before = index == 0 ? 0 : demo_trip()[index - 1].total;
  if (now == after && total_of(*trip) == step.total && after != before) return Look::done;
  if (now != before || total_of(*trip) != total_before) {
    throw Failure(std::string("lost or doubled while the shopper ") + step.says +
                  ": the trip holds " + text_of(now) + ", total " +
                  std::to_string(total_of(*trip)) + "; it was " + text_of(before) + ", total " +
                  std::to_string(total_before));
  }
  if (step.kind == Kind::consent && log_has("consent_changed")) return Look::done;
  return Look::to_do;
}

bool Shopper::act(std::size_t index) {
  const Step& step = demo_trip()[index];
  switch (step.kind) {
    case Kind::start:
      return start();
    case Kind::consent:
      return consent();
    case Kind::scan:
      return scan(step);
    case Kind::weigh:
      return weigh(step);
    case Kind::put_back:
      return put_back(step);
    case Kind::pay:
      return pay();
  }
  return false;
}

bool Shopper::start() {
  const auto reply = cart_.ask("start", [&](const Json& line) {
    if (is_event(line, "trip_started")) trip_id_ = line.at("trip");
  });
  return reply && reply->at("ok") == true;
}

bool Shopper::consent() {
  const auto reply = cart_.ask("consent store-insight yes", {});
  return reply && reply->at("ok") == true;
}

bool Shopper::scan(const Step& step) {
  store_.scanner().say(std::string("scan ") + step.gtin);
  // The scanner has sent it before the shopper begins to wait.
  const Time deadline = Clock::now() + kLongest;
  while (const auto line = store_.scanner().line(deadline)) {
    if (line->find("\"sent\"") != std::string::npos) return appears(step, {"line_added"});
  }
  throw Failure("the scanner does not scan");
}

bool Shopper::weigh(const Step& step) {
  const std::int64_t grams = grams_of(step.kg);
  store_.scale().say(std::string("place ") + step.kg + " kg");
  cart_.await([&](const Json&) { return cart_.grams() == grams; }, Clock::now() + kScale);
  if (!cart_.running() || !scan(step)) return false;
  clear_scale();
  return true;
}

void Shopper::clear_scale() {
  store_.scale().say("remove");
  cart_.await([&](const Json&) { return cart_.grams() == 0; }, Clock::now() + kScale);
  while (store_.scale().take_line()) {
  }
}

bool Shopper::put_back(const Step& step) {
  const std::optional<Json> trip = cart_.trip();
  if (!trip) return false;
  for (const Json& line : trip->at("lines")) {
    if (line.at("product") != step.product) continue;
    const std::string pieces = step.pieces == 0 ? "" : " " + std::to_string(step.pieces);
    cart_.say("put-back " + line.at("key").get<std::string>() + pieces);
    return appears(step, {"line_removed", "line_changed"});
  }
  throw Failure(std::string("there is no line of ") + step.product + " to put back");
}

// Until the trip has ended. The cart asks the terminal by itself what became of an order; where it
// says that nothing was paid, the shopper pays again.
bool Shopper::pay() {
  const Time deadline = Clock::now() + kLongest;
  while (Clock::now() < deadline) {
    const std::optional<Json> trip = cart_.trip();
    if (!trip) return false;
    const std::string phase = trip->at("phase");
    if (phase == "none" || phase == "ended") return trip_has_ended();
    if (phase == "shopping") {
      if (!cart_.ask("pay", {})) return false;
      ++troubles_.payments;
    }
    bool ended = false;
    cart_.await(
        [&](const Json& line) {
          ended = ended || is_event(line, "trip_ended");
          const std::string state = line.value("state", "");
          return ended ||
                 (is_event(line, "payment_changed") && (state == "declined" || state == "none"));
        },
        Clock::now() + kPaymentLook);
    if (ended) return true;
  }
  const auto trip = cart_.trip();
  throw Failure("the payment does not come to an end: " + (trip ? trip->dump() : "no trip"));
}

// Waits for an event of the step's product. A cart whose devices have just changed is given its
// time anew: what was scanned may still be on its way.
bool Shopper::appears(const Step& step, const std::vector<std::string>& events) {
  const Time begun = Clock::now();
  while (true) {
    const Time calm = std::max(begun, cart_.last_device_change());
    const Time deadline =
        cart_.all_up() ? std::min(calm + kPatience, begun + kLongest) : begun + kLongest;
    const std::optional<Json> line = cart_.next(deadline);
    if (!line && Clock::now() >= deadline) return false;
    if (!line && !cart_.running()) return false;
    if (!line) continue;
    const bool meant = std::ranges::find(events, line->value("event", "")) != events.end() &&
                       line->at("line").at("product") == step.product;
    if (!meant) continue;
    check_total(*line, step);
    return true;
  }
}

void Shopper::check_total(const Json& line, const Step& step) const {
  if (total_of(line) == step.total) return;
  throw Failure(std::string("when the shopper ") + step.says + " the total is " +
                std::to_string(total_of(line)) + " and not " + std::to_string(step.total));
}

bool Shopper::log_has(const std::string& fact) {
  return store_.cart_command({"trip", "show", trip_id_, "--json"}).find("\"" + fact + "\":") !=
         std::string::npos;
}

bool Shopper::trip_has_ended() {
  return log_has("trip_ended");
}

}  // namespace cartwright::shopping
