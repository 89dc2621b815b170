#include "effects.hpp"
#include "scratch.hpp"

namespace cartwright::conformance {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string kRegistration = "06001c0000009e0978030006121201281a02200026040a0206d327031401ff";
const std::string kAccept = send("800000");
const std::string kStatus =
    "040f5a2700040000000025004909780c2255580d040522f0f8559883eeeeee80748702313b37353030373100000b"
    "000975196029525235350e24058a068c018bf1f14d617374657243617264002a38303430313139323620202020202"
    "0";

Strings zvt(Strings arguments, const std::string& transport = "tcp") {
  arguments.insert(arguments.begin(), {"terminal-zvt", "--transport", transport});
  return decode(arguments);
}

TEST(DecodeZvt, tells_a_status_with_what_it_has_and_answers_it) {
  EXPECT_THAT(
      zvt({"--hex", kStatus}),
      ElementsAre(R"({"effect":"event","type":"terminal.status","result":"0","amount_minor":2500,)"
                  R"("currency":"978","trace":975,"receipt":231,"card":"MasterCard",)"
                  R"("pan_masked":"559883******8074"})",
                  kAccept));
}

TEST(DecodeZvt, tells_notices_with_their_codes) {
  EXPECT_THAT(
      zvt({"--hex", "04ff0117", "--hex", "061e04b887ffff", "--hex", "060f00"}),
      ElementsAre(
          R"({"effect":"event","type":"terminal.intermediate","code":23,"text":"please wait"})",
          kAccept,
          R"({"effect":"event","type":"terminal.abort","code":184,"text":"pre-authorisation wrong"})",
          kAccept, R"({"effect":"event","type":"terminal.completion","code":0})", kAccept));
}

TEST(DecodeZvt, acknowledges_blocks_of_a_serial_line) {
  EXPECT_THAT(
      zvt({"--hex", "100206d11900476573616d742020202020203020202020202020302c30301003b5ab"},
          "serial"),
      ElementsAre(
          send("06"),
          R"({"effect":"event","type":"terminal.print","code":0,"text":"Gesamt      0       0,00"})",
          send("10028000001003f51f")));
}

TEST(DecodeZvt, registers_before_the_first_order) {
  const std::string order = R"({"authorize":{"amount_minor":1000,"currency":"978"}})";
  EXPECT_THAT(zvt({"--command", order}), ElementsAre(send(kRegistration)));
  const Strings lines = zvt({"--command", order, "--hex", "800000", "--hex", "060f00"});
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[1], kAccept);
  EXPECT_THAT(lines[2], HasSubstr(R"("effect":"keep")"));
  EXPECT_EQ(lines[3], send("06010a04000000001000490978"));
  EXPECT_THAT(zvt({"--command", order}, "serial").at(0), HasSubstr("1002" + kRegistration));
}

TEST(DecodeZvt, names_what_it_can_not_read_and_waits_for_the_rest) {
  EXPECT_THAT(zvt({"--hex", "040f0399aabb"}).at(0), HasSubstr("unknown BMP 99"));
  EXPECT_THAT(zvt({"--hex", "040f5a27"}), ElementsAre(pending_bytes(4)));
}

TEST(DecodeZvt, shows_no_card_number) {
  const Strings lines =
      zvt({"--hex", "06d118" + std::string("00") + hex_of("4111 1198 7654 3210 ok ")});
  EXPECT_THAT(lines.at(0), HasSubstr("4111 11** **** 3210"));
}

// A card number in a packet, and where it ends: as text, in BCD, as track 2, and as text in a block
// of a serial line.
struct Planted {
  const char* transport;
  std::string before;
  std::string number;
};
const Planted kPlanted[] = {
    {"tcp", "06d11800", hex_of("4111119876543210")},
    {"tcp", "040f5a270022f0f8", "4111119876543210"},
    {"tcp", "040f5a270023f1f9", "4111119876543210d25122015000000000000f"},
    {"serial", "100206d11800", hex_of("4111119876543210")},
};

bool shows_card_number(const std::string& text) {
  return text.find("9876") != std::string::npos || text.find("39383736") != std::string::npos;
}

TEST(DecodeZvt, shows_of_a_packet_that_is_cut_how_many_bytes_wait_and_nothing_of_a_card_number) {
  for (const Planted& planted : kPlanted) {
    for (std::size_t cut = 2; cut <= planted.number.size(); cut += 2) {
      const std::string hex = planted.before + planted.number.substr(0, cut);
      EXPECT_THAT(zvt({"--hex", hex}, planted.transport),
                  ElementsAre(pending_bytes(hex.size() / 2)));
    }
  }
}

TEST(DecodeZvt, shows_nothing_of_a_card_number_when_the_rest_never_comes_or_is_no_packet) {
  for (const Planted& planted : kPlanted) {
    const std::string whole = planted.before + planted.number;
    for (const std::string& hex : {whole, planted.number, whole + whole}) {
      for (const std::string& line :
           zvt({"--hex", hex, "--advance", "60000", "--log"}, planted.transport)) {
        EXPECT_FALSE(shows_card_number(line)) << line;
      }
    }
    const Result odd = run({"decode", "terminal-zvt", "--hex", whole + "0"});
    EXPECT_EQ(odd.code, 2);
    EXPECT_THAT(odd.errors, HasSubstr("is not hexadecimal"));
    EXPECT_FALSE(shows_card_number(odd.output + odd.errors)) << odd.errors;
  }
}

TEST(DecodeZvt, shows_nothing_of_a_card_number_that_a_recording_breaks_off_in) {
  const Scratch scratch;
  const Planted& planted = kPlanted[1];
  const std::string hex = planted.before + planted.number.substr(0, 14);
  const std::string head =
      R"({"cartwright_recording":1,"link":"tcp:192.0.2.20:20007","started":"2026-11-09T10:00:00Z",)"
      R"("redacted":false})";
  const std::string up = R"({"t":0,"dir":"up","shape":"stream","address":"tcp:192.0.2.20:20007"})";
  const std::string rx = R"({"t":1000000,"dir":"rx","pipe":0,"hex":")" + hex + "\"}";
  const std::string file = scratch.write("cut.rec", head + "\n" + up + "\n" + rx + "\n");
  const Result result = run({"replay", file, "--driver", "terminal-zvt"});
  EXPECT_THAT(lines_of(result.output), ElementsAre(pending_bytes(hex.size() / 2)));
  EXPECT_EQ(result.code, 0) << result.errors;
}

TEST(DecodeZvt, takes_the_transport_as_a_setting_too_and_refuses_it_elsewhere) {
  EXPECT_EQ(decode({"terminal-zvt", "--config", R"({"transport":"serial"})", "--hex", "06"}).size(),
            0U);
  const Result result = run({"decode", "scale-toledo8217", "--transport", "tcp"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.errors, HasSubstr("transport"));
}

}  // namespace
}  // namespace cartwright::conformance
