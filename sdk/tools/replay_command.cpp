#include <algorithm>
#include <memory>

#include "base/error.hpp"
#include "base/hex.hpp"
#include "host/link_port.hpp"
#include "host/virtual_device.hpp"
#include "link/recording.hpp"
#include "tools/command.hpp"
#include "tools/effect_printer.hpp"
#include "tools/output.hpp"
#include "tools/plugin_dirs.hpp"

namespace cartwright::tools {
namespace {

struct Options {
  PluginDirs plugins;
  std::string file;
  std::string driver;
  std::string config = "{}";
  bool expect = false;
};

// Feeds what the recording received to the driver, at its times.
class Replay {
 public:
  Replay(host::VirtualDevice& device) : device_(device) {}

  void run(const link::Recording& recording) {
    std::chrono::nanoseconds now{0};
    for (const link::RecordingEntry& entry : recording.entries) {
      device_.advance(entry.at - now);
      now = entry.at;
      std::visit([this](const auto& what) { take(what); }, entry.what);
    }
  }

  // All that the recording sent.
  const Bytes& expected() const { return expected_; }

 private:
  void take(const link::RxEntry& rx) { device_.data(rx.payload.bytes, 0, rx.pipe); }
  void take(const link::TxEntry& tx) {
    expected_.insert(expected_.end(), tx.payload.bytes.begin(), tx.payload.bytes.end());
  }
  void take(const link::UpEntry& up) {
    if (down_) device_.link_up(up.descriptor);
    down_ = false;
  }
  void take(const link::DownEntry& down) {
    device_.link_down(host::down_status(down.reason));
    down_ = true;
  }
  void take(const link::LinesEntry&) {}
  void take(const link::RequestEntry&) {}

  host::VirtualDevice& device_;
  bool down_ = false;
  Bytes expected_;
};

void compare(const Bytes& expected, const Bytes& sent) {
  if (expected == sent) return;
  const auto [at, other] = std::ranges::mismatch(expected, sent);
  print_line(coloured("differs: ", Colour::red) + "the driver sent " + std::to_string(sent.size()) +
             " bytes, the recording " + std::to_string(expected.size()) +
             "; the first difference is at byte " + std::to_string(at - expected.begin()));
  finish_with(kFailed);
}

void replay(const Options& options) {
  const host::PluginIndex index = options.plugins.index();
  const host::Plugin plugin = host::Plugin::load(index.find(options.driver).file);
  if (plugin.driver() == nullptr) {
    throw Error(ErrorKind::invalid_input, options.driver + " does its own I/O: it is not replayed");
  }
  const link::Recording recording = link::Recording::read(options.file);
  if (recording.header.redacted) {
    throw Error(ErrorKind::invalid_input,
                options.file + " is redacted: its bytes were never written down");
  }
  EffectPrinter printer(nullptr, false);
  host::VirtualDevice device(*plugin.driver(), plugin.manifest(), options.config, printer);
  device.start();
  Replay run(device);
  run.run(recording);
  printer.pending(device.waiting(), is_sensitive(plugin.manifest()));
  if (options.expect) compare(run.expected(), printer.sent());
}

}  // namespace

void add_replay_command(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "replay", "Run a driver on a recording, in virtual time, and print each of its effects.");
  command->add_option("FILE", options->file, "A recording")->required();
  command->add_option("--driver", options->driver, "The driver's id")->required();
  command->add_option("--config", options->config, "The driver's settings (JSON)")
      ->capture_default_str();
  command->add_flag("--expect", options->expect,
                    "Fail unless the driver sends what the recording sent");
  options->plugins.add_to(*command);
  command->footer(
      "What comes out has the form that cartwright decode has; the same recording and settings "
      "give\n"
      "the same effects on every machine.\n"
      "  cartwright record pty:/tmp/scale scale.rec --send 57\n"
      "  cartwright replay scale.rec --driver scale-toledo8217 --expect");
  command->callback([options] { replay(*options); });
}

}  // namespace cartwright::tools
