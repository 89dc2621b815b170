#include "effects.hpp"

namespace cartwright::conformance {
namespace {

using testing::ElementsAre;

std::string event(const std::string& type, const std::string& fields) {
  return R"({"effect":"event","type":")" + type + "\"," + fields + "}";
}
std::string weight(const std::string& indicated, const std::string& unit,
                   const std::string& micrograms, const std::string& flags) {
  return event("scale.weight", R"("indicated":")" + indicated + R"(","unit":")" + unit +
                                   R"(","micrograms":)" + micrograms + "," + flags);
}
const std::string resting = R"("stable":true,"net":false,"zero":false)";
const std::string moving = R"("stable":false,"net":false,"zero":false)";

const std::string sics_asks = send("53490d0a");
const std::string sma_asks = send("0a570d");

TEST(DecodeScales, mt_sics_weights_and_statuses) {
  EXPECT_THAT(decode({"scale-mtsics", "--hex", hex_of("S S     100.00 g\r\n")}),
              ElementsAre(sics_asks, weight("100.00", "g", R"(100000000,"grams":100)", resting)));
  EXPECT_THAT(decode({"scale-mtsics", "--hex", hex_of("S D      98.305 g\r\n")}),
              ElementsAre(sics_asks, weight("98.305", "g", "98305000", moving)));
  EXPECT_THAT(decode({"scale-mtsics", "--hex", hex_of("S S       0.00 g\r\n")}),
              ElementsAre(sics_asks, scale_status("stable_zero")));
  EXPECT_THAT(decode({"scale-mtsics", "--hex", hex_of("S +\r\nS -\r\n"), hex_of("S I\r\n")}),
              ElementsAre(sics_asks, scale_status("over_capacity"), scale_status("under_zero"),
                          scale_status("not_ready")));
  EXPECT_THAT(decode({"scale-mtsics", "--hex", hex_of("I4 A \"1234567\"\r\n")}),
              ElementsAre(sics_asks, event("device.info", R"("serial":"1234567")")));
  EXPECT_THAT(decode({"scale-mtsics", "--hex", hex_of("S S   1")}),
              ElementsAre(sics_asks, pending(hex_of("S S   1"))));
}

TEST(DecodeScales, mt_sics_commands) {
  const std::string answered = hex_of("S S     100.00 g\r\n");
  const std::string told = weight("100.00", "g", R"(100000000,"grams":100)", resting);
  EXPECT_THAT(decode({"scale-mtsics", "--hex", answered, "--command", R"({"zero":{}})", "--hex",
                      hex_of("Z A\r\n")}),
              ElementsAre(sics_asks, told, send(hex_of("Z\r\n")), done(1, "ok")));
  EXPECT_THAT(decode({"scale-mtsics", "--hex", answered, "--command",
                      R"({"tare":{"indicated":"0.0125","unit":"kg"}})", "--hex",
                      hex_of("TA A      12.50 g\r\n")}),
              ElementsAre(sics_asks, told, send(hex_of("TA 12.5 g\r\n")), done(1, "ok")));
  EXPECT_THAT(decode({"scale-mtsics", "--hex", answered, "--command", R"({"tare_load":{}})",
                      "--hex", hex_of("T +\r\n")}),
              ElementsAre(sics_asks, told, send(hex_of("T\r\n")), done(1, "out_of_range")));
}

TEST(DecodeScales, sma_weights_and_statuses) {
  EXPECT_THAT(decode({"scale-sma", "--hex", "0a20314720202020202020312e3235306b675f0d"}),
              ElementsAre(sma_asks, weight("1.250", "kg", R"(1250000000,"grams":1250)", resting)));
  EXPECT_THAT(decode({"scale-sma", "--hex", hex_of("\n 1N        2.76lb_\r")}),
              ElementsAre(sma_asks, weight("2.76", "lb", "1251914941",
                                           R"("stable":true,"net":true,"zero":false)")));
  EXPECT_THAT(decode({"scale-sma", "--hex", "0a4531474d202d2d2d2d2d2d2d2d2d2d6b675f0d"}),
              ElementsAre(sma_asks, scale_status("in_motion")));
  EXPECT_THAT(decode({"scale-sma", "--hex", hex_of("\n 1T       0.200kg_\r")}),
              ElementsAre(sma_asks));
  EXPECT_THAT(
      decode({"scale-sma", "--hex", hex_of("\nCAP:kg_:15.000:5:3\r")}),
      ElementsAre(sma_asks,
                  event("scale.range", R"("capacity":"15.000","division":"0.005","unit":"kg")")));
}

TEST(DecodeScales, sma_commands) {
  const std::string answered = hex_of("\n 1G       1.250kg_\r");
  const std::string told = weight("1.250", "kg", R"(1250000000,"grams":1250)", resting);
  EXPECT_THAT(decode({"scale-sma", "--hex", answered, "--command",
                      R"({"tare":{"indicated":"200","unit":"g"}})", "--hex",
                      hex_of("\n 1N       1.050kg_\r")}),
              ElementsAre(sma_asks, told, send(hex_of("\nT0.200\r")),
                          weight("1.050", "kg", R"(1050000000,"grams":1050)",
                                 R"("stable":true,"net":true,"zero":false)"),
                          done(1, "ok")));
  EXPECT_THAT(decode({"scale-sma", "--hex", answered, "--command", R"({"check_health":{}})",
                      "--hex", "0a202020200d"}),
              ElementsAre(sma_asks, told, send(hex_of("\nD\r")), done(1, "ok")));
}

TEST(DecodeScales, continuous_weights_and_statuses) {
  EXPECT_THAT(decode({"scale-continuous", "--hex", hex_of("ST,GS,+0001.234kg\r\n"),
                      hex_of("US,NT,+0001.230kg\r\n"), hex_of("OL,+99999kg\r\n")}),
              ElementsAre(weight("1.234", "kg", R"(1234000000,"grams":1234)", resting),
                          weight("1.230", "kg", R"(1230000000,"grams":1230)",
                                 R"("stable":false,"net":true,"zero":false)"),
                          scale_status("over_capacity")));
  EXPECT_THAT(decode({"scale-continuous", "--advance", "2000"}),
              ElementsAre(scale_status("not_ready")));
  EXPECT_THAT(decode({"scale-continuous", "--command", R"({"zero":{}})", R"({"tare_load":{}})"}),
              ElementsAre(done(1, "unsupported"), done(2, "unsupported")));
}

}  // namespace
}  // namespace cartwright::conformance
