#include "effects.hpp"

namespace cartwright::conformance {
namespace {

using testing::ElementsAre;

// The scale's driver when it is not asking by itself, so that what comes is what is told.
Strings told(const std::string& config, const std::vector<std::string>& frames) {
  Strings arguments{"scale-toledo8217", "--config", config, "--hex"};
  for (const std::string& frame : frames) arguments.push_back(hex_of(frame));
  return decode(arguments);
}
Strings told(const std::vector<std::string>& frames) {
  return told(R"({"live":false})", frames);
}

std::string weight(const std::string& body) {
  return R"({"effect":"event","type":"scale.weight",)" + body + "}";
}

TEST(DecodeScale, prints_what_the_link_up_sends_before_anything_else) {
  EXPECT_THAT(
      decode({"scale-toledo8217", "--hex", "0230312e3235300d"}),
      ElementsAre(send("57"),
                  weight(R"("indicated":"1.250","unit":"kg","micrograms":1250000000,"grams":1250,)"
                         R"("stable":true,"net":false,"zero":false)")));
  EXPECT_THAT(decode({"scale-toledo8217"}), ElementsAre(send("57")));
}

TEST(DecodeScale, says_a_net_weight_as_net) {
  EXPECT_THAT(
      told({"\x02"
            "01.250N\r"}),
      ElementsAre(weight(R"("indicated":"1.250","unit":"kg","micrograms":1250000000,"grams":1250,)"
                         R"("stable":true,"net":true,"zero":false)")));
}

TEST(DecodeScale, says_grams_only_where_they_are_whole_and_rounds_micrograms_half_even) {
  const auto facts = [](const std::string& unit, const std::string& digits) {
    const Strings lines =
        told(R"({"live":false,"unit":")" + unit + "\"}", {"\x02" + digits + "\r"});
    const Json json = lines.size() == 1 ? Json::parse(lines[0]) : Json::object();
    return std::pair(json.value("micrograms", std::int64_t{-1}),
                     json.value("grams", std::int64_t{-1}));
  };
  EXPECT_EQ(facts("kg", "12.345"), std::pair(12'345'000'000L, 12'345L));
  EXPECT_EQ(facts("g", "  1250"), std::pair(1'250'000'000L, 1'250L));
  // An ounce is 28 349 523.125 micrograms, a pound 453 592 370.
  EXPECT_EQ(facts("oz", "    4"), std::pair(113'398'092L, -1L)) << "...092.5 goes to the even 092";
  EXPECT_EQ(facts("oz", "   12"), std::pair(340'194'278L, -1L)) << "...277.5 goes to the even 278";
  EXPECT_EQ(facts("oz", "    8"), std::pair(226'796'185L, -1L));
  EXPECT_EQ(facts("oz", "120.5"), std::pair(3'416'117'537L, -1L));
  EXPECT_EQ(facts("lb", "000.05"), std::pair(22'679'618L, -1L)) << "...618.5 goes to the even 618";
  EXPECT_EQ(facts("lb", "000.15"), std::pair(68'038'856L, -1L)) << "...855.5 goes to the even 856";
  EXPECT_EQ(facts("lb", "001.00"), std::pair(453'592'370L, -1L));
  EXPECT_EQ(facts("lb", "100.00"), std::pair(45'359'237'000L, -1L));
}

TEST(DecodeScale, tells_a_stable_zero_as_a_status_and_no_weight) {
  EXPECT_THAT(told({"\x02"
                    "00.000\r"}),
              ElementsAre(scale_status("stable_zero")));
}

TEST(DecodeScale, tells_each_status_of_the_scale) {
  const auto status = [](char bits) { return told({std::string("\x02?") + bits + "\r"}); };
  EXPECT_THAT(status(0x41), ElementsAre(scale_status("in_motion")));
  EXPECT_THAT(status(0x42), ElementsAre(scale_status("over_capacity")));
  EXPECT_THAT(status(0x44), ElementsAre(scale_status("under_zero")));
  EXPECT_THAT(status(0x48), ElementsAre(scale_status("needs_zero")));
  EXPECT_THAT(status(0x50), ElementsAre(scale_status("stable_zero")));
  EXPECT_THAT(status(0x43), ElementsAre(scale_status("in_motion"), scale_status("over_capacity")));
}

TEST(DecodeScale, says_not_ready_when_no_answer_comes) {
  EXPECT_THAT(decode({"scale-toledo8217", "--advance", "499"}), ElementsAre(send("57")));
  EXPECT_THAT(decode({"scale-toledo8217", "--advance", "500"}),
              ElementsAre(send("57"), scale_status("not_ready")));
}

TEST(DecodeScale, calls_garbage_a_fault_and_incomplete_pending) {
  const Strings lines = told({"\xff\xfe\x01",
                              "\x02"
                              "01."});
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(Json::parse(lines[0]).value("effect", ""), "fault");
  EXPECT_EQ(lines[1], pending("0230312e"));
}

TEST(DecodeScale, ends_each_command_once_with_a_status_of_the_closed_list) {
  const std::string read = R"({"read":{}})";
  EXPECT_THAT(
      decode({"scale-toledo8217", "--config", R"({"live":false})", "--command", read, "--hex",
              "0230312e3235300d"}),
      ElementsAre(send("57"),
                  weight(R"("indicated":"1.250","unit":"kg","micrograms":1250000000,"grams":1250,)"
                         R"("stable":true,"net":false,"zero":false)"),
                  R"({"effect":"done","op":1,"status":"ok","result":{"type":"scale.read_result",)"
                  R"("indicated":"1.250","unit":"kg","micrograms":1250000000,"grams":1250,)"
                  R"("stable":true,"net":false,"zero":false}})"));
  EXPECT_THAT(decode({"scale-toledo8217", "--config", R"({"live":false})", "--command", read,
                      R"({"zero":{}})"}),
              ElementsAre(send("57"), done(2, "busy")));
  EXPECT_THAT(decode({"scale-toledo8217", "--command", R"({"show":{"lines":["x"]}})"}),
              ElementsAre(send("57"), done(1, "unsupported")));
  EXPECT_THAT(decode({"scale-toledo8217", "--command",
                      R"({"tare":{"indicated":"0.200","unit":"kg"}})", "--hex", "023f600d"}),
              ElementsAre(send("57"), send("5430303230300d"), done(1, "ok")));
  EXPECT_THAT(
      decode({"scale-toledo8217", "--command", R"({"tare":{"indicated":"0.2001","unit":"kg"}})"}),
      ElementsAre(send("57"), done(1, "invalid")));
}

TEST(DecodeScale, ends_a_command_at_its_deadline_when_time_passes) {
  const Strings lines = decode({"scale-toledo8217", "--config", R"({"live":false,"poll_ms":5000})",
                                "--command", R"({"read":{}})", "--advance", "8000"});
  EXPECT_THAT(lines, testing::Contains(done(1, "timeout")).Times(1));
}

TEST(DecodeScale, gives_the_same_for_a_mock) {
  EXPECT_THAT(decode({"mock-scale", "--hex", hex_of("place 1.250 kg"), "--hex", hex_of("motion"),
                      "--hex", hex_of("remove"), hex_of("overload"), hex_of("error")}),
              testing::IsSupersetOf(
                  {weight(R"("indicated":"1.250","unit":"kg","micrograms":1250000000,"grams":1250,)"
                          R"("stable":true,"net":false,"zero":false)"),
                   scale_status("in_motion"), scale_status("stable_zero"),
                   scale_status("over_capacity"), scale_status("fault")}));
}

}  // namespace
}  // namespace cartwright::conformance
