#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cartwright/cart.hpp>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "cart/configuration.hpp"
#include "tools/command.hpp"
#include "tools/event_text.hpp"
#include "tools/output.hpp"
#include "tools/shopper_words.hpp"

namespace cartwright::tools {
namespace {

struct Options {
  std::string config = "cart.toml";
  bool json = false;
};

// SIGINT and SIGTERM as a descriptor. Blocked before the cart makes its threads.
int end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

// Lines from standard input as they come.
class Input {
 public:
  // False when it has ended.
  bool read(const std::function<void(const std::string&)>& line) {
    char piece[4096];
    const ssize_t count = ::read(STDIN_FILENO, piece, sizeof piece);
    if (count <= 0) return count < 0 && (errno == EINTR || errno == EAGAIN);
    text_.append(piece, static_cast<std::size_t>(count));
    for (std::size_t end = text_.find('\n'); end != std::string::npos; end = text_.find('\n')) {
      std::string one = text_.substr(0, end);
      text_.erase(0, end + 1);
      if (!one.empty() && one.back() == '\r') one.pop_back();
      if (!one.empty()) line(one);
    }
    return true;
  }

 private:
  std::string text_;
};

void show(const Options& options, const Event& event) {
  print_line(options.json ? json_line(to_json(event)) : to_text(event));
  std::fflush(stdout);
}

void run(const Options& options) {
  // Times of the trip are those of the store, wherever the machine was set up.
  const cart::Configuration configuration = cart::read_configuration(options.config);
  ::setenv("TZ", configuration.store.zone.c_str(), 1);
  ::tzset();
  const int signals = end_signals();
  Cart cart = Cart::open(options.config);
  cart.on_event([&](const Event& event) { show(options, event); });
  ShopperWords words(cart, options.json);
  if (!options.json) print_line("Type a barcode, or help; end with Ctrl-D");
  std::fflush(stdout);

  Input input;
  bool open = true;
  while (open) {
    pollfd entries[] = {
        {cart.descriptor(), POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}, {signals, POLLIN, 0}};
    if (::poll(entries, 3, -1) < 0) continue;
    if (entries[0].revents != 0) cart.dispatch();
    if (entries[1].revents != 0) {
      open = input.read([&](const std::string& line) { words.take(line); });
    }
    if (entries[2].revents != 0 || words.wants_to_quit()) open = false;
  }
  ::close(signals);
}

}  // namespace

void add_run_command(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("run", "Run a cart: devices, trip, payment, journey; shows what happens.");
  command->add_option("--config", options->config, "The cart's configuration")
      ->capture_default_str();
  command->add_flag("--json", options->json, "Print each event as one JSON object a line");
  command->footer(std::string("Standard input takes barcodes and words, one a line:\n") +
                  shopper_words_help() +
                  "A trip that was running when the cart stopped goes on. Ctrl-D or SIGTERM ends.");
  command->callback([options] { run(*options); });
}

}  // namespace cartwright::tools
