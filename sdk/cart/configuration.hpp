#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/crypto.hpp"
#include "gs1/restricted.hpp"
#include "offers/totals.hpp"

namespace cartwright::cart {

enum class Isolation : std::uint8_t { process, in_line };

// One [[device]] table; what it may say is checked against the driver's manifest by the host.
struct DeviceEntry {
  std::string name;
  std::string driver;
  std::vector<std::string> links;  // in the manifest's order; "auto": found by the manifest
  bool probe = false;              // "auto" may open ports to find the device
  std::vector<std::string> units;  // in the manifest's order; empty: one unit, named as the device
  Isolation isolation = Isolation::process;
  std::string settings = "{}";   // a JSON object
  std::string place;             // FILE:LINE, for messages
  std::filesystem::path record;  // where to record its links; empty: not

  // As events and commands name them.
  std::vector<std::string> unit_names() const;
};

struct StoreEntry {
  std::string gln;  // 13 digits with a right check digit
  std::string zone;
  int cut_over_minutes = 0;
  offers::PriceRules rules;
  std::vector<std::string> price_zones;            // that offers may name
  std::optional<gs1::RestrictedRules> restricted;  // what the store's own numbers mean
};

struct JourneyEntry {
  std::string sink;  // the unit that delivers; empty: journeys wait on the cart
  std::optional<PublicKey> hub_key;
};

// A cart's configuration file, read once and whole. Paths in it are relative to the file.
struct Configuration {
  std::string cart_id;
  std::filesystem::path state;    // folder of trips, outbox and keys
  std::filesystem::path catalog;  // folder of a CatalogStore
  std::filesystem::path offers;   // folder of an OfferStore; empty: the store has no offers
  std::vector<std::filesystem::path> plugin_dirs;
  std::uint32_t weighing_timeout_ms = 15'000;
  std::string welcome;  // what displays show between trips
  StoreEntry store;
  JourneyEntry journey;
  std::vector<DeviceEntry> devices;
};

// The files of a state folder: trips and outbox in one database, and the key that signs batches.
std::filesystem::path database_file(const std::filesystem::path& state);
std::filesystem::path key_file(const std::filesystem::path& state);

// Error invalid_input names file, line and the nearest key.
Configuration read_configuration(const std::filesystem::path& file);

}  // namespace cartwright::cart
