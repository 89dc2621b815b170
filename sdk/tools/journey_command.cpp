#include <memory>
#include <nlohmann/json.hpp>

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/hex.hpp"
#include "cart/configuration.hpp"
#include "journey/explain.hpp"
#include "journey/outbox.hpp"
#include "tools/command.hpp"
#include "tools/output.hpp"
#include "tools/state.hpp"

namespace cartwright::tools {
namespace {

struct Options {
  StateOption state;
  bool json = false;
};

void explain(const Options& options) {
  const std::string text = options.json ? journey::explain_json() : journey::explain_text();
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (!text.empty() && text.back() != '\n') print_line("");
}

SigningKey key_of(const Options& options) {
  const std::filesystem::path folder = options.state.state.empty()
                                           ? cart::read_configuration(options.state.config).state
                                           : std::filesystem::path(options.state.state);
  std::filesystem::create_directories(folder);
  return SigningKey::load_or_create(cart::key_file(folder));
}

void key(const Options& options) {
  const std::string text = to_hex(key_of(options).public_key());
  print_line(options.json ? nlohmann::ordered_json{{"key", text}}.dump() : text);
}

void status(const Options& options) {
  Database database(options.state.database());
  // No batch is cut here: whose they are does not matter.
  journey::OutboxSettings settings{.cart_id = "-", .key = key_of(options), .hub = {}};
  const journey::OutboxStats stats = journey::Outbox(database, settings).stats();
  if (options.json) {
    return print_line(nlohmann::ordered_json{
        {"events", stats.rows},
        {"batches", stats.batches},
        {"bytes", stats.bytes},
        {"dropped",
         stats.dropped}}.dump());
  }
  Table table({"EVENTS", "BATCHES", "BYTES", "DROPPED"});
  table.add({std::to_string(stats.rows), std::to_string(stats.batches), std::to_string(stats.bytes),
             std::to_string(stats.dropped)});
  table.print();
}

}  // namespace

void add_journey_command(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("journey", "What is collected and why; what waits for the hub.");
  command->require_subcommand(1);
  options->state.add_to(*command);
  command->add_flag("--json", options->json, "Print JSON");
  const auto add = [&](const char* name, const char* help, void (*run)(const Options&)) {
    CLI::App* sub = command->add_subcommand(name, help);
    sub->fallthrough();
    sub->callback([options, run] { run(*options); });
  };
  add("explain",
      "Print from the schema what is collected, for which purpose, on which legal basis.", explain);
  add("status", "How much waits on this cart.", status);
  command->footer(
      "A journey is collected under the shopper's grant alone and is deleted from the cart when "
      "the\n"
      "hub's signed receipt says that it is safe there.\n"
      "  cartwright journey explain\n"
      "  cartwright hub --dir hub enrol cart-1 $(cartwright journey --config cart.toml key)");
  add("key", "This cart's public key, for: cartwright hub enrol CART KEY.", key);
}

}  // namespace cartwright::tools
