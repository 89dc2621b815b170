#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "shopping/process.hpp"

namespace cartwright::shopping {

struct StoreOptions {
  int terminal_ms = 1'200;  // from the order to the card's answer
  int settle_ms = 400;      // until a load on the scale lies still
};

// A store in a scratch folder: catalog, hub, a cart's configuration, and the simulated devices of
// that cart, each a process of its own. All of it goes with this object.
class Store {
 public:
  explicit Store(StoreOptions options);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Runs `cartwright ...` to its end and returns what it printed.
  std::string command(const std::vector<std::string>& arguments) const;
  // The same with the hub's folder, and with the cart's configuration.
  std::string hub_command(std::vector<std::string> arguments) const;
  std::string cart_command(std::vector<std::string> arguments) const;

  std::filesystem::path program() const { return program_; }
  std::filesystem::path folder() const { return folder_; }
  std::filesystem::path configuration() const { return folder_ / "cart.toml"; }
  std::filesystem::path database() const { return folder_ / "state" / "cart.db"; }
  std::filesystem::path log(const std::string& name) const { return folder_ / (name + ".log"); }

  Process& scanner() { return *scanner_; }
  Process& scale() { return *scale_; }
  Process& display() { return *display_; }

  void kill_hub() { hub_->kill(); }
  // On the port it had before.
  void start_hub();
  // Leaves the folder where it is, for a person to look at.
  void keep_folder() { keep_ = true; }

 private:
  void write_configuration(const StoreOptions& options) const;
  std::unique_ptr<Process> simulate(const std::string& protocol, const std::string& name,
                                    const std::vector<std::string>& more) const;

  std::filesystem::path program_;
  std::filesystem::path folder_;
  bool keep_ = false;
  int port_ = 0;
  std::unique_ptr<Process> hub_;
  std::unique_ptr<Process> scanner_;
  std::unique_ptr<Process> scale_;
  std::unique_ptr<Process> display_;
};

}  // namespace cartwright::shopping
