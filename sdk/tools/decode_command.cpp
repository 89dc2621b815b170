#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/hex.hpp"
#include "host/record_json.hpp"
#include "host/virtual_device.hpp"
#include "link/names.hpp"
#include "simulators/registry.hpp"
#include "tools/command.hpp"
#include "tools/effect_printer.hpp"
#include "tools/output.hpp"
#include "tools/plugin_dirs.hpp"

namespace cartwright::tools {
namespace {

constexpr std::int64_t kLongestAdvanceMs = 366LL * 24 * 3600 * 1000;

struct Options {
  PluginDirs plugins;
  std::string driver;
  std::vector<std::string> hex;
  std::vector<std::int64_t> advance;
  std::vector<std::string> commands;
  std::string config = "{}";
  std::string descriptor;
  std::string usb;
  std::string transport;
  bool log = false;
};

// What the options mean together, in the order in which they were given.
struct Step {
  enum class Kind : std::uint8_t { hex, advance, command } kind;
  std::size_t index;
};

// `sensitive`: what is wrong is not shown, only how long it is.
std::string bytes_argument(const std::string& option, const std::string& text, bool sensitive) {
  const auto bytes = from_hex(text);
  if (!bytes) {
    const std::string shown =
        sensitive ? "of " + std::to_string(text.size()) + " characters" : "\"" + text + "\"";
    throw Error(ErrorKind::invalid_input,
                option + " " + shown + " is not hexadecimal: two digits a byte");
  }
  return std::string(as_text(*bytes));
}

std::uint32_t usb_argument(const std::string& text) {
  if (text.empty()) return 0;
  const auto usb_id = link::read_usb_id(text);
  if (!usb_id) {
    throw Error(ErrorKind::invalid_input,
                "--usb \"" + text + "\" is not VENDOR:PRODUCT, four hexadecimal digits each");
  }
  return *usb_id;
}

bool is_for_usb(const host::Manifest& manifest) {
  return std::ranges::any_of(manifest.links, [](const host::ManifestLink& link) {
    return std::ranges::any_of(
        link.schemes, [](const std::string& scheme) { return scheme == "hid" || scheme == "usb"; });
  });
}

// The device side that reads what the driver sends, where it has a screen to show.
std::unique_ptr<simulators::Simulator> screen_of(const std::string& driver) {
  for (const simulators::Protocol& protocol : simulators::protocols()) {
    if (protocol.driver != driver) continue;
    auto simulator = protocol.make({});
    if (!simulator->screen().empty()) return simulator;
  }
  return nullptr;
}

// --transport is the driver's setting of that name, said in a word.
std::string settings_of(const Options& options, const host::Manifest& manifest) {
  if (options.transport.empty()) return options.config;
  const auto has_it = [](const auto& setting) { return setting.key == "transport"; };
  if (std::none_of(manifest.settings.begin(), manifest.settings.end(), has_it)) {
    throw Error(ErrorKind::invalid_input,
                "--transport: " + options.driver + " has no setting \"transport\"");
  }
  auto settings = nlohmann::json::parse(options.config, nullptr, false);
  if (!settings.is_object()) return options.config;  // refused where settings are read
  settings["transport"] = options.transport;
  return settings.dump();
}

void decode(const Options& options, const std::vector<Step>& steps) {
  const host::PluginIndex index = options.plugins.index();
  const host::Plugin plugin = host::Plugin::load(index.find(options.driver).file);
  if (plugin.driver() == nullptr) {
    throw Error(ErrorKind::invalid_input,
                options.driver + " does its own I/O: there are no bytes to decode");
  }
  // Everything is read before anything is shown, so that a typo leaves no half output.
  const bool sensitive = is_sensitive(plugin.manifest());
  const std::string descriptor = bytes_argument("--descriptor", options.descriptor, sensitive);
  const std::uint32_t usb_id = usb_argument(options.usb);
  if (!(options.descriptor + options.usb).empty() && !is_for_usb(plugin.manifest())) {
    throw Error(ErrorKind::invalid_input,
                "--descriptor and --usb are for USB devices, " + options.driver + " is for none");
  }
  std::vector<std::string> arrivals;
  for (const std::string& hex : options.hex) {
    arrivals.push_back(bytes_argument("--hex", hex, sensitive));
  }
  std::vector<host::Record> commands;
  for (const std::string& text : options.commands)
    commands.push_back(host::command_from_json(std::string_view(text)));

  const auto simulator = screen_of(options.driver);
  EffectPrinter printer(simulator.get(), options.log);
  host::VirtualDevice device(*plugin.driver(), plugin.manifest(),
                             settings_of(options, plugin.manifest()), printer);
  device.start(as_bytes(descriptor), usb_id);
  printer.skip_draw();
  for (const Step& step : steps) {
    switch (step.kind) {
      case Step::Kind::hex:
        device.data(as_bytes(arrivals[step.index]));
        break;
      case Step::Kind::advance:
        device.advance(std::chrono::milliseconds(options.advance[step.index]));
        break;
      case Step::Kind::command: {
        const host::CommandStart start = device.command(commands[step.index]);
        if (start.op == 0) printer.on_done(0, start.status, nullptr);
        break;
      }
    }
    printer.draw();
  }
  printer.pending(device.waiting(), sensitive);
}

}  // namespace

void add_decode_command(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "decode", "Run a driver on given bytes in virtual time and print each of its effects.");
  command->add_option("DRIVER", options->driver, "Its id; cartwright plugins lists them")
      ->required();
  CLI::Option* hex = command->add_option("--hex", options->hex, "One arrival of bytes");
  CLI::Option* advance =
      command->add_option("--advance", options->advance, "Let so many milliseconds pass")
          ->check(CLI::Range(std::int64_t{0}, kLongestAdvanceMs));
  CLI::Option* give = command->add_option("--command", options->commands, "Give a command (JSON)");
  command->add_option("--config", options->config, "The driver's settings (JSON)")
      ->capture_default_str();
  command->add_option("--descriptor", options->descriptor,
                      "HID report descriptor (hexadecimal); each --hex is one report");
  command
      ->add_option("--transport", options->transport,
                   "How packets stand on the line: the driver's setting \"transport\"")
      ->check(CLI::IsMember({"serial", "tcp"}));
  command->add_option("--usb", options->usb, "USB ids, VENDOR:PRODUCT (hexadecimal)");
  command->add_flag("--log", options->log, "Print the driver's log lines too");
  options->plugins.add_to(*command);
  command->footer(
      "--hex, --advance and --command may be repeated and count in the order given, after the\n"
      "driver was started and its link came up. Garbage is a fault, incomplete is pending.\n"
      "  cartwright decode scale-toledo8217 --hex 0230312e3235304e0d\n"
      "  cartwright decode display-cd5220 --command '{\"show\":{\"lines\":[\"Milk\",\"1.29\"]}}'");
  command->callback([options, command, hex, advance, give] {
    std::vector<Step> steps;
    std::size_t hexes = 0;
    std::size_t advances = 0;
    std::size_t commands = 0;
    for (const CLI::Option* option : command->parse_order()) {
      if (option == hex) steps.push_back({Step::Kind::hex, hexes++});
      if (option == advance) steps.push_back({Step::Kind::advance, advances++});
      if (option == give) steps.push_back({Step::Kind::command, commands++});
    }
    decode(*options, steps);
  });
}

}  // namespace cartwright::tools
