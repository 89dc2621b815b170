#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "shopping/process.hpp"
#include "shopping/store.hpp"

namespace cartwright::shopping {

using Json = nlohmann::json;

class Cart;

// Stands by while the cart is waited for: draws what happens, or does harm. Called by the one
// thread that shops; may kill the cart and its drivers.
class Onlooker {
 public:
  virtual ~Onlooker() = default;
  // Every line of the cart, once, when the shopper has seen it.
  virtual void saw(Cart&, const Json& /*line*/) {}
  // A wait is ended for these: a moment, and a descriptor that becomes readable. Then due() is
  // called.
  virtual std::optional<Time> next() const { return std::nullopt; }
  virtual int descriptor() const { return -1; }
  virtual void due(Cart&) {}
};

// `cartwright run --json` on the store's configuration, as a person before it sees it: what it
// printed so far, and whether it is alive.
class Cart {
 public:
  Cart(const Store& store, Onlooker& onlooker) : store_(store), onlooker_(onlooker) {}

  // Starts it, and waits until all devices are up. False where it died on the way; Failure where it
  // neither dies nor gets there.
  bool start();
  bool running();
  // Ends it with the word quit; Failure unless it exits with 0.
  void quit();

  void say(const std::string& word);
  // The next line; nothing at the deadline, or when the cart is dead and has nothing more to say.
  std::optional<Json> next(Time deadline);
  // Lets lines go by until one fits; nothing as with next().
  std::optional<Json> await(const std::function<bool(const Json&)>& fits, Time deadline);
  // Says a word and waits for the reply to it; `line` is given the lines before. Nothing where the
  // cart died.
  std::optional<Json> ask(const std::string& word, const std::function<void(const Json&)>& line);
  // The trip as the cart shows it.
  std::optional<Json> trip();

  // kill -9.
  void kill();
  // kill -9 of the process that runs this driver; false where there is none now.
  bool kill_driver(const std::string& driver);

  // As told last: device name to state, and the load that was told by a stable weight.
  const std::map<std::string, std::string>& devices() const { return devices_; }
  bool all_up() const;
  std::optional<std::int64_t> grams() const { return grams_; }
  Time last_device_change() const { return device_change_; }

 private:
  std::optional<int> driver_pid(const std::string& driver) const;
  void note(const Json& line);

  const Store& store_;
  Onlooker& onlooker_;
  std::unique_ptr<Process> process_;
  std::map<std::string, std::string> devices_;
  std::optional<std::int64_t> grams_;
  Time device_change_;
};

// Whether the line is this event of the cart.
bool is_event(const Json& line, const std::string& name);

}  // namespace cartwright::shopping
