#include <gmock/gmock.h>

#include <random>

#include "simulators/protocols/ble_air.hpp"
#include "unit/drivers/bytes.hpp"
#include "unit/drivers/dialogue.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string store = "2f234454-cf6d-4a0f-adf2-f4911ba9ffa6";

std::string beacon(const std::string& at, const std::string& id, int dbm) {
  return at + " locator0 beacon " + id + " " + std::to_string(dbm) + "\n";
}

// The cart goes from the dairy to the fruit.
const std::string walk = beacon("0.1s", store + "/1/1", -60) + beacon("0.1s", store + "/2/1", -90) +
                         beacon("4s", store + "/1/1", -75) + beacon("4s", store + "/2/1", -72) +
                         beacon("8s", store + "/1/1", -90) + beacon("8s", store + "/2/1", -58);
const std::string map =
    nlohmann::json{{"beacons", store}, {"zones", store + "/1 = dairy; " + store + "/2 = fruit"}}
        .dump();

std::vector<std::string> zones_of(Rig& rig) {
  std::vector<std::string> zones;
  for (const auto& event : rig.take_events()) {
    if (event.at("type") == "locator.zone") zones.push_back(event.value("name", "-"));
  }
  return zones;
}

TEST(BleDialogue, tells_the_zones_that_the_cart_passes_and_does_not_flicker_between_them) {
  for (const char* extended : {"on", "off"}) {
    Dialogue cart("locator-ble", walk, {}, map, {{"extended", extended}, {"phones", "20"}});
    cart.run_until(14s);
    EXPECT_THAT(zones_of(cart.rig), ElementsAre("dairy", "fruit")) << extended;
    EXPECT_THAT(cart.rig.take_faults(), IsEmpty());
  }
}

TEST(BleDialogue, tells_that_the_cart_is_in_no_zone_once_all_are_silent) {
  Dialogue cart("locator-ble",
                walk + beacon("12s", store + "/1/1", -127) + beacon("12s", store + "/2/1", -127),
                {}, map);
  cart.run_until(24s);
  EXPECT_THAT(zones_of(cart.rig), ElementsAre("dairy", "fruit", "-"));
}

TEST(BleDialogue, goes_on_after_a_reboot_an_unplugging_and_a_silence) {
  Dialogue cart("locator-ble",
                beacon("0.1s", store + "/1/1", -60) +
                    "3s locator0 unplug 1s\n10s locator0 reboot\n30s locator0 silence 5s\n",
                {}, R"({"silence_s":5})");
  const auto heard = [&](std::chrono::seconds until) {
    cart.rig.take_events();
    cart.run_until(until);
    return !cart.rig.take_events().empty();
  };
  EXPECT_TRUE(heard(3s));
  EXPECT_TRUE(heard(8s));
  cart.run_until(18s);
  EXPECT_TRUE(heard(30s));
  cart.run_until(36s);
  EXPECT_TRUE(heard(50s));
}

TEST(BleDialogue, makes_nothing_up_through_garbage) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    std::string scenario =
        "seed " + std::to_string(seed) + "\n" + beacon("0.1s", store + "/5/1", -60);
    for (int i = 0; i < 30; ++i) scenario += "+100ms locator0 garbage 40\n";
    Dialogue cart("locator-ble", scenario, {}, "{}", {{"period_ms", "20"}});
    cart.run_until(5s);
    std::size_t count = 0;
    for (const auto& event : cart.rig.take_events()) {
      if (event.at("type") != "locator.beacon") continue;
      ++count;
      EXPECT_EQ(event.at("uuid"), store);
      EXPECT_EQ(event.at("minor"), 1);
    }
    EXPECT_GT(count, 10U);
    EXPECT_EQ(cart.rig.counters().rollbacks, 0U);
  }
}

// --- never a phone

// No part of a phone's advertisement longer than three bytes stands in `text`, nor its address in
// either order, plainly or in hexadecimal.
void expect_no_trace(const std::string& text, const simulators::Advertiser& phone) {
  const std::string address(phone.address.begin(), phone.address.end());
  const std::string reversed(phone.address.rbegin(), phone.address.rend());
  std::string written;
  for (const char c : reversed) {
    written += (written.empty() ? "" : ":") + to_hex_text(std::string(1, c));
  }
  for (const std::string& trace :
       {address, reversed, written, to_hex_text(address), to_hex_text(reversed),
        std::string("PHONE"), to_hex_text("PHONE"), std::string("FON")}) {
    EXPECT_THAT(text, Not(HasSubstr(trace))) << to_hex_text(trace);
  }
}

TEST(BlePrivacy, nothing_of_a_phone_is_told_logged_faulted_or_kept) {
  constexpr const char* phones = "60";
  for (const char* settings : {"{}", map.c_str()}) {
    for (const char* extended : {"on", "off"}) {
      std::string scenario = "seed 7\n" + walk;
      for (int i = 0; i < 20; ++i) scenario += "+200ms locator0 noise 9\n";
      Dialogue cart("locator-ble", scenario, {}, settings,
                    {{"extended", extended}, {"phones", phones}, {"period_ms", "50"}});
      std::string traces;
      for (auto now = 1s; now <= 14s; now += 1s) {
        cart.run_until(now);
        traces += cart.rig.state() + "\n";  // also what is kept between two calls
        for (const auto& event : cart.rig.take_events()) traces += event.dump() + "\n";
        for (const auto& fault : cart.rig.take_faults()) traces += fault + "\n";
        for (const auto& log : cart.rig.take_logs()) traces += log + "\n";
      }
      EXPECT_EQ(cart.rig.kept_bytes(), 0U);
      EXPECT_THAT(traces, HasSubstr(store)) << "the store's beacons are told";
      for (const auto& phone : simulators::make_phones(60)) expect_no_trace(traces, phone);
    }
  }
}

TEST(BlePrivacy, an_advertisement_of_a_phone_changes_no_byte_of_the_state) {
  Rig rig("locator-ble");
  rig.link_up();
  const auto event_of = [](const simulators::Advertiser& one) {
    std::string parameters{2, 1, 3, static_cast<char>(one.address_type)};
    parameters.append(one.address.begin(), one.address.end());
    parameters += static_cast<char>(one.data.size());
    parameters.append(one.data.begin(), one.data.end());
    parameters += static_cast<char>(one.rssi);
    return hex("043e") + static_cast<char>(parameters.size()) + parameters;
  };
  rig.arrive(event_of(simulators::make_phones(1)[0]));  // somebody is heard at this time
  const std::string before = rig.state();
  for (const auto& phone : simulators::make_phones(60)) {
    rig.arrive(event_of(phone));
    EXPECT_EQ(rig.pending(), "");
    EXPECT_EQ(rig.state(), before);
  }
  EXPECT_THAT(rig.take_events(), IsEmpty());
  EXPECT_THAT(rig.take_faults(), IsEmpty());
}

}  // namespace
}  // namespace cartwright::test
