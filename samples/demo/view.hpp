#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "shopping/cart.hpp"

namespace cartwright::demo {

// Shows the trip while it happens: on a terminal in place, basket and total on the left, display,
// devices and journey on the right; else as plain lines.
class View final : public shopping::Onlooker {
 public:
  // Whether standard output is a terminal with room for that.
  static bool fits_terminal();

  View(shopping::Store& store, bool in_place);
  ~View() override;
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  // What is going on now, for people.
  void say(const std::string& text);
  // Draws no more; what is printed from now on stands below.
  void finish();
  // How often a device was told to be restarting.
  int driver_restarts() const { return driver_restarts_; }

  void saw(shopping::Cart& cart, const shopping::Json& line) override;
  int descriptor() const override;
  // The display's screen has changed.
  void due(shopping::Cart& cart) override;

 private:
  struct Row {
    std::string key;
    std::string quantity;
    std::string name;
    std::string amount;
  };
  struct Device {
    std::string name;
    std::string driver;
    std::string state;
  };

  void take_line(const std::string& event, const shopping::Json& line);
  void take_device(const shopping::Json& event);
  void plain(const std::string& event, const shopping::Json& line) const;
  void draw() const;
  std::vector<std::string> left_column() const;
  std::vector<std::string> right_column() const;

  shopping::Store& store_;
  bool in_place_;
  std::vector<Row> basket_;
  std::vector<Device> devices_;
  std::vector<std::string> screen_;
  std::string total_ = "0.00";
  std::string payment_;
  std::string journey_ = "no consent yet: nothing is collected";
  std::string scale_;
  std::vector<std::string> said_;
  int driver_restarts_ = 0;
};

// "12.34"
std::string money(std::int64_t minor);

}  // namespace cartwright::demo
