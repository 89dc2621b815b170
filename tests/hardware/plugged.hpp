#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "stage.hpp"

namespace cartwright::hardware {

// What is plugged into which socket while a test runs; all is taken out after it.
class Plugged : public testing::Test {
 protected:
  void TearDown() override {
    for (unsigned port = 1; port <= kSockets; ++port) {
      if (stage().socket(port).plugged()) unplug(port);
    }
    if (adapter_) unplug_adapter();
  }

  // The device, made anew with these settings, is plugged in and known to the kernel.
  template <typename Device>
  void plug(unsigned port, const simulators::OptionValues& settings = {}, bool out_pipe = false) {
    stage().plug(port, std::make_shared<Device>(simulators::Options(settings, Device::options())),
                 out_pipe);
  }
  void unplug(unsigned port) { stage().unplug(port); }
  void happen(unsigned port, const std::string& action) { stage().socket(port).happen(action); }

  void plug_adapter() {
    stage().plug_adapter();
    adapter_ = true;
  }
  void unplug_adapter() {
    stage().unplug_adapter();
    adapter_ = false;
  }

  Guest& guest() { return stage().guest(); }
  GuestCart cart(const std::string& devices) { return {guest(), stage().machine(), devices}; }
  // Ends it well: no fault of a sanitizer, nothing on standard error.
  void end(GuestCart& cart) {
    EXPECT_EQ(cart.end(), 0);
    EXPECT_EQ(cart.errors(), "");
  }

 private:
  bool adapter_ = false;
};

}  // namespace cartwright::hardware
