#include "shopping/store.hpp"

#include <stdlib.h>  // NOLINT: mkdtemp is not in <cstdlib>

#include <fstream>
#include <sstream>

namespace cartwright::shopping {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCart = "cart-1";
constexpr milliseconds kComesUp{30'000};

fs::path scratch_folder() {
  std::string name = (fs::temp_directory_path() / "cartwright-store-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw Failure("no scratch folder " + name);
  return name;
}

// The `cartwright` command that was built, or installed, with the program that runs.
fs::path command_beside_us() {
  const fs::path program = fs::read_symlink("/proc/self/exe").parent_path() / "cartwright";
  if (!fs::exists(program)) throw Failure(program.string() + " is not there: build it first");
  return program;
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

Store::Store(StoreOptions options) : program_(command_beside_us()), folder_(scratch_folder()) {
  try {
    command({"catalog", "--dir", folder_ / "catalog", "import", CARTWRIGHT_SAMPLE_CATALOG});
    start_hub();
    write_configuration(options);
    std::string key = cart_command({"journey", "key"});
    key.erase(key.find_last_not_of('\n') + 1);
    hub_command({"enrol", kCart, key});
    const std::string settle = "settle_ms=" + std::to_string(options.settle_ms);
    scanner_ = simulate("serial", "scanner", {});
    scale_ = simulate("toledo8217", "scale", {"--device", settle});
    display_ = simulate("cd5220", "display", {});
  } catch (...) {
    fs::remove_all(folder_);
    throw;
  }
}

Store::~Store() {
  hub_.reset();
  scanner_.reset();
  scale_.reset();
  display_.reset();
  std::error_code ignored;
  if (!keep_) fs::remove_all(folder_, ignored);
}

std::string Store::command(const std::vector<std::string>& arguments) const {
  return output_of(program_, arguments, log("command"));
}

std::string Store::hub_command(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), {"hub", "--dir", folder_ / "hub"});
  return command(arguments);
}

std::string Store::cart_command(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin() + 1, {"--config", configuration()});
  return command(arguments);
}

void Store::start_hub() {
  const fs::path port_file = folder_ / "port";
  fs::remove(port_file);
  hub_ = std::make_unique<Process>(
      program_,
      std::vector<std::string>{"hub", "--dir", folder_ / "hub", "--port", std::to_string(port_),
                               "--port-file", port_file},
      log("hub"));
  // It says where it listens.
  if (!hub_->line(Clock::now() + kComesUp)) {
    throw Failure("the hub does not come up\n" + tail_of(log("hub")));
  }
  port_ = std::stoi(text_of(port_file));
}

std::unique_ptr<Process> Store::simulate(const std::string& protocol, const std::string& name,
                                         const std::vector<std::string>& more) const {
  std::vector<std::string> arguments{"simulate", protocol, "--json", "--link",
                                     "pty:" + (folder_ / name).string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  auto process = std::make_unique<Process>(program_, arguments, log(name));
  const Time deadline = Clock::now() + kComesUp;
  while (const auto line = process->line(deadline)) {
    if (line->find("\"ready\"") != std::string::npos) return process;
  }
  throw Failure("the simulated " + name + " does not come up\n" + tail_of(log(name)));
}

void Store::write_configuration(const StoreOptions& options) const {
  std::ofstream(folder_ / "terminal.scenario") << "0s terminal0 approve\n";
  std::ofstream file(configuration());
  const auto device = [&](const std::string& name, const std::string& driver,
                          const std::string& link, const std::string& settings) {
    file << "[[device]]\nname = \"" << name << "\"\ndriver = \"" << driver
         << "\"\nisolation = \"process\"\n";
    if (!link.empty()) file << "link = \"" << link << "\"\n";
    if (!settings.empty()) file << "settings = { " << settings << " }\n";
  };
  const auto pty = [&](const char* name) { return "pty:" + (folder_ / name).string(); };
  file << "[cart]\nid = \"" << kCart << "\"\nstate = \"state\"\ncatalog = \"catalog\"\n"
       << "weighing_timeout_ms = 60000\n"
       << "[store]\ngln = \"9521234000013\"\nzone = \"Europe/Berlin\"\ncurrency = \"EUR\"\n"
       << "[store.taxes]\nreduced = 700\nstandard = 1900\n"
       << "[journey]\nsink = \"hub0\"\nhub_key = \"hub/hub.pub\"\n";
  device("scanner0", "scanner-serial", pty("scanner"), "");
  device("scale0", "scale-toledo8217", pty("scale"), "poll_ms = 50");
  device("display0", "display-cd5220", pty("display"), "");
  device("terminal0", "mock-terminal",
         "scenario:" + (folder_ / "terminal.scenario").string() + "?unit=terminal0",
         "settle_ms = " + std::to_string(options.terminal_ms));
  device("hub0", "sink-http", "", "url = \"http://127.0.0.1:" + std::to_string(port_) + "\"");
}

}  // namespace cartwright::shopping
