#include "cart/configuration.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/config.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/nearest.hpp"
#include "gs1/gtin.hpp"

namespace cartwright::cart {
namespace {

using std::filesystem::path;

path resolved(const path& folder, const std::string& text) {
  return path(text).is_absolute() ? path(text) : folder / text;
}

int cut_over_of(ConfigTable& store) {
  const std::string text = store.text("cut_over").value_or("00:00");
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4)) {
    const int hours = (text[0] - '0') * 10 + (text[1] - '0');
    const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
    if (hours < 24 && minutes < 60) return hours * 60 + minutes;
  }
  store.fail("cut_over", "cut_over must be a time of day as \"04:00\", not \"" + text + "\"");
}

// Whether the key says the second of two words; the first is the default.
bool second_word(ConfigTable& table, const char* key,
                 const std::array<std::string_view, 2>& words) {
  const std::string text = table.text(key).value_or(std::string(words[0]));
  if (text == words[0] || text == words[1]) return text == words[1];
  table.fail(key, std::string(key) + " must be \"" + std::string(words[0]) + "\" or \"" +
                      std::string(words[1]) + "\", not \"" + text + "\"");
}

offers::PriceRules price_rules_of(ConfigTable& store) {
  offers::PriceRules rules;
  try {
    rules.currency = offers::currency(store.required_text("currency"));
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::not_found) throw;
    store.fail("currency", error.what());
  }
  rules.round_total_to = offers::Money(store.integer("round_total_to_minor").value_or(1));
  if (rules.round_total_to.minor() < 1) {
    store.fail("round_total_to_minor", "round_total_to_minor must be 1 or more");
  }
  if (second_word(store, "tax_rounding", offers::kHalvesWords)) {
    rules.tax_halves = offers::Halves::even;
  }
  if (second_word(store, "tax_per", offers::kTaxPerWords)) rules.tax_per = offers::TaxPer::line;
  const bool on_top = store.boolean("prices_without_tax").value_or(false);
  ConfigTable taxes = store.table("taxes");
  for (const std::string& name : taxes.keys()) {
    const std::int64_t bps = taxes.required_integer(name);
    if (bps < 0 || bps > 10'000) {
      taxes.fail(name, "tax \"" + name + "\" must be 0 to 10000 basis points (1900 is 19 %)");
    }
    rules.taxes[name] = {bps,
                         on_top ? offers::TaxPlacement::on_top : offers::TaxPlacement::included};
  }
  if (rules.taxes.empty()) {
    store.finish();  // names a mistyped [store.taxes]
    store.fail({}, "[store.taxes] must name at least one tax class, e.g. standard = 1900");
  }
  return rules;
}

// A built-in set by its region's name, or a file with one's own.
std::optional<gs1::RestrictedRules> restricted_of(ConfigTable& store, const path& folder,
                                                  const offers::Currency& currency) {
  constexpr const char* kKey = "restricted_numbers";
  const std::optional<std::string> text = store.text(kKey);
  if (!text) return std::nullopt;
  gs1::RestrictedRules rules;
  if (const gs1::RestrictedRules* known = gs1::restricted_rules(*text)) {
    rules = *known;
  } else if (text->find('.') == std::string::npos && text->find('/') == std::string::npos) {
    std::string all;
    for (const std::string_view region : gs1::restricted_regions()) {
      all += (all.empty() ? "" : ", ") + std::string(region);
    }
    store.fail(kKey, std::string(kKey) + " \"" + *text + "\" is none of " + all +
                         " and no file with rules of your own (RULES.json)" +
                         did_you_mean(*text, gs1::restricted_regions()));
  } else {
    try {
      rules = gs1::parse_restricted_rules(read_file(resolved(folder, *text)));
    } catch (const Error& error) {
      store.fail(kKey, std::string(kKey) + " \"" + *text + "\": " + error.what());
    }
  }
  if (!rules.currency.empty() && rules.currency != currency.code) {
    store.fail(kKey, std::string(kKey) + " \"" + *text + "\" reads prices in " + rules.currency +
                         ", and the store's currency is " + std::string(currency.code));
  }
  return rules;
}

StoreEntry store_of(ConfigTable store, const path& folder) {
  StoreEntry entry;
  entry.gln = store.required_text("gln");
  if (entry.gln.size() != 13 || !gs1::has_valid_check_digit(entry.gln)) {
    store.fail("gln", "gln \"" + entry.gln + "\" is no GLN: 13 digits with a right check digit");
  }
  entry.zone = store.required_text("zone");
  entry.cut_over_minutes = cut_over_of(store);
  entry.price_zones = store.texts("price_zones");
  entry.rules = price_rules_of(store);
  entry.restricted = restricted_of(store, folder, entry.rules.currency);
  store.finish();
  return entry;
}

// The key itself in hex, or a file that holds it.
PublicKey hub_key_of(ConfigTable& journey, const path& folder, const std::string& text) {
  std::optional<Bytes> bytes = from_hex(text);
  if (!bytes) {
    try {
      bytes = from_hex(read_file(resolved(folder, text)));
    } catch (const Error& error) {
      journey.fail("hub_key",
                   std::string("hub_key is neither 64 hex digits nor a file: ") + error.what());
    }
  }
  PublicKey key;
  if (!bytes || bytes->size() != key.size()) {
    journey.fail("hub_key", "hub_key must be an Ed25519 public key, 64 hex digits");
  }
  std::copy(bytes->begin(), bytes->end(), key.begin());
  return key;
}

