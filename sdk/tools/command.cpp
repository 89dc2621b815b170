#include "tools/command.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/nearest.hpp"

namespace cartwright::tools {
namespace {

Exit exit_code = kOk;

Exit exit_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid_input:
    case ErrorKind::not_found:
      return kBadInput;
    case ErrorKind::unavailable:
      return kUnavailable;
    default:
      return kFailed;
  }
}

// The option's names as they are typed; `app` and all above it know them.
std::vector<std::string> options_of(const CLI::App* app) {
  std::vector<std::string> names;
  for (; app != nullptr; app = app->get_parent()) {
    for (const CLI::Option* option : app->get_options({})) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

std::vector<std::string> subcommands_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(sub->get_name());
  }
  return names;
}

std::string unknown(const std::string& what, const std::string& word,
                    const std::vector<std::string>& known) {
  return "no " + what + " \"" + word + "\"" +
         did_you_mean(word, std::vector<std::string_view>(known.begin(), known.end()));
}

// The first word of the command line that nothing knows, with what comes nearest to it.
std::optional<std::string> unknown_word(const CLI::App& app, int argc, char** argv) {
  const CLI::App* at = &app;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word.starts_with("--")) {
      const std::string name = word.substr(0, word.find('='));
      const std::vector<std::string> known = options_of(at);
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        return unknown("option", name, known);
      }
      const CLI::App* owner = at;
      while (owner->get_option_no_throw(name) == nullptr) owner = owner->get_parent();
      const bool takes_value = owner->get_option_no_throw(name)->get_items_expected_max() > 0;
      if (takes_value && name == word) ++i;
    } else if (const auto subs = subcommands_of(*at); !subs.empty()) {
      if (std::find(subs.begin(), subs.end(), word) == subs.end()) {
        return unknown("subcommand", word, subs);
      }
      at = at->get_subcommand(word);
    }
  }
  return std::nullopt;
}

int refuse_command_line(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
    app.exit(error);
    return kOk;
  }
  const auto word = unknown_word(app, argc, argv);
  std::fprintf(stderr, "cartwright: %s\nRun with --help for more information.\n",
               word ? word->c_str() : error.what());
  return kBadInput;
}

}  // namespace

void finish_with(Exit code) {
  exit_code = code;
}

int run_command_line(int argc, char** argv) {
  CLI::App app("Cartwright: devices, trips and journeys of smart shopping carts.", "cartwright");
  app.set_version_flag("--version", "cartwright " CARTWRIGHT_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Start with:  cartwright doctor      what is missing on this machine\n"
      "             cartwright plugins     which drivers are there\n"
      "             cartwright run --help  how a cart runs\n"
      "Exit codes:  0 well, 1 something is not well, 2 wrong input, 3 something is away.");
  add_run_command(app);
  add_devices_command(app);
  add_plugins_command(app);
  add_decode_command(app);
  add_record_command(app);
  add_replay_command(app);
  add_simulate_command(app);
  add_gs1_command(app);
  add_catalog_command(app);
  add_offers_command(app);
  add_price_command(app);
  add_trip_command(app);
  add_journey_command(app);
  add_hub_command(app);
  add_doctor_command(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return refuse_command_line(app, error, argc, argv);
  } catch (const Error& error) {
    std::fflush(stdout);
    std::fprintf(stderr, "cartwright: %s\n", error.what());
    return exit_of(error.kind());
  } catch (const std::exception& error) {
    std::fflush(stdout);
    std::fprintf(stderr, "cartwright: internal fault: %s\n", error.what());
    return kFailed;
  }
  return exit_code;
}

}  // namespace cartwright::tools
