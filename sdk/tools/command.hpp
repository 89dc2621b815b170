#pragma once

#include <CLI/CLI.hpp>

namespace cartwright::tools {

// How every command ends.
enum Exit : int {
  kOk = 0,
  kFailed = 1,       // it ran, and what it looked at is not well
  kBadInput = 2,     // an argument or file is wrong; the text says which and what to do
  kUnavailable = 3,  // a device, server or file is away
};

// Sets the exit code with which the command in hand ends; kOk unless it is called.
void finish_with(Exit code);

// Each adds its subcommand to the `cartwright` command; what it does runs as its callback and
// throws cartwright::Error.
void add_catalog_command(CLI::App& app);
void add_decode_command(CLI::App& app);
void add_devices_command(CLI::App& app);
void add_doctor_command(CLI::App& app);
void add_gs1_command(CLI::App& app);
void add_hub_command(CLI::App& app);
void add_journey_command(CLI::App& app);
void add_offers_command(CLI::App& app);
void add_plugins_command(CLI::App& app);
void add_price_command(CLI::App& app);
void add_record_command(CLI::App& app);
void add_replay_command(CLI::App& app);
void add_run_command(CLI::App& app);
void add_simulate_command(CLI::App& app);
void add_trip_command(CLI::App& app);

// Runs the command line; returns the exit code.
int run_command_line(int argc, char** argv);

}  // namespace cartwright::tools
