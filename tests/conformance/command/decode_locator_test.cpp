#include "effects.hpp"

namespace cartwright::conformance {
namespace {

using testing::ElementsAre;

constexpr const char* kReset = "01030c00";

std::string event(const std::string& fields) {
  return R"({"effect":"event","type":)" + fields + "}";
}

TEST(DecodeBeacon, tells_an_ibeacon) {
  EXPECT_THAT(
      decode(
          {"locator-ble", "--hex",
           "043e2a02010300ecf800eef30c1e0201041aff4c0002158deefbb9f7384297804096668bb4428113880f4e"
           "c1bb"}),
      ElementsAre(send(kReset),
                  event(R"("locator.beacon","format":"ibeacon","address":"0c:f3:ee:00:f8:ec",)"
                        R"("uuid":"8deefbb9-f738-4297-8040-96668bb44281","major":5000,)"
                        R"("minor":3918,"tx":-63,"rssi":-69)")));
}

TEST(DecodeBeacon, tells_an_eddystone_tlm_that_comes_in_pieces) {
  EXPECT_THAT(decode({"locator-ble", "--hex", "043e25020100006d5f57c51701190201060303aafe",
                      "1116aafe20000c3c200000000fbc000049bab7"}),
              ElementsAre(send(kReset), event(R"("locator.beacon","format":"eddystone-tlm",)"
                                              R"("address":"01:17:c5:57:5f:6d","rssi":-73,)"
                                              R"("battery_mv":3132,"temperature_centi":3200)")));
}

TEST(DecodeBeacon, tells_nothing_of_a_phone) {
  // Apple Nearby Info, then exposure notification, both from random addresses.
  EXPECT_THAT(decode({"locator-ble", "--log", "--hex",
                      "043e1a0201000155443322115a0e0201060aff4c001005031c6b2f41c4",
                      "043e2802010301eeddccbbaa4b1c03036ffd17166ffd00112233445566778899aabbccddeeff"
                      "40000000c4"}),
              ElementsAre(send(kReset)));
}

TEST(DecodeBeacon, leaves_what_is_incomplete_and_faults_what_is_garbage) {
  EXPECT_THAT(decode({"locator-ble", "--hex", "043e2a020103"}),
              ElementsAre(send(kReset), pending_bytes(6)));
  const Strings lines = decode({"locator-ble", "--hex", "0011223344"});
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(Json::parse(lines[1]).value("effect", ""), "fault");
}

TEST(DecodePosition, tells_the_three_kinds_of_lines) {
  EXPECT_THAT(
      decode({"locator-dwm1001", "--hex", hex_of("POS,7.10,5.24,-2.03,53\r\n"),
              hex_of("DIST,1,AN0,2F2F,3.05,2.68,0.00,2.21,POS,1.59,1.65,1.27,44\r\n"),
              hex_of("022E[7.94,8.03,0.00]=3.38 le_us=3082 est[6.97,5.17,-1.77,53]\r\n")}),
      ElementsAre(
          event(R"("locator.position","x_mm":7100,"y_mm":5240,"z_mm":-2030,"quality":53)"),
          event(R"("locator.position","x_mm":1590,"y_mm":1650,"z_mm":1270,"quality":44)"),
          event(R"("locator.position","x_mm":6970,"y_mm":5170,"z_mm":-1770,"quality":53)")));
}

TEST(DecodePosition, drops_a_damaged_line_with_a_fault_and_leaves_an_open_one) {
  const Strings lines =
      decode({"locator-dwm1001", "--hex", hex_of("POS,7.1#,5.24,-2.03,53\r\nPOS,7.10")});
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(Json::parse(lines[0]).value("effect", ""), "fault");
  EXPECT_EQ(lines[1], R"({"effect":"pending","hex":")" + hex_of("POS,7.10") + "\"}");
}

}  // namespace
}  // namespace cartwright::conformance
