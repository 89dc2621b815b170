#include "guest.hpp"

#include <algorithm>
#include <stdexcept>

namespace cartwright::hardware {
namespace {

constexpr const char* kCatalog =
    R"({"product":"pen","gtins":["4006381333931"],"name":"Pen","sold_by":"piece","price_minor":250,"tax":"standard"}
{"product":"apples","gtins":["9521234000013"],"name":"Apples","sold_by":"kg","price_minor":300,"tax":"standard"}
)";

constexpr const char* kConfiguration = R"([cart]
id = "cart-1"
state = "state"
catalog = "catalog"
[store]
gln = "9521234000013"
zone = "UTC"
currency = "EUR"
[store.taxes]
standard = 1900
)";

}  // namespace

Json Answer::json() const {
  Json parsed = Json::parse(output, nullptr, false);
  if (parsed.is_discarded()) throw std::runtime_error("no JSON in the guest: " + output);
  return parsed;
}

Guest::Guest(Machine& machine) : port_(machine.shell_port()) {
  while (port_.line("the guest to boot") != "ready") {
  }
  output_of("mkdir /tmp/store");
  write_file("/tmp/store/catalog.jsonl", kCatalog);
  output_of("cartwright catalog --dir /tmp/store/catalog import /tmp/store/catalog.jsonl");
}

Answer Guest::run(const std::string& command) {
  // Nothing but this says the words; a command's own output can not be taken for its end.
  const std::string mark = "=end " + std::to_string(++count_) + "= ";
  port_.write("{ " + command + "\n} </dev/null 2>&1\necho \"" + mark + "$?\"\n");
  Answer answer;
  for (;;) {
    const std::string line = port_.line("the end of: " + command);
    const std::size_t end = line.find(mark);
    answer.output += line.substr(0, end);
    if (end == std::string::npos) {
      answer.output += '\n';
      continue;
    }
    answer.code = std::stoi(line.substr(end + mark.size()));
    return answer;
  }
}

std::string Guest::output_of(const std::string& command) {
  const Answer answer = run(command);
  if (answer.code != 0) {
    throw std::runtime_error("in the guest, " + command + " ends with " +
                             std::to_string(answer.code) + ": " + answer.output);
  }
  return answer.output;
}

void Guest::write_file(const std::string& path, const std::string& text) {
  output_of("cat >" + path + " <<'=text='\n" + text + "=text=");
}

void Guest::await_device(const std::string& path, bool there) {
  output_of(std::string("udevadm wait --initialized=false --timeout=60 ") +
            (there ? "" : "--removed ") + path);
}

GuestCart::GuestCart(Guest& guest, Machine& machine, const std::string& devices,
                     const std::string& user)
    : guest_(guest), port_(machine.program_port()) {
  guest_.output_of("rm -rf /tmp/store/state");
  guest_.write_file("/tmp/store/cart.toml", kConfiguration + devices);
  // What an earlier cart still said is no concern of this one.
  while (port_.take_line()) {
  }
  guest_.output_of("chown -R " + user + " /tmp/store");
  guest_.output_of("su -s /bin/sh " + user +
                   " -c 'exec cartwright run --json --config /tmp/store/cart.toml' "
                   "<>/dev/vport0p2 >&0 2>/tmp/store/errors &");
}

void GuestCart::say(const std::string& word) {
  port_.write(word + "\n");
}

Json GuestCart::until(const std::string& what, const std::function<bool(const Json&)>& wanted) {
  std::string heard;
  for (;;) {
    std::string line;
    try {
      line = port_.line(what);
    } catch (const std::exception& error) {
      throw std::runtime_error(std::string(error.what()) + "; the cart said meanwhile:\n" + heard +
                               guest_.run("cat /tmp/store/errors").output);
    }
    heard += line + "\n";
    Json json = Json::parse(line, nullptr, false);
    if (!json.is_object()) continue;
    heard_.push_back(json);
    if (wanted(json)) return json;
  }
}

Json GuestCart::reply(const std::string& word) {
  say(word);
  const std::string name = word.substr(0, word.find(' '));
  return until("the reply to " + word,
               [&](const Json& json) { return json.value("reply", "") == name; });
}

std::string GuestCart::outcome(const std::string& word) {
  say(word);
  const std::string name = word.substr(0, word.find(' '));
  const Json answer = until("the outcome of " + word, [&](const Json& json) {
    return json.contains(name) && json.contains("status");
  });
  return answer["status"];
}

std::vector<Json> GuestCart::heard(const std::string& name) const {
  std::vector<Json> events;
  for (const Json& one : heard_) {
    if (one.value("event", "") == name) events.push_back(one);
  }
  return events;
}

std::size_t GuestCart::ups() const {
  const std::vector<Json> changes = heard("device_changed");
  return static_cast<std::size_t>(
      std::ranges::count_if(changes, [](const Json& one) { return one["state"] == "up"; }));
}

Json GuestCart::event(const std::string& name, const Json& fields) {
  return until("the event " + name + " " + fields.dump(), [&](const Json& json) {
    if (json.value("event", "") != name) return false;
    for (const auto& [key, value] : fields.items()) {
      if (!json.contains(key) || json[key] != value) return false;
    }
    return true;
  });
}

Json GuestCart::device(const std::string& name, const std::string& state) {
  return event("device_changed", {{"name", name}, {"state", state}});
}

int GuestCart::end() {
  reply("quit");
  const int code = guest_.run("wait $!").code;
  errors_ = guest_.run("cat /tmp/store/errors").output;
  return code;
}

std::string device(const std::string& name, const std::string& driver, const std::string& link,
                   const std::string& more) {
  return "[[device]]\nname = \"" + name + "\"\ndriver = \"" + driver + "\"\nlink = \"" + link +
         "\"\n" + more;
}

}  // namespace cartwright::hardware
