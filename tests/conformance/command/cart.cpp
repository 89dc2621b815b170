#include "cart.hpp"

#include <csignal>

namespace cartwright::conformance {
namespace {

constexpr const char* kCatalog =
    R"({"product":"pen","gtins":["4006381333931"],"name":"Pen","sold_by":"piece","price_minor":250,"tax":"standard"}
{"product":"apples","gtins":["9521234000013"],"name":"Apples","sold_by":"kg","price_minor":300,"tax":"standard"}
)";

Strings simulation(const Store& store, const std::string& protocol, const std::string& name,
                   const Strings& more) {
  Strings arguments{"simulate", protocol, "--json", "--link", "pty:" + store.file(name)};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

bool covers(const Json& event, const Json& fields) {
  for (const auto& [key, value] : fields.items()) {
    if (!event.contains(key) || event[key] != value) return false;
  }
  return true;
}

}  // namespace

Store::Store(const std::string& devices, const std::string& journey, const std::string& cart) {
  scratch.write("catalog.jsonl", kCatalog);
  const Result imported =
      run({"catalog", "--dir", file("catalog"), "import", file("catalog.jsonl")});
  if (imported.code != 0) throw std::runtime_error(imported.errors);
  scratch.write("cart.toml", "[cart]\nid = \"cart-1\"\nstate = \"state\"\ncatalog = \"catalog\"\n" +
                                 cart +
                                 "[store]\ngln = \"9521234000013\"\nzone = \"Europe/Berlin\"\n"
                                 "currency = \"EUR\"\n[store.taxes]\nstandard = 1900\n" +
                                 journey + devices);
}

void Store::change(const std::string& from, const std::string& to) const {
  std::string text = content_of(configuration());
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("nothing to change: " + from);
  scratch.write("cart.toml", text.replace(at, from.size(), to));
}

Result Store::cart_command(Strings arguments) const {
  arguments.insert(arguments.begin() + 1, {"--config", configuration()});
  return run(arguments);
}

std::string device(const std::string& name, const std::string& driver, const std::string& link,
                   const std::string& more) {
  return "[[device]]\nname = \"" + name + "\"\ndriver = \"" + driver + "\"\n" +
         (link.empty() ? "" : "link = \"" + link + "\"\n") + more;
}

Json Told::until(const std::string& what, const std::function<bool(const Json&)>& wanted) {
  while (const auto line = process.line()) {
    Json json = Json::parse(*line, nullptr, false);
    if (json.is_discarded()) {
      ADD_FAILURE() << "no JSON: " << *line;
    } else if (json.is_object() && wanted(json)) {
      return json;
    }
  }
  ADD_FAILURE() << "never came: " << what << "\n" << process.output() << process.errors();
  return {};
}

int Told::end() {
  process.close_input();
  const int code = process.wait();
  EXPECT_EQ(process.errors(), "");
  return code;
}

Json RunningCart::reply(const std::string& word) {
  say(word);
  const std::string name = word.substr(0, word.find(' '));
  return until("reply to " + word,
               [&](const Json& json) { return json.value("reply", "") == name; });
}

Json RunningCart::event(const std::string& name, const Json& fields) {
  return until(name + " " + fields.dump(), [&](const Json& json) {
    return json.value("event", "") == name && covers(json, fields);
  });
}

Json RunningCart::trip() {
  say("trip");
  return until("trip", [](const Json& json) { return json.contains("lines"); });
}

Device::Device(const Store& store, const std::string& protocol, const std::string& name,
               const Strings& more)
    : Told(simulation(store, protocol, name, more)) {
  until("ready", [](const Json& json) { return json.contains("ready"); });
}

void Device::kill() {
  process.signal(SIGKILL);
  process.wait();
}

}  // namespace cartwright::conformance
