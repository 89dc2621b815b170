#include "tools/shopper_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string_view>

#include "base/nearest.hpp"
#include "tools/event_text.hpp"
#include "tools/event_words.hpp"
#include "tools/output.hpp"

namespace cartwright::tools {
namespace {

struct Word {
  std::string_view name;
  std::string_view arguments;
  std::string_view help;
  std::size_t fewest;
  std::size_t most;
};

constexpr std::array kWords{
    Word{"start", "", "begin a trip", 0, 0},
    Word{"scan", "CODE", "as if a scanner had read it; the digits alone do too", 1, 1},
    Word{"put-back", "LINE [PIECES]", "take pieces, or the whole line, out again", 1, 2},
    Word{"quantity", "LINE PIECES", "set how many there are", 2, 2},
    Word{"age", "YEARS yes|no BY", "somebody has checked the shopper's age", 3, 3},
    Word{"consent", "PURPOSE yes|no", "store-insight, offer-insight or profile", 2, 2},
    Word{"member", "yes|no [SEGMENT]", "members' prices and offers, those of a segment", 1, 2},
    Word{"coupon", "ID", "present a coupon", 1, 1},
    Word{"take-back", "ID", "take a coupon back", 1, 1},
    Word{"settle", "ID yes|no BY", "what its server says of a coupon", 3, 3},
    Word{"redeem", "ID yes|no", "use a coupon that waits to be asked for", 2, 2},
    Word{"dismiss", "OFFER", "hear no more of what it would save", 1, 1},
    Word{"pay", "[TERMINAL]", "pay what is due", 0, 1},
    Word{"cancel", "", "ask the terminal to give up", 0, 0},
    Word{"look-up", "", "ask the terminal what became of the payment", 0, 0},
    Word{"resolve", "yes|no BY", "somebody has found out whether money was taken", 2, 2},
    Word{"end", "[CAUSE]", "end the trip: abandoned, staff, timeout or handed-off", 0, 1},
    Word{"flush", "", "send the journey now", 0, 0},
    Word{"trip", "", "show the trip", 0, 0},
    Word{"journey", "", "show what waits for the hub", 0, 0},
    Word{"devices", "", "show the devices and their numbers", 0, 0},
    Word{"health", "UNIT", "ask whether a device answers", 1, 1},
    Word{"enable", "UNIT yes|no", "a device that is not enabled rests", 2, 2},
    Word{"zero", "SCALE", "what lies on it now is zero", 1, 1},
    Word{"tare", "SCALE GRAMS", "take a tare off; 0 ends it", 2, 2},
    Word{"beep", "SCANNER good|bad", "let it be heard", 2, 2},
    Word{"brightness", "DISPLAY PERCENT", "0 to 100", 2, 2},
    Word{"end-of-day", "TERMINAL", "the terminal hands in its turnover", 1, 1},
    Word{"diagnose", "TERMINAL", "the terminal tries its way to its host", 1, 1},
    Word{"reprint", "TERMINAL", "the terminal's last receipt once more", 1, 1},
    Word{"update", "UNIT FILE", "give a device a new firmware", 2, 2},
    Word{"receipt", "", "show the receipt", 0, 0},
    Word{"help", "", "this list", 0, 0},
    Word{"quit", "", "stop the cart; the trip goes on when it runs again", 0, 0}};

[[noreturn]] void refuse(const std::string& text) {
  throw Error(ErrorKind::invalid_input, text);
}

std::int64_t number(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    refuse("\"" + text + "\" is no whole number");
  }
  return value;
}

bool yes(const std::string& text) {
  if (text == "yes") return true;
  if (text == "no") return false;
  refuse("say yes or no, not \"" + text + "\"");
}

template <typename Value, std::size_t N>
Value one_of(const std::string& text,
             const std::array<std::pair<std::string_view, Value>, N>& known) {
  std::vector<std::string_view> names;
  for (const auto& [name, value] : known) {
    if (name == text) return value;
    names.push_back(name);
  }
  refuse("\"" + text + "\" is not known here" + did_you_mean(text, names));
}

bool good(const std::string& text) {
  if (text == "good") return true;
  if (text == "bad") return false;
  refuse("say good or bad, not \"" + text + "\"");
}

std::uint32_t percent(const std::string& text) {
  const std::int64_t value = number(text);
  if (value < 0 || value > 100) refuse("\"" + text + "\" is not from 0 to 100");
  return static_cast<std::uint32_t>(value);
}

Purpose purpose(const std::string& text) {
  static constexpr std::array<std::pair<std::string_view, Purpose>, 3> known{
      {{"store-insight", Purpose::store_insight},
       {"offer-insight", Purpose::offer_insight},
       {"profile", Purpose::profile}}};
  return one_of(text, known);
}

EndCause end_cause(const std::string& text) {
  static constexpr std::array<std::pair<std::string_view, EndCause>, 4> known{
      {{"abandoned", EndCause::abandoned},
       {"staff", EndCause::staff},
       {"timeout", EndCause::timeout},
       {"handed-off", EndCause::handed_off}}};
  return one_of(text, known);
}

const Word& find_word(const std::string& name) {
  const auto found = std::ranges::find(kWords, name, &Word::name);
  if (found != kWords.end()) return *found;
  std::vector<std::string_view> names;
  for (const Word& word : kWords) names.push_back(word.name);
  refuse("unknown word \"" + name + "\"" + did_you_mean(name, names));
}

}  // namespace

