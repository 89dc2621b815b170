#include <unistd.h>
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/streambuf.hpp>
#include <csignal>
#include <istream>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/hex.hpp"
#include "link/scenario_words.hpp"
#include "simulators/registry.hpp"
#include "simulators/runner.hpp"
#include "tools/command.hpp"
#include "tools/output.hpp"

namespace cartwright::tools {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string protocol;
  std::optional<std::string> hex;
  std::string link = "pty:";
  std::string scenario;
  std::optional<std::uint64_t> seed;
  std::string unit;
  std::vector<std::string> device;
  std::vector<std::string> faults;
  bool json = false;
};

simulators::OptionValues values_of(const std::vector<std::string>& pairs) {
  simulators::OptionValues values;
  for (const std::string& pair : pairs) {
    const std::size_t at = pair.find('=');
    if (at == std::string::npos) {
      throw Error(ErrorKind::invalid_input, "--device \"" + pair + "\" is not NAME=VALUE");
    }
    values[pair.substr(0, at)] = pair.substr(at + 1);
  }
  return values;
}

void list() {
  Table table({"PROTOCOL", "DRIVER", "DEVICE", "WHAT"});
  for (const simulators::Protocol& protocol : simulators::protocols()) {
    table.add({std::string(protocol.name), std::string(protocol.driver),
               std::string(protocol.device_class), std::string(protocol.summary)});
  }
  table.print();
  for (const simulators::Protocol& protocol : simulators::protocols()) {
    print_line("\n" + coloured(protocol.name, Colour::bold) + ": " + std::string(protocol.help));
    for (const simulators::OptionHelp& option : protocol.options()) {
      print_line("  --device " + std::string(option.key) + "=" + std::string(option.fallback) +
                 "  " + std::string(option.help));
    }
  }
}

void render(const Options& options) {
  const auto bytes = from_hex(*options.hex);
  if (!bytes) {
    throw Error(ErrorKind::invalid_input,
                "--hex \"" + *options.hex + "\" is not hexadecimal: two digits a byte");
  }
  print_line(
      Json{{"screen", simulators::render(options.protocol, values_of(options.device), *bytes)}}
          .dump());
}

void draw(const std::vector<std::string>& lines) {
  std::size_t width = 0;
  for (const std::string& line : lines) width = std::max(width, width_of(line));
  std::string border;
  for (std::size_t i = 0; i < width + 2; ++i) border += "─";
  print_line("┌" + border + "┐");
  for (const std::string& line : lines) {
    print_line("│ " + coloured(line + std::string(width - width_of(line), ' '), Colour::green) +
               " │");
  }
  print_line("└" + border + "┘");
}

simulators::RunListener listener_of(bool json) {
  const auto tell = [json](const Json& object, const std::string& text) {
    print_line(json ? json_line(object) : text);
    std::fflush(stdout);
  };
  simulators::RunListener listener;
  listener.ready = [tell](const std::string& address) {
    tell({{"ready", address}}, "Connect to " + coloured(address, Colour::bold));
  };
  listener.cut = [tell] { tell({{"cut", true}}, "The line is cut"); };
  listener.screen = [json, tell](const std::vector<std::string>& lines) {
    if (json) return tell({{"screen", lines}}, "");
    draw(lines);
    std::fflush(stdout);
  };
  listener.received = [tell](ByteView bytes) {
    tell({{"received", to_hex(bytes)}}, coloured("< " + to_hex(bytes), Colour::dim));
  };
  listener.sent = [tell](ByteView bytes) {
    tell({{"sent", to_hex(bytes)}}, coloured("> " + to_hex(bytes), Colour::dim));
  };
  listener.happened = [tell](const link::Happening& what) {
    tell({{"happened", link::message_text(what)}}, "* " + link::message_text(what));
  };
  return listener;
}

// Actions that a person or script types, one a line.
class Typed {
 public:
  // An action that the first unit does not know is the second's.
  Typed(boost::asio::io_context& io, simulators::Runner& runner, std::vector<std::string> units)
      : input_(io, ::dup(STDIN_FILENO)), runner_(runner), units_(std::move(units)) {
    read();
  }

