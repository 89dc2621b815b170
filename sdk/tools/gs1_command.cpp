#include <chrono>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/currency.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/nearest.hpp"
#include "gs1/reading.hpp"
#include "gs1/restricted.hpp"
#include "tools/command.hpp"
#include "tools/escapes.hpp"
#include "tools/gs1_coupon.hpp"
#include "tools/output.hpp"

namespace cartwright::tools {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string data;
  std::string region;
  std::string rules;
  std::string reference_date;
  bool zero_suppressed = false;
  bool permit_unknown_ai = false;
  bool no_companions = false;
};

// The year that two-digit years are seen from.
unsigned year_of(const std::string& date) {
  if (date.empty()) {
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    return static_cast<unsigned>(int{std::chrono::year_month_day(today).year()});
  }
  const auto digits = [&](std::size_t from, std::size_t size) {
    return date.substr(from, size).find_first_not_of("0123456789") == std::string::npos;
  };
  if (date.size() == 10 && date[4] == '-' && date[7] == '-' && digits(0, 4) && digits(5, 2) &&
      digits(8, 2)) {
    const auto year = static_cast<unsigned>(std::stoul(date.substr(0, 4)));
    const auto month = static_cast<unsigned>(std::stoul(date.substr(5, 2)));
    const auto day = static_cast<unsigned>(std::stoul(date.substr(8, 2)));
    if (year >= 1900 && day >= 1 && day <= gs1::days_of_month(year, month)) return year;
  }
  throw Error(ErrorKind::invalid_input,
              "--reference-date \"" + date + "\" is no day; write it as 2026-11-23");
}

const gs1::RestrictedRules& region_of(const std::string& name) {
  if (const gs1::RestrictedRules* rules = gs1::restricted_rules(name)) return *rules;
  std::string known;
  for (const std::string_view region : gs1::restricted_regions()) {
    known += (known.empty() ? "" : ", ") + std::string(region);
  }
  throw Error(ErrorKind::not_found, "--region \"" + name + "\" is none of " + known +
                                        " (your own: --rules FILE)" +
                                        did_you_mean(name, gs1::restricted_regions()));
}

// How the options say that data are read; `own` keeps the rules of a file.
gs1::ReadOptions read_options(const Options& options, gs1::RestrictedRules& own) {
  gs1::ReadOptions result;
  result.link.zero_suppressed = options.zero_suppressed;
  result.link.elements.permit_unknown_ai = options.permit_unknown_ai;
  result.link.elements.require_companions = !options.no_companions;
  result.surroundings.current_year = year_of(options.reference_date);
  if (!options.rules.empty()) {
    own = gs1::parse_restricted_rules(read_file(options.rules));
    result.restricted = &own;
  } else if (!options.region.empty()) {
    result.restricted = &region_of(options.region);
  }
  if (result.restricted != nullptr) {
    const Currency* local = find_currency(result.restricted->currency);
    if (local != nullptr) result.surroundings.minor_digits = local->exponent;
  }
  return result;
}

template <typename Value>
void put(Json& json, const char* key, const std::optional<Value>& value) {
  if (value) json[key] = *value;
}

void put(Json& json, const char* key, const std::optional<gs1::Date>& date) {
  if (date) json[key] = date->text();
}

Json json_of(const gs1::Reading& reading, unsigned year) {
  Json elements = Json::array();
  for (const gs1::Element& element : reading.elements) {
    elements.push_back({{"ai", element.ai.text()}, {"value", element.value}});
  }
  Json json = {{"ok", true}, {"symbology", gs1::name(reading.symbology)}, {"elements", elements}};
  const gs1::Facts& facts = reading.facts;
  if (reading.gtin) json["gtin"] = reading.gtin->text();
  put(json, "price_minor", facts.price_minor);
  put(json, "weight_grams", facts.weight_grams);
  put(json, "count", facts.count);
  put(json, "expiry", facts.expiry);
  put(json, "best_before", facts.best_before);
  put(json, "sell_by", facts.sell_by);
  put(json, "batch", facts.batch);
  put(json, "serial", facts.serial);
  if (const Currency* known = facts.currency ? find_currency(*facts.currency) : nullptr) {
    json["currency"] = known->code;
  }
  if (!reading.add_on.empty()) json["add_on"] = reading.add_on;
  if (!reading.restricted_rule.empty()) json["rule"] = reading.restricted_rule;
  if (auto coupon = coupon_json(reading.elements, year)) json["coupon"] = *std::move(coupon);
  if (!reading.elements.empty()) json["hri"] = gs1::human_readable(reading.elements);
  return json;
}

// One input, one line. False where it was refused.
bool answer(const std::string& input, const gs1::ReadOptions& options) {
  const gs1::ReadResult result =
      gs1::read_scan(without_escapes(input), std::string_view(), options);
  if (const auto* refusal = std::get_if<gs1::Refusal>(&result)) {
    print_line(json_line({{"ok", false}, {"error", refusal->text}, {"at", refusal->at}}));
    return false;
  }
  print_line(json_line(json_of(std::get<gs1::Reading>(result), options.surroundings.current_year)));
  return true;
}

void run(const Options& options, bool has_data) {
  gs1::RestrictedRules own;
  const gs1::ReadOptions how = read_options(options, own);
  bool all_well = true;
  if (has_data) {
    all_well = answer(options.data, how);
  } else {
    for (std::string line; std::getline(std::cin, line);) all_well = answer(line, how) && all_well;
  }
  if (!all_well) finish_with(kFailed);
}

}  // namespace

void add_gs1_command(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "gs1", "Read barcode data as a point of sale does: what product, price, weight and date.");
  CLI::Option* data = command->add_option("DATA", options->data,
                                          "What was scanned; without it a line each of "
                                          "standard input");
  CLI::Option* region =
      command->add_option("--region", options->region,
                          "Take restricted numbers apart as this country does (NO, SE, "
                          "DE, GB, US, ...)");
  command->add_option("--rules", options->rules, "The same by your own rules, a JSON file")
      ->excludes(region);
  command->add_option("--reference-date", options->reference_date,
                      "Where two-digit years are seen from, YYYY-MM-DD (default: today)");
  command->add_flag("--zero-suppressed", options->zero_suppressed,
                    "Let GTINs of 8, 12 and 13 digits stand in GS1 Digital Links");
  command->add_flag("--permit-unknown-ai", options->permit_unknown_ai,
                    "Let application identifiers pass that GS1 has not defined");
  command->add_flag("--no-companions", options->no_companions,
                    "Let elements stand without those that GS1 asks for beside them");
  command->footer(
      "Prints one JSON object a line. Data may begin with their AIM identifier (]E0, ]C1, ]d2, "
      "...);\n"
      "without one, digits are an article number, ^01... and (01)... element strings, and\n"
      "https://... a GS1 Digital Link. \\x1d writes FNC1 (any byte: \\x and two digits), \\\\ a "
      "backslash.\n"
      "  cartwright gs1 4006381333931\n"
      "  cartwright gs1 '(01)09521234543213(17)270131(10)A1'\n"
      "  cartwright gs1 ']d2010952123454321310A1\\x1d17270131'\n"
      "  cartwright gs1 --region NO 2302148210869\n"
      "Ends with 1 where data were refused; \"at\" is the place in them, from 0.");
  command->callback([options, data] { run(*options, data->count() > 0); });
}

}  // namespace cartwright::tools
