#pragma once

#include <string>
#include <vector>

#include "machine.hpp"

namespace cartwright::hardware {

// What a command in the guest said, and how it ended.
struct Answer {
  int code = -1;
  std::string output;  // standard output and standard error

  // The output as JSON; throws where it is none.
  Json json() const;
};

// The shell of the booted guest.
class Guest {
 public:
  // Waits until the guest has booted, and gives it a catalog of a pen and of apples sold by weight.
  explicit Guest(Machine& machine);

  // Runs a command to its end.
  Answer run(const std::string& command);
  // The same as another user of the guest.
  Answer run_as(const std::string& user, const std::string& command) {
    return run("su -s /bin/sh " + user + " -c '" + command + "'");
  }
  // run(), but throws where it fails.
  std::string output_of(const std::string& command);
  void write_file(const std::string& path, const std::string& text);
  // Waits until the device is there, or is not: a node in /dev or a folder in /sys.
  void await_device(const std::string& path, bool there = true);

 private:
  LineWire& port_;
  unsigned count_ = 0;
};

// `cartwright run --json` in the guest. One at a time.
class GuestCart {
 public:
  // Starts it with these [[device]] tables and a state of its own, as this user.
  GuestCart(Guest& guest, Machine& machine, const std::string& devices,
            const std::string& user = "root");

  void say(const std::string& word);
  // The answer to a word; the word is said.
  Json reply(const std::string& word);
  // How the device ended what it is asked by a word such as "zero scale0": "ok".
  std::string outcome(const std::string& word);
  // The next event of this name whose fields are as `fields` says; what came before is skipped.
  Json event(const std::string& name, const Json& fields = Json::object());
  // The next event of this name, whatever its fields.
  Json device(const std::string& name, const std::string& state);
  // All events of this name so far, waited for or not, until the last one that was waited for.
  std::vector<Json> heard(const std::string& name) const;
  // How often one of its devices has come up, as far as that was heard.
  std::size_t ups() const;
  // Ends it: its exit code, in `heard()` all its events, in `errors()` what it wrote on standard
  // error.
  int end();
  const std::string& errors() const { return errors_; }

 private:
  Json until(const std::string& what, const std::function<bool(const Json&)>& wanted);

  Guest& guest_;
  LineWire& port_;
  std::vector<Json> heard_;
  std::string errors_;
};

inline constexpr const char* kPen = "4006381333931";
inline constexpr const char* kApples = "9521234000013";

// One [[device]] table; `more` are further lines of it.
std::string device(const std::string& name, const std::string& driver, const std::string& link,
                   const std::string& more = {});

}  // namespace cartwright::hardware
