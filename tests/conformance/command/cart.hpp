#pragma once

#include <functional>
#include <memory>
#include <string>

#include "effects.hpp"
#include "scratch.hpp"

namespace cartwright::conformance {

inline constexpr const char* kPen = "4006381333931";
inline constexpr const char* kApples = "9521234000013";  // sold by kg

// A store's folder: catalog, configuration, simulated devices.
class Store {
 public:
  // What the configuration says beside the least: lines of [cart], [journey] and [[device]].
  explicit Store(const std::string& devices = {}, const std::string& journey = {},
                 const std::string& cart = {});

  std::string file(const std::string& name) const { return scratch.file(name); }
  std::string configuration() const { return file("cart.toml"); }
  // Replaces `from` in the configuration.
  void change(const std::string& from, const std::string& to) const;
  // `cartwright FIRST --config FILE REST...` to its end.
  Result cart_command(Strings arguments) const;

  const Scratch scratch;
};

// One [[device]] table; `more` are further lines of it.
std::string device(const std::string& name, const std::string& driver, const std::string& link,
                   const std::string& more = {});

// Lines of JSON of a process that runs, one after the other.
class Told {
 public:
  explicit Told(Strings arguments) : process(arguments) {}

  // The next line that `wanted` takes, with what came before it skipped. A failure and null where
  // none comes.
  Json until(const std::string& what, const std::function<bool(const Json&)>& wanted);
  // Ends its input: its exit code.
  int end();

  Process process;
};

// `cartwright run --json` of a store's cart.
class RunningCart : public Told {
 public:
  explicit RunningCart(const Store& store)
      : Told({"run", "--config", store.configuration(), "--json"}) {}

  void say(const std::string& word) { process.say(word); }
  // The answer to a word; the word is said.
  Json reply(const std::string& word);
  // The next event of this name whose fields are as `fields` says.
  Json event(const std::string& name, const Json& fields = Json::object());
  // The trip as it is now.
  Json trip();
};

// `cartwright simulate PROTOCOL` on a path of the store. Takes actions once it is made.
class Device : public Told {
 public:
  Device(const Store& store, const std::string& protocol, const std::string& name,
         const Strings& more = {});
  void happen(const std::string& action) { process.say(action); }
  // As when its plug is drawn and its power goes.
  void kill();
};

}  // namespace cartwright::conformance