std::string shopper_words_help() {
  std::string help;
  for (const Word& word : kWords) {
    std::string left = "  " + std::string(word.name) + " " + std::string(word.arguments);
    left.resize(std::max<std::size_t>(left.size() + 1, 28), ' ');
    help += left + std::string(word.help) + "\n";
  }
  return help;
}

void ShopperWords::take(const std::string& line) {
  std::istringstream in(line);
  std::string name;
  in >> name;
  std::vector<std::string> args;
  for (std::string arg; in >> arg;) args.push_back(arg);
  if (name.empty()) return;
  if (name.find_first_not_of("0123456789") == std::string::npos && args.empty()) {
    args = {name};
    name = "scan";
  }
  nlohmann::ordered_json reply = {{"reply", name}, {"ok", true}};
  try {
    perform(name, args);
  } catch (const Error& error) {
    reply["ok"] = false;
    reply["error"] = error.what();
    if (!json_) print_line(coloured("! ", Colour::red) + error.what());
  }
  if (json_) print_line(json_line(reply));
  std::fflush(stdout);
}

void ShopperWords::perform(const std::string& name, const std::vector<std::string>& args) {
  const Word& word = find_word(name);
  if (args.size() < word.fewest || args.size() > word.most) {
    refuse("say: " + std::string(word.name) + " " + std::string(word.arguments));
  }
  if (name == "start") cart_.start_trip();
  if (name == "scan") cart_.scan(args[0]);
  if (name == "put-back") {
    cart_.put_back(args[0], args.size() == 2 ? std::optional(number(args[1])) : std::nullopt);
  }
  if (name == "quantity") cart_.set_quantity(args[0], number(args[1]));
  if (name == "age") cart_.note_age_check(static_cast<int>(number(args[0])), yes(args[1]), args[2]);
  if (name == "consent") {
    ConsentChoice choice;
    choice.purpose = purpose(args[0]);
    choice.granted = yes(args[1]);
    choice.notice_version = "1";
    cart_.set_consent(choice);
  }
  perform_on_offers(name, args);
  if (name == "pay") cart_.pay(args.empty() ? std::string() : args[0]);
  if (name == "cancel") cart_.cancel_payment();
  if (name == "look-up") cart_.look_up_payment();
  if (name == "resolve") cart_.resolve_payment(yes(args[0]), args[1]);
  if (name == "end") cart_.end_trip(args.empty() ? EndCause::abandoned : end_cause(args[0]));
  if (name == "flush") cart_.flush_journey();
  if (name == "trip") show_trip();
  if (name == "journey") show_journey();
  if (name == "devices") show_devices();
  perform_on_device(name, args);
  if (name == "receipt") show_receipt();
  if (name == "help") {
    print_line(json_ ? nlohmann::ordered_json{{"help", shopper_words_help()}}.dump()
                     : shopper_words_help());
  }
  if (name == "quit") quit_ = true;
}

