#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "link/scenario.hpp"
#include "stage.hpp"

namespace cartwright::hardware {

// What is plugged into which socket while a test runs; all is taken out after it.
class Plugged : public testing::Test {
 protected:
  void TearDown() override {
    for (unsigned port = 1; port <= kSockets; ++port) {
      if (stage().socket(port).plugged()) unplug(port);
    }
    while (!nodes_.empty()) unplug_adapter(nodes_.begin()->first);
    if (listens_) guest().output_of("exec 9<&-");
  }

  // The device, made anew with these settings, is plugged in and known to the kernel.
  template <typename Device>
  void plug(unsigned port, const simulators::OptionValues& settings = {}, bool out_pipe = false) {
    stage().plug(port, std::make_shared<Device>(simulators::Options(settings, Device::options())),
                 out_pipe);
  }
  void unplug(unsigned port) { stage().unplug(port); }
  void happen(unsigned port, const std::string& action) { stage().socket(port).happen(action); }

  // The kernel is to give it this name.
  void plug_adapter(Adapter adapter, const std::string& node = "/dev/ttyUSB0") {
    stage().plug_adapter(adapter, node);
    nodes_[adapter] = node;
  }
  void unplug_adapter(Adapter adapter) {
    stage().unplug_adapter(adapter, nodes_.at(adapter));
    nodes_.erase(adapter);
  }
  // Somebody does something to the device behind it.
  static void happen(Adapter adapter, const std::string& action) {
    const std::string unit = adapter == Adapter::scale ? "scale0 " : "scanner0 ";
    for (const link::Happening& what :
         link::Scenario::parse("0s " + unit + action, "test").happenings) {
      stage().behind(adapter).happen(what);
    }
  }

  // From here on a terminal is there for what keyboards type; while nobody has it open, the kernel
  // drops that or keeps it back.
  void listen_to_console() {
    guest().output_of("exec 9</dev/tty1");
    listens_ = true;
  }
  // The next line that was typed into it.
  std::string typed() { return guest().output_of("timeout 60 head -n 1 /dev/tty1"); }

  Guest& guest() { return stage().guest(); }
  GuestCart cart(const std::string& devices, const std::string& user = "root") {
    return {guest(), stage().machine(), devices, user};
  }
  // Ends it well: no fault of a sanitizer, nothing on standard error.
  void end(GuestCart& cart) {
    EXPECT_EQ(cart.end(), 0);
    EXPECT_EQ(cart.errors(), "");
  }

 private:
  bool listens_ = false;
  std::map<Adapter, std::string> nodes_;  // of the adapters that are plugged in
};

}  // namespace cartwright::hardware
