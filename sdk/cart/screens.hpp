#pragma once

#include <cartwright/events.hpp>

#include <map>
#include <string>
#include <vector>

#include "cart/units.hpp"
#include "offers/money.hpp"

namespace cartwright::cart {

// What the customer displays show: two lines that follow the trip. One thread, the cart loop.
class Screens {
 public:
  Screens(Units& units, const offers::Currency& currency, std::string welcome);

  void on(const Event& event);
  // The app's own words until the next event that shows something.
  void show(const std::vector<std::string>& lines);
  // A display came up: it is shown what the others show.
  void refresh(const std::string& unit);
  // What a display says of itself; 0 says nothing.
  void set_columns(const std::string& unit, std::size_t columns);

 private:
  // `left` and `right` at the two ends of a row.
  struct Row {
    std::string left;
    std::string right;
  };
  void show_rows(std::vector<Row> rows);
  std::string money(std::int64_t minor) const;

  Units& units_;
  const offers::Currency& currency_;
  std::string welcome_;
  std::vector<Row> rows_;
  std::map<std::string, std::size_t> columns_;
};

}  // namespace cartwright::cart