void ShopperWords::perform_on_offers(const std::string& name,
                                     const std::vector<std::string>& args) {
  if (name == "member") {
    cart_.set_member(yes(args[0]), std::vector<std::string>(args.begin() + 1, args.end()));
  }
  if (name == "coupon") cart_.present_coupon(args[0]);
  if (name == "take-back") cart_.take_back_coupon(args[0]);
  if (name == "settle") cart_.settle_coupon(args[0], yes(args[1]), args[2]);
  if (name == "redeem") cart_.redeem_coupon(args[0], yes(args[1]));
  if (name == "dismiss") cart_.dismiss_nudge(args[0]);
}

void ShopperWords::perform_on_device(const std::string& name,
                                     const std::vector<std::string>& args) {
  if (name == "health") cart_.check_health(args[0], answer(name, args[0]));
  if (name == "enable") cart_.enable(args[0], yes(args[1]), answer(name, args[0]));
  if (name == "zero") cart_.zero_scale(args[0], answer(name, args[0]));
  if (name == "tare") cart_.tare_scale(args[0], number(args[1]), answer(name, args[0]));
  if (name == "beep") cart_.beep(args[0], good(args[1]), answer(name, args[0]));
  if (name == "brightness") {
    cart_.set_brightness(args[0], percent(args[1]), answer(name, args[0]));
  }
  if (name == "end-of-day") cart_.end_of_day(args[0], answer(name, args[0]));
  if (name == "diagnose") cart_.diagnose(args[0], answer(name, args[0]));
  if (name == "reprint") cart_.repeat_receipt(args[0], answer(name, args[0]));
  if (name == "update") cart_.update_firmware(args[0], args[1], answer(name, args[0]));
}

// Prints how the device ended what it was asked.
Answer ShopperWords::answer(const std::string& word, const std::string& unit) const {
  return [word, unit, json = json_](const std::string& status) {
    print_line(json ? json_line(nlohmann::ordered_json{{word, unit}, {"status", status}})
                    : word + " " + unit + ": " + status);
    std::fflush(stdout);
  };
}

void ShopperWords::show_trip() {
  const Trip trip = cart_.trip();
  if (json_) return print_line(json_line(to_json(trip)));
  Table table({"LINE", "PRODUCT", "QUANTITY", "PRICE"});
  for (const Line& line : trip.lines) {
    table.add({line.key, line.name,
               line.grams > 0 ? std::to_string(line.grams) + " g" : std::to_string(line.pieces),
               money_text(line.net_minor, trip.totals.currency)});
  }
  if (table.empty()) return print_line("The cart is empty");
  table.print();
  print_line("Total " + money_text(trip.totals.total_minor, trip.totals.currency));
}

void ShopperWords::show_receipt() {
  const std::string receipt = cart_.receipt();
  print_line(json_ ? json_line(nlohmann::ordered_json{{"receipt", receipt}}) : receipt);
}

void ShopperWords::show_devices() {
  Table table({"DEVICE", "STATE", "EVENTS", "BYTES", "FAULTS", "DROPPED", "CRASHES", "RESTARTS"});
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  const std::vector<DeviceChanged> states = cart_.devices();
  for (const DeviceStatistics& one : cart_.statistics()) {
    const auto state = std::ranges::find(states, one.name, &DeviceChanged::name);
    const std::string word = state == states.end() ? "" : std::string(word_of(state->state));
    rows.push_back({{"name", one.name},
                    {"version", one.version},
                    {"state", word},
                    {"calls", one.calls},
                    {"bytes", one.bytes},
                    {"events", one.events},
                    {"requests", one.requests},
                    {"faults", one.faults},
                    {"dropped", one.dropped},
                    {"link_downs", one.link_downs},
                    {"crashes", one.crashes},
                    {"restarts", one.restarts},
                    {"set_aside", one.set_aside}});
    table.add({one.name, word, std::to_string(one.events), std::to_string(one.bytes),
               std::to_string(one.faults), std::to_string(one.dropped), std::to_string(one.crashes),
               std::to_string(one.restarts)});
  }
  if (json_) return print_line(json_line(nlohmann::ordered_json{{"devices", rows}}));
  table.print();
}

void ShopperWords::show_journey() {
  const JourneyStatus status = cart_.journey();
  print_line(json_line(nlohmann::ordered_json{{"events", status.events},
                                              {"batches", status.batches},
                                              {"delivered", status.delivered},
                                              {"dropped", status.dropped},
                                              {"trouble", status.trouble}}));
}

}  // namespace cartwright::tools