JourneyEntry journey_of(ConfigTable journey, const path& folder) {
  JourneyEntry entry;
  entry.sink = journey.text("sink").value_or("");
  if (const auto text = journey.text("hub_key")) entry.hub_key = hub_key_of(journey, folder, *text);
  journey.finish();
  if (!entry.sink.empty() && !entry.hub_key) {
    journey.fail("sink",
                 "a sink needs hub_key: the cart deletes on that hub's signed receipts alone");
  }
  return entry;
}

DeviceEntry device_of(ConfigTable& device, const path& folder) {
  DeviceEntry entry;
  entry.place = device.place();
  entry.name = device.required_text("name");
  entry.driver = device.required_text("driver");
  entry.units = device.texts("units");
  entry.links = device.texts("links");
  if (const auto link = device.text("link")) {
    if (!entry.links.empty()) device.fail("link", "write link or links, not both");
    entry.links.push_back(*link);
  }
  entry.probe = device.boolean("probe").value_or(false);
  if (entry.probe && entry.links != std::vector<std::string>{"auto"}) {
    device.fail("probe",
                "probe = true goes with link = \"auto\": it lets the cart open ports, and write to "
                "them, to find the device");
  }
  const std::string isolation = device.text("isolation").value_or("process");
  if (isolation != "process" && isolation != "inline") {
    device.fail("isolation",
                "isolation must be \"process\" or \"inline\", not \"" + isolation + "\"");
  }
  entry.isolation = isolation == "process" ? Isolation::process : Isolation::in_line;
  entry.settings = device.table("settings").json();
  if (const auto record = device.text("record")) entry.record = resolved(folder, *record);
  device.finish();
  return entry;
}

std::vector<DeviceEntry> devices_of(std::vector<ConfigTable> tables, const path& folder) {
  std::vector<DeviceEntry> devices;
  std::set<std::string> names;
  std::set<std::string> units;
  for (ConfigTable& table : tables) {
    devices.push_back(device_of(table, folder));
    const DeviceEntry& device = devices.back();
    if (!names.insert(device.name).second) {
      table.fail("name", "two devices are called \"" + device.name + "\"");
    }
    for (const std::string& unit : device.unit_names()) {
      if (!units.insert(unit).second) {
        table.fail(device.units.empty() ? "name" : "units",
                   "two devices have a unit called \"" + unit + "\"");
      }
    }
  }
  return devices;
}

void check_sink(const ConfigTable& journey, const std::string& sink,
                const std::vector<DeviceEntry>& devices) {
  if (sink.empty()) return;
  std::vector<std::string> names;
  for (const DeviceEntry& device : devices) {
    for (const std::string& unit : device.unit_names()) names.push_back(unit);
  }
  if (std::find(names.begin(), names.end(), sink) != names.end()) return;
  const std::vector<std::string_view> known(names.begin(), names.end());
  journey.fail("sink", "sink \"" + sink + "\" is no device or unit of this file" +
                           did_you_mean(sink, known));
}

}  // namespace

std::vector<std::string> DeviceEntry::unit_names() const {
  return units.empty() ? std::vector{name} : units;
}

path database_file(const path& state) {
  return state / "cart.db";
}
path key_file(const path& state) {
  return state / "cart.key";
}

namespace {

void read_cart(ConfigTable cart, const path& folder, Configuration& configuration) {
  configuration.cart_id = cart.required_text("id");
  configuration.state = resolved(folder, cart.required_text("state"));
  configuration.catalog = resolved(folder, cart.required_text("catalog"));
  if (const auto offers = cart.text("offers")) configuration.offers = resolved(folder, *offers);
  for (const std::string& dir : cart.texts("plugin_dirs")) {
    configuration.plugin_dirs.push_back(resolved(folder, dir));
  }
  const std::int64_t timeout = cart.integer("weighing_timeout_ms").value_or(15'000);
  if (timeout < 1'000 || timeout > 600'000) {
    cart.fail("weighing_timeout_ms", "weighing_timeout_ms must be 1000 to 600000");
  }
  configuration.weighing_timeout_ms = static_cast<std::uint32_t>(timeout);
  configuration.welcome = cart.text("welcome").value_or("Welcome");
  cart.finish();
}

}  // namespace

Configuration read_configuration(const path& file) {
  ConfigTable top = ConfigTable::read(file);
  const path folder = file.has_parent_path() ? file.parent_path() : path(".");
  ConfigTable cart = top.table("cart");
  ConfigTable store = top.table("store");
  ConfigTable journey = top.table("journey");
  // A mistyped table is told as such, not by the keys that its right name lacks.
  const std::vector<ConfigTable> devices = top.tables("device");
  top.finish();

  Configuration configuration;
  read_cart(std::move(cart), folder, configuration);
  configuration.store = store_of(std::move(store), folder);
  configuration.journey = journey_of(journey, folder);
  configuration.devices = devices_of(devices, folder);
  check_sink(journey, configuration.journey.sink, configuration.devices);
  return configuration;
}

}  // namespace cartwright::cart
