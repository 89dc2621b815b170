#include <google/protobuf/util/json_util.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/hex.hpp"
#include "hub/hub.hpp"
#include "tools/command.hpp"
#include "tools/output.hpp"

namespace cartwright::tools {
namespace {

struct Options {
  std::string folder = "hub";
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string port_file;
  std::string cart;
  std::string key;
  std::string journey;
  bool json = false;
};

hub::HubConfig config_of(const Options& options) {
  hub::HubConfig config;
  config.folder = options.folder;
  config.address = options.address;
  config.port = options.port;
  return config;
}

// Waits for SIGINT or SIGTERM, which were blocked before any thread was made.
void wait_for_end(const sigset_t& signals) {
  const int fd = ::signalfd(-1, &signals, SFD_CLOEXEC);
  pollfd entry{fd, POLLIN, 0};
  while (::poll(&entry, 1, -1) < 0) {
  }
  ::close(fd);
}

void serve(const Options& options) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  hub::Hub hub(config_of(options));
  hub.start();
  if (!options.port_file.empty()) {
    write_file_durably(options.port_file, as_bytes(std::to_string(hub.port()) + "\n"));
  }
  print_line("Hub on http://" + options.address + ":" + std::to_string(hub.port()) + ", data in " +
             options.folder + ", key for carts in " + options.folder + "/hub.pub; end with Ctrl-C");
  std::fflush(stdout);
  wait_for_end(signals);
  const hub::HubSummary summary = hub.summary();
  hub.stop();
  print_line(std::to_string(summary.stored.journeys) + " journeys, " +
             std::to_string(summary.stored.events) + " events, " +
             std::to_string(summary.stored.batches) + " batches; " +
             std::to_string(summary.duplicates) + " sent again, " +
             std::to_string(summary.refused) + " refused");
}

void enrol(const Options& options) {
  std::string text = options.key;
  if (!from_hex(text)) text = read_file(options.key);
  const auto bytes = from_hex(text);
  PublicKey key;
  if (!bytes || bytes->size() != key.size()) {
    throw Error(ErrorKind::invalid_input,
                options.key +
                    " holds no Ed25519 public key (64 hex digits); the cart prints its "
                    "own with: cartwright journey key");
  }
  std::copy(bytes->begin(), bytes->end(), key.begin());
  hub::Hub(config_of(options)).enrol(options.cart, key);
  print_line(options.cart + " is enrolled");
}

nlohmann::ordered_json json_of(const hub::StoredJourney& journey) {
  return {{"journey", journey.journey_id},
          {"level", journey.level},
          {"store", journey.store_gln},
          {"business_date", journey.business_date},
          {"hour", journey.hour},
          {"events", journey.events},
          {"last_jseq", journey.last_jseq},
          {"whole", journey.whole},
          {"ended", v1::JourneyEndCause_Name(journey.ended)}};
}

std::string json_of(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions print;
  print.preserve_proto_field_names = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, print);
  if (!status.ok()) throw Error(ErrorKind::internal, std::string(status.message()));
  return json;
}

void show(const Options& options) {
  const hub::Hub hub(config_of(options));
  if (!options.journey.empty()) {
    for (const v1::JourneyEvent& event : hub.events(options.journey)) {
      print_line(options.json ? json_of(event) : event.ShortDebugString());
    }
    return;
  }
  const hub::HubSummary summary = hub.summary();
  nlohmann::ordered_json journeys = nlohmann::ordered_json::array();
  Table table({"JOURNEY", "LEVEL", "DAY", "EVENTS", "WHOLE"});
  for (const hub::StoredJourney& journey : hub.journeys()) {
    journeys.push_back(json_of(journey));
    table.add({journey.journey_id.substr(0, 12), std::to_string(journey.level),
               journey.business_date, std::to_string(journey.events),
               journey.whole ? "yes" : "no"});
  }
  nlohmann::ordered_json counters = nlohmann::ordered_json::array();
  Table counts({"DAY", "HOUR", "COUNTER", "VALUE"});
  for (const hub::StoredCounter& counter : hub.counters()) {
    const std::string name = v1::CounterKind_Name(counter.kind).substr(13);
    counters.push_back({{"business_date", counter.business_date},
                        {"hour", counter.hour},
                        {"counter", name},
                        {"value", counter.value}});
    counts.add(
        {counter.business_date, std::to_string(counter.hour), name, std::to_string(counter.value)});
  }
  if (options.json) {
    return print_line(nlohmann::ordered_json{
        {"carts", summary.stored.carts},
        {"batches", summary.stored.batches},
        {"events", summary.stored.events},
        {"undecoded", summary.stored.undecoded},
        {"journeys", journeys},
        {"counters",
         counters}}.dump());
  }
  if (table.empty() && counts.empty()) return print_line("Nothing has arrived yet");
  if (!table.empty()) table.print();
  if (!counts.empty()) {
    print_line("");
    counts.print();
  }
}

}  // namespace

void add_hub_command(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "hub", "Receives journeys, answers with signed receipts, shows what came.");
  command->require_subcommand(0, 1);
  command->add_option("--dir", options->folder, "Folder of the hub's data and key")
      ->capture_default_str();
  command->add_flag("--json", options->json, "Print JSON");
  command->add_option("--address", options->address, "Address to listen on")->capture_default_str();
  command->add_option("--port", options->port, "Port; 0 takes a free one")->capture_default_str();
  command->add_option("--port-file", options->port_file, "Write the port there once it listens");
  command->callback([options, command] {
    if (command->get_subcommands().empty()) serve(*options);
  });
  command->footer("Without a subcommand it serves until Ctrl-C.");

  CLI::App* enrol_command = command->add_subcommand("enrol", "Let a cart in.");
  enrol_command->add_option("CART", options->cart, "The cart's id")->required();
  enrol_command->add_option("KEY", options->key, "Its public key: 64 hex digits, or a file")
      ->required();
  enrol_command->callback([options] { enrol(*options); });
  CLI::App* show_command = command->add_subcommand("show", "What has arrived.");
  show_command->add_option("JOURNEY", options->journey, "Show the events of this one");
  show_command->callback([options] { show(*options); });
  enrol_command->fallthrough();
  show_command->fallthrough();
}

}  // namespace cartwright::tools
