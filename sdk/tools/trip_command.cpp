#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/hex.hpp"
#include "tools/command.hpp"
#include "tools/output.hpp"
#include "tools/state.hpp"
#include "trip/receipt.hpp"
#include "trip/sale_record.hpp"
#include "trip/trip_log.hpp"
#include "trip/trip_state.hpp"
#include "trip/verify.hpp"
#include "trip/verify_items.hpp"

namespace cartwright::tools {
namespace {

struct Options {
  StateOption state;
  std::string trip;
  std::string catalog;
  int width = 40;
  bool json = false;
};

std::string_view status_word(trip::TripEntry::Status status) {
  switch (status) {
    case trip::TripEntry::Status::open:
      return "open";
    case trip::TripEntry::Status::ended:
      return "ended";
    case trip::TripEntry::Status::set_aside:
      return "set aside";
  }
  return "";
}

// The trip that the text names: its id, the beginning of it, or "last".
std::string find_trip(trip::TripLog& log, const std::string& text) {
  const std::vector<trip::TripEntry> trips = log.trips();
  if (text == "last" && !trips.empty()) return trips.front().trip_id;
  std::vector<std::string> found;
  for (const trip::TripEntry& entry : trips) {
    if (entry.trip_id.starts_with(text)) found.push_back(entry.trip_id);
  }
  if (found.size() == 1) return found.front();
  throw Error(ErrorKind::not_found, found.empty()
                                        ? "no trip \"" + text + "\"; see cartwright trip list"
                                        : "several trips begin with \"" + text + "\"");
}

std::string json_of(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions print;
  print.preserve_proto_field_names = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, print);
  if (!status.ok()) throw Error(ErrorKind::internal, std::string(status.message()));
  return json;
}

void list(const Options& options) {
  Database database(options.state.database());
  trip::TripLog log(database);
  Table table({"TRIP", "BUSINESS DATE", "FACTS", "STATUS", "TOTAL"});
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const trip::TripEntry& entry : log.trips()) {
    std::string total = "-";
    if (entry.status != trip::TripEntry::Status::set_aside) {
      const trip::TripState state = trip::fold(log.load(entry.trip_id), log.offer_source());
      total = offers::format_with_code(state.totals().total, state.rules().currency);
    }
    table.add({entry.trip_id.substr(0, 12), entry.business_date, std::to_string(entry.last_seq),
               std::string(status_word(entry.status)), total});
    rows.push_back({{"trip", entry.trip_id},
                    {"business_date", entry.business_date},
                    {"started_utc_ms", entry.started_utc_ms},
                    {"facts", entry.last_seq},
                    {"status", status_word(entry.status)},
                    {"total", total}});
  }
  if (options.json) return print_line(json_line(rows));
  if (table.empty()) return print_line("No trips yet");
  table.print();
}

void show(const Options& options) {
  Database database(options.state.database());
  trip::TripLog log(database);
  const std::string id = find_trip(log, options.trip);
  for (const v1::TripEvent& event : log.load(id)) {
    const std::string json = json_of(event);
    if (options.json) {
      print_line(json);
      continue;
    }
    const auto parsed = nlohmann::ordered_json::parse(json);
    for (const auto& [key, value] : parsed.items()) {
      if (key == "seq" || key == "at") continue;
      const std::string seq = std::to_string(event.seq());
      print_line(std::string(5 - std::min<std::size_t>(5, seq.size()), ' ') + seq + "  " +
                 coloured(key, Colour::bold) + "  " + json_line(value));
    }
  }
}

void receipt(const Options& options) {
  Database database(options.state.database());
  trip::TripLog log(database);
  const std::string id = find_trip(log, options.trip);
  const auto sale = log.sale(id);
  if (!sale) {
    throw Error(ErrorKind::conflict, "trip " + id + " is not settled: it has no receipt yet");
  }
  const v1::SaleRecord record = trip::decode_sale_record(id, sale->bytes);
  if (options.json) return print_line(json_of(record));
  const std::string text = trip::receipt_text(record, options.width);
  std::fwrite(text.data(), 1, text.size(), stdout);
}

// Trips that can not be read are among the findings already.
void derive_items(trip::TripLog& log, const Options& options,
                  std::vector<trip::Finding>& findings) {
  const offers::CatalogStore catalogs(options.catalog);
  const std::string one = options.trip.empty() ? "" : find_trip(log, options.trip);
  for (const trip::TripEntry& entry : log.trips()) {
    if (entry.status == trip::TripEntry::Status::set_aside) continue;
    if (!one.empty() && entry.trip_id != one) continue;
    try {
      for (auto& found : trip::verify_items(log, entry.trip_id, catalogs)) {
        findings.push_back(std::move(found));
      }
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::corrupt) throw;
    }
  }
}

void verify(const Options& options) {
  Database database(options.state.database());
  trip::TripLog log(database);
  std::vector<trip::Finding> findings = options.trip.empty()
                                            ? trip::verify_all(log)
                                            : trip::verify(log, find_trip(log, options.trip));
  if (!options.catalog.empty()) derive_items(log, options, findings);
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const trip::Finding& finding : findings) {
    rows.push_back({{"trip", finding.trip_id}, {"seq", finding.seq}, {"text", finding.text}});
    if (!options.json) {
      print_line(coloured("not well: ", Colour::red) + finding.trip_id + " fact " +
                 std::to_string(finding.seq) + ": " + finding.text);
    }
  }
  if (options.json) print_line(json_line(nlohmann::ordered_json{{"findings", rows}}));
  if (!findings.empty()) return finish_with(kFailed);
  if (!options.json) print_line(coloured("all is well", Colour::green));
}

}  // namespace

void add_trip_command(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("trip", "Trips of a cart: facts, receipts, checks.");
  command->require_subcommand(1);
  options->state.add_to(*command);
  command->add_flag("--json", options->json, "Print JSON");
  const auto add = [&](const char* name, const char* help, void (*run)(const Options&)) {
    CLI::App* sub = command->add_subcommand(name, help);
    sub->fallthrough();
    sub->callback([options, run] { run(*options); });
    return sub;
  };
  const char* trip_help = "Its id, the beginning of it, or \"last\"";
  add("list", "All trips, the latest first.", list);
  add("show", "The facts of a trip in their order.", show)
      ->add_option("TRIP", options->trip, trip_help)
      ->required();
  CLI::App* receipt_command = add("receipt", "The receipt of a settled trip.", receipt);
  receipt_command->add_option("TRIP", options->trip, trip_help)->required();
  receipt_command->add_option("--width", options->width, "Columns")->capture_default_str();
  command->footer(
      "A trip is a log of facts; its basket and totals are what the facts come to.\n"
      "  cartwright trip --config cart.toml receipt last\n"
      "  cartwright trip --state state verify        ends with 1 where something is not well");
  CLI::App* verify_command =
      add("verify", "Check one trip or all: numbers dense, facts sound, sums right, digests equal.",
          verify);
  verify_command->add_option("TRIP", options->trip, trip_help);
  verify_command->add_option("--catalog", options->catalog,
                             "Folder of catalogs: derive each item again from its trip's version");
}

}  // namespace cartwright::tools