 private:
  void read() {
    boost::asio::async_read_until(input_, buffer_, '\n', [this](auto error, std::size_t) {
      std::istream in(&buffer_);
      for (std::string line; !error && std::getline(in, line) && !in.eof();) take(line);
      if (!error) read();
    });
  }

  void take(const std::string& line) {
    if (line.empty()) return;
    try {
      for (const link::Happening& what :
           link::Scenario::parse("0s " + unit_for(line) + " " + line, "input").happenings) {
        runner_.happen(what);
      }
    } catch (const Error& error) {
      print_line(std::string("! ") + error.what());
      std::fflush(stdout);
    }
  }

  const std::string& unit_for(const std::string& line) const {
    const std::string_view action = std::string_view(line).substr(0, line.find(' '));
    for (const std::string& unit : units_) {
      const auto known = link::actions_of(link::class_of(unit).value_or(""));
      const bool knows = std::any_of(known.begin(), known.end(),
                                     [&](const link::Action& one) { return one.name == action; });
      if (knows) return unit;
    }
    return units_.front();
  }

  boost::asio::posix::stream_descriptor input_;
  boost::asio::streambuf buffer_;
  simulators::Runner& runner_;
  std::vector<std::string> units_;
};

simulators::RunOptions run_options(const Options& options) {
  simulators::RunOptions run;
  run.protocol = options.protocol;
  run.options = values_of(options.device);
  run.listen = options.link == "pty" ? "pty:" : options.link;
  if (options.link == "tcp") run.listen = "tcp:127.0.0.1:0";
  if (!options.scenario.empty()) {
    run.scenario = link::Scenario::read(options.scenario, options.seed);
  }
  run.unit = options.unit;
  run.faults = simulators::read_line_faults(options.faults);
  return run;
}

void simulate(const Options& options) {
  if (options.hex) return render(options);
  const simulators::Protocol& protocol = simulators::find_protocol(options.protocol);
  boost::asio::io_context io(1);
  simulators::Runner runner(io.get_executor(), run_options(options), listener_of(options.json));
  boost::asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&](auto, int) {
    runner.stop();
    io.stop();
  });
  runner.start();
  std::vector<std::string> units{options.unit.empty() ? std::string(protocol.device_class) + "0"
                                                      : options.unit};
  if (!protocol.second_class.empty()) {
    units.push_back(std::string(protocol.second_class) +
                    units[0].substr(protocol.device_class.size()));
  }
  const Typed typed(io, runner, std::move(units));
  io.run();
}

}  // namespace

void add_simulate_command(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "simulate", "Be a device: speak its protocol on a pseudo-terminal or a TCP port.");
  command->add_option("PROTOCOL", options->protocol,
                      "As listed without it; a driver's id does too");
  command->add_option("--hex", options->hex, "Only render these bytes and print the screen");
  command->add_option("--link", options->link, "pty, pty:PATH, tcp or tcp:HOST:PORT")
      ->capture_default_str();
  command->add_option("--scenario", options->scenario, "What happens to the device, with times");
  command->add_option("--seed", options->seed, "Instead of the scenario's own");
  command->add_option("--unit", options->unit, "Which unit of the scenario it is");
  command->add_option("--device", options->device, "A setting of the device, NAME=VALUE")
      ->allow_extra_args(false);
  command
      ->add_option("--fault", options->faults,
                   "A bad line all the time: lose=50, double=80, flip=100 (one byte in so many), "
                   "slow=5ms (between bytes), seed=7")
      ->allow_extra_args(false);
  command->add_flag("--json", options->json, "Print what happens as JSON, one object a line");
  command->footer(
      "While it runs it takes actions on standard input, as they stand in scenarios:\n"
      "  scan 4006381333931      place 1.250 kg      unplug 2s      garbage 12");
  command->callback([options] {
    if (options->protocol.empty()) return list();
    simulate(*options);
  });
}

}  // namespace cartwright::tools
