#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "shopping/cart.hpp"
#include "shopping/script.hpp"
#include "shopping/store.hpp"

namespace cartwright::shopping {

// What it took to get through the trip.
struct Troubles {
  int restarts = 0;  // of the cart
  int repeated = 0;  // scans, since no line had appeared
  int payments = 0;  // begun; more than one where the cart said "not paid"
};

// Goes through demo_trip() as a person does. When nothing appears for a while, or the cart has been
// restarted, it looks at the trip and does the step again only if the trip does not show it. Every
// look is a check: what the trip shows must be the basket before the step or after it, with the
// stated total, and nothing else.
class Shopper {
 public:
  Shopper(Store& store, Cart& cart) : store_(store), cart_(cart) {}

  // Told before each step.
  std::function<void(const Step&, std::size_t index)> before_step;

  // From an idle cart to a trip that has ended. Failure where anything is lost, doubled or stuck.
  void shop();

  const std::string& trip_id() const { return trip_id_; }
  const Troubles& troubles() const { return troubles_; }

 private:
  enum class Look : std::uint8_t { done, to_do, gone };

  void perform(std::size_t index);
  Look look(std::size_t index);
  bool act(std::size_t index);
  bool start();
  bool consent();
  bool scan(const Step& step);
  bool weigh(const Step& step);
  bool put_back(const Step& step);
  bool pay();
  void clear_scale();

  bool appears(const Step& step, const std::vector<std::string>& events);
  bool trip_has_ended();
  bool log_has(const std::string& fact);
  void check_total(const Json& line, const Step& step) const;

  Store& store_;
  Cart& cart_;
  std::string trip_id_;
  Troubles troubles_;
};

}  // namespace cartwright::shopping
