#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <memory>

#include "base/error.hpp"
#include "base/hex.hpp"
#include "link/link.hpp"
#include "link/recording_link.hpp"
#include "tools/command.hpp"
#include "tools/output.hpp"

namespace cartwright::tools {
namespace {

struct Options {
  std::string link;
  std::string file;
  std::string send;
  bool sensitive = false;
};

// Shows what comes over the link and sends the request, if there is one, each time it comes up.
class Watcher final : public link::Listener {
 public:
  Watcher(bool sensitive, Bytes send) : sensitive_(sensitive), send_(std::move(send)) {}

  void attach(link::Link& link) { link_ = &link; }

  void link_up(const link::UpInfo& info) override {
    show("up    " + info.address);
    if (send_.empty()) return;
    link::Request request;
    request.data = send_;
    link_->submit(std::move(request), [](const link::Completion& done) {
      show("sent  " + std::to_string(done.written) + " bytes");
    });
  }
  void link_data(std::uint32_t, ByteView bytes) override {
    show("rx    " + (sensitive_ ? std::to_string(bytes.size()) + " bytes" : to_hex(bytes)));
  }
  void link_lines(const link::ModemLines& lines) override {
    show(std::string("lines") + (lines.cts ? " CTS" : "") + (lines.dsr ? " DSR" : "") +
         (lines.dcd ? " DCD" : "") + (lines.ri ? " RI" : ""));
  }
  void link_down(link::DownReason, const std::string& text) override { show("down  " + text); }

 private:
  static void show(const std::string& text) {
    print_line(text);
    std::fflush(stdout);
  }

  bool sensitive_;
  Bytes send_;
  link::Link* link_ = nullptr;
};

void record(const Options& options) {
  const auto send = from_hex(options.send);
  if (!send) {
    throw Error(ErrorKind::invalid_input,
                "--send \"" + options.send + "\" is not hexadecimal: two digits a byte");
  }
  boost::asio::io_context io(1);
  link::RecordingOptions recording;
  recording.file = options.file;
  recording.uri = options.link;
  recording.sensitive = options.sensitive;
  recording.failed = [](const std::string& text) { print_line("! " + text); };
  const auto link = link::record_link(link::make_link(options.link, io.get_executor()),
                                      std::move(recording), io.get_executor());
  Watcher watcher(options.sensitive, *send);
  watcher.attach(*link);
  boost::asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&](auto, int) {
    link->stop();
    io.stop();
  });
  link->start(watcher);
  print_line("Recording " + options.link + " to " + options.file + "; end with Ctrl-C");
  std::fflush(stdout);
  io.run();
}

}  // namespace

void add_record_command(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "record", "Write down what comes over a link, for replay and tests. Raises a port's lines.");
  command->add_option("LINK", options->link, "serial:/dev/ttyUSB0?baud=9600, pty:PATH, tcp:...")
      ->required();
  command->add_option("FILE", options->file, "The recording, a new file")->required();
  command->add_option("--send", options->send, "Send these bytes (hexadecimal) when it comes up");
  command->add_flag("--sensitive", options->sensitive,
                    "Write down lengths and times only (payment terminals)");
  command->footer("A running cart records a device where its [[device]] says record = \"FILE\".");
  command->callback([options] { record(*options); });
}

}  // namespace cartwright::tools
