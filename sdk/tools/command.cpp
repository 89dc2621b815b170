#include "tools/command.hpp"

#include <cstdio>
#include <exception>

#include "base/error.hpp"

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
  add_catalog_command(app);
  add_trip_command(app);
  add_journey_command(app);
  add_hub_command(app);
  add_doctor_command(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? kOk : kBadInput;
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
